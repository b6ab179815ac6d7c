import type { DocumentAbout, DocumentView } from '../../contract/document.ts'
import type { DocumentId, MatterId } from '../../contract/ids.ts'
import type { Class } from '../../contract/words.ts'
import type { Here } from '../../platform/route.ts'
import { keysOfMatters, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { factsOf, NOTHING_SAID, pathsOf } from '../vault/documents.ts'
import type { FolderRow } from '../vault/queries.ts'

/** A document as it is called, of its newest version. */
export type Named = {
  id: DocumentId
  matter: MatterId
  name: string
  folder: string
  class: Class
  author: string
  /** What else is said of it. */ said: string[]
  newest: number
  shown: DocumentView['shown']
}
type Row = {
  id: DocumentId
  matter_id: MatterId
  folder_id: string | null
  sealed_name: Buffer
  sealed_about: Buffer | null
  class: Class
  version_id: string
  number: number
  sealed_facts: Buffer
}
const FOLDERS = `with recursive up as (
    select id, matter_id, parent_id, sealed_name from app.folders where id = any ($1)
    union select f.id, f.matter_id, f.parent_id, f.sealed_name from app.folders f join up on f.id = up.parent_id)
  select id, matter_id, parent_id, sealed_name, false as is_removed from up`

/** What the wall shows of these, opened. */
export async function namedBy({ house, db }: Pick<Here, 'house' | 'db'>, ids: readonly DocumentId[]): Promise<Map<DocumentId, Named>> {
  if (ids.length === 0) return new Map()
  const rows = await db.rows<Row>('select * from hidden.named_of($1)', [[...new Set(ids)]])
  const keys = await keysOfMatters(
    house,
    db,
    rows.map((row) => row.matter_id),
  )
  const folders = [...new Set(rows.flatMap((row) => row.folder_id ?? []))]
  const above = folders.length === 0 ? [] : await db.rows<FolderRow & { matter_id: MatterId }>(FOLDERS, [folders])
  const paths = new Map(
    [...Map.groupBy(above, (row) => row.matter_id)].flatMap(([matter, its]) =>
      keys.get(matter) ? [...pathsOf(its, keys.get(matter)!)] : [],
    ),
  )
  return new Map(rows.flatMap((row) => (keys.get(row.matter_id) ? [[row.id, viewOf(keys.get(row.matter_id)!, row, paths)] as const] : [])))
}

function viewOf(keys: MatterKeys, row: Row, paths: ReadonlyMap<string, string>): Named {
  const about = row.sealed_about
    ? (JSON.parse(matterText(keys, 'documents', 'sealed_about', row.id, row.sealed_about)) as DocumentAbout)
    : NOTHING_SAID
  return {
    id: row.id,
    matter: row.matter_id,
    name: matterText(keys, 'documents', 'sealed_name', row.id, row.sealed_name),
    folder: row.folder_id ? (paths.get(row.folder_id) ?? '') : '',
    class: row.class,
    author: about.author,
    said: [about.custodian, about.source, ...about.tags],
    newest: row.number,
    shown: factsOf(keys, row as never).shown,
  }
}
