import { networkOf } from '../../platform/network.ts'
import type { House } from '../../platform/house.ts'
import { hashPassword, isPassword } from '../../platform/passwords.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input, Visit, Visited } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { normalEmail } from '../../core/tokens.ts'
import { rememberVisit } from '../ledger/ledger.ts'
import { firmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { settingOf } from '../settings/settings.ts'
import { deliver, firmNameOf, innerLink, linkOf, spendLink, type Found } from '../sign-in/links.ts'
import { accountByEmail, accountOf, checkFactor, countGuess, countTry, forgetGuesses, tryKey, useFactor } from '../sign-in/proofs.ts'
import { conclude, nowThere } from '../sign-in/sign-in.ts'

/**
 * Whether a password may be chosen: length, strength, the lists, the firm's and the person's own words, and those of the
 * clients that the person knows of (`clients`): of others a refusal would say that they exist.
 * @throws Refusal `password.weak`, `password.reused`
 */
export async function checkPassword(
  house: House,
  password: string,
  whose: { name: string; email: string; person: string | null; clients?: string[] },
): Promise<void> {
  const words = [await firmNameOf(house), whose.name, whose.email, ...(whose.clients ?? [])]
  const { fault } = await judged(house, password, words)
  if (fault) throw new Refusal('password.weak', { text: fault, fields: { password: fault } })
  if (whose.person) await checkHistory(house, whose.person, password)
}

/** How strong it is; and where the firm asks for kinds of characters, whether they are there. */
async function judged(house: House, password: string, words: string[]): Promise<{ score: number; fault: string | null }> {
  const { score, fault } = await house.judge.judgePassword(password, words)
  if (fault !== null || KINDS.every((kind) => kind.test(password)) || !(await settingOf(house, 'password')).composition)
    return { score, fault }
  return { score, fault: 'The firm asks for small and capital letters, a digit and a sign in a password.' }
}
const KINDS = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{N}\s]/u]

/** The password there is cannot be the new one; nor those before it, as many as the firm's setting says. */
async function checkHistory(house: House, person: string, password: string): Promise<void> {
  const { history } = await settingOf(house, 'password')
  const before = await house.ways.visit(async (db) => [
    (await accountOf(db, person))?.password_hash ?? null,
    ...(await db.rows<{ hash: string }>('select hidden.passwords_before($1, $2) as hash', [person, history])).map((row) => row.hash),
  ])
  for (const hash of before) {
    if (hash && (await isPassword(password, hash, house.keys.pepper)))
      throw new Refusal('password.reused', { fields: { password: 'You have had this password before.' } })
  }
}

const MOST_ASKING = 4
let asking = 0

/** How strong a password is, while it is typed. Whoever asks is unknown, so it is held against the firm's name and what they say of themselves alone. */
export async function judge({ house, address }: Visit, { body }: Input<'password.judge'>): Promise<Visited<Answer<'password.judge'>>> {
  await countTry(house, 'judge', networkOf(address), 120)
  // one thread judges for everyone: those who only ask leave room for those who choose
  if (asking >= MOST_ASKING)
    throw new Refusal('session.too_many', {
      text: 'Too many people are choosing a password just now. Go on; it is judged when it is sent.',
    })
  asking += 1
  try {
    const words = [await firmNameOf(house), body.name.slice(0, 64), body.email.slice(0, 64)].filter(Boolean)
    const { score, fault } = await judged(house, body.password, words)
    return { answer: { score, fault } }
  } finally {
    asking -= 1
  }
}

/** @throws Refusal `password.wrong`, `password.weak`, `password.reused`, `session.too_many` */
export async function change(ask: Ask, { body }: Input<'password.change'>): Promise<Answer<'password.change'> | null> {
  const { house } = ask
  const own = await ask.look(async ({ db, me }) => ({
    person: me.person,
    name: firmText(house.keys, 'people', 'sealed_name', me.person, me.sealedName),
    email: firmText(house.keys, 'people', 'sealed_email', me.person, me.sealedEmail),
    clients: await clientsOf({ house, db }),
  }))
  await countTry(house, 'change', own.person, 10)
  const account = await house.ways.visit((db) => accountOf(db, own.person))
  // someone who came by passkey or identity provider has none yet
  if (account?.password_hash && !(await isPassword(body.current ?? '', account.password_hash, house.keys.pepper)))
    throw new Refusal('password.wrong', { fields: { current: 'That is not your password.' } })
  await checkPassword(house, body.password, own)
  const hash = await hashPassword(body.password, house.keys.pepper)
  return ask.act('password.changed', async ({ db, me }) => {
    const row = await db.row<{ ok: boolean }>('select hidden.set_password($1) as ok', [hash])
    if (!row!.ok) return null
    await notify(house, db, [me.person], CHANGED)
    return remembered({ object: me.person, details: {} }, undefined)
  })
}
const CHANGED = {
  text: 'Your password was changed; your other sessions have ended.',
  todo: 'If it was not you, tell your administrator at once.',
}

