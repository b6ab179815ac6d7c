import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { DestructionView, HoldView } from '../../../src/contract/destruction.ts'
import { count, counted, dateOf } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Cite } from '../../ui/cite.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { useMe } from '../session/api.ts'
import { printedAddress, useDestructions, useHolds } from './api.ts'
import { LiftHold } from './lift-hold.tsx'

/** For those who keep holds or destroy: legal holds, and what was destroyed with its certificate, as far as the reader may know of it. */
export function DestructionPage() {
  const may = useMe().data?.may ?? []
  return may.includes('hold.keep') || may.includes('matter.destroy') ? <Reading /> : <Nothing />
}

function Reading() {
  useSection('Holds')
  const holds = useHolds()
  const destructions = useDestructions()
  return (
    <div className="page stack lg">
      <div className="stack xs">
        <h1 className="title">Holds and destruction</h1>
        <p className="soft">What is on hold is not destroyed. What is destroyed is asked for by one person and approved by another.</p>
      </div>
      <Panel id="holds" title="Legal holds" of={holds} empty={<NoHold />}>
        {(all) => <Holds of={all} />}
      </Panel>
      <Panel id="destroyed" title="Destroyed, and to be destroyed" of={destructions} empty={<NothingDestroyed />}>
        {(all) => <Destroyed of={all} />}
      </Panel>
    </div>
  )
}

type PanelProps<T> = { id: string; title: string; of: UseQueryResult<T[]>; empty: ReactNode; children: (all: T[]) => ReactNode }
const Panel = <T,>({ id, title, of, empty, children }: PanelProps<T>) => (
  <section className="panel clip" aria-labelledby={id}>
    <header>
      <h2 className="sub" id={id}>
        {title}
      </h2>
    </header>
    {of.isPending && <Lines count={3} />}
    {of.error && !of.data && <Fault fault={of.error} retry={() => void of.refetch()} />}
    {of.data?.length === 0 && empty}
    {of.data && of.data.length > 0 && children(of.data)}
  </section>
)
const NoHold = () => <Empty title="No hold was placed">A hold is placed on a matter, from its menu.</Empty>
const NothingDestroyed = () => <Empty title="Nothing was destroyed">Each destruction has a numbered certificate, which stands here.</Empty>

const Holds = ({ of }: { of: HoldView[] }) => (
  <table className="table kept">
    <TableHead columns={['Hold', 'On', { title: 'Because of', className: 'hide-s' }, 'Stands', { title: 'Acts', unseen: true }]} />
    <tbody>
      {of.map((hold) => (
        <tr key={hold.id}>
          <th scope="row">{hold.number}</th>
          <td>
            <Cite>{hold.matter.title}</Cite>
            {!hold.whole && <span className="meta"> · {counted(hold.count, 'document')}</span>}
          </td>
          <td className="hide-s">{hold.trigger}</td>
          <td>
            {hold.lifted
              ? `${dateOf(hold.placedAt)} to ${dateOf(hold.lifted.at)}, lifted by ${hold.lifted.by.name}`
              : `since ${dateOf(hold.placedAt)}, placed by ${hold.placedBy.name}`}
          </td>
          <td className="num">
            <LiftHold hold={hold} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const STATES: Record<DestructionView['state'], string> = {
  asked: 'Waits for a second person',
  refused: 'Refused',
  lapsed: 'Lapsed',
  approved: 'Approved, under way',
  stopped: 'Stopped: a hold came, or something changed',
  ended: 'Under way',
  erased: 'Erased; the certificate follows',
  certified: 'Destroyed',
}

const Destroyed = ({ of }: { of: DestructionView[] }) => (
  <table className="table kept">
    <TableHead columns={['Certificate', 'What', { title: 'By', className: 'hide-s' }, 'State', { title: 'Acts', unseen: true }]} />
    <tbody>
      {of.map((one) => (
        <tr key={one.id}>
          <th scope="row">{one.number ?? 'none yet'}</th>
          <td>
            {one.kind === 'matter.destroy'
              ? 'The matter '
              : `${one.emptying ? 'The trash, ' : ''}${counted(one.documents, 'document')} of `}
            <Cite>{one.matter.title || one.matter.number || 'a matter that is destroyed'}</Cite>
          </td>
          <td className="hide-s">
            {one.askedBy.name}
            {one.approvedBy && `, ${one.approvedBy.name}`}
          </td>
          <td>
            {STATES[one.state]}
            {one.certifiedAt && ` ${dateOf(one.certifiedAt)}`}
            {one.emptying && one.emptying.stayed > 0 && <span className="meta"> · {count(one.emptying.stayed)} stayed</span>}
          </td>
          <td className="num">
            {one.state === 'certified' && (
              <a href={printedAddress(one.id)} download>
                Print<span className="vh"> certificate {one.number}</span>
              </a>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
