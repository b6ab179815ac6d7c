import { iso } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { proveOptions } from '../../platform/webauthn.ts'
import { rememberVisit } from '../ledger/ledger.ts'
import { notify } from '../notices/notices.ts'
import { refuseWithoutPasskey } from './sign-in.ts'
import { accountOf, checkFactor, countGuess, forgetGuesses, partyOf, tryKey, useFactor } from './proofs.ts'

/** After so many wrong ones within a quarter of an hour the session ends: whoever holds it does not hold the factor. */
const MOST_TRIES = 8

/** What asks for one of one's own passkeys; null options for someone who has none. */
export async function challenge({ house, me }: Here): Promise<Answer<'session.challenge'>> {
  const passkeys = await house.ways.visit((db) =>
    db.rows<{ credential_id: Buffer; transports: string[] }>('select * from hidden.passkeys_of($1)', [me.person]),
  )
  if (passkeys.length === 0) return { passkeyOptions: null }
  return { passkeyOptions: await proveOptions(await partyOf(house), { kind: 'prove', subject: me.session }, passkeys) }
}

/**
 * Proves a second factor again: for five minutes sensitive acts of this session go through.
 * @throws Refusal `code.refused`, `code.skewed`, `passkey.cloned`; `session.none` when the tries have run out
 */
export async function prove({ house, address, look }: Ask, { body }: Input<'session.prove'>): Promise<Answer<'session.prove'>> {
  const me = await look(async (here) => here.me)
  const key = tryKey(house, 'step-up', me.session)
  const tries = (await house.ways.visit((db) => db.row<{ n: number }>('select hidden.count_try($1, $2) as n', [key, '15 minutes'])))!.n
  if (tries > MOST_TRIES) {
    await house.ways.visit(async (db) => {
      await db.run('select hidden.end_session($1)', [me.session])
      await rememberVisit(house, db, 'session.refused', me.person, { object: me.session, details: { address, stepUp: true, tries } })
      await notify(house, db, [me.person], {
        text: 'A session of yours was ended after too many wrong second factors.',
        todo: 'If that was not you, someone has your session: sign in, end all sessions and change your password.',
      })
    })
    throw new Refusal('session.none')
  }
  await countGuess(house, me.person)
  const account = await house.ways.visit((db) => accountOf(db, me.person))
  if (account && body.code !== undefined) await refuseWithoutPasskey(house, account.roles, 'totp')
  const checked = account && (await checkFactor(house, account, body, { kind: 'prove', subject: me.session }, true))
  const proved = await house.ways.visit(async (db) => {
    const taken = checked ? await useFactor(house, db, me.person, checked) : false
    if (taken !== true) {
      if (taken === false)
        await rememberVisit(house, db, 'session.refused', me.person, { object: me.session, details: { address, stepUp: true } })
      return taken
    }
    await db.run('select hidden.forget_tries($1)', [key])
    await forgetGuesses(house, db, me.person)
    const row = await db.row<{ until: Date | null }>('select hidden.prove_session($1, $2) as until', [me.session, checked!.kind])
    if (!row?.until) return false
    await rememberVisit(house, db, 'session.proved', me.person, { object: me.session, details: { factor: checked!.kind, address } })
    return { until: row.until }
  })
  if (proved === 'cloned') throw new Refusal('passkey.cloned')
  if (!proved) throw new Refusal(body.passkey ? 'passkey.refused' : 'code.refused')
  return { freshUntil: iso(proved.until) }
}
