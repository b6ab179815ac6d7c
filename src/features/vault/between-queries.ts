import type { VersionId } from '../../contract/ids.ts'
import type { Db } from '../../platform/postgres.ts'

export type WholeVersion = {
  version_id: VersionId
  document_id: string
  number: number
  wrapped_key: Buffer
  sealed_facts: Buffer
  sealed_reason: Buffer | null
  size: number
}
/** All versions of these documents as of this matter, each document's in their order. */
export const wholeVersions = (db: Db, matter: string, documents: readonly string[]) =>
  db.rows<WholeVersion>(
    `select id as version_id, document_id, number, wrapped_key, sealed_facts, sealed_reason, size
     from app.versions where document_id = any ($1) and matter_id = $2 order by document_id, number`,
    [documents, matter],
  )

export type PartRow = { id: string; part_of: string | null; sealed_place: Buffer | null }
export const partsAmong = (db: Db, documents: readonly string[]) =>
  db.rows<PartRow>('select id, part_of, sealed_place from app.documents where id = any ($1)', [documents])
