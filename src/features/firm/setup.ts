import { timingSafeEqual } from 'node:crypto'
import { sealField } from '../../core/field.ts'
import { uuidv7 } from '../../core/ids.ts'
import { wordsOf } from '../../core/sheet.ts'
import { normalEmail } from '../../core/tokens.ts'
import { instant, now } from '../../platform/clock.ts'
import { FIRM_KEY_VERSION } from '../../platform/firm-keys.ts'
import type { House } from '../../platform/house.ts'
import { hashPassword, passwordFault } from '../../platform/passwords.ts'
import { sqlState, type Db } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Begun, Input, Visit } from '../../platform/route.ts'
import { newTotpSecret, totpStep, totpUri } from '../../platform/totp.ts'
import { rememberVisit } from '../ledger/ledger.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { newRecoveryCodes, readSecret, recoveryCodeHash, secretHash } from '../people/secrets.ts'
import { beginSession, emailToken, totpPlace } from '../people/sign-in.ts'

/** The firm's name, and whether there is a firm yet. */
export async function firmState(house: House): Promise<Answer<'firm.state'>> {
  const name = await house.ways.visit((db) => firmName(house, db))
  return { state: name === null ? 'new' : 'ready', name }
}

async function firmName(house: House, db: Db): Promise<string | null> {
  const row = await db.row<{ firm: string; sealed: Buffer }>('select firm, sealed from hidden.firm_name()')
  return row && firmText(house.keys, 'firm', 'sealed_name', row.firm, row.sealed)
}

export async function enrol({ house }: Visit, { body }: Input<'setup.enrol'>): Promise<{ answer: Answer<'setup.enrol'> }> {
  await checkSetup(house, body.secret)
  return { answer: freshTotp(body.email) }
}

/**
 * Founds the firm: its name, its first person (partner and administrator) with password and confirmed factor, in one
 * transaction with the ledger's first entry. The recovery sheet holds the root key itself and is shown this once.
 * @throws Refusal `setup.done`, `setup.secret`, `code.refused`, `password.weak`
 */
export async function finish(
  { house, command }: Visit,
  { body }: Input<'setup.finish'>,
): Promise<{ answer: Answer<'setup.finish'>; begun: Begun }> {
  await checkSetup(house, body.secret)
  checkPassword(body.password, [body.name, body.firm, body.email.split('@')[0]!])
  const step = checkCode(body.totpSecret, body.code)
  const firm = uuidv7(now())
  const person = uuidv7(now())
  const recoveryCodes = newRecoveryCodes()
  const passwordHash = await hashPassword(body.password, house.keys.pepper)
  const email = normalEmail(body.email)
  const begun = await house.ways
    .visit(async (db) => {
      await db.run('select hidden.found_firm($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
        firm,
        sealFirmText(house.keys, 'firm', 'sealed_name', firm, body.firm),
        person,
        sealFirmText(house.keys, 'people', 'sealed_name', person, body.name),
        sealFirmText(house.keys, 'people', 'sealed_email', person, email),
        emailToken(house, email),
        passwordHash,
        sealTotp(house, person, body.totpSecret),
        step,
        recoveryCodes.map((code) => recoveryCodeHash(house.keys, code)),
      ])
      await rememberVisit(house, db, 'firm.founded', person, { object: firm, details: { object: body.firm } })
      return beginSession(house, db, person, command ? 'command' : 'browser')
    })
    .catch((fault: unknown) => {
      throw sqlState(fault) === '23505' ? new Refusal('setup.done', { cause: fault }) : fault
    })
  house.setup.secret = null
  const check = house.rootKey.id.replace(/(.{4})(?=.)/g, '$1 ')
  return {
    answer: { recoveryCodes, recoverySheet: { firm: body.firm, words: wordsOf(house.rootKey.key), check, printedAt: instant() } },
    begun,
  }
}

async function checkSetup(house: House, secret: string): Promise<void> {
  if (house.setup.secret === null) throw new Refusal('setup.done')
  const given = Buffer.from(secret)
  const expected = Buffer.from(house.setup.secret)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Refusal('setup.secret')
}

export async function readInvitation({ house }: Visit, { body }: Input<'invitation.read'>): Promise<{ answer: Answer<'invitation.read'> }> {
  return house.ways.visit(async (db) => {
    const row = await invitationOf(db, body.secret)
    const email = firmText(house.keys, 'people', 'sealed_email', row.person, row.sealed_email)
    const name = firmText(house.keys, 'people', 'sealed_name', row.person, row.sealed_name)
    return { answer: { firm: (await firmName(house, db))!, name, email, ...freshTotp(email) } }
  })
}

/** Accepts an invitation, once. @throws Refusal `invitation.spent`, `code.refused`, `password.weak` */
export async function acceptInvitation(
  { house, command }: Visit,
  { body }: Input<'invitation.accept'>,
): Promise<{ answer: Answer<'invitation.accept'>; begun: Begun }> {
  const invited = await house.ways.visit((db) => invitationOf(db, body.secret))
  checkPassword(body.password, [
    firmText(house.keys, 'people', 'sealed_name', invited.person, invited.sealed_name),
    firmText(house.keys, 'people', 'sealed_email', invited.person, invited.sealed_email).split('@')[0]!,
  ])
  const step = checkCode(body.totpSecret, body.code)
  const passwordHash = await hashPassword(body.password, house.keys.pepper)
  const recoveryCodes = newRecoveryCodes()
  const begun = await house.ways.visit(async (db) => {
    const hashes = recoveryCodes.map((code) => recoveryCodeHash(house.keys, code))
    const row = await db.row<{ who: string | null }>('select hidden.accept_invitation($1, $2, $3, $4, $5) as who', [
      secretHash(readSecret(body.secret)!),
      passwordHash,
      sealTotp(house, invited.person, body.totpSecret),
      step,
      hashes,
    ])
    if (!row?.who) throw new Refusal('invitation.spent')
    await rememberVisit(house, db, 'person.joined', row.who, { object: row.who, details: {} })
    return beginSession(house, db, row.who, command ? 'command' : 'browser')
  })
  return { answer: { recoveryCodes }, begun }
}

async function invitationOf(db: Db, text: string) {
  const secret = readSecret(text)
  const row =
    secret &&
    (await db.row<{ person: string; sealed_name: Buffer; sealed_email: Buffer }>(
      'select person, sealed_name, sealed_email from hidden.invitation($1)',
      [secretHash(secret)],
    ))
  if (!row) throw new Refusal('invitation.spent')
  return row
}

const sealTotp = (house: House, person: string, secret: string) => sealField(house.keys.field, FIRM_KEY_VERSION, totpPlace(person), secret)

function freshTotp(email: string) {
  const totpSecret = newTotpSecret()
  return { totpSecret, totpUri: totpUri(totpSecret, normalEmail(email)) }
}

function checkCode(secret: string, code: string): number {
  const step = totpStep(secret, code)
  if (step === null) throw new Refusal('code.refused')
  return step
}

function checkPassword(password: string, own: string[]): void {
  const fault = passwordFault(password, own)
  if (fault) throw new Refusal('password.weak', { text: fault, fields: { password: fault } })
}
