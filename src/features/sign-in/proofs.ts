import type { PersonId } from '../../contract/ids.ts'
import type { Permission, Role } from '../../contract/roles.ts'
import { openText } from '../../core/field.ts'
import { exactToken, normalEmail, token } from '../../core/tokens.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import { totpDrift, totpStep } from '../../platform/totp.ts'
import { verifyProof, type Answered, type Given, type Party, type Purpose } from '../../platform/webauthn.ts'
import { rememberVisit } from '../ledger/ledger.ts'
import { notify } from '../notices/notices.ts'
import { recoveryCodeHash, spentHash } from './secrets.ts'
import { firmNameOf } from './links.ts'

/** What the door knows of the one account that signs in. */
export type Account = {
  person: PersonId
  sealed_name: Buffer
  sealed_email: Buffer
  password_hash: string | null
  sealed_totp: Buffer | null
  password_changed_at: Date | null
  password_due: boolean
  roles: Role[]
  permissions: Permission[]
  passkeys: number
  recovery: number
}
export type Factor = { code?: string; recoveryCode?: string; passkey?: Given }

/** The keyed token by which an account is found; uniqueness stands on it. */
export const emailToken = (house: Pick<House, 'keys'>, email: string): Buffer => token(house.keys.token, 'email', normalEmail(email))
export const totpPlace = (person: string) => ({ table: 'app.people', column: 'sealed_totp', row: person })

const ACCOUNT = 'select * from hidden.account($1, $2)'
export const accountOf = (db: Db, person: string): Promise<Account | null> => db.row<Account>(ACCOUNT, [null, person])
export const accountByEmail = (house: House, db: Db, email: string): Promise<Account | null> =>
  db.row<Account>(ACCOUNT, [emailToken(house, email), null])

export const factorsOf = (account: Account): ('totp' | 'passkey' | 'recovery')[] => [
  ...(account.sealed_totp ? (['totp'] as const) : []),
  ...(account.passkeys > 0 ? (['passkey'] as const) : []),
  ...(account.recovery > 0 ? (['recovery'] as const) : []),
]

export const partyOf = async (house: House): Promise<Party> => ({
  origin: house.origin(),
  name: await firmNameOf(house),
  key: house.keys.token,
})

/** A factor that was looked at outside of the database; `useFactor` then takes it there, once. */
export type Checked =
  { kind: 'totp'; step: number } | { kind: 'recovery'; hash: Buffer } | { kind: 'passkey'; id: string; counter: number; answered: Answered }

/**
 * Looks at a factor of someone; null when it is not theirs or not right.
 * `mayTell`: they are known already (a session, a link), so that a code of another time may be told from a wrong one.
 * @throws Refusal `code.skewed`
 */
export async function checkFactor(
  house: House,
  account: Account,
  given: Factor,
  purpose: Purpose,
  mayTell = false,
): Promise<Checked | null> {
  if (given.code !== undefined) {
    if (!account.sealed_totp) return null
    const secret = openText(house.keys.field, totpPlace(account.person), account.sealed_totp)
    const step = totpStep(secret, given.code)
    if (step === null && mayTell && totpDrift(secret, given.code) !== null) throw new Refusal('code.skewed')
    return step === null ? null : { kind: 'totp', step }
  }
  if (given.recoveryCode !== undefined) {
    const hash = recoveryCodeHash(house.keys, given.recoveryCode)
    const row = await house.ways.visit((db) =>
      db.row<{ ok: boolean }>('select hidden.has_recovery_code($1, $2) as ok', [account.person, hash]),
    )
    return row!.ok ? { kind: 'recovery', hash } : null
  }
  if (given.passkey === undefined) return null
  const found = await checkPasskey(house, given.passkey, purpose)
  return found?.person === account.person ? found.checked : null
}

