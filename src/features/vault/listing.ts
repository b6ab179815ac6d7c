import { createHash } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import type { ListedRow } from '../../contract/listing.ts'
import type { DocumentId, MatterId } from '../../contract/ids.ts'
import { inOrder, sortInPieces, type Sort } from '../../contract/order.ts'
import { stricter, type Class } from '../../contract/words.ts'
import { iso } from '../../platform/clock.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { matterKeys, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { pathsOf, viewOf } from './documents.ts'
import { lay, type Listed, type Place } from './listing-order.ts'
import { foldersOf, listed } from './queries.ts'

/** What is known of a matter by those who reach just these documents. */
type Known = {
  mark: string
  documents: Listed[]
  /** all by id, also removed ones */ paths: Map<string, string>
  folders: string[]
  orders: Map<string, Promise<Place[]>>
}
/** Where a list stands now, as PostgreSQL says in this transaction. */
type Now = { place: string; mark: string; floor: Class; total: number }

/** In memory only, by matter and classes within reach; the least lately used goes first. */
const known = new Map<string, Known>()
const MOST_KNOWN = 40
/** What is being learned, by place and mark: whoever comes meanwhile waits for it and does not begin again. */
const learning = new Map<string, Promise<Known>>()
/** Documents that are opened before others have their turn. */
const AT_ONCE = 1000

/**
 * A part of the tree of files. The order is worked out on opened names and kept in memory; it is consulted only after the wall has
 * said in this very transaction what is within reach, and the rows themselves are read behind the wall.
 */
export async function rows(here: Here, { params, query }: Input<'document.rows'>): Promise<Answer<'document.rows'> | null> {
  const { house, db } = here
  const keys = await matterKeys(house, db, params.matter)
  if (!keys) return null
  const now = await nowOf(here, params.matter)
  const isKnown = now.total === 0 || known.get(now.place)?.mark === now.mark
  if (query.soon && !isKnown) return newest(here, params.matter, keys, now, query)
  const all = await learned(here, params.matter, keys, now)
  const order = await orderOf(all, query.sort, query.down)
  const part = order.slice(query.start, query.start + query.limit)
  const ids = part.flatMap((place) => (place.kind === 'file' ? [place.id] : []))
  const found = new Map((await listed(db, params.matter, ids)).map((row) => [row.id, row]))
  // a folder made since is known by the next mark
  const paths = [...found.values()].every((row) => row.folder_id === null || all.paths.has(row.folder_id))
    ? all.paths
    : pathsOf(await foldersOf(db, params.matter), keys)
  const shown = part.flatMap((place): ListedRow[] => {
    if (place.kind === 'folder') return [place]
    const row = found.get(place.id)
    return row ? [{ kind: 'file', depth: place.depth, document: viewOf(house.keys, keys, row, now.floor, paths) }] : []
  })
  return { total: order.length, start: query.start, order: 'asked', rows: shown }
}

/** The newest first, which needs no name but those shown. */
async function newest(
  { house, db }: Here,
  matter: MatterId,
  keys: MatterKeys,
  { floor, total }: Now,
  { start, limit }: Input<'document.rows'>['query'],
): Promise<Answer<'document.rows'>> {
  const ids = (await db.row<{ ids: DocumentId[] }>('select hidden.newest_of($1, $2, $3) as ids', [matter, start, limit]))!.ids
  const found = new Map((await listed(db, matter, ids)).map((row) => [row.id, row]))
  const paths = pathsOf(await foldersOf(db, matter), keys)
  const shown = ids.flatMap((id): ListedRow[] => {
    const row = found.get(id)
    return row ? [{ kind: 'file', depth: 0, document: viewOf(house.keys, keys, row, floor, paths) }] : []
  })
  return { total, start, order: 'newest', rows: shown }
}

async function nowOf({ db }: Here, matter: MatterId): Promise<Now> {
  const marks = await db.rows<{ class: Class; documents: number; mark: string; floor: Class }>('select * from hidden.listing_marks($1)', [
    matter,
  ])
  const floor = marks[0]?.floor ?? 'confidential'
  const mark = createHash('sha256')
    .update(`${floor} ${marks.map((row) => row.mark).join(' ')}`)
    .digest('base64')
  return {
    place: `${matter} ${marks.map((row) => row.class).join(' ')}`,
    mark,
    floor,
    total: marks.reduce((sum, row) => sum + row.documents, 0),
  }
}

async function learned(here: Here, matter: MatterId, keys: MatterKeys, now: Now): Promise<Known> {
  const before = known.get(now.place)
  const all = before?.mark === now.mark && now.total > 0 ? before : await learnOnce(here, matter, keys, now, before)
  known.delete(now.place)
  known.set(now.place, all)
  for (const root of keys.roots) here.house.keystore.own.whenForgotten(root, now.place, () => known.delete(now.place))
  if (known.size > MOST_KNOWN) known.delete(known.keys().next().value!)
  return all
}

function orderOf(all: Known, sort: Sort, down: boolean): Promise<Place[]> {
  const name = `${sort} ${down}`
  const order = all.orders.get(name) ?? laidIn(all, sort, down)
  all.orders.set(name, order)
  return order
}
const laidIn = async ({ documents, folders }: Known, sort: Sort, down: boolean): Promise<Place[]> =>
  lay(sort === 'name' && !down ? documents : await sortInPieces(documents, inOrder(sort, down), breathe), folders)

/** Each has been shown by the wall that it reaches this very place; what another learns of it is what it would learn itself. */
async function learnOnce(here: Here, matter: MatterId, keys: MatterKeys, now: Now, before?: Known): Promise<Known> {
  const name = `${now.place} ${now.mark}`
  const another = now.total > 0 ? await learning.get(name)?.catch(() => null) : null
  if (another) return another
  const mine = learn(here, matter, keys, now, before)
  learning.set(name, mine)
  try {
    return await mine
  } finally {
    if (learning.get(name) === mine) learning.delete(name)
  }
}

/** Opens what is not known yet. */
async function learn({ db }: Here, matter: MatterId, keys: MatterKeys, { mark, floor }: Now, before?: Known): Promise<Known> {
  type Row = { id: DocumentId; folder_id: string | null; sealed_name: Buffer; class: Class; size: number; created_at: Date }
  const found = await db.rows<Row>('select * from hidden.listing_of($1)', [matter])
  const folders = await foldersOf(db, matter)
  const paths = pathsOf(folders, keys)
  const olds = new Map(before?.documents.map((one, at) => [one.id, { ...one, at }]))
  // as they stood: what is nearly in order is sorted soon
  found.sort((one, other) => (olds.get(one.id)?.at ?? Infinity) - (olds.get(other.id)?.at ?? Infinity) || 0)
  const documents: Listed[] = []
  for (const [at, row] of found.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) await breathe()
    const old = olds.get(row.id)
    documents.push({
      id: row.id,
      name: old?.sealed.equals(row.sealed_name) ? old.name : matterText(keys, 'documents', 'sealed_name', row.id, row.sealed_name),
      sealed: row.sealed_name,
      // a folder made after the folders were read is known by the next mark
      folder: row.folder_id ? (paths.get(row.folder_id) ?? '') : '',
      class: stricter(row.class, floor),
      size: row.size,
      at: iso(row.created_at),
    })
  }
  const standing = folders.filter((row) => !row.is_removed).map((row) => paths.get(row.id)!)
  return { mark, documents: await sortInPieces(documents, inOrder('name', false), breathe), paths, folders: standing, orders: new Map() }
}
