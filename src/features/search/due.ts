import type { DocumentAbout } from '../../contract/document.ts'
import type { DocumentId, MatterId, VersionId } from '../../contract/ids.ts'
import type { Db } from '../../platform/postgres.ts'
import type { MatterKeys } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { NOTHING_SAID, pathsOf } from '../vault/documents.ts'
import type { FolderRow } from '../vault/queries.ts'

/** What has to be indexed anew. `step` 1: only its words; 2: it is read; 3: pictures of letters are. */
export type Due = { kind: 'version' | 'matter' | 'lexicon'; subject: string; matter_id: MatterId; step: 1 | 2 | 3; since: string }

export type VersionRow = {
  version_id: VersionId
  document_id: DocumentId
  number: number
  wrapped_key: Buffer
  sealed_facts: Buffer
  size: number
  created_at: Date
  document_name: Buffer
  folder_id: string | null
  class: string
  sealed_about: Buffer | null
  held: boolean
  state: 'read' | 'scan' | 'unreadable' | null
  /** Its words are among its matter's. */ indexed: boolean
  sealed_text: Buffer | null
}

/** Taken for some minutes; what is not ended comes back. `since` is text, so that no microsecond is lost. */
export const takeDue = (db: Db, most: number, scans: boolean) =>
  db.rows<Due>('select kind, subject, matter_id, step, since::text from hidden.take_to_index($1, $2)', [most, scans])
/** Gives how many of them had not been asked for again meanwhile, and are ended. */
export const endDue = async (db: Db, kind: Due['kind'], done: readonly Due[]): Promise<number> =>
  (await db.row<{ n: number }>('select hidden.end_indexing($1, $2, $3) as n', [
    kind,
    done.map((one) => one.subject),
    done.map((one) => one.since),
  ]))!.n
export const putOff = (db: Db, kind: Due['kind'], ids: readonly string[]) => db.run('select hidden.put_off_indexing($1, $2)', [kind, ids])
export const versionsToIndex = (db: Db, versions: readonly string[]) =>
  db.rows<VersionRow>('select * from hidden.versions_to_index($1)', [versions])
export const soon = (db: Db, kind: Due['kind'], subject: string, matter: string, step: number) =>
  db.run('select hidden.index_soon($1, $2, $3, $4)', [kind, subject, matter, step])

/** What is said of a document. */
export const saidOf = (
  keys: MatterKeys,
  { document_id: id, sealed_about: about }: Pick<VersionRow, 'document_id' | 'sealed_about'>,
): DocumentAbout => (about ? (JSON.parse(matterText(keys, 'documents', 'sealed_about', id, about)) as DocumentAbout) : NOTHING_SAID)
/** The folders of the matter of the job as paths from the top. */
export const folderPaths = async (db: Db, keys: MatterKeys): Promise<Map<string, string>> =>
  pathsOf(await db.rows<FolderRow>('select id, parent_id, sealed_name, false as is_removed from hidden.folders_of_job()'), keys)
