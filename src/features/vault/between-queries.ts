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

/** Documents of a matter, within reach and not in the trash, whose newest version has this content; the oldest first. */
export const documentsOfContent = async (db: Db, matter: string, contentToken: Buffer, most: number): Promise<string[]> =>
  (
    await db.rows<{ id: string }>(
      `select v.document_id as id from app.versions v where v.matter_id = $1 and v.content_token = $2
       and not exists (select from app.versions n where n.document_id = v.document_id and n.number > v.number)
       order by v.document_id limit $3`,
      [matter, contentToken, most],
    )
  ).map((row) => row.id)
