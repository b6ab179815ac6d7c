import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { networkOf } from '../../platform/network.ts'
import { isPassword } from '../../platform/passwords.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Input, Visit, Visited } from '../../platform/route.ts'
import { normalEmail } from '../../core/tokens.ts'
import { proveOptions, type Given } from '../../platform/webauthn.ts'
import { rememberVisit } from '../ledger/ledger.ts'
import { firmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { limitsOf, settingOf } from '../settings/settings.ts'
import { innerLink, type FactorKind } from './links.ts'
import { accountByEmail, accountOf, checkFactor, checkPasskey, countTry, partyOf, tryKey, useFactor, type Account } from './proofs.ts'
import { secretHash, shown } from './secrets.ts'
import { beginSession } from './sessions.ts'

export type PasswordProof = { email: string; password: string; code?: string; recoveryCode?: string }
/** `at`: when the proof began, by the database’s clock to the microsecond, as it writes it. `due`: why a new password is asked for, where one is. */
export type Proved = { account: Account; factor: FactorKind; at: string; due: string | null }
export const nowThere = async (house: House): Promise<string> =>
  (await house.ways.visit((db) => db.row<{ at: string }>('select hidden.now_here()::text as at')))!.at

/** Signs in. Wrong address, wrong password and wrong code cannot be told apart, in words or in the work done. */
export async function signIn(visit: Visit, { body }: Input<'session.create'>): Promise<Visited<Answer<'session.create'>>> {
  const proved = 'passkey' in body ? await proveByPasskey(visit, body.passkey) : await proveByPassword(visit, body)
  return conclude(visit, proved, body.as)
}

/** What asks for any passkey of this host. */
export async function challenge({ house }: Visit): Promise<Visited<Answer<'passkey.challenge'>>> {
  return { answer: { passkeyOptions: await proveOptions(await partyOf(house), { kind: 'sign-in' }) } }
}

/**
 * The end of every sign-in: begins the session, or says what is still to be done first.
 * @throws Refusal `session.passkey_only` where the firm asks for a passkey of these roles
 */
export async function conclude(
  visit: Visit,
  { account, factor, at, due }: Proved,
  as: 'cookie' | 'bearer',
): Promise<Visited<Answer<'session.create'>>> {
  const { house } = visit
  const sessions = await settingOf(house, 'sessions')
  await refuseWithoutPasskey(house, account.roles, factor).catch(async (fault: unknown) => {
    await house.ways.visit((db) =>
      rememberVisit(house, db, 'session.refused', account.person, { details: { address: visit.address, passkeyOnly: true } }),
    )
    throw fault
  })
  const name = firmText(house.keys, 'people', 'sealed_name', account.person, account.sealed_name)
  if (due !== null) {
    // what was proved is remembered, although no session comes of it yet
    const { secret } = await house.ways.visit(async (db) => {
      await rememberVisit(house, db, 'session.proved', account.person, { details: { factor, address: visit.address, due: true } })
      return innerLink(db, account.person, 'renewal', factor)
    })
    return { answer: { name, endsAt: null, next: { step: 'password', secret, why: due, factors: [], passkeyOptions: null } } }
  }
  const limits = limitsOf(sessions, account.roles)
  const begun = await house.ways.visit((db) =>
    beginSession(visit, db, { person: account.person, roles: account.roles, factor, at }, limits, as === 'bearer'),
  )
  const answer = { name, endsAt: iso(begun.endsAt), next: null }
  return as === 'bearer' ? { answer: { ...answer, token: shown(begun.secret) } } : { answer, begun }
}

/** A recovery code is what one has when the passkey is gone; a code or the provider's word is not. @throws Refusal `session.passkey_only` */
export async function refuseWithoutPasskey(house: House, roles: readonly string[], factor: FactorKind): Promise<void> {
  if (factor === 'passkey' || factor === 'recovery') return
  const { passkeyRoles } = await settingOf(house, 'sessions')
  if (roles.some((role) => passkeyRoles.includes(role))) throw new Refusal('session.passkey_only')
}

/** @throws Refusal `session.refused`, `session.too_many`, `passkey.cloned` */
export async function proveByPasskey(visit: Visit, given: Given): Promise<Proved> {
  const { house, address } = visit
  await countTry(house, 'passkey', networkOf(address), 1000)
  const at = await nowThere(house)
  const found = await checkPasskey(house, given, { kind: 'sign-in' })
  const used = await house.ways.visit(async (db) => {
    const account = found && (await accountOf(db, found.person))
    const taken = found && account ? await useFactor(house, db, found.person, found.checked) : false
    if (taken === true) return { account: account! }
    if (taken === false) await rememberVisit(house, db, 'session.refused', found?.person ?? null, { details: { address, passkey: true } })
    return taken
  })
  if (used === 'cloned') throw new Refusal('passkey.cloned')
  if (!used) throw new Refusal('session.refused')
  return { account: used.account, factor: 'passkey', at, due: null }
}

/**
 * Password and second factor, both fresh. A used code or recovery code is spent, whatever comes after. At most ten tries
 * an hour of one account from one place are hashed; after a hundred in a row only devices that the account knows may try.
 * @throws Refusal `session.refused`, `session.too_many`, `session.closed`; each leaves an entry, though not every time
 */
export async function proveByPassword(visit: Visit, proof: PasswordProof): Promise<Proved> {
  const { house, address } = visit
  const keys = keysOf(visit, proof.email)
  const { verdict, account, tries, at } = await atTheDoor(visit, proof.email, keys)
  if (verdict === 'closed') throw new Refusal('session.closed')
  if (verdict !== 'go') throw new Refusal('session.too_many')
  const known = await isPassword(proof.password, account?.password_hash ?? null, house.keys.pepper).catch(async (fault: unknown) => {
    // too many hashes are under way: nothing was tried, and nothing counts
    await house.ways.visit((db) => db.run('select hidden.door_back($1, $2, $3)', [keys.account, keys.place, keys.device]))
    throw fault
  })
  const checked =
    known && account ? await checkFactor(house, account, { code: proof.code, recoveryCode: proof.recoveryCode }, { kind: 'sign-in' }) : null
  const proved = await house.ways.visit(async (db) => {
    const taken = checked !== null && account !== null && (await useFactor(house, db, account.person, checked)) === true
    if (taken) await db.run('select hidden.door_ok($1, $2, $3)', [keys.account, keys.place, keys.device])
    else
      await rememberVisit(house, db, 'session.refused', account?.person ?? null, {
        details: { address, ...(tries >= MOST_TRIES && { tries }) },
      })
    return taken
  })
  if (!proved || !account) throw new Refusal('session.refused')
  return { account, factor: checked!.kind, at, due: await whyDue(visit, account, proof.password) }
}

/** Ten within an hour (docs/settings.md); `hidden.door_try` counts. */
const MOST_TRIES = 10
const keysOf = ({ house, address, device }: Visit, email: string) => ({
  account: tryKey(house, 'account', normalEmail(email)),
  place: tryKey(house, 'place', networkOf(address)),
  address: tryKey(house, 'address', networkOf(address)),
  device: device && secretHash(device),
})

/** Counts the try, and looks the account up; for one that is not there the same is done. */
async function atTheDoor(visit: Visit, email: string, keys: ReturnType<typeof keysOf>) {
  const { house, address } = visit
  return house.ways.visit(async (db) => {
    const account = await accountByEmail(house, db, email)
    const { verdict, tries, at } = (await db.row<{ verdict: 'go' | 'wait' | 'closed' | 'busy'; tries: number; at: string }>(
      'select verdict, tries, hidden.now_here()::text as at from hidden.door_try($1, $2, $3, $4, $5)',
      [keys.account, keys.place, keys.address, account?.person ?? null, keys.device],
    ))!
    // the first of the hundred and more stands for all that come after
    if (verdict === 'closed' && tries === 101) {
      await rememberVisit(house, db, 'account.closed', account?.person ?? null, { details: { address, tries } })
      if (account)
        await notify(house, db, [account.person], {
          text: 'Someone has tried a hundred wrong passwords on your account in a row.',
          todo: 'Passwords are stopped for devices that you have not signed in on before. Your passkeys and your own devices go on working.',
        })
    }
    return { verdict, tries, account, at }
  })
}

/**
 * Why a new password is asked for now, or null. By default only for a reason (NIST SP 800-63B-4, 3.1.1.2): it was marked,
 * or it is on the operator's list of breached ones. A firm's setting may ask by age as well.
 */
async function whyDue({ house }: Visit, account: Account, password: string): Promise<string | null> {
  if (account.password_due) return 'Your password may have become known, so the firm asks for a new one.'
  if (await isBreached(house, password)) {
    await house.ways.visit((db) => db.run('select hidden.mark_password($1)', [account.person]))
    return 'Your password stands on a list of passwords that became known elsewhere.'
  }
  const { rotationDays } = await settingOf(house, 'password')
  const age = account.password_changed_at ? now() - account.password_changed_at.getTime() : 0
  return rotationDays !== null && age > rotationDays * 86_400_000 ? `The firm asks for a new password every ${rotationDays} days.` : null
}

/** A list that cannot be read just now shuts nobody out who has proved themselves; for a new password it is a refusal. */
async function isBreached({ breached, log }: House, password: string): Promise<boolean> {
  if (!breached) return false
  return breached.has(password).catch((fault: unknown) => {
    log.error('couldn’t look a password up in the list of breached ones', fault)
    return false
  })
}
