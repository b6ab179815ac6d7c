import type { EvidenceOf } from '../../contract/evidence.ts'
import type { Claim } from '../../core/evidence.ts'
import { iso } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import { chainOf, entriesAbout, firstFrom, makingOf, placesBetween, type Place } from './queries.ts'

/** `matters`: of which all entries are meant (a matter, a client's), or in which it stands (a document's). */
export type Wish = {
  of: EvidenceOf
  kind: 'matter' | 'client' | 'person' | 'document' | 'period'
  id: string | null
  matters: readonly string[]
  from: string | null
  to: string | null
  absent: string | null
}
/** `row`: the ids of entries that only prove something when they are shown in a row. */
type Row = { claim: Claim; row: readonly string[] }
export type Chosen = { places: Place[]; rows: Row[]; range: { first: number; last: number } | null; bounds: ReadonlySet<string> }

export const MOST = 10_000
/** How far to look for an entry that the reader sees and that bounds a period. */
const MARGIN = 50

/** Which entries it would be of, by the clerk, of all that is numbered; `bundle`: whose making ends it, where no time does. */
export const choose = (house: House, wish: Wish, bundle: string | null): Promise<Chosen> =>
  house.clerk({ name: 'evidence' }, async (db) => {
    const making = bundle === null ? [] : await makingOf(db, bundle)
    const chosen = wish.kind === 'period' ? await byPlace(db, wish, making) : await bySubject(db, wish, making)
    if (chosen.places.length > MOST) throw new Refusal('evidence.too_large')
    return { ...chosen, bounds: new Set(chosen.places.filter((place) => !isWithin(wish, place)).map((place) => place.id)) }
  })

const isWithin = ({ from, to }: Wish, { numbered }: Place): boolean =>
  (from === null || iso(numbered) >= from) && (to === null || iso(numbered) <= to)

async function bySubject(db: Db, wish: Wish, making: readonly Place[]): Promise<Omit<Chosen, 'bounds'>> {
  const { kind, id, from, to } = wish
  const found = new Map<string, Place>()
  const rows: Row[] = []
  for (const matter of kind === 'matter' || kind === 'client' ? wish.matters : []) {
    const chain = await chainOf(db, matter, from, to, MOST + 1)
    // what was written while this was being made comes after it
    const end = to === null ? chain.findLast((place) => making.some((one) => one.id === place.id)) : chain.at(-1)
    const own = end ? chain.filter((place) => place.n <= end.n) : chain
    for (const place of own) found.set(place.id, place)
    if (own.length > 0)
      rows.push({
        claim: { kind: 'matter', matter, first: own[0]!.matter_n!, last: own.at(-1)!.matter_n! },
        row: own.map((place) => place.id),
      })
  }
  if (kind !== 'matter') for (const place of await entriesAbout(db, kind as 'client', id!, from, to, MOST + 1)) found.set(place.id, place)
  return { places: [...found.values()].sort((one, other) => one.n - other.n), rows, range: null }
}

/** Places in a row, with some before and after the period, of which one that is seen will bound it. */
async function byPlace(db: Db, { from, to }: Wish, making: readonly Place[]): Promise<Omit<Chosen, 'bounds'>> {
  const first = from === null ? 0 : Math.max(0, (await firstFrom(db, from, false)) - MARGIN)
  const last = to === null ? (making.at(-1)?.n ?? 0) : (await firstFrom(db, to, true)) + MARGIN
  if (last - first > MOST + 2 * MARGIN) throw new Refusal('evidence.too_large')
  return { places: await placesBetween(db, first, last), rows: [], range: { first, last } }
}
