import type { DocumentAbout, DocumentView } from '../../contract/document.ts'
import type { DocumentId, MatterId, PersonId } from '../../contract/ids.ts'
import { stricter, type Class } from '../../contract/words.ts'
import { iso } from '../../platform/clock.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import { askedOnce, askedTogether, said, type Db } from '../../platform/postgres.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { matterKeys, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { firmText } from '../keys/firm-words.ts'
import { signatureOf } from './scanning.ts'
import { documentById, foldersAbove, listedAfter, type DocumentRow, type FolderRow } from './queries.ts'

/** What is sealed beside a version: its content's SHA-256 (hex), what it is, how it can be shown, which kinds of data it holds. */
export type Facts = Pick<DocumentView, 'sha256' | 'mediaType' | 'shown' | 'found'>

export async function list({ house, db }: Here, { params, query }: Input<'document.list'>): Promise<Answer<'document.list'> | null> {
  const keys = await matterKeys(house, db, params.matter)
  if (!keys) return null
  const rows = await listedAfter(db, params.matter, query.after ?? null, query.limit)
  return {
    documents: await viewsOf({ house, db }, params.matter, keys, rows),
    next: rows.length === query.limit ? rows.at(-1)!.id : null,
  }
}

export async function read({ house, db }: Here, { params }: Input<'document.read'>): Promise<DocumentView | null> {
  return (await find({ house, db }, params.document))?.view ?? null
}

export type Found = { row: DocumentRow; keys: MatterKeys; view: DocumentView }

/** A document within reach with its keys and its view, as of its newest version or the one of that number; null when there is none. */
export async function find({ house, db }: Pick<Here, 'house' | 'db'>, id: DocumentId, version?: number): Promise<Found | null> {
  const row = await documentById(db, id, version)
  return row && opened({ house, db }, row)
}

/** `floor`: of its matter, where that was asked before. */
export async function opened({ house, db }: Pick<Here, 'house' | 'db'>, row: DocumentRow, floor?: Class): Promise<Found | null> {
  const keys = await matterKeys(house, db, row.matter_id)
  if (!keys) return null
  const [view] = await viewsOf({ house, db }, row.matter_id, keys, [row], floor)
  return { row, keys, view: view! }
}

/** Rows of one matter as they are shown, in their order. */
export async function viewsOf(
  { house, db }: Pick<Here, 'house' | 'db'>,
  matter: MatterId,
  keys: MatterKeys,
  rows: readonly DocumentRow[],
  known?: Class,
): Promise<DocumentView[]> {
  const [floor, paths] = await said(known ? Promise.resolve(known) : floorOf(db, matter), folderPaths(db, matter, keys, rows))
  return rows.map((row) => viewOf(house.keys, keys, row, floor, paths))
}

export const factsOf = (keys: MatterKeys, row: Pick<DocumentRow, 'version_id' | 'sealed_facts'>): Facts =>
  // what came in before kinds of data were looked for has none
  ({ found: [], ...(JSON.parse(matterText(keys, 'versions', 'sealed_facts', row.version_id, row.sealed_facts)) as Omit<Facts, 'found'>) })

/** The class of a matter with its client's: nothing in it is milder. */
export const floorOf = async (db: Db, matter: string): Promise<Class> =>
  (await askedOnce(db, `floor of ${matter}`, () => db.row<{ class: Class }>('select hidden.floor_of($1) as class', [matter])))!.class

/** The same of a document's matter; null where there is none. */
export const floorAhead = (db: Db, document: string): Promise<Class | null> =>
  askedTogether(db, 'floor of documents', document, async (all) => {
    const sql = `with d as materialized (select id, matter_id from app.documents where id = any ($1)),
      f as materialized (select m.matter_id, hidden.floor_of(m.matter_id) as class from (select distinct matter_id from d) m)
      select d.id, f.class from d join f using (matter_id)`
    return new Map((await db.rows<{ id: string; class: Class }>(sql, [all])).map((row) => [row.id, row.class]))
  })

export function viewOf(firm: FirmKeys, keys: MatterKeys, row: DocumentRow, floor: Class, paths: Map<string, string>): DocumentView {
  return {
    id: row.id,
    matter: row.matter_id,
    name: matterText(keys, 'documents', 'sealed_name', row.id, row.sealed_name),
    folder: row.folder_id ? paths.get(row.folder_id)! : '',
    version: row.number,
    class: stricter(row.class, floor),
    size: row.size,
    ...factsOf(keys, row),
    by: named(firm, row.created_by, row.by_name),
    at: iso(row.created_at),
    scan: scanOf(firm, row),
    about: aboutOf(keys, row),
    out: row.out_by && {
      by: named(firm, row.out_by, row.out_name!),
      at: iso(row.out_at!),
      note: row.sealed_out_note ? matterText(keys, 'documents', 'sealed_out_note', row.id, row.sealed_out_note) : '',
    },
    locked: row.locked_by && { as: row.locked_as!, by: named(firm, row.locked_by, row.locked_name!), at: iso(row.locked_at!) },
  }
}

export const scanOf = (
  firm: FirmKeys,
  row: Pick<DocumentRow, 'version_id' | 'scan' | 'scan_why' | 'sealed_signature'>,
): DocumentView['scan'] => ({
  state: row.scan,
  why: row.scan_why,
  signature: signatureOf(firm, row.version_id, row.sealed_signature),
})
export const named = (firm: FirmKeys, id: PersonId, sealedName: Buffer): DocumentView['by'] => ({
  id,
  name: firmText(firm, 'people', 'sealed_name', id, sealedName),
})
export const NOTHING_SAID: DocumentAbout = { privilege: 'none', tags: [], author: '', custodian: '', source: '', receivedOn: null }
const aboutOf = (keys: MatterKeys, { id, sealed_about }: DocumentRow): DocumentAbout =>
  sealed_about ? (JSON.parse(matterText(keys, 'documents', 'sealed_about', id, sealed_about)) as DocumentAbout) : NOTHING_SAID

/** The folders in which these documents are, also removed ones, each as its path from the top. */
async function folderPaths(db: Db, matter: string, keys: MatterKeys, rows: readonly DocumentRow[]): Promise<Map<string, string>> {
  const folders = [...new Set(rows.flatMap((row) => row.folder_id ?? []))]
  return folders.length === 0 ? new Map<string, string>() : pathsOf(await foldersAbove(db, matter, folders), keys)
}
/** Folders by their id as paths from the top. */
export function pathsOf(folders: readonly FolderRow[], keys: MatterKeys): Map<string, string> {
  const rows = new Map(folders.map((row) => [row.id, row]))
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