export type FoundPasskey = { person: PersonId; checked: Checked & { kind: 'passkey' } }
/** Whose passkey this is, when it is one of ours and proves itself for this purpose; null otherwise. */
export async function checkPasskey(house: House, given: Given, purpose: Purpose): Promise<FoundPasskey | null> {
  const credential = Buffer.from(given.id, 'base64url')
  const known = await house.ways.visit((db) =>
    db.row<{ id: string; person: PersonId; public_key: Buffer; handle: Buffer | null }>('select * from hidden.passkey($1)', [credential]),
  )
  if (!known) return null
  // a passkey found without a name says whose it is; another's handle on this key is not ours (WebAuthn 7.2, step 6)
  const { userHandle } = given.response
  if (typeof userHandle === 'string' && known.handle && !Buffer.from(userHandle, 'base64url').equals(known.handle)) return null
  try {
    const { counter, answered } = await verifyProof(await partyOf(house), purpose, given, {
      credential_id: credential,
      public_key: known.public_key,
    })
    return { person: known.person, checked: { kind: 'passkey', id: known.id, counter, answered } }
  } catch (fault) {
    if (fault instanceof Refusal) return null
    throw fault
  }
}

/** Takes a looked-at factor in a visit, once. `cloned`: the passkey counts backwards and is stopped now. */
export async function useFactor(house: House, db: Db, person: string, checked: Checked): Promise<boolean | 'cloned'> {
  if (checked.kind === 'totp') return (await db.row<{ ok: boolean }>('select hidden.use_totp($1, $2) as ok', [person, checked.step]))!.ok
  if (checked.kind === 'recovery') {
    const { ok } = (await db.row<{ ok: boolean }>('select hidden.use_recovery_code($1, $2) as ok', [person, checked.hash]))!
    if (ok)
      await notify(house, db, [person], {
        text: 'A recovery code of yours was used.',
        todo: 'Each serves once: make new ones before they run out. If it was not you, end all sessions and tell your administrator.',
      })
    return ok
  }
  const { answered } = checked
  const fresh = await db.row<{ ok: boolean }>('select hidden.spend($1, $2) as ok', [spentHash(answered.challenge), answered.until])
  if (!fresh!.ok) return false
  if ((await db.row<{ ok: boolean }>('select hidden.use_passkey($1, $2) as ok', [checked.id, checked.counter]))!.ok) return true
  await db.run('select hidden.stop_passkey($1)', [checked.id])
  await rememberVisit(house, db, 'passkey.cloned', person, { object: checked.id, details: { counter: checked.counter } })
  await notify(house, db, [person], {
    text: 'A passkey of yours was stopped: it counted backwards, as a copy of it would.',
    todo: 'Sign in with another factor, look at your sessions, and tell your administrator.',
  })
  return 'cloned'
}

/** Keys under which tries are counted; none can be turned back into an address. */
export const tryKey = (house: House, kind: string, what: string): Buffer => exactToken(house.keys.token, `try ${kind}`, what)

/** Counts a try within a quarter of an hour. @throws Refusal `session.too_many` past `most` */
export async function countTry(house: House, kind: string, what: string, most: number): Promise<void> {
  const row = await house.ways.visit((db) =>
    db.row<{ n: number }>('select hidden.count_try($1, $2) as n', [tryKey(house, kind, what), '15 minutes']),
  )
  if (row!.n > most) throw new Refusal('session.too_many')
}

/**
 * A second factor may be guessed at a hundred times in all, in whichever sessions and links, until one was right (NIST SP
 * 800-63B-4, 3.2.2). @throws Refusal `session.closed`
 */
const MOST_GUESSES = 100
export async function countGuess(house: House, person: string): Promise<void> {
  const closed = await house.ways.visit(async (db) => {
    const { n } = (await db.row<{ n: number }>('select hidden.count_try($1, $2) as n', [tryKey(house, 'guess', person), '10 years']))!
    if (n === MOST_GUESSES + 1) {
      await rememberVisit(house, db, 'account.closed', person, { object: person, details: { tries: n, stepUp: true } })
      await notify(house, db, [person], {
        text: 'A hundred wrong second factors were tried on your account.',
        todo: 'Codes are stopped where a factor is asked for again. Sign in anew, end all other sessions, and tell your administrator.',
      })
    }
    return n > MOST_GUESSES
  })
  if (closed) throw new Refusal('session.closed')
}
export const forgetGuesses = (house: House, db: Db, person: string): Promise<number> =>
  db.run('select hidden.forget_tries($1)', [tryKey(house, 'guess', person)])
