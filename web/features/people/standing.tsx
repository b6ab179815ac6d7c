import { IconLogout } from '@tabler/icons-react'
import type { PersonView } from '../../../src/contract/person.ts'
import { dateOf, fullTime } from '../../lib/format.ts'
import { line } from '../../ui/icons.ts'
import { State } from '../../ui/state.tsx'
import { OVERDUE } from './words.ts'

/** How a person stands in the firm. */
export function Standing({ of }: { of: PersonView }) {
  if (of.state === 'active') return <State kind="ok">Active</State>
  if (of.state === 'leaving') return <State kind="wait">Leaves {of.leavesAt ? fullTime(of.leavesAt) : 'soon'}</State>
  if (of.state === 'invited') return <State kind="wait">{invitedWords(of)}</State>
  return (
    <span className="state off">
      <IconLogout {...line} size={14} />
      Left {of.leavesAt && dateOf(of.leavesAt)}
    </span>
  )
}

function invitedWords({ signIn }: PersonView): string {
  if (!signIn?.invitationEndsAt || signIn.overdue.includes('invitation.lapsed')) return 'Invited'
  return `Invited until ${dateOf(signIn.invitationEndsAt)}`
}

/** What is overdue, in a few words each. */
export const OverdueMarks = ({ of }: { of: PersonView }) =>
  of.signIn?.overdue.map((what) => (
    <State key={what} kind="wait">
      {OVERDUE[what].short}
    </State>
  ))
