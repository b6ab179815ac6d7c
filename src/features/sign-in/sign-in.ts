import type { PersonId } from '../../contract/ids.ts'
import type { Role } from '../../contract/roles.ts'
import { openText } from '../../core/field.ts'
import { uuidv7 } from '../../core/ids.ts'
import { exactToken, normalEmail, token } from '../../core/tokens.ts'
import { now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { isPassword } from '../../platform/passwords.ts'
import type { Db } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Begun, Visit } from '../../platform/route.ts'
import { totpStep } from '../../platform/totp.ts'
import { rememberVisit } from '../ledger/ledger.ts'
import { firmText } from '../keys/firm-words.ts'
import { newSecret, recoveryCodeHash, secretHash } from './secrets.ts'

export type Proof = { email: string; password: string; code?: string; recoveryCode?: string }
type Account = { person: PersonId; sealed_name: Buffer; password_hash: string; sealed_totp: Buffer; roles: Role[] }

/** Tries in a quarter of an hour: of one account from one address, of one account, from one address. */
const LIMITS = { pair: 10, account: 60, address: 100 } as const
const WINDOW = '15 minutes'
/** Idle and absolute limits of a session (NIST SP 800-63B-4, AAL2: at most 1 h idle, 24 h in all). */
const IDLE = '30 minutes'
const LASTS = '12 hours'

/** The keyed token by which an account is found; uniqueness stands on it. */
export const emailToken = (house: Pick<House, 'keys'>, email: string): Buffer => token(house.keys.token, 'email', normalEmail(email))
export const totpPlace = (person: string) => ({ table: 'app.people', column: 'sealed_totp', row: person })

/** Signs in. Wrong address, wrong password and wrong code cannot be told apart, in words or in the work done. */
export async function signIn(visit: Visit, proof: Proof): Promise<{ person: PersonId; name: string; begun: Begun }> {
  const { house } = visit
  const account = await prove(visit, proof)
  return house.ways.visit(async (db) => {
    const begun = await beginSession(house, db, account.person, visit.command ? 'command' : 'browser')
    return { person: account.person, name: firmText(house.keys, 'people', 'sealed_name', account.person, account.sealed_name), begun }
  })
}

/** Begins a session inside a visit, with its entry. */
export async function beginSession(house: House, db: Db, person: string, kind: 'browser' | 'command'): Promise<Begun> {
  const secret = newSecret()
  const id = uuidv7(now())
  const row = await db.row<{ ends_at: Date }>('select hidden.begin_session($1, $2, $3, $4, $5, $6) as ends_at', [
    id,
    person,
    secretHash(secret),
    kind,
    IDLE,
    LASTS,
  ])
  await rememberVisit(house, db, 'session.created', person, { object: id, details: { kind } })
  return { secret, endsAt: row!.ends_at }
}

/**
 * Password and second factor, both fresh. A used code or recovery code is spent, whatever comes after.
 * @throws Refusal `session.refused`, `session.too_many`; both leave an entry.
 */
export async function prove(visit: Visit, proof: Proof): Promise<Account> {
  const { house } = visit
  const tries = keysOfTries(visit, proof.email)
  const account = await house.ways.visit(async (db) => {
    for (const [kind, key] of Object.entries(tries) as [keyof typeof LIMITS, Buffer][]) {
      const count = (await db.row<{ n: number }>('select hidden.count_try($1, $2) as n', [key, WINDOW]))!.n
      if (count <= LIMITS[kind]) continue
      // the first past the limit stands for the rest of its window
      if (count === LIMITS[kind] + 1)
        await rememberVisit(house, db, 'session.refused', null, { details: { address: visit.address, tries: count } })
      return 'too many' as const
    }
    return db.row<Account>('select person, sealed_name, password_hash, sealed_totp, roles from hidden.account($1)', [
      emailToken(house, proof.email),
    ])
  })
  if (account === 'too many') throw new Refusal('session.too_many')
  const known = await isPassword(proof.password, account?.password_hash ?? null, house.keys.pepper)
  const step =
    known && account && proof.code ? totpStep(openText(house.keys.field, totpPlace(account.person), account.sealed_totp), proof.code) : null
  const proved = await house.ways.visit(async (db) => {
    const second = known && account !== null && (await useSecondFactor(house, db, account.person, step, proof.recoveryCode))
    if (second) for (const key of [tries.pair, tries.account]) await db.run('select hidden.forget_tries($1)', [key])
    else await rememberVisit(house, db, 'session.refused', account?.person ?? null, { details: { address: visit.address } })
    return second
  })
  if (!proved || !account) throw new Refusal('session.refused')
  return account
}

async function useSecondFactor(
  house: House,
  db: Db,
  person: string,
  step: number | null,
  recoveryCode: string | undefined,
): Promise<boolean> {
  if (step !== null) return (await db.row<{ ok: boolean }>('select hidden.use_totp($1, $2) as ok', [person, step]))!.ok
  if (recoveryCode)
    return (await db.row<{ ok: boolean }>('select hidden.use_recovery_code($1, $2) as ok', [
      person,
      recoveryCodeHash(house.keys, recoveryCode),
    ]))!.ok
  return false
}

/** One IPv6 subscriber holds a whole /64 (RFC 6177); an IPv4 address counts by itself. */
const networkOf = (address: string): string =>
  address.includes(':') && !address.startsWith('::ffff:') ? address.split(':').slice(0, 4).join(':') : address

const keysOfTries = ({ house, address }: Visit, email: string) => ({
  pair: exactToken(house.keys.token, 'try pair', `${normalEmail(email)} ${networkOf(address)}`),
  account: exactToken(house.keys.token, 'try account', normalEmail(email)),
  address: exactToken(house.keys.token, 'try address', networkOf(address)),
})
