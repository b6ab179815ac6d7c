import { hash } from 'node:crypto'
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
  const open = entriesIn(reach).filter(({ bits }) => (bits & ~OWN_KEY) !== 0)
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

type Entry = { matter: MatterId; client: ClientId; bits: number }
const read = new Map<string, Entry[]>()
const MOST_READ = 32
/** What these bytes say, read once for those who ask again and again. */
function entriesIn(reach: Buffer): Entry[] {
  const name = hash('sha256', reach)
  const entries = read.get(name) ?? entriesOf(reach)
  read.delete(name)
  read.set(name, entries)
  if (read.size > MOST_READ) read.delete(read.keys().next().value!)
  return entries
}
function entriesOf(reach: Buffer): Entry[] {
  const text = reach.toString('hex')
  const uuid = (at: number): string =>
    `${text.slice(at, at + 8)}-${text.slice(at + 8, at + 12)}-${text.slice(at + 12, at + 16)}-${text.slice(at + 16, at + 20)}-${text.slice(at + 20, at + 32)}`
  return Array.from({ length: reach.length / ENTRY }, (_, n) => {
    const at = 2 * ENTRY * n
    return { matter: uuid(at) as MatterId, client: uuid(at + 32) as ClientId, bits: reach[ENTRY * n + 32]! }
  })
}