/** The names of the clients within reach. */
async function clientsOf({ house, db }: Pick<Here, 'house' | 'db'>): Promise<string[]> {
  const rows = await db.rows<{ id: string; sealed_name: Buffer }>('select id, sealed_name from app.clients order by id desc limit 2000')
  return rows.map((row) => firmText(house.keys, 'clients', 'sealed_name', row.id, row.sealed_name))
}

/**
 * Asks for a link by e-mail. The answer is the same, and comes at the same time, whether there is such an account, and
 * whether mail is set up: what there is to do is done after it.
 */
export async function forget({ house, address }: Visit, { body }: Input<'password.forget'>): Promise<Visited<Answer<'password.forget'>>> {
  await countTry(house, 'forget place', networkOf(address), 20)
  setImmediate(() => {
    sendLink(house, address, body.email).catch((fault: unknown) => house.log.error('couldn’t send a link for a password', fault))
  })
  return { answer: { sent: true } }
}

async function sendLink(house: House, address: string, email: string): Promise<void> {
  if (!house.mail) return
  const made = await house.ways.visit(async (db) => {
    const { n } = (await db.row<{ n: number }>('select hidden.count_try($1, $2) as n', [
      tryKey(house, 'forget account', normalEmail(email)),
      '1 hour',
    ]))!
    const account = n > 3 ? null : await accountByEmail(house, db, email)
    if (!account) return null
    const link = await innerLink(db, account.person, 'password')
    await rememberVisit(house, db, 'password.forgotten', account.person, { object: account.person, details: { address } })
    return { person: account.person, kind: 'password' as const, secret: link.made, endsAt: link.endsAt }
  })
  if (made) await deliver(house, made, ['', ''])
}

/**
 * Chooses a new password by a link, with a second factor: a link alone, or a mailbox that was broken into, is not enough.
 * @throws Refusal `invitation.spent`, `factor.missing`, `session.refused`, `password.weak`, `password.reused`
 */
export async function reset(visit: Visit, { body }: Input<'password.reset'>): Promise<Visited<Answer<'password.reset'>>> {
  const { house, address } = visit
  const link = await linkOf(house, body.secret)
  if (link.kind !== 'password') throw new Refusal('invitation.spent')
  await countTry(house, 'reset', link.person, 10)
  const account = await house.ways.visit((db) => accountOf(db, link.person))
  if (!account) throw new Refusal('invitation.spent')
  if (body.code === undefined && body.recoveryCode === undefined && body.passkey === undefined) throw new Refusal('factor.missing')
  await countGuess(house, link.person)
  // the factor first: what is said of the password would tell whoever has the link alone what it is now
  const checked = await checkFactor(house, account, body, { kind: 'prove', subject: link.person }, true)
  if (!checked) {
    await house.ways.visit((db) => rememberVisit(house, db, 'session.refused', link.person, { details: { address, reset: true } }))
    throw new Refusal(body.passkey ? 'passkey.refused' : 'code.refused')
  }
  await checkPassword(house, body.password, link)
  const hash = await hashPassword(body.password, house.keys.pepper)
  const proved = await house.ways.visit(async (db) => {
    const taken = await useFactor(house, db, link.person, checked)
    if (taken !== true) {
      await rememberVisit(house, db, 'session.refused', link.person, { details: { address, reset: true } })
      return taken
    }
    await spendLink(db, link)
    await forgetGuesses(house, db, link.person)
    await renew(house, db, link, hash, address)
    return true
  })
  if (proved === 'cloned') throw new Refusal('passkey.cloned')
  if (!proved) throw new Refusal(body.passkey ? 'passkey.refused' : 'code.refused')
  return conclude(visit, { account, factor: checked.kind, at: await nowThere(house), due: null }, body.as)
}

async function renew(house: House, db: Parameters<typeof spendLink>[0], link: Found, hash: string, address: string): Promise<void> {
  await db.run('select hidden.renew_password($1, $2)', [link.person, hash])
  await db.run('select hidden.forget_tries($1)', [tryKey(house, 'account', normalEmail(link.email))])
  await rememberVisit(house, db, 'password.reset', link.person, { object: link.person, details: { address, link: link.kind } })
  await notify(house, db, [link.person], CHANGED)
}

/** The password that was due at this sign-in, whose factors were proved minutes ago. @throws as `reset` */
export async function renewDue(visit: Visit, { body }: Input<'password.renew'>): Promise<Visited<Answer<'password.renew'>>> {
  const { house, address } = visit
  const link = await linkOf(house, body.secret)
  if (link.kind !== 'renewal') throw new Refusal('invitation.spent')
  const account = await house.ways.visit((db) => accountOf(db, link.person))
  if (!account) throw new Refusal('invitation.spent')
  await checkPassword(house, body.password, link)
  const hash = await hashPassword(body.password, house.keys.pepper)
  await house.ways.visit(async (db) => {
    await spendLink(db, link)
    await renew(house, db, link, hash, address)
  })
  return conclude(visit, { account, factor: link.factor ?? 'totp', at: await nowThere(house), due: null }, body.as)
}
