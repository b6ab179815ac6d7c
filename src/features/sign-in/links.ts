import type { Link } from '../../contract/person.ts'
import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { MailFault } from '../../platform/mail.ts'
import { enrolmentMail, invitationMail, resetMail } from '../../platform/mail-words.ts'
import type { Db } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Secret } from '../../platform/ways.ts'
import { firmText } from '../keys/firm-words.ts'
import { newSecret, readSecret, secretHash, shown } from './secrets.ts'

export type FactorKind = 'totp' | 'passkey' | 'recovery' | 'identity'
/** Links that go to a person; a `renewal`, `sso` or `second` is handed on within one sign-in and never leaves its browser. */
export type LinkKind = 'invitation' | 'account' | 'factor' | 'password'
export type InnerKind = 'renewal' | 'sso' | 'second'
const LASTS_MS: Record<LinkKind | InnerKind, number> = {
  invitation: 7 * 86_400_000,
  account: 86_400_000,
  factor: 86_400_000,
  password: 3_600_000,
  renewal: 900_000,
  sso: 900_000,
  second: 600_000,
}

export type Made = { person: string; kind: LinkKind; secret: Secret; endsAt: Date }

/**
 * Makes a one-time link for someone, inside an act; the one before it dies. Null when it is not this person's to make, or
 * there is nobody to make it for.
 */
export async function makeLink(db: Db, person: string, kind: LinkKind): Promise<Made | null> {
  const secret = newSecret()
  const endsAt = new Date(now() + LASTS_MS[kind])
  const row = await db.row<{ ok: boolean }>('select hidden.make_link($1, $2, $3, $4) as ok', [secretHash(secret), person, kind, endsAt])
  return row!.ok ? { person, kind, secret, endsAt } : null
}

/** What was proved so far, for the next step of the same sign-in; in a visit. @throws Refusal `session.refused` when they left meanwhile */
export async function innerLink(
  db: Db,
  person: string,
  kind: InnerKind | 'password',
  factor: FactorKind | null = null,
): Promise<{ secret: string; made: Secret; endsAt: Date }> {
  const secret = newSecret()
  const endsAt = new Date(now() + LASTS_MS[kind])
  const row = await db.row<{ ok: boolean }>('select hidden.new_link($1, $2, $3, $4, $5) as ok', [
    secretHash(secret),
    person,
    kind,
    factor,
    endsAt,
  ])
  if (!row!.ok) throw new Refusal('session.refused')
  return { secret: shown(secret), made: secret, endsAt }
}

/**
 * Takes a link to its person, after the act that made it: by e-mail where mail is set up, and then nobody else has seen
 * it; otherwise (or when the mail server will not have it) it is answered, to be handed over. `by`: who made it, and who
 * was the second person.
 */
export async function deliver(house: House, made: Made, by: readonly [string, string]): Promise<Link> {
  const url = `${house.origin()}/invitation#s=${shown(made.secret)}`
  const endsAt = iso(made.endsAt)
  const byHand: Link = { url, secret: shown(made.secret), endsAt, sent: false }
  if (!house.mail) return byHand
  const row = await linkOf(house, shown(made.secret))
  const facts = { firm: await firmNameOf(house), name: row.name, url, endsAt }
  const letter =
    made.kind === 'invitation'
      ? invitationMail({ ...facts, by: by[0] })
      : made.kind === 'password'
        ? resetMail(facts)
        : enrolmentMail({ ...facts, by })
  try {
    await house.mail.send({ to: row.email, ...letter })
    return { url: null, secret: null, endsAt, sent: true }
  } catch (fault) {
    if (!(fault instanceof MailFault)) throw fault
    house.log.warn(`A link could not be sent by e-mail and is shown to be handed over. ${fault.message}`)
    return byHand
  }
}

export type Found = {
  person: string
  kind: LinkKind | InnerKind
  /** proved before a `renewal` */ factor: FactorKind | null
  endsAt: Date
  name: string
  email: string
  hash: Buffer
}

/** @throws Refusal `invitation.spent` when the link was used, has run out or never was */
export async function linkOf(house: House, text: string): Promise<Found> {
  const secret = readSecret(text)
  const hash = secret && secretHash(secret)
  const row =
    hash &&
    (await house.ways.visit((db) =>
      db.row<{ person: string; kind: Found['kind']; factor: FactorKind | null; ends_at: Date; sealed_name: Buffer; sealed_email: Buffer }>(
        'select * from hidden.link($1)',
        [hash],
      ),
    ))
  if (!row) throw new Refusal('invitation.spent')
  return {
    person: row.person,
    kind: row.kind,
    factor: row.factor,
    endsAt: row.ends_at,
    name: firmText(house.keys, 'people', 'sealed_name', row.person, row.sealed_name),
    email: firmText(house.keys, 'people', 'sealed_email', row.person, row.sealed_email),
    hash,
  }
}

/** Uses a link up, inside the visit that does what it is for. @throws Refusal `invitation.spent` */
export async function spendLink(db: Db, link: Found): Promise<void> {
  const row = await db.row<{ person: string | null }>('select hidden.use_link($1, $2) as person', [link.hash, link.kind])
  if (!row?.person) throw new Refusal('invitation.spent')
}

/** The firm's name, or null before it is founded. */
export async function firmName(house: House): Promise<string | null> {
  const row = await house.ways.visit((db) => db.row<{ firm: string; sealed: Buffer }>('select firm, sealed from hidden.firm_name()'))
  return row && firmText(house.keys, 'firm', 'sealed_name', row.firm, row.sealed)
}
export const firmNameOf = async (house: House): Promise<string> => (await firmName(house)) ?? 'Subrosa'
