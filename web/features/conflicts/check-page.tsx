import { Button } from '@mantine/core'
import { IconChevronRight, IconPrinter } from '@tabler/icons-react'
import { Link, useParams } from 'react-router'
import { CheckId } from '../../../src/contract/ids.ts'
import type { Me } from '../../../src/contract/session.ts'
import { counted, dateOf, fullTime } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Fact } from '../../ui/fact.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useMatters } from '../matters/api.ts'
import { useMe } from '../session/api.ts'
import { type CheckPage as Page, useCheck } from './api.ts'
import { CheckRecord } from './check-record.tsx'
import { DecideCheck } from './decide-check.tsx'
import { Hits } from './hits.tsx'
import { shortNames } from './names.ts'
import { MatterLink } from './matter-link.tsx'
import { CAUSE, CheckState } from './words.tsx'

export function CheckPage() {
  useSection('Conflicts')
  const id = CheckId.safeParse(useParams().check)
  const me = useMe().data
  if (!me) return null
  const uses = me.may.includes('conflict.check') || me.may.includes('conflict.decide')
  return id.success && uses ? <Reading id={id.data} key={id.data} me={me} /> : <Nothing />
}

function Reading({ id, me }: { id: CheckId; me: Me }) {
  const check = useCheck(id)
  if (check.isPending) return <Lines count={3} />
  if (!check.data) return <Fault top fault={check.error} retry={() => void check.refetch()} />
  return <Check check={check.data} me={me} />
}

function Check({ check, me }: { check: Page; me: Me }) {
  const wholeFirm = me.may.includes('conflict.decide')
  const matters = useMatters(me.may.includes('matter.list'))
  const reach = new Set<string>(matters.data?.map((matter) => matter.id))
  return (
    <div className="page personpage">
      <div className="row spread wrap">
        <div className="stack xs">
          <nav className="crumbs" aria-label="Path">
            <Link to="/conflicts">Conflicts</Link>
            <IconChevronRight {...line} size={12} />
            <span>Check of {dateOf(check.at)}</span>
          </nav>
          <div className="row wrap titleline">
            <h1 className="title">{shortNames(check.names, 2)}</h1>
            <CheckState of={check.state} />
          </div>
        </div>
        {check.state !== 'open' && (
          <div className="row acts">
            <Button leftSection={<IconPrinter {...line} />} onClick={() => window.print()}>
              Print the record
            </Button>
          </div>
        )}
      </div>
      <About check={check} reach={reach} />
      {!wholeFirm && check.state === 'open' && (
        <Fact>
          <p>Those who decide conflicts hear of every check, and decide this one. What stands below is what lies within your reach.</p>
        </Fact>
      )}
      {check.state !== 'open' && <Decision check={check} />}
      {check.searched ? (
        <Hits check={check} reach={reach} wholeFirm={wholeFirm} />
      ) : (
        <section className="panel" aria-busy="true">
          <div className="body">
            <p role="status">The register is being looked through. The first check after a start opens every name and takes longer.</p>
          </div>
        </section>
      )}
      {check.left > 0 && (
        <Fact>
          <p>
            {counted(check.left, 'more name')} in the register are like one that was asked, and are not listed. Ask with fewer or fuller
            names.
          </p>
        </Fact>
      )}
      {check.state === 'open' && check.mayDecide && <DecideCheck check={check} />}
      {check.state !== 'open' && <CheckRecord check={check} me={me} />}
    </div>
  )
}

function About({ check, reach }: { check: Page; reach: Set<string> }) {
  return (
    <dl className="kv">
      <dt>Asked by</dt>
      <dd>
        {check.askedBy ?? 'The register, by itself'}, {fullTime(check.at)}
      </dd>
      <dt>Occasion</dt>
      <dd>{CAUSE[check.cause]}</dd>
      {check.matter && (
        <>
          <dt>Matter</dt>
          <dd>
            <MatterLink of={check.matter} inReach={reach.has(check.matter.id)} />
          </dd>
        </>
      )}
      {check.names.length > 2 && (
        <>
          <dt>Names</dt>
          <dd>
            {check.names.length > 12 ? (
              <details>
                <summary>{counted(check.names.length, 'name')}</summary>
                {check.names.join(' · ')}
              </details>
            ) : (
              check.names.join(' · ')
            )}
          </dd>
        </>
      )}
      {check.note && (
        <>
          <dt>Note</dt>
          <dd className="asis">{check.note}</dd>
        </>
      )}
    </dl>
  )
}

function Decision({ check }: { check: Page }) {
  return (
    <Panel id="decision" title="Decision">
      <div className="body stack sm">
        <p className="asis">{check.reasoning}</p>
        {check.waiver && <p className="reason">{check.waiver}</p>}
        <p className="meta">
          {check.decidedBy}
          {check.decidedAt && `, ${fullTime(check.decidedAt)}`}
        </p>
      </div>
    </Panel>
  )
}
