import { randomInt } from 'node:crypto'
import { uuidv7 } from '../../core/ids.ts'
import { token } from '../../core/tokens.ts'
import { iso, now } from '../../platform/clock.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import { MailFault } from '../../platform/mail.ts'
import { challengeMail, codeMail } from '../../platform/mail-words.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input, Visit, Visited } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { refuse } from '../access/refused.ts'
import { rememberVisit } from '../ledger/ledger.ts'
import { firmNameOf } from '../sign-in/links.ts'
import { newSecret, readSecret, secretHash, shown } from '../sign-in/secrets.ts'
import { one } from './views.ts'
import { addressIn, DAYS } from './verifying.ts'

/** Eight digits: with five tries, one in twenty million. */
const DIGITS = 8

type Made = { link: string; code: string; endsAt: Date; to: string; by: { kind: 'email' | 'phone' | 'post'; address: string } }

/**
 * Confirms an e-mail address by a second channel: the link goes to it, the code to another address of the same recipient, or to whoever
 * rings them. @throws Refusal `address.unfit`, `mail.off`, `mail.refused`
 */
export async function challenge(ask: Ask, { params, body }: Input<'recipient.challenge'>): Promise<Answer<'recipient.challenge'> | null> {
  const { house } = ask
  const made = await ask.act('address.challenged', async (here: Here) => {
    const view = await one(here, params)
    const [address, by] = [addressIn(view, params.address), addressIn(view, body.by)]
    if (!view || !address || !by) return null
    if (!house.mail) throw new Refusal('mail.off')
    const secret = newSecret()
    const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0')
    const row = await here.db
      .row<{ ends: Date | null }>('select hidden.challenge_address($1, $2, $3, $4, $5, $6) as ends', [
        uuidv7(now()),
        address.id,
        by.id,
        params.matter,
        secretHash(secret),
        codeHash(house.keys, code),
      ])
      .catch(refuse({ SR060: { code: 'address.unfit' } }))
    if (!row?.ends) return null
    const value: Made = { link: shown(secret), code, endsAt: row.ends, to: address.address, by }
    return remembered(
      { matter: params.matter, object: view.id, details: { object: view.name, contact: address.address, through: by.address } },
      value,
    )
  })
  if (!made) return null
  const firm = await firmNameOf(house)
  const endsAt = iso(made.endsAt)
  const said = made.by.kind !== 'email'
  await deliver(ask, params.address, made.to, challengeMail({ firm, url: `${house.origin()}/confirm#s=${made.link}`, endsAt, said }))
  if (!said) await deliver(ask, body.by, made.by.address, codeMail({ firm, code: spaced(made.code), endsAt }))
  return { endsAt, code: said ? spaced(made.code) : null }
}

/** An address that its own server does not know has bounced: what confirmed it falls. @throws Refusal `mail.refused` */
async function deliver({ house }: Ask, address: string, to: string, letter: { subject: string; text: string }): Promise<void> {
  try {
    await house.mail!.send({ to, ...letter })
  } catch (fault) {
    if (!(fault instanceof MailFault)) throw fault
    if (fault.kind === 'recipient') await house.clerk({ name: 'bounced' }, (db) => db.run('select hidden.bounce_address($1)', [address]))
    throw new Refusal('mail.refused', { text: fault.message, cause: fault })
  }
}

/**
 * The code, by whoever holds the link. A wrong one, one that is late, spent or was never made are one answer.
 * @throws Refusal `challenge.refused`
 */
export async function answer({ house }: Visit, { body }: Input<'challenge.answer'>): Promise<Visited<Answer<'challenge.answer'>>> {
  const link = readSecret(body.secret)
  const code = body.code.replace(/\D/g, '')
  const done = await house.ways.visit(async (db) => {
    const row = await db.row<{ challenge: string; address: string; matter: string; asked_by: string; recipient: string }>(
      'select * from hidden.answer_challenge($1, $2)',
      [link ? secretHash(link) : Buffer.alloc(32), codeHash(house.keys, code)],
    )
    if (!row) return false
    await db.run('select hidden.confirm_by_code($1, $2, $3)', [uuidv7(now()), row.challenge, DAYS[1]])
    await rememberVisit(house, db, 'address.confirmed', null, { object: row.address, details: { challenge: row.challenge } })
    return true
  })
  if (!done) throw new Refusal('challenge.refused')
  return { answer: undefined }
}

/** Keyed, so that a copy of the table gives none of them. */
const codeHash = (keys: FirmKeys, code: string): Buffer => token(keys.pepper, 'challenge code', code)
const spaced = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`
