import type { DocumentView } from '../../contract/document.ts'
import type { DocumentId } from '../../contract/ids.ts'
import { stricter, type Class } from '../../contract/words.ts'
import { iso } from '../../platform/clock.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import type { Db } from '../../platform/postgres.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { matterKeys, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { firmText } from '../keys/firm-words.ts'
import { documentById, documentsOf, foldersOf, type DocumentRow } from './queries.ts'

/** What is sealed beside a version: its content's SHA-256 (hex), what it is, how it can be shown, which kinds of data it holds. */
export type Facts = Pick<DocumentView, 'sha256' | 'mediaType' | 'shown' | 'found'>

export async function list({ house, db }: Here, { params, query }: Input<'document.list'>): Promise<Answer<'document.list'> | null> {
  const keys = await matterKeys(house, db, params.matter)
  if (!keys) return null
  const rows = await documentsOf(db, params.matter, query.after ?? null, query.limit)
  const [floor, paths] = [await floorOf(db, params.matter), await folderPaths(db, params.matter, keys)]
  return {
    documents: rows.map((row) => viewOf(house.keys, keys, row, floor, paths)),
    next: rows.length === query.limit ? rows.at(-1)!.id : null,
  }
}

export async function read({ house, db }: Here, { params }: Input<'document.read'>): Promise<DocumentView | null> {
  return (await find({ house, db }, params.document))?.view ?? null
}

export type Found = { row: DocumentRow; keys: MatterKeys; view: DocumentView }

/** A document within reach with its keys and its view; null when there is none. */
export async function find({ house, db }: Pick<Here, 'house' | 'db'>, id: DocumentId): Promise<Found | null> {
  const row = await documentById(db, id)
  return row && opened({ house, db }, row)
}

export async function opened({ house, db }: Pick<Here, 'house' | 'db'>, row: DocumentRow): Promise<Found | null> {
  const keys = await matterKeys(house, db, row.matter_id)
  if (!keys) return null
  return { row, keys, view: viewOf(house.keys, keys, row, await floorOf(db, row.matter_id), await folderPaths(db, row.matter_id, keys)) }
}

export const factsOf = (keys: MatterKeys, row: Pick<DocumentRow, 'version_id' | 'sealed_facts'>): Facts =>
  // what came in before kinds of data were looked for has none
  ({ found: [], ...(JSON.parse(matterText(keys, 'versions', 'sealed_facts', row.version_id, row.sealed_facts)) as Omit<Facts, 'found'>) })

/** The class of a matter with its client's: nothing in it is milder. */
export const floorOf = async (db: Db, matter: string): Promise<Class> =>
  (await db.row<{ class: Class }>('select hidden.floor_of($1) as class', [matter]))!.class

function viewOf(firm: FirmKeys, keys: MatterKeys, row: DocumentRow, floor: Class, paths: Map<string, string>): DocumentView {
  return {
    id: row.id,
    matter: row.matter_id,
    name: matterText(keys, 'documents', 'sealed_name', row.id, row.sealed_name),
    folder: row.folder_id ? paths.get(row.folder_id)! : '',
    version: row.number,
    class: stricter(row.class, floor),
    size: row.size,
    ...factsOf(keys, row),
    by: { id: row.created_by, name: firmText(firm, 'people', 'sealed_name', row.created_by, row.by_name) },
    at: iso(row.created_at),
  }
}

/** Every folder of a matter as its path from the top. */
async function folderPaths(db: Db, matter: string, keys: MatterKeys): Promise<Map<string, string>> {
  const rows = new Map((await foldersOf(db, matter)).map((row) => [row.id, row]))
  const paths = new Map<string, string>()
  const pathOf = (id: string): string => {
    const known = paths.get(id)
    if (known !== undefined) return known
    const row = rows.get(id)!
    const name = matterText(keys, 'folders', 'sealed_name', id, row.sealed_name)
    const path = row.parent_id ? `${pathOf(row.parent_id)}/${name}` : name
    paths.set(id, path)
    return path
  }
  for (const id of rows.keys()) pathOf(id)
  return paths
}
