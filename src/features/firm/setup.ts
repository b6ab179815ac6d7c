import { timingSafeEqual } from 'node:crypto'
import { uuidv7 } from '../../core/ids.ts'
import { wordsOf } from '../../core/sheet.ts'
import { normalEmail } from '../../core/tokens.ts'
import { instant, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { hashPassword } from '../../platform/passwords.ts'
import { sqlState } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Input, Visit, Visited } from '../../platform/route.ts'
import { newTotpSecret, totpUri } from '../../platform/totp.ts'
import { rememberVisit } from '../ledger/ledger.ts'
import { sealFirmText } from '../keys/firm-words.ts'
import { checkPassword } from '../factors/passwords.ts'
import { DEFAULTS, settingOf } from '../settings/settings.ts'
import { firmName } from '../sign-in/links.ts'
import { emailToken } from '../sign-in/proofs.ts'
import { beginSession } from '../sign-in/sessions.ts'
import { checkNewFactor, enrol } from './enrolment.ts'

/** The firm's name, and whether there is a firm yet. */
export async function firmState(house: House): Promise<Answer<'firm.state'>> {
  const name = await firmName(house)
  const sso = name === null ? DEFAULTS.sso : await settingOf(house, 'sso')
  return { state: name === null ? 'new' : 'ready', name, sso: sso.on ? { label: sso.label } : null, mail: house.mail !== null }
}

/** Before there is anyone, a passkey has nobody to belong to: the first person enrols an app, and passkeys afterwards. */
export async function beginSetup({ house }: Visit, { body }: Input<'setup.enrol'>): Promise<Visited<Answer<'setup.enrol'>>> {
  await checkSetup(house, body.secret)
  const totpSecret = newTotpSecret()
  return { answer: { totpSecret, totpUri: totpUri(totpSecret, normalEmail(body.email)), passkeyOptions: null } }
}

/**
 * Founds the firm: its name, its first person (partner and administrator) with password and confirmed factor, in one
 * transaction with the ledger's first entry. The recovery sheet holds the root key itself and is shown this once.
 * @throws Refusal `setup.done`, `setup.secret`, `code.refused`, `factor.missing`, `password.weak`
 */
export async function finish(visit: Visit, { body }: Input<'setup.finish'>): Promise<Visited<Answer<'setup.finish'>>> {
  const { house } = visit
  await checkSetup(house, body.secret)
  const email = normalEmail(body.email)
  await checkPassword(house, body.password, { name: `${body.name} ${body.firm}`, email, person: null })
  const factor = await checkNewFactor(house, { totpSecret: body.totpSecret, code: body.code }, null)
  const firm = uuidv7(now())
  const person = uuidv7(now())
  const passwordHash = await hashPassword(body.password, house.keys.pepper)
  const { begun, recoveryCodes } = await house.ways
    .visit(async (db) => {
      await db.run('select hidden.found_firm($1, $2, $3, $4, $5, $6)', [
        firm,
        sealFirmText(house.keys, 'firm', 'sealed_name', firm, body.firm),
        person,
        sealFirmText(house.keys, 'people', 'sealed_name', person, body.name),
        sealFirmText(house.keys, 'people', 'sealed_email', person, email),
        emailToken(house, email),
      ])
      const recoveryCodes = await enrol(house, db, person, passwordHash, factor)
      await rememberVisit(house, db, 'firm.founded', person, { object: firm, details: { object: body.firm } })
      const roles = ['partner', 'administrator']
      return {
        recoveryCodes,
        begun: await beginSession(visit, db, { person, roles, factor: factor.kind, at: null }, DEFAULTS.sessions.standard),
      }
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
