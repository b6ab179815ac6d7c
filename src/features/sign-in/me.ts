import { isBuiltIn, ROLES, type Role } from '../../contract/roles.ts'
import type { Me } from '../../platform/ways.ts'
import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { freshUntil, type Answer, type Here } from '../../platform/route.ts'
import type { Db } from '../../platform/postgres.ts'
import { firmText } from '../keys/firm-words.ts'
import { settingOf } from '../settings/settings.ts'

type Own = {
  firm: string
  sealed_firm: Buffer
  totp: boolean
  passkeys: number
  recovery: number
  password_changed_at: Date | null
  unread: number
  waiting: number
  administrators: number
}

/** A fortnight before a password is due its owner is told. */
const SOON_MS = 14 * 86_400_000
/** After a year its owner is asked to look at it, and nothing is forced (catalogue 5.12). */
const YEAR_MS = 365 * 86_400_000
const FEW_CODES = 3

export async function me({ house, db, me }: Here): Promise<Answer<'person.me'>> {
  const own = (await db.row<Own>(
    `select f.id as firm, f.sealed_name as sealed_firm, s.totp, s.passkeys, s.recovery, s.password_changed_at,
       (select count(*) from app.notices n where n.person_id = $1 and n.seen_at is null) as unread,
       case when $2 then (select count(*) from app.approvals a
          where a.state = 'waiting' and a.ends_at > now() and a.asked_by <> $1 and a.subject_id <> $1) else 0 end
         + (select count(*) from app.confirmations c where c.state = 'waiting' and hidden.may_confirm(c.id))
         + (select count(*) from hidden.receiver_wishes() w where w.state = 'waiting' and w.may_agree) as waiting,
       (select count(*) from hidden.administrators()) as administrators
     from app.firm f cross join hidden.sign_in_of($1) s`,
    [me.person, me.permissions.includes('approval.give')],
  ))!
  return {
    id: me.person,
    name: firmText(house.keys, 'people', 'sealed_name', me.person, me.sealedName),
    email: firmText(house.keys, 'people', 'sealed_email', me.person, me.sealedEmail),
    roles: inOrder(me.roles),
    roleNames: await roleNames(house, db, inOrder(me.roles)),
    may: me.scope ? me.permissions.filter((permission) => me.scope!.includes(permission)) : me.permissions,
    firm: firmText(house.keys, 'firm', 'sealed_name', own.firm, own.sealed_firm),
    session: { id: me.session, kind: kindOf(me), endsAt: iso(me.endsAt), freshUntil: until(freshUntil(me)) },
    factors: [
      ...(own.totp ? (['totp'] as const) : []),
      ...(own.passkeys > 0 ? (['passkey'] as const) : []),
      ...(own.recovery > 0 ? (['recovery'] as const) : []),
    ],
    standing: await standing(house, me.permissions.includes('person.change'), own),
    unread: own.unread,
    waiting: own.waiting,
  }
}

/** Built-in roles in the contract's order, then the firm's own. */
const inOrder = (roles: readonly Role[]): Role[] => {
  const known = Object.keys(ROLES)
  const rank = (role: Role) => (known.includes(role) ? known.indexOf(role) : known.length)
  return roles.toSorted((a, b) => rank(a) - rank(b))
}

const until = (date: Date | null): string | null => date && iso(date)

async function standing(house: House, runs: boolean, own: Own): Promise<Answer<'person.me'>['standing']> {
  const { rotationDays } = await settingOf(house, 'password')
  const dueAt = rotationDays !== null && own.password_changed_at ? own.password_changed_at.getTime() + rotationDays * 86_400_000 : null
  return [
    ...(runs && own.administrators < 2 ? (['administrator.alone'] as const) : []),
    ...(runs && own.passkeys === 0 ? (['administrator.needs_passkey'] as const) : []),
    ...(own.recovery < FEW_CODES ? (['recovery.few'] as const) : []),
    ...(dueAt !== null && dueAt - SOON_MS < now() ? (['password.due_soon'] as const) : []),
    ...(dueAt === null && own.password_changed_at && own.password_changed_at.getTime() + YEAR_MS < now()
      ? (['password.year'] as const)
      : []),
  ]
}

/** `Partner`, `Billing clerk`: built-in roles by their word, the firm's own by the name they were given. */
export async function roleNames(house: House, db: Db, roles: readonly Role[]): Promise<string[]> {
  const own = roles.filter((role) => !isBuiltIn(role))
  const rows = own.length
    ? await db.rows<{ role: string; sealed_name: Buffer }>(
        'select role, sealed_name from app.roles where role = any ($1) and sealed_name is not null',
        [own],
      )
    : []
  return roles.map((role) => {
    if (isBuiltIn(role)) return builtInName(role)
    const row = rows.find((one) => one.role === role)
    return row ? firmText(house.keys, 'roles', 'sealed_name', role, row.sealed_name) : role
  })
}
export const builtInName = (role: string): string => `${role[0]!.toUpperCase()}${role.slice(1)}`

/** An errand runs in the program alone, and asks nothing of it. */
function kindOf({ kind }: Me): Exclude<Me['kind'], 'errand'> {
  if (kind === 'errand') throw new Error('an errand has come in by the door')
  return kind
}
