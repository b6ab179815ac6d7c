import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronRight, IconFolder, IconPlus } from '@tabler/icons-react'
import { Link, useParams } from 'react-router'
import { ClientId } from '../../../src/contract/ids.ts'
import type { ClientPage as Client } from '../../../src/contract/matter.ts'
import { useAct } from '../../app/acts.ts'
import { naturally } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Cite } from '../../ui/cite.tsx'
import { Class } from '../../ui/class.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import { MakeEvidence, useMayMakeEvidence } from '../evidence/make-evidence.tsx'
import { useMe } from '../session/api.ts'
import { useClient } from './api.ts'
import { BeginMatter } from './begin-matter.tsx'
import { ChangeClient } from './change-client.tsx'
import { MergeClient } from './merge-client.tsx'

export function ClientPage() {
  useSection('Clients')
  const id = ClientId.safeParse(useParams().client)
  return id.success ? <Reading id={id.data} key={id.data} /> : <Nothing />
}

function Reading({ id }: { id: ClientId }) {
  const client = useClient(id)
  if (client.isPending) return <Lines count={3} />
  if (client.data && !client.error) return <Page client={client.data} />
  return <Fault top fault={client.error} retry={() => void client.refetch()} />
}

function Page({ client }: { client: Client }) {
  const [changing, drawer] = useDisclosure()
  const [merging, dialog] = useDisclosure()
  const { change, merge } = client.may
  const mayProve = useMayMakeEvidence()
  useAct(change, 'Change the client', drawer.open)
  return (
    <>
      <div className="mhead clienthead">
        <nav className="crumbs" aria-label="Path">
          <Link to="/matters">Matters</Link>
          <IconChevronRight {...line} size={12} />
          <span>{client.name}</span>
        </nav>
        <div className="row spread wrap">
          <div className="row wrap titleline">
            <h1 className="title">{client.name}</h1>
            <Class of={client.class} box />
          </div>
          {(change || merge || mayProve) && (
            <div className="row acts">
              <MakeEvidence of={{ client: client.id }} what={client.name} />
              {merge && <Button onClick={dialog.open}>Merge into another</Button>}
              {change && <Button onClick={drawer.open}>Change the client</Button>}
            </div>
          )}
        </div>
      </div>
      <div className="page persontab">
        <div className="halves">
          <Matters client={client} />
          <Names client={client} />
        </div>
      </div>
      {change && <ChangeClient client={client} opened={changing} onClose={drawer.close} />}
      {merge && <MergeClient client={client} opened={merging} onClose={dialog.close} />}
    </>
  )
}

function Names({ client }: { client: Client }) {
  const rows = [
    ['Kind', [client.kind === 'person' ? 'Person' : 'Organization']],
    ['Formerly', client.formerNames],
    ['Also known as', client.aliases],
    ['E-mail', client.emails],
    ['Addresses', client.addresses],
  ] as const
  return (
    <Panel id="names" title="Names and addresses">
      <div className="body">
        <dl className="kv">
          {rows
            .filter(([, values]) => values.length > 0)
            .map(([name, values]) => (
              <div key={name} className="keyline">
                <dt>{name}</dt>
                <dd>
                  {values.map((value) => (
                    <div key={value}>{value}</div>
                  ))}
                </dd>
              </div>
            ))}
        </dl>
      </div>
    </Panel>
  )
}

function Matters({ client }: { client: Client }) {
  const mayBegin = useMe().data?.may.includes('matter.create') ?? false
  const [beginning, drawer] = useDisclosure()
  useAct(mayBegin, 'Begin a matter', drawer.open)
  return (
    <section className="panel" aria-labelledby="itsmatters">
      <header>
        <h2 className="sub" id="itsmatters">
          Matters
        </h2>
        {mayBegin && (
          <Button className="push" size="xs" leftSection={<IconPlus {...line} size={14} />} onClick={drawer.open}>
            Begin a matter
          </Button>
        )}
      </header>
      {client.matters.length === 0 ? (
        <p className="body soft">No matter of this client is within your reach.</p>
      ) : (
        <ul className="facts">
          {client.matters
            .toSorted((a, b) => naturally(b.number, a.number))
            .map((matter) => (
              <li key={matter.id} className="row">
                <IconFolder {...line} />
                <Link to={`/matters/${matter.id}`}>
                  <Cite>{matter.title}</Cite>
                </Link>
                <span className="meta push nowrap">{matter.number}</span>
              </li>
            ))}
        </ul>
      )}
      {mayBegin && <BeginMatter opened={beginning} onClose={drawer.close} client={client.id} />}
    </section>
  )
}
