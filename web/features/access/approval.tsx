import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowBackUp, IconCircleX, IconClockOff } from '@tabler/icons-react'
import { useState } from 'react'
import { Link as To } from 'react-router'
import type { ApprovalView } from '../../../src/contract/access.ts'
import type { Link } from '../../../src/contract/person.ts'
import { fullTime } from '../../lib/format.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { line } from '../../ui/icons.ts'
import { State } from '../../ui/state.tsx'
import { useMe } from '../session/api.ts'
import { useDecide, useWithdraw } from './api.ts'

/** An act that waits, with what the reader may do about it. */
export function Waits({ approval, onLink }: { approval: ApprovalView; onLink: (link: Link) => void }) {
  const isOneself = useMe().data?.id === approval.person && !approval.mine
  return (
    <li className="stack sm">
      <div>
        <p>
          <To to={`/people/${approval.person}`}>
            <b>{approval.text}</b>
          </To>
        </p>
        <p className="meta">
          {approval.mine ? 'You' : approval.askedBy} asked on {fullTime(approval.askedAt)}. It lapses on {fullTime(approval.endsAt)}.
        </p>
      </div>
      <p className="reason">{approval.reason}</p>
      {approval.mine && approval.ripeAt && (
        <p className="soft">
          {approval.mayDecide
            ? 'Nobody else can decide, and it has waited long enough: you can.'
            : `Nobody else can decide: you can from ${fullTime(approval.ripeAt)}.`}
        </p>
      )}
      {isOneself && <p>This is about you. If you did not ask for it, refuse it.</p>}
      <Acts approval={approval} onLink={onLink} />
    </li>
  )
}

function Acts({ approval, onLink }: { approval: ApprovalView; onLink: (link: Link) => void }) {
  const decide = useDecide()
  const withdraw = useWithdraw()
  const [wrong, setWrong] = useState<string | null>(null)
  const busy = decide.isPending || withdraw.isPending
  // awaited: the act leaves this list once it is decided, and its link must not go with it
  const run = async (act: () => Promise<Link | null>, said: string) => {
    setWrong(null)
    try {
      const link = await act()
      if (link) onLink(link)
      else notifications.show({ message: `${said}: ${approval.text}.` })
    } catch (fault) {
      setWrong(placeRefusal(fault, []).text)
    }
  }
  const say = (approve: boolean) =>
    run(async () => (await decide.mutateAsync({ approval: approval.id, approve })).link, approve ? 'Approved' : 'Refused')
  const takeBack = () => run(async () => (await withdraw.mutateAsync(approval.id), null), 'Withdrawn')
  const { mayDecide, mine } = approval
  // whoever asked withdraws
  const mayRefuse = approval.mayRefuse && !mine
  if (!mayDecide && !mayRefuse && !mine) return null
  return (
    <>
      <Wrong>{wrong}</Wrong>
      <div className="row wrap">
        {mayDecide && (
          <Button
            size="xs"
            variant="filled"
            disabled={busy}
            loading={decide.isPending && decide.variables.approve}
            onClick={() => void say(true)}
            aria-label={`Approve: ${approval.text}`}
          >
            Approve
          </Button>
        )}
        {mayRefuse && (
          <Button
            size="xs"
            disabled={busy}
            loading={decide.isPending && !decide.variables.approve}
            onClick={() => void say(false)}
            aria-label={`Refuse: ${approval.text}`}
          >
            Refuse
          </Button>
        )}
        {mine && (
          <Button
            size="xs"
            variant={mayDecide ? 'subtle' : 'default'}
            disabled={busy}
            loading={withdraw.isPending}
            onClick={() => void takeBack()}
            aria-label={`Withdraw: ${approval.text}`}
          >
            Withdraw
          </Button>
        )}
      </div>
    </>
  )
}

/** What became of it, by whom and when. */
export function Decided({ approval }: { approval: ApprovalView }) {
  const at = approval.decidedAt ?? approval.endsAt
  return (
    <li className="row top does">
      <div>
        <p>{approval.text}</p>
        <p className="meta">
          {approval.mine ? 'You' : approval.askedBy} asked on {fullTime(approval.askedAt)}: {approval.reason}
        </p>
      </div>
      <span className="tail push">
        <Outcome of={approval.state} />
        <span className="meta">
          {approval.decidedBy && `${approval.decidedBy}, `}
          {fullTime(at)}
        </span>
      </span>
    </li>
  )
}

function Outcome({ of }: { of: ApprovalView['state'] }) {
  if (of === 'approved') return <State kind="ok">Approved</State>
  if (of === 'waiting') return <State kind="wait">Waits</State>
  const [Icon, word, kind] = (
    {
      refused: [IconCircleX, 'Refused', 'no'],
      withdrawn: [IconArrowBackUp, 'Withdrawn', 'off'],
      lapsed: [IconClockOff, 'Lapsed', 'off'],
    } as const
  )[of]
  return (
    <span className={`state ${kind}`}>
      <Icon {...line} size={14} />
      {word}
    </span>
  )
}
