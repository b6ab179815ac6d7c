import type { PersonId } from '../../contract/ids.ts'
import type { Overdue, PersonView } from '../../contract/person.ts'
import type { Role } from '../../contract/roles.ts'
import type { z } from 'zod'
import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { isAllowed, type Here } from '../../platform/route.ts'
import { firmText } from '../keys/firm-words.ts'
import { settingOf } from '../settings/settings.ts'
import { liveRoles, type KnownRole } from '../access/known-roles.ts'

export type PersonRow = {
  id: PersonId
  sealed_name: Buffer
  sealed_email: Buffer
  /** Their own. */ roles: Role[]
  /** Those of their groups too. */ holds: Role[]
  created_at: Date
  joined_at: Date | null
  leaves_at: Date | null
}
type SignInRow = {
  person: PersonId
  totp: boolean
  passkeys: number
  recovery: number
  identity: boolean
  seen_at: Date | null
  has_password: boolean
  password_changed_at: Date | null
  password_due: boolean
  link_ends_at: Date | null
}

const PEOPLE = `select p.id, p.sealed_name, p.sealed_email, p.roles, p.created_at, p.joined_at, p.leaves_at,
  (select coalesce(array_agg(distinct r.role), '{}') from hidden.roles_of(p.id) r) as holds from app.people p`
export const personRow = ({ db }: Here, id: string): Promise<PersonRow | null> => db.row<PersonRow>(`${PEOPLE} where p.id = $1`, [id])

export const nameOf = (house: Pick<House, 'keys'>, row: { id: string; sealed_name: Buffer }): string =>
  firmText(house.keys, 'people', 'sealed_name', row.id, row.sealed_name)
export const emailOf = (house: Pick<House, 'keys'>, row: { id: string; sealed_email: Buffer }): string =>
  firmText(house.keys, 'people', 'sealed_email', row.id, row.sealed_email)

/** How someone stands in the firm at this moment. */
export function stateOf(row: Pick<PersonRow, 'joined_at' | 'leaves_at'>): PersonView['state'] {
  if (row.leaves_at) return row.leaves_at.getTime() <= now() ? 'left' : 'leaving'
  return row.joined_at ? 'active' : 'invited'
}

/** Everyone but those of probes that have ended, or the one; how they sign in for those who may see it, and for nobody else. */
export async function personViews(here: Here, person: string | null = null): Promise<PersonView[]> {
  const { house, db, me } = here
  const rows = await db.rows<PersonRow>(
    `${PEOPLE} where ($1::uuid is null and (p.probe_id is null or p.leaves_at is null)) or p.id = $1 order by p.id`,
    [person],
  )
  const live = await liveRoles(here)
  const signIns = isAllowed(me, 'person.read') ? await db.rows<SignInRow>('select * from hidden.sign_in_of($1)', [person]) : []
  const { rotationDays } = await settingOf(house, 'password')
  return rows.map((row) => {
    const signIn = signIns.find((one) => one.person === row.id)
    return { ...viewOf(house, row, live), signIn: signIn ? signInView(row, signIn, rotationDays) : null }
  })
}
/** One that is there. */
export const personView = async (here: Here, person: string): Promise<PersonView> => (await personViews(here, person))[0]!

const viewOf = (house: House, row: PersonRow, live: readonly KnownRole[]): Omit<PersonView, 'signIn'> => ({
  id: row.id,
  name: nameOf(house, row),
  email: emailOf(house, row),
  roles: live.filter((role) => row.roles.includes(role.id)).map((role) => role.id),
  roleNames: live.filter((role) => row.holds.includes(role.id)).map((role) => role.name),
  state: stateOf(row),
  leavesAt: row.leaves_at && iso(row.leaves_at),
  createdAt: iso(row.created_at),
})

const signInView = (row: PersonRow, signIn: SignInRow, rotationDays: number | null): PersonView['signIn'] => ({
  factors: [
    ...(signIn.totp ? (['totp'] as const) : []),
    ...(signIn.passkeys > 0 ? (['passkey'] as const) : []),
    ...(signIn.recovery > 0 ? (['recovery'] as const) : []),
    ...(signIn.identity ? (['identity'] as const) : []),
  ],
  seenAt: signIn.seen_at && iso(signIn.seen_at),
  invitationEndsAt: signIn.link_ends_at && iso(signIn.link_ends_at),
  overdue: overdue(row, signIn, rotationDays),
})

const DAY_MS = 86_400_000
const LONG_DAYS = 90
const isOlder = (date: Date | null, days: number): boolean => date !== null && date.getTime() < now() - days * DAY_MS

function overdue(row: PersonRow, signIn: SignInRow, rotationDays: number | null): z.infer<typeof Overdue>[] {
  if (stateOf(row) === 'left') return []
  if (!row.joined_at) return signIn.link_ends_at && signIn.link_ends_at.getTime() > now() ? [] : ['invitation.lapsed']
  const factor = signIn.totp || signIn.passkeys > 0
  const due = signIn.password_due || (rotationDays !== null && isOlder(signIn.password_changed_at, rotationDays))
  return [
    ...(factor ? [] : (['factor.none'] as const)),
    ...(signIn.has_password && due ? (['password.due'] as const) : []),
    ...(isOlder(signIn.seen_at ?? row.joined_at, LONG_DAYS) ? (['unseen.long'] as const) : []),
    ...(factor && signIn.recovery === 0 ? (['recovery.none'] as const) : []),
  ]
}
