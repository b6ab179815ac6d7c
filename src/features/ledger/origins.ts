import { BrokenSeal } from '../../core/bytes.ts'
import { canonical } from '../../core/canonical.ts'
import { openField, sealField, type Sealed } from '../../core/field.ts'
import { originId } from '../../core/leaf.ts'
import { exactToken } from '../../core/tokens.ts'
import { FIRM_KEY_VERSION } from '../../platform/firm-keys.ts'
import type { House } from '../../platform/house.ts'
import type { Place } from '../../platform/ways.ts'

export type SealedPlace = { id: Buffer; token: Buffer; sealed: Sealed }
/** Sealing the same place anew for each entry would cost more than all of the entry. */
const known = new WeakMap<House['keys'], Map<string, SealedPlace>>()
const MOST_KNOWN = 5000

const rowOf = (id: Buffer) => ({ table: 'ledger.origins', column: 'sealed_origin', row: id.toString('hex') })

/** A place as the ledger keeps it, named by what it says (docs/formats/ledger.md, Place). */
export function placeOf(keys: House['keys'], place: Place | null): SealedPlace | null {
  if (!place) return null
  const json = canonical(place)
  const mine = known.get(keys) ?? new Map<string, SealedPlace>()
  known.set(keys, mine)
  const found = mine.get(json)
  if (found) return found
  if (mine.size >= MOST_KNOWN) mine.clear()
  const salt = exactToken(keys.token, 'ledger.origins salt', json)
  const id = originId(salt, json)
  const sealed = sealField(keys.field, FIRM_KEY_VERSION, rowOf(id), Buffer.concat([salt, Buffer.from(json)]))
  const made = { id, token: addressToken(keys, place.address), sealed }
  mine.set(json, made)
  return made
}

/** By which entries from an address are found. */
export const addressToken = (keys: Pick<House['keys'], 'token'>, address: string): Buffer =>
  exactToken(keys.token, 'ledger.origins.address', address)

/** Opens a place and holds it against its id; `salt` and `json` show it to whoever has no key. @throws BrokenSeal */
export function openPlace(keys: Pick<House['keys'], 'field'>, id: Buffer, sealed: Buffer): { place: Place; salt: Buffer; json: string } {
  const plain = openField(keys.field, rowOf(id), sealed)
  const [salt, json] = [plain.subarray(0, 16), plain.subarray(16).toString('utf8')]
  if (!originId(salt, json).equals(id)) throw new BrokenSeal('a place is not the one that its entries name')
  return { place: JSON.parse(json) as Place, salt, json }
}
