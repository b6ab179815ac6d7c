import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import type { ApprovalView } from '../../../src/contract/access.ts'
import type { Link } from '../../../src/contract/person.ts'
import { count } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import { usePeople } from '../people/api.ts'
import { LinkGiven } from '../people/link-given.tsx'
import { useConfirmations } from '../walls/api.ts'
import { ConfirmationsDecided, ConfirmationsWaiting } from '../walls/confirmations.tsx'
import { ReceiversWaiting, useReceiversAsked } from '../siem/receivers-waiting.tsx'
import { useApprovals } from './api.ts'
import { Decided, Waits } from './approval.tsx'

type Given = { approval: ApprovalView; link: Link }

/** What needs two people. Everyone may look: what is about oneself, or was asked by oneself, stands here too. */
export function ApprovalsPage() {
  useSection('Approvals')
  const approvals = useApprovals()
  const toConfirm = (useConfirmations().data ?? []).filter((confirmation) => confirmation.mayDecide).length
  const toAgree = useReceiversAsked().filter(({ asked }) => asked.mayAgree).length
  const [given, setGiven] = useState<Given | null>(null)
  const [opened, setOpened] = useState(false)
  const all = approvals.data ?? []
  const waiting = all.filter((approval) => approval.state === 'waiting')
  const forMe = waiting.filter((approval) => approval.mayDecide)
  const rest = waiting.filter((approval) => !approval.mayDecide)
  const mine = rest.filter((approval) => approval.mine)
  const about = rest.filter((approval) => !approval.mine && approval.mayRefuse)
  const others = rest.filter((approval) => !approval.mine && !approval.mayRefuse)
  const decided = all
    .filter((approval) => approval.state !== 'waiting')
    .toSorted((a, b) => (b.decidedAt ?? b.endsAt).localeCompare(a.decidedAt ?? a.endsAt))
  const onLink = (approval: ApprovalView, link: Link) => {
    setGiven({ approval, link })
    setOpened(true)
  }
  return (
    <div className="page personpage">
      <div className="stack xs">
        <h1 className="title">Approvals</h1>
        {approvals.data && (
          <p className="soft">
            {waitWords(forMe.length + toConfirm + toAgree, about.length)} What runs the system, what passes a second factor, what sends the
            ledger out, and what lifts a wall, lowers a class, changes a client’s key or destroys is done by two people.
          </p>
        )}
      </div>
      {approvals.isPending && <Lines />}
      {approvals.error && <Fault fault={approvals.error} retry={() => void approvals.refetch()} />}
      <ConfirmationsWaiting />
      <ReceiversWaiting />
      <Part id="forme" title="Waits for you" of={forMe} onLink={onLink} />
      <Part id="about" title="About you" of={about} onLink={onLink} />
      <Part id="mine" title="You asked" of={mine} onLink={onLink} />
      <Part id="others" title="Waits for someone else" of={others} onLink={onLink} />
      {decided.length > 0 && (
        <Panel id="decided" title="Decided">
          <ul className="facts">
            {decided.map((approval) => (
              <Decided key={approval.id} approval={approval} />
            ))}
          </ul>
        </Panel>
      )}
      <ConfirmationsDecided />
      <Modal opened={opened} onClose={() => setOpened(false)} closeOnClickOutside={false} title="Approved">
        {given && <HandOver given={given} onClose={() => setOpened(false)} />}
      </Modal>
    </div>
  )
}

function waitWords(acts: number, about: number): string {
  if (acts === 0) return about === 0 ? 'Nothing waits for you.' : 'What is asked about you stands here until someone decides it.'
  return acts === 1 ? 'One act waits for you.' : `${count(acts)} acts wait for you.`
}

type PartProps = { id: string; title: string; of: ApprovalView[]; onLink: (approval: ApprovalView, link: Link) => void }

function Part({ id, title, of, onLink }: PartProps) {
  if (of.length === 0) return null
  return (
    <Panel id={id} title={title}>
      <ul className="facts">
        {of.map((approval) => (
          <Waits key={approval.id} approval={approval} onLink={(link) => onLink(approval, link)} />
        ))}
      </ul>
    </Panel>
  )
}

function HandOver({ given, onClose }: { given: Given; onClose: () => void }) {
  const person = usePeople().data?.find(({ id }) => id === given.approval.person)
  return (
    <div className="stack lg">
      <p>{given.approval.text}.</p>
      <LinkGiven link={given.link} name={person?.name ?? 'the person'} email={person?.email} />
      <div>
        <Button onClick={onClose}>Close</Button>
      </div>
    </div>
  )
}
