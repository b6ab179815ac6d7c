import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import { MatterId } from '../../../src/contract/ids.ts'
import type { Me } from '../../../src/contract/session.ts'
import { useAct } from '../../app/acts.ts'
import { useSection } from '../../lib/section.ts'
import { Empty } from '../../ui/empty.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Filter } from '../../ui/filter.tsx'
import { Lines } from '../../ui/lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useMe } from '../session/api.ts'
import { type CheckView, useChecks } from './api.ts'
import { CheckNames } from './check-names.tsx'
import { ChecksTable } from './checks-table.tsx'

const mayCheck = (me: Me) => me.may.includes('conflict.check')
const decides = (me: Me) => me.may.includes('conflict.decide')

export function ConflictsPage() {
  const me = useMe().data
  if (!me) return null
  return mayCheck(me) || decides(me) ? <Conflicts me={me} /> : <Nothing />
}

/** Checks that one asked for; for those who decide, the firm's, with those first that wait. */
function Conflicts({ me }: { me: Me }) {
  useSection('Conflicts')
  const checks = useChecks()
  const [matter, setMatter] = useMatterOnce()
  const [checking, drawer] = useDisclosure(matter !== null && mayCheck(me))
  const [typed, setTyped] = useState('')
  useAct(mayCheck(me), 'Check names for conflicts', drawer.open)
  const found = (checks.data ?? []).filter((check) => answers(check, typed)).toSorted((a, b) => b.at.localeCompare(a.at))
  const open = found.filter((check) => check.state === 'open')
  const decided = found.filter((check) => check.state !== 'open')
  const close = () => {
    drawer.close()
    setMatter(null)
  }
  return (
    <div className="page">
      <div className="row spread wrap">
        <div className="stack xs">
          <h1 className="title">Conflicts</h1>
          <p className="soft">
            {decides(me)
              ? 'Every check of the firm comes here and stays open until it is decided.'
              : 'Names held against the register of the firm. Those who decide conflicts hear of every check.'}
          </p>
        </div>
        <div className="row wrap acts">
          {(checks.data?.length ?? 0) > 0 && (
            <Filter label="Filter the checks" placeholder="Name, matter or person" value={typed} onChange={setTyped} />
          )}
          {mayCheck(me) && (
            <Button variant="filled" onClick={drawer.open}>
              Check names
            </Button>
          )}
        </div>
      </div>
      {checks.isPending && <Lines />}
      {checks.error && !checks.data && <Fault fault={checks.error} retry={() => void checks.refetch()} />}
      {checks.data?.length === 0 && (
        <section className="panel">
          <Empty title="No check yet">
            {decides(me)
              ? 'Checks stand here as soon as someone asks for one, or a matter, client or party brings a name.'
              : 'Your checks stand here with what was decided.'}
          </Empty>
        </section>
      )}
      {decides(me) && (checks.data?.length ?? 0) > 0 && open.length === 0 && !typed && (
        <p className="soft none">No check waits for a decision.</p>
      )}
      <Part id="open" title={decides(me) ? 'To decide' : 'Open'} of={open} />
      <Part id="decided" title="Decided" of={decided} />
      {checks.data && checks.data.length > 0 && found.length === 0 && (
        <p className="soft none" role="status">
          No check answers to “{typed.trim()}”.
        </p>
      )}
      <CheckNames opened={checking} onClose={close} matter={matter} />
    </div>
  )
}

/** The matter in `?matter=`, read once and taken out of the address. */
function useMatterOnce(): [MatterId | null, (matter: MatterId | null) => void] {
  const [search, setSearch] = useSearchParams()
  const [matter, setMatter] = useState(() => MatterId.safeParse(search.get('matter')).data ?? null)
  const isThere = search.has('matter')
  useEffect(() => {
    if (isThere) setSearch({}, { replace: true, preventScrollReset: true })
  }, [isThere, setSearch])
  return [matter, setMatter]
}

const answers = (check: CheckView, typed: string) =>
  `${check.names.join(' ')} ${check.matter?.title ?? ''} ${check.matter?.number ?? ''} ${check.askedBy ?? ''}`
    .toLowerCase()
    .includes(typed.trim().toLowerCase())

function Part({ id, title, of }: { id: string; title: string; of: CheckView[] }) {
  if (of.length === 0) return null
  return (
    <Panel id={id} title={title} clip>
      <ChecksTable checks={of} />
    </Panel>
  )
}
