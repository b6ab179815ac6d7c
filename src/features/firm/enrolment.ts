import { uuidv7 } from '../../core/ids.ts'
import { now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { hashPassword, isPassword } from '../../platform/passwords.ts'
import { brokenConstraint, type Db } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import { newTotpSecret, totpUri } from '../../platform/totp.ts'
import { verifyEnrolment, type Given, type NewPasskey } from '../../platform/webauthn.ts'
import { rememberVisit } from '../ledger/ledger.ts'
import { sealFirmText } from '../keys/firm-words.ts'
import { checkCode, passkeyOptions, sealTotp } from '../factors/factors.ts'
import { checkPassword } from '../factors/passwords.ts'
import type { Found } from '../sign-in/links.ts'
import { accountOf, countTry, partyOf } from '../sign-in/proofs.ts'
import { newRecoveryCodes, recoveryCodeHash, spentHash } from '../sign-in/secrets.ts'

export type GivenFactor = { totpSecret?: string; code?: string; passkey?: Given; passkeyName?: string }
type CheckedFactor =
  { kind: 'totp'; secret: string; step: number } | { kind: 'passkey'; name: string; passkey: NewPasskey; challenge: Buffer; until: Date }

/** What enrols a factor by a link: an authenticator app's secret, and what asks a browser for a passkey. */
export async function freshFactors(house: House, link: Pick<Found, 'person' | 'name' | 'email'>) {
  const totpSecret = newTotpSecret()
  return {
    totpSecret,
    totpUri: totpUri(totpSecret, link.email),
    passkeyOptions: await passkeyOptions(house, { id: link.person, name: link.name, email: link.email }, link.person),
  }
}

/**
 * A new factor, proved by a code or by the browser. `subject`: whom the passkey was asked for; null: no passkey is taken.
 * @throws Refusal `factor.missing`, `code.refused`, `code.skewed`, `passkey.refused`
 */
export async function checkNewFactor(house: House, given: GivenFactor, subject: string | null): Promise<CheckedFactor> {
  if (given.passkey && subject !== null) {
    const { passkey, answered } = await verifyEnrolment(await partyOf(house), { kind: 'enrol', subject }, given.passkey)
    return { kind: 'passkey', name: given.passkeyName ?? 'Passkey', passkey, challenge: answered.challenge, until: answered.until }
  }
  if (given.totpSecret === undefined || given.code === undefined) throw new Refusal('factor.missing')
  return { kind: 'totp', secret: given.totpSecret, step: checkCode(given.totpSecret, given.code) }
}

/** The password that is to be, hashed; null where none is (a passkey is enough, or the identity provider has answered). @throws Refusal */
export async function checkChosen(
  house: House,
  link: Found,
  password: string | undefined,
  withPasskey: boolean,
  address: string,
): Promise<string | null> {
  if (link.kind === 'sso') return null
  if (link.kind === 'factor') {
    await countTry(house, 'enrol', link.person, 10)
    const account = await house.ways.visit((db) => accountOf(db, link.person))
    // who never had a password has come by passkey alone, and proves the mailbox and the two people's approval
    if (account?.password_hash && !(await isPassword(password ?? '', account.password_hash, house.keys.pepper))) {
      await house.ways.visit((db) => rememberVisit(house, db, 'session.refused', link.person, { details: { address, link: link.kind } }))
      throw new Refusal('password.wrong', { fields: { password: 'That is not your password.' } })
    }
    return null
  }
  if (password === undefined || password === '') {
    if (withPasskey) return null
    throw new Refusal('password.weak', { text: 'Choose a password.', fields: { password: 'Choose a password.' } })
  }
  await checkPassword(house, password, { ...link, person: link.kind === 'account' ? link.person : null })
  return hashPassword(password, house.keys.pepper)
}

/** Keeps what was chosen, in a visit: password, factor, and ten fresh recovery codes. @throws Refusal `passkey.refused`, `passkey.known` */
export async function enrol(house: House, db: Db, person: string, passwordHash: string | null, factor: CheckedFactor): Promise<string[]> {
  const recoveryCodes = newRecoveryCodes()
  const totp = factor.kind === 'totp' ? sealTotp(house, person, factor.secret) : null
  const hashes = recoveryCodes.map((code) => recoveryCodeHash(house.keys, code))
  await db.run('select hidden.enrol($1, $2, $3, $4, $5)', [person, passwordHash, totp, factor.kind === 'totp' ? factor.step : null, hashes])
  if (factor.kind === 'passkey') await keepPasskey(house, db, person, factor)
  return recoveryCodes
}

async function keepPasskey(house: House, db: Db, person: string, factor: CheckedFactor & { kind: 'passkey' }): Promise<void> {
  const spent = await db.row<{ ok: boolean }>('select hidden.spend($1, $2) as ok', [spentHash(factor.challenge), factor.until])
  if (!spent!.ok) throw new Refusal('passkey.refused')
  const { passkey } = factor
  const id = uuidv7(now())
  const name = sealFirmText(house.keys, 'passkeys', 'sealed_name', id, factor.name)
  await db
    .run('select hidden.enrol_passkey($1, $2, $3, $4, $5, $6, $7, $8)', [
      id,
      person,
      passkey.credentialId,
      passkey.publicKey,
      passkey.counter,
      passkey.transports,
      passkey.synced,
      name,
    ])
    .catch((fault: unknown) => {
      throw brokenConstraint(fault) === 'passkeys_credential_id_key' ? new Refusal('passkey.known', { cause: fault }) : fault
    })
}
