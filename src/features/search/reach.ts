import type { ClientId, MatterId } from '../../contract/ids.ts'
import type { Here } from '../../platform/route.ts'
import { keysOfMatters } from '../keys/matter-keys.ts'
import { knownSearchKeys, noteSearchKeys, searchKeysOf, type SearchKeys } from '../keys/search-keys.ts'

/** A matter within reach, and what its index opens with. */
export type Place = { matter: MatterId; client: ClientId; keys: SearchKeys }
export type Reach = {
  /** In the order of their ids. */
  places: Place[]
  /** Within reach; of these so many are of classes that ask for a factor first, and so many are not read. */
  documents: number
  locked: number
  unread: number
  /** Matters whose client withholds its key, or whose key is gone. */
  shut: number
}

const ENTRY = 33
const OWN_KEY = 8
type Row = { reach: Buffer; documents: number; locked: number; unread: number }

/** What this person may search now, as PostgreSQL says in this very transaction. */
export async function reachOf({ house, db }: Pick<Here, 'house' | 'db'>): Promise<Reach> {
  const { reach, ...counts } = (await db.row<Row>('select * from hidden.search_reach()'))!
  const found = Array.from({ length: reach.length / ENTRY }, (_, at) => {
    const entry = reach.subarray(at * ENTRY, (at + 1) * ENTRY)
    return { matter: uuid(entry.subarray(0, 16)) as MatterId, client: uuid(entry.subarray(16, 32)) as ClientId, bits: entry[32]! }
  })
  const open = found.filter(({ bits }) => (bits & ~OWN_KEY) !== 0)
  const unknown = open.filter(({ matter, bits }) => (bits & OWN_KEY) !== 0 || !knownSearchKeys(matter))
  const keys = await keysOfMatters(
    house,
    db,
    unknown.map(({ matter }) => matter),
  )
  const made = new Map<MatterId, SearchKeys>()
  for (const { matter, bits } of unknown) {
    const its = keys.get(matter)
    if (!its) continue
    made.set(matter, searchKeysOf(its))
    if ((bits & OWN_KEY) === 0) noteSearchKeys(matter, made.get(matter)!)
  }
  const places = open.flatMap(({ matter, client, bits }) => {
    const its = made.get(matter) ?? ((bits & OWN_KEY) === 0 ? knownSearchKeys(matter) : null)
    return its ? [{ matter, client, keys: its }] : []
  })
  return { places, ...counts, shut: open.length - places.length }
}

const uuid = (bytes: Buffer): string => {
  const text = bytes.toString('hex')
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`
}
