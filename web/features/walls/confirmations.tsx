import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCircleX, IconClockOff } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { DocumentId } from '../../../src/contract/ids.ts'
import { fullTime } from '../../lib/format.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { line } from '../../ui/icons.ts'
import { Panel } from '../../ui/panel.tsx'
import { State } from '../../ui/state.tsx'
import { className } from '../../ui/class.tsx'
import { WhatGoes } from '../destruction/what-goes.tsx'
import { useDocument } from '../vault/api.ts'
import { type Confirmation, useConfirm, useConfirmations } from './api.ts'

/** What waits for a second person on a matter or a wall; nothing where there is none. */
export function ConfirmationsWaiting() {
  const confirmations = useConfirmations()
  const waiting = (confirmations.data ?? [])
    .filter(({ state }) => state === 'waiting')
    .toSorted((one, other) => Number(other.mayDecide) - Number(one.mayDecide) || one.askedAt.localeCompare(other.askedAt))
  if (confirmations.error && !confirmations.data)
    return <Wrong>Whether something waits on matters and walls could not be read. Load the page again.</Wrong>
  if (waiting.length === 0) return null
  return (
    <Part id="confirmations" title="Waiting on matters and walls">
      {waiting.map((confirmation) => (
        <Waits key={confirmation.id} of={confirmation} />
      ))}
    </Part>
  )
}

/** What was decided on matters and walls, newest first. */
export function ConfirmationsDecided() {
  const decided = (useConfirmations().data ?? [])
    .filter(({ state }) => state !== 'waiting')
    .toSorted((one, other) => (other.decidedAt ?? other.askedAt).localeCompare(one.decidedAt ?? one.askedAt))
  if (decided.length === 0) return null
  return (
    <Part id="confirmed" title="Decided on matters and walls">
      {decided.map((confirmation) => (
        <Decided key={confirmation.id} of={confirmation} />
      ))}
    </Part>
  )
}

const Part = ({ id, title, children }: { id: string; title: string; children: React.ReactNode }) => (
  <Panel id={id} title={title}>
    <ul className="facts">{children}</ul>
  </Panel>
)

const placeOf = ({ wall, matter, document, kind, state }: Confirmation) =>
  // what was destroyed is no place any more
  kind === 'matter.destroy' && state === 'approved'
    ? '/holds'
    : wall
      ? `/walls/${wall}`
      : matter
        ? `/matters/${matter}${document ? `/documents/${document}` : ''}`
        : null

function Text({ of }: { of: Confirmation }) {
  const place = placeOf(of)
  return (
    <>
      {place ? (
        <Link to={place}>
          <b>{of.text}</b>
        </Link>
      ) : (
        <b>{of.text}</b>
      )}
      {of.document && <Which document={of.document} />}
    </>
  )
}

/** The document that is meant, where it is still within reach. */
function Which({ document }: { document: DocumentId }) {
  const its = useDocument(document).data
  if (!its) return null
  return (
    <span className="soft which">
      {its.name}, now {className(its.class)}
    </span>
  )
}

function Waits({ of }: { of: Confirmation }) {
  const confirm = useConfirm()
  const [wrong, setWrong] = useState<string | null>(null)
  // awaited: it leaves the list once it is decided
  const decide = async (approve: boolean) => {
    setWrong(null)
    try {
      await confirm.mutateAsync({ confirmation: of.id, approve })
      notifications.show({ message: `${approve ? 'Approved' : 'Refused'}: ${of.text}.` })
    } catch (fault) {
      setWrong(placeRefusal(fault, []).text)
    }
  }
  return (
    <li className="stack sm">
      <div>
        <p>
          <Text of={of} />
        </p>
        <p className="meta">
          {of.mine ? 'You' : of.askedBy} asked on {fullTime(of.askedAt)}.
        </p>
      </div>
      <p className="reason">{of.reason}</p>
      {of.kind === 'root.put' && <p className="soft">Backups made until it is done still open with the firm’s keys alone.</p>}
      {of.destruction && <WhatGoes of={of.destruction} />}
      {!of.mayDecide && <p className="soft">Someone else decides it.</p>}
      <Wrong>{wrong}</Wrong>
      {of.mayDecide && (
        <div className="row wrap">
          <Button
            size="xs"
            variant="filled"
            disabled={confirm.isPending}
            loading={confirm.isPending && confirm.variables.approve}
            onClick={() => void decide(true)}
            aria-label={`Approve: ${of.text}`}
          >
            Approve
          </Button>
          <Button
            size="xs"
            disabled={confirm.isPending}
            loading={confirm.isPending && !confirm.variables.approve}
            onClick={() => void decide(false)}
            aria-label={`Refuse: ${of.text}`}
          >
            Refuse
          </Button>
        </div>
      )}
    </li>
  )
}

function Decided({ of }: { of: Confirmation }) {
  return (
    <li className="row top does">
      <div>
        <p>
          <Text of={of} />
        </p>
        <p className="meta">
          {of.mine ? 'You' : of.askedBy} asked on {fullTime(of.askedAt)}: {of.reason}
        </p>
      </div>
      <span className="tail push">
        <Outcome of={of.state} />
        <span className="meta">
          {of.decidedBy && `${of.decidedBy}, `}
          {of.decidedAt && fullTime(of.decidedAt)}
        </span>
      </span>
    </li>
  )
}

function Outcome({ of }: { of: Confirmation['state'] }) {
  if (of === 'approved') return <State kind="ok">Approved</State>
  if (of === 'waiting') return <State kind="wait">Waits</State>
  const [Icon, word, kind] = of === 'refused' ? ([IconCircleX, 'Refused', 'no'] as const) : ([IconClockOff, 'Lapsed', 'off'] as const)
  return (
    <span className={`state ${kind}`}>
      <Icon {...line} size={14} />
      {word}
    </span>
  )
}
