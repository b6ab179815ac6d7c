import type { PasskeyId } from '../../contract/ids.ts'
import type { PasskeyView } from '../../contract/factor.ts'
import { uuidv7 } from '../../core/ids.ts'
import { sealField } from '../../core/field.ts'
import { iso, now } from '../../platform/clock.ts'
import { FIRM_KEY_VERSION } from '../../platform/firm-keys.ts'
import type { House } from '../../platform/house.ts'
import { brokenConstraint, sqlState, type Db } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { newTotpSecret, totpDrift, totpStep, totpUri } from '../../platform/totp.ts'
import { remembered } from '../../platform/ways.ts'
import { enrolOptions, verifyEnrolment } from '../../platform/webauthn.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { settingOf } from '../settings/settings.ts'
import { partyOf, totpPlace } from '../sign-in/proofs.ts'
import { newHandle, newRecoveryCodes, recoveryCodeHash, spentHash } from '../sign-in/secrets.ts'

type PasskeyRow = { id: PasskeyId; sealed_name: Buffer; created_at: Date; used_at: Date | null; synced: boolean }
const PASSKEYS =
  'select id, sealed_name, created_at, used_at, synced from app.passkeys where person_id = $1 and revoked_at is null order by id'

const viewOf = (house: Pick<House, 'keys'>, row: PasskeyRow): PasskeyView => ({
  id: row.id,
  name: firmText(house.keys, 'passkeys', 'sealed_name', row.id, row.sealed_name),
  createdAt: iso(row.created_at),
  usedAt: row.used_at && iso(row.used_at),
  synced: row.synced,
})
/** A person's passkeys, for them or for whoever may see how people sign in. */
export const passkeysOf = async ({ house, db }: Pick<Here, 'house' | 'db'>, person: string): Promise<PasskeyView[]> =>
  (await db.rows<PasskeyRow>(PASSKEYS, [person])).map((row) => viewOf(house, row))

export async function list(here: Here): Promise<Answer<'factor.list'>> {
  const { house, db, me } = here
  const own = (await db.row<{
    totp: boolean
    totp_made_at: Date | null
    recovery: number
    has_password: boolean
    password_changed_at: Date | null
  }>('select s.*, hidden.totp_made_at() as totp_made_at from hidden.sign_in_of($1) s', [me.person]))!
  const identity = await db.row<{ id: string; sealed_label: Buffer; linked_at: Date }>(
    'select id, sealed_label, linked_at from app.identities where person_id = $1',
    [me.person],
  )
  const { rotationDays } = await settingOf(house, 'password')
  const changedAt = own.password_changed_at ?? new Date(now())
  return {
    password: own.has_password
      ? { changedAt: iso(changedAt), dueAt: rotationDays === null ? null : iso(new Date(changedAt.getTime() + rotationDays * 86_400_000)) }
      : null,
    totp: own.totp ? { createdAt: iso(own.totp_made_at ?? changedAt) } : null,
    passkeys: await passkeysOf(here, me.person),
    recoveryCodesLeft: own.recovery,
    identity: identity && {
      label: firmText(house.keys, 'identities', 'sealed_label', identity.id, identity.sealed_label),
      linkedAt: iso(identity.linked_at),
    },
  }
}

/** What asks a browser to make a passkey, for someone by their own session or by a link (`subject`). */
export async function passkeyOptions(
  house: House,
  person: { id: string; email: string; name: string },
  subject: string,
): Promise<Record<string, unknown>> {
  const { handle, has } = await house.ways.visit(async (db) => ({
    handle: (await db.row<{ handle: Buffer }>('select hidden.handle($1, $2) as handle', [person.id, newHandle()]))!.handle,
    has: await db.rows<{ credential_id: Buffer }>('select credential_id from hidden.passkeys_of($1)', [person.id]),
  }))
  const known = { handle, email: person.email, name: person.name, has: has.map((one) => one.credential_id) }
  return enrolOptions(await partyOf(house), { kind: 'enrol', subject }, known)
}

export async function beginPasskey({ house, me }: Here): Promise<Answer<'passkey.begin'>> {
  const name = firmText(house.keys, 'people', 'sealed_name', me.person, me.sealedName)
  const email = firmText(house.keys, 'people', 'sealed_email', me.person, me.sealedEmail)
  return { passkeyOptions: await passkeyOptions(house, { id: me.person, name, email }, me.session) }
}

