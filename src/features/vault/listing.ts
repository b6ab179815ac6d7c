import { createHash } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import type { ListedRow } from '../../contract/listing.ts'
import type { DocumentId, MatterId } from '../../contract/ids.ts'
import { inOrder, naturally, type Sort, type Sorted } from '../../contract/order.ts'
import { stricter, type Class } from '../../contract/words.ts'
import { iso } from '../../platform/clock.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { matterKeys, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { floorOf, pathsOf, viewsOf } from './documents.ts'
import { documentsByIds, foldersOf } from './queries.ts'

type Place = { kind: 'folder'; path: string; depth: number; count: number } | { kind: 'file'; id: DocumentId; depth: number }
type Listed = Sorted & { id: DocumentId; folder: string; sealed: Buffer }
/** What is known of a matter by those who reach just these documents. */
type Known = { mark: string; documents: Map<string, Listed>; folders: string[]; orders: Map<string, Place[]> }

/** In memory only, by matter and classes within reach; the least lately used goes first. */
const known = new Map<string, Known>()
const MOST_KNOWN = 40
/** Documents that are opened before others have their turn. */
const AT_ONCE = 2000

/**
 * A part of the tree of files. The order is worked out on opened names and kept in memory; it is consulted only after the wall has
 * said in this very transaction what is within reach, and the rows themselves are read behind the wall.
 */
export async function rows(here: Here, { params, query }: Input<'document.rows'>): Promise<Answer<'document.rows'> | null> {
  const { house, db } = here
  const keys = await matterKeys(house, db, params.matter)
  if (!keys) return null
  const order = await orderOf(here, params.matter, keys, query.sort, query.down)
  const part = order.slice(query.start, query.start + query.limit)
  const ids = part.flatMap((place) => (place.kind === 'file' ? [place.id] : []))
  const found = await documentsByIds(db, params.matter, ids)
  const views = new Map((await viewsOf(here, params.matter, keys, found)).map((view) => [view.id, view]))
  const shown = part.flatMap((place): ListedRow[] => {
    if (place.kind === 'folder') return [place]
    const document = views.get(place.id)
    return document ? [{ kind: 'file', depth: place.depth, document }] : []
  })
  return { total: order.length, start: query.start, rows: shown }
}

async function orderOf(here: Here, matter: MatterId, keys: MatterKeys, sort: Sort, down: boolean): Promise<Place[]> {
  const marks = await here.db.rows<{ class: Class; mark: string }>('select class, mark from hidden.listing_marks($1) order by class', [
    matter,
  ])
  const floor = await floorOf(here.db, matter)
  const place = `${matter} ${marks.map((row) => row.class).join(' ')}`
  const mark = createHash('sha256')
    .update(`${floor} ${marks.map((row) => row.mark).join(' ')}`)
    .digest('base64')
  const before = known.get(place)
  const now = before?.mark === mark && marks.length > 0 ? before : await learn(here, matter, keys, floor, mark, before)
  known.delete(place)
  known.set(place, now)
  for (const root of keys.roots) here.house.keystore.own.whenForgotten(root, place, () => known.delete(place))
  if (known.size > MOST_KNOWN) known.delete(known.keys().next().value!)
  const name = `${sort} ${down}`
  const order = now.orders.get(name) ?? lay([...now.documents.values()], now.folders, inOrder(sort, down))
  now.orders.set(name, order)
  return order
}

/** Opens what is not known yet. */
async function learn({ db }: Here, matter: MatterId, keys: MatterKeys, floor: Class, mark: string, before?: Known): Promise<Known> {
  type Row = { id: DocumentId; folder_id: string | null; sealed_name: Buffer; class: Class; size: number; created_at: Date }
  const listed = await db.rows<Row>('select * from hidden.listing_of($1)', [matter])
  const folders = await foldersOf(db, matter)
  const paths = pathsOf(folders, keys)
  const documents = new Map<string, Listed>()
  for (const [at, row] of listed.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) await breathe()
    const old = before?.documents.get(row.id)
    const name = old?.sealed.equals(row.sealed_name) ? old.name : matterText(keys, 'documents', 'sealed_name', row.id, row.sealed_name)
    documents.set(row.id, {
      id: row.id,
      name,
      sealed: row.sealed_name,
      folder: row.folder_id ? paths.get(row.folder_id)! : '',
      class: stricter(row.class, floor),
      size: row.size,
      at: iso(row.created_at),
    })
  }
  return { mark, documents, folders: folders.filter((row) => !row.is_removed).map((row) => paths.get(row.id)!), orders: new Map() }
}

type Folder = { name: string; path: string; folders: Map<string, Folder>; documents: Listed[]; count: number }
const newFolder = (path: string, name: string): Folder => ({ path, name, folders: new Map(), documents: [], count: 0 })

/** In each folder first its folders, then its files: as the page lays its own tree (a test binds the two). */
function lay(documents: readonly Listed[], paths: readonly string[], order: (one: Listed, other: Listed) => number): Place[] {
  const floor = newFolder('', '')
  const walk = (path: string, each: (folder: Folder) => void = () => {}): Folder => {
    let folder = floor
    for (const name of path === '' ? [] : path.split('/')) {
      const within = folder.folders.get(name) ?? newFolder(folder.path === '' ? name : `${folder.path}/${name}`, name)
      folder.folders.set(name, within)
      each(within)
      folder = within
    }
    return folder
  }
  for (const path of paths) walk(path)
  for (const one of documents) walk(one.folder, (folder) => (folder.count += 1)).documents.push(one)
  const places: Place[] = []
  const put = (folder: Folder, depth: number) => {
    for (const within of [...folder.folders.values()].sort((one, other) => naturally(one.name, other.name))) {
      places.push({ kind: 'folder', path: within.path, depth, count: within.count })
      put(within, depth + 1)
    }
    for (const { id } of folder.documents.sort(order)) places.push({ kind: 'file', id, depth })
  }
  put(floor, 0)
  return places
}
