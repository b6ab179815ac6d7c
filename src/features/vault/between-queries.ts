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
  scan: 'none' | 'clean' | 'waiting' | 'quarantined' | 'released'
  sealed_signature: Buffer | null
}
/** All versions of these documents as of this matter, each document's in their order. */
export const wholeVersions = (db: Db, matter: string, documents: readonly string[]) =>
  db.rows<WholeVersion>(
    `select id as version_id, document_id, number, wrapped_key, sealed_facts, sealed_reason, size, scan, sealed_signature
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

/** What was taken out of a document and stands in its matter, with the first content of each. */
export const partsOf = (db: Db, matter: string, document: string) =>
  db.rows<PartRow & { content_token: Buffer }>(
    `select d.id, d.part_of, d.sealed_place, v.content_token from app.documents d
     join app.versions v on v.document_id = d.id and v.number = 1
     where d.part_of = $2 and d.matter_id = $1 order by d.id`,
    [matter, document],
  )

/** How many things one inside of the other lead to a document, itself the last; 10 at most. */
export const depthOf = async (db: Db, document: string): Promise<number> =>
  (await db.row<{ depth: number }>(
    `with recursive above as (
       select id, part_of, 1 as depth from app.documents where id = $1
       union all select d.id, d.part_of, a.depth + 1 from app.documents d join above a on d.id = a.part_of where a.depth < 10)
     select max(depth) as depth from above`,
    [document],
  ))!.depth

export const insertPart = (
  db: Db,
  row: {
    id: string
    matter: string
    folder: string | null
    sealedName: Buffer
    nameToken: Buffer
    class: string
    by: string
    of: string
    sealedPlace: Buffer
  },
) =>
  db.run(
    'insert into app.documents (id, matter_id, folder_id, sealed_name, name_token, class, created_by, part_of, sealed_place) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [row.id, row.matter, row.folder, row.sealedName, row.nameToken, row.class, row.by, row.of, row.sealedPlace],
  )