/** @throws Refusal `passkey.refused`, `passkey.known` */
export async function createPasskey(ask: Ask, { body }: Input<'passkey.create'>): Promise<Answer<'passkey.create'> | null> {
  const { house } = ask
  const subject = await ask.look(async ({ me }) => me.session)
  const { passkey, answered } = await verifyEnrolment(await partyOf(house), { kind: 'enrol', subject }, body.passkey)
  const spent = await house.ways.visit((db) =>
    db.row<{ ok: boolean }>('select hidden.spend($1, $2) as ok', [spentHash(answered.challenge), answered.until]),
  )
  if (!spent!.ok) throw new Refusal('passkey.refused')
  const id = uuidv7(now()) as PasskeyId
  return ask
    .act('passkey.created', async ({ db, me }) => {
      await db.run(
        'insert into app.passkeys (id, person_id, credential_id, public_key, counter, transports, synced, sealed_name) values ($1, $2, $3, $4, $5, $6, $7, $8)',
        [
          id,
          me.person,
          passkey.credentialId,
          passkey.publicKey,
          passkey.counter,
          passkey.transports,
          passkey.synced,
          sealFirmText(house.keys, 'passkeys', 'sealed_name', id, body.name),
        ],
      )
      await tell(house, db, me.person, `The passkey “${body.name}” was added to your account.`)
      return remembered(
        { object: id, details: { object: body.name, synced: passkey.synced } },
        { id, name: body.name, createdAt: iso(new Date(now())), usedAt: null, synced: passkey.synced },
      )
    })
    .catch((fault: unknown) => {
      throw brokenConstraint(fault) === 'passkeys_credential_id_key' ? new Refusal('passkey.known', { cause: fault }) : fault
    })
}

const tell = (house: House, db: Db, person: string, text: string): Promise<void> =>
  notify(house, db, [person], {
    text,
    todo: 'If it was not you, end all other sessions, change your password and tell your administrator.',
  })

export async function renamePasskey({ house, db, me }: Here, { params, body }: Input<'passkey.rename'>) {
  const sealed = sealFirmText(house.keys, 'passkeys', 'sealed_name', params.passkey, body.name)
  const row = await db.row<PasskeyRow>(
    `update app.passkeys set sealed_name = $3 where id = $1 and person_id = $2 and revoked_at is null
     returning id, sealed_name, created_at, used_at, synced`,
    [params.passkey, me.person, sealed],
  )
  return row && remembered({ object: row.id, details: { object: body.name } }, viewOf(house, row))
}

/** @throws Refusal `factor.last` */
export async function revokePasskey({ house, db, me }: Here, { params }: Input<'passkey.revoke'>) {
  const known = (await passkeysOf({ house, db }, me.person)).find((one) => one.id === params.passkey)
  if (!known) return null
  const row = await db.row<{ ok: boolean }>('select hidden.revoke_passkey($1) as ok', [params.passkey]).catch(refuseLast)
  if (!row!.ok) return null
  await tell(house, db, me.person, `The passkey “${known.name}” was revoked.`)
  return remembered({ object: known.id, details: { object: known.name } }, undefined)
}

/** SR014: it would be the last. */
export function refuseLast(fault: unknown): never {
  throw sqlState(fault) === 'SR014' ? new Refusal('factor.last', { cause: fault }) : fault
}

export async function beginTotp({ house, me }: Here): Promise<Answer<'totp.begin'>> {
  const totpSecret = newTotpSecret()
  return { totpSecret, totpUri: totpUri(totpSecret, firmText(house.keys, 'people', 'sealed_email', me.person, me.sealedEmail)) }
}

/** The step of a code that proves a fresh authenticator. @throws Refusal `code.refused`, `code.skewed` */
export function checkCode(secret: string, code: string): number {
  const step = totpStep(secret, code)
  if (step !== null) return step
  throw new Refusal(totpDrift(secret, code) === null ? 'code.refused' : 'code.skewed')
}
export const sealTotp = (house: Pick<House, 'keys'>, person: string, secret: string) =>
  sealField(house.keys.field, FIRM_KEY_VERSION, totpPlace(person), secret)

export async function createTotp({ house, db, me }: Here, { body }: Input<'totp.create'>) {
  const step = checkCode(body.totpSecret, body.code)
  await db.row('select hidden.set_totp($1, $2)', [sealTotp(house, me.person, body.totpSecret), step])
  await tell(house, db, me.person, 'A new authenticator app was set up for your account; the one from before serves no more.')
  return remembered({ object: me.person, details: { factor: 'totp' } }, undefined)
}

export async function removeTotp({ house, db, me }: Here) {
  const row = await db.row<{ ok: boolean }>('select hidden.set_totp(null, null) as ok').catch(refuseLast)
  if (!row!.ok) return null
  await tell(house, db, me.person, 'Your authenticator app serves no more; you sign in with a passkey.')
  return remembered({ object: me.person, details: { factor: 'totp' } }, undefined)
}

export async function createRecoveryCodes({ house, db, me }: Here) {
  const recoveryCodes = newRecoveryCodes()
  const hashes = recoveryCodes.map((code) => recoveryCodeHash(house.keys, code))
  await db.row('select hidden.set_recovery_codes($1)', [hashes])
  await tell(house, db, me.person, 'New recovery codes were made for your account; those from before serve no more.')
  return remembered({ object: me.person, details: { count: recoveryCodes.length } }, { recoveryCodes })
}
