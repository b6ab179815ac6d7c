import type { Answer, Input, Visit, Visited } from '../../platform/route.ts'
import { networkOf } from '../../platform/network.ts'
import { Refusal } from '../../platform/refusal.ts'
import { rememberVisit } from '../ledger/ledger.ts'
import { linkOf, spendLink } from '../sign-in/links.ts'
import { accountOf, checkFactor, tryKey, useFactor } from '../sign-in/proofs.ts'
import { secretHash } from '../sign-in/secrets.ts'
import { conclude, nowThere } from '../sign-in/sign-in.ts'

/**
 * The second factor after the identity provider. At most ten tries an hour, as with a password.
 * @throws Refusal `invitation.spent`, `code.refused`, `code.skewed`, `passkey.refused`, `passkey.cloned`,
 * `session.too_many`, `session.closed`, `session.passkey_only`
 */
export async function second(visit: Visit, { body }: Input<'sso.second'>): Promise<Visited<Answer<'sso.second'>>> {
  const { house, address } = visit
  const link = await linkOf(house, body.secret)
  if (link.kind !== 'second') throw new Refusal('invitation.spent')
  const keys = keysOf(visit, link.person)
  const { verdict, account } = await house.ways.visit(async (db) => {
    const row = await db.row<{ verdict: string }>('select verdict from hidden.door_try($1, $2, $3, $4, $5)', [
      keys.account,
      keys.place,
      keys.address,
      link.person,
      keys.device,
    ])
    return { verdict: row!.verdict, account: await accountOf(db, link.person) }
  })
  if (verdict === 'closed') throw new Refusal('session.closed')
  if (verdict !== 'go') throw new Refusal('session.too_many')
  if (!account) throw new Refusal('invitation.spent')
  const at = await nowThere(house)
  const checked = await checkFactor(house, account, body, { kind: 'prove', subject: link.person }, true)
  const taken = await house.ways.visit(async (db) => {
    const used = checked ? await useFactor(house, db, link.person, checked) : false
    if (used === true) {
      await spendLink(db, link)
      await db.run('select hidden.door_ok($1, $2, $3)', [keys.account, keys.place, keys.device])
    } else if (used === false) {
      await rememberVisit(house, db, 'session.refused', link.person, { details: { address, identity: true } })
    }
    return used
  })
  if (taken === 'cloned') throw new Refusal('passkey.cloned')
  if (!taken) throw new Refusal(body.passkey ? 'passkey.refused' : 'code.refused')
  return conclude(visit, { account, factor: checked!.kind, at, due: null }, body.as)
}

const keysOf = ({ house, address, device }: Visit, person: string) => ({
  account: tryKey(house, 'sso account', person),
  place: tryKey(house, 'sso place', networkOf(address)),
  address: tryKey(house, 'sso address', networkOf(address)),
  device: device && secretHash(device),
})
