import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { DestructionView, HoldView } from '../../../src/contract/destruction.ts'
import { counted, dateOf } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Cite } from '../../ui/cite.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
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
  <ul className="items">
    {of.map((hold) => (
      <li key={hold.id}>
        <div className="stack xs">
          <p>
            <b>Hold {hold.number}</b> on {!hold.whole && `${counted(hold.count, 'document')} of `}
            <Cite>{hold.matter.title || 'a matter'}</Cite>
            {hold.lifted && <span className="meta"> · lifted</span>}
          </p>
          <p>
            {hold.trigger}, {dateOf(`${hold.triggeredOn}T12:00`)}. Asked for by {hold.issuer}.
          </p>
          <p className="meta">It covers: {hold.scope}</p>
          {hold.custodians.length > 0 && <p className="meta">Custodians: {hold.custodians.map(({ name }) => name).join(', ')}</p>}
          <p className="meta">
            Placed by {hold.placedBy.name} on {dateOf(hold.placedAt)}: {hold.reason}
          </p>
          {hold.lifted && (
            <p className="meta">
              Lifted by {hold.lifted.by.name} on {dateOf(hold.lifted.at)}: {hold.lifted.reason}
            </p>
          )}
        </div>
        <LiftHold hold={hold} />
      </li>
    ))}
  </ul>
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
  <ul className="items">
    {of.map((one) => (
      <li key={one.id}>
        <div className="stack xs">
          <p>
            <b>{STATES[one.state]}</b>
            {one.certifiedAt && ` on ${dateOf(one.certifiedAt)}`}: {whatOf(one)}
            {nameOf(one) && <Cite>{nameOf(one)}</Cite>}
          </p>
          {one.emptying && one.emptying.stayed > 0 && <p className="meta">{stayedWords(one)}</p>}
          <p className="meta">
            {one.askedBy.name} asked on {dateOf(one.askedAt)}
            {one.approvedBy && `, ${one.approvedBy.name} approved on ${dateOf(one.approvedAt!)}`}: {one.reason}
            {one.basis && ` · Basis: ${one.basis}`}
          </p>
        </div>
        {one.state === 'certified' && (
          <a className="nowrap" href={printedAddress(one.id)} download>
            Print<span className="vh"> certificate</span> {one.number}
          </a>
        )}
      </li>
    ))}
  </ul>
)

/** Empty: its name went with it. */
const nameOf = ({ matter }: DestructionView) => matter.title || matter.number
function whatOf(one: DestructionView): string {
  if (one.kind === 'matter.destroy') return nameOf(one) ? 'the matter ' : 'a whole matter'
  return `${one.emptying ? 'the trash, ' : ''}${counted(one.documents, 'document')} of ${nameOf(one) ? '' : 'a matter'}`
}
const stayedWords = ({ state, emptying }: DestructionView) => {
  const stayed = emptying!.stayed
  if (['asked', 'approved'].includes(state)) return `${counted(stayed, 'document')} of the trash ${stayed === 1 ? 'is' : 'are'} not to go.`
  return `${counted(stayed, 'document')} of the trash stayed.`
}
