import { IconInfoCircle } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Me } from '../../src/contract/session.ts'
import { line } from '../ui/icons.ts'

type Notice = Me['standing'][number]
const NOTICES: Record<Notice, { says: string; act: string; to: string }> = {
  'administrator.alone': {
    says: 'You are the only administrator. If you lose your factors nobody can help.',
    act: 'Invite a second one',
    to: '/people',
  },
  'administrator.needs_passkey': {
    says: 'You run the firm without a passkey. No forged page can ask for one.',
    act: 'Add a passkey',
    to: '/account#passkeys',
  },
  'recovery.few': { says: 'You have few recovery codes left.', act: 'Make new ones', to: '/account#recovery' },
  'password.year': {
    says: 'Your password is more than a year old. If only you know it and you use it nowhere else, keep it.',
    act: 'Change it',
    to: '/account#password',
  },
  'password.due_soon': { says: 'A new password is asked for soon.', act: 'Choose it now', to: '/account#password' },
}

/** What holds until someone does something about it: one calm line each, with its one next step. */
export function Standing({ me }: { me: Me }) {
  if (me.standing.length === 0) return null
  return (
    <ul className="standing" aria-label="To be done">
      {me.standing.map((notice) => (
        <li key={notice}>
          <IconInfoCircle {...line} />
          <span>
            {NOTICES[notice].says} <Link to={NOTICES[notice].to}>{NOTICES[notice].act}</Link>
          </span>
        </li>
      ))}
    </ul>
  )
}
