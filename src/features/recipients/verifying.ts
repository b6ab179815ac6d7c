import type { AddressView } from '../../contract/recipient.ts'
import { uuidv7 } from '../../core/ids.ts'
import { now } from '../../platform/clock.ts'
import type { Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { refuse } from '../access/refused.ts'
import { matterKeys } from '../keys/matter-keys.ts'
import { sealMatterText } from '../keys/matter-words.ts'
import { one } from './views.ts'

/** Days that V1 to V4 stand (catalogue section 8, verification.expiry). */
export const DAYS = [365, 365, 365, 730]
const REFUSED = refuse({ SR060: { code: 'address.unfit' }, SR061: { code: 'level.below' } })

/**
 * Records how an address was confirmed, or that it was not. A level is never said: PostgreSQL works it out of the method and of what stood
 * before. @throws Refusal `address.unfit`, `level.below`
 */
export async function verify(here: Here, { params, body }: Input<'recipient.verify'>) {
  const { house, db } = here
  const keys = await matterKeys(house, db, params.matter)
  const address = addressIn(await one(here, params), params.address)
  if (!keys || !address) return null
  const id = uuidv7(now())
  const row = await db
    .row<{ level: number | null }>('select hidden.verify_address($1, $2, $3, $4, $5, $6, $7, $8) as level', [
      id,
      params.address,
      params.matter,
      body.method,
      body.confirmed,
      body.by ?? null,
      sealMatterText(keys, 'verifications', 'sealed_evidence', id, body.evidence),
      DAYS,
    ])
    .catch(REFUSED)
  if (row!.level === null) return null
  const view = (await one(here, params))!
  const details = { object: view.name, contact: address.address, method: body.method, confirmed: body.confirmed, level: `V${row!.level}` }
  return remembered({ matter: params.matter, object: view.id, details: { ...details, evidence: body.evidence } }, view)
}

/** What confirmed it falls, at one person's word; whatever asks for a level asks for it anew. */
export async function doubt(here: Here, { params, body }: Input<'recipient.doubt'>) {
  const address = addressIn(await one(here, params), params.address)
  if (!address || !(await here.db.row<{ ok: boolean }>('select hidden.withdraw_verifications($1) as ok', [params.address]))?.ok) return null
  const view = (await one(here, params))!
  const details = { object: view.name, contact: address.address, was: address.level, reason: body.reason }
  return remembered({ matter: params.matter, object: view.id, details }, view)
}

export const addressIn = (view: { addresses: AddressView[] } | null, id: string): AddressView | null =>
  view?.addresses.find((address) => address.id === id) ?? null
