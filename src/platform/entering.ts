import type { Permission, Role } from '../contract/roles.ts'
import type { DeviceId, PersonId, SessionId } from '../contract/ids.ts'
import { sqlState, type Db } from './postgres.ts'
import { Refusal } from './refusal.ts'
import type { Me, Secret } from './ways.ts'

/** Says to PostgreSQL who asks, for this transaction. @throws Refusal `session.none` when the secret belongs to no live session */
export async function enter(db: Db, secret: Secret): Promise<Me> {
  const row = await db.row<{
    person: PersonId
    session: SessionId
    kind: Me['kind']
    roles: string
    permissions: string
    scope: Permission[] | null
    sealed_name: Buffer
    sealed_email: Buffer
    ends_at: Date
    used_at: Date
    factor_at: Date | null
    device: DeviceId | null
    device_token: Buffer | null
  }>('select * from hidden.enter($1)', [secret])
  if (!row) throw new Refusal('session.none')
  return {
    person: row.person,
    session: row.session,
    kind: row.kind,
    roles: words(row.roles) as Role[],
    permissions: words(row.permissions) as Permission[],
    scope: row.scope,
    sealedName: row.sealed_name,
    sealedEmail: row.sealed_email,
    endsAt: row.ends_at,
    usedAt: row.used_at,
    factorAt: row.factor_at,
    device: row.device,
    deviceToken: row.device_token,
  }
}

/** Words with commas between them, each once. */
const words = (text: string): string[] => [...new Set(text.split(','))].filter(Boolean).toSorted()

/** @throws Refusal `clock.untrusted` for PostgreSQL's SR001, and anything else as it is */
export function refuseClock(fault: unknown): never {
  if (sqlState(fault) === 'SR001') throw new Refusal('clock.untrusted', { cause: fault })
  throw fault
}
