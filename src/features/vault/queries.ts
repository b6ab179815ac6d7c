import type { DocumentId, MatterId, PersonId, VersionId } from '../../contract/ids.ts'
import type { LockedAs } from '../../contract/document.ts'
import type { Class } from '../../contract/words.ts'
import type { DocumentView } from '../../contract/document.ts'
import { askedTogether, type Db } from '../../platform/postgres.ts'
import type { HeldBack } from './handling.ts'

type Scan = DocumentView['scan']

export type DocumentRow = {
  id: DocumentId
  matter_id: MatterId
  folder_id: string | null
  sealed_name: Buffer
  class: Class
  version_id: VersionId
  number: number
  wrapped_key: Buffer
  sealed_facts: Buffer
  size: number
  created_by: PersonId
  created_at: Date
  by_name: Buffer
  sealed_about: Buffer | null
  out_by: PersonId | null
  out_at: Date | null
  out_name: Buffer | null
  sealed_out_note: Buffer | null
  locked_as: LockedAs | null
  locked_by: PersonId | null
  locked_at: Date | null
  locked_name: Buffer | null
  scan: Scan['state']
  scan_why: Scan['why']
  sealed_signature: Buffer | null
}
export type TrashedRow = DocumentRow & { trashed_by: PersonId; trashed_at: Date; trashed_name: Buffer }
export type FolderRow = { id: string; parent_id: string | null; sealed_name: Buffer; is_removed: boolean }

const NEWEST = 'select * from app.versions v where v.document_id = d.id order by v.number desc limit 1'
const document = (version: string) => `select d.id, d.matter_id, d.folder_id, d.sealed_name, d.class, d.sealed_about,
  d.out_by, d.out_at, d.sealed_out_note, o.sealed_name as out_name, d.locked_as, d.locked_by, d.locked_at, l.sealed_name as locked_name,
  v.id as version_id, v.number, v.wrapped_key, v.sealed_facts, v.size, v.created_by, v.created_at, v.scan, v.scan_why,
  v.sealed_signature, p.sealed_name as by_name
  from app.documents d
  join lateral (${version}) v on true
  join app.people p on p.id = v.created_by
  left join app.people o on o.id = d.out_by
  left join app.people l on l.id = d.locked_by`
const DOCUMENT = document(NEWEST)
const DOCUMENT_AT = document('select * from app.versions v where v.document_id = d.id and v.number = $2')
const DOCUMENT_OF = document('select * from app.versions v where v.document_id = d.id and v.id = $1')

export const documentsOf = (db: Db, matter: string, after: string | null, most: number) =>
  db.rows<DocumentRow>(`${DOCUMENT} where d.matter_id = $1 and ($2::uuid is null or d.id > $2) order by d.id limit $3`, [
    matter,
    after,
    most,
  ])
/** With its newest version, or the one of that number. */
export const documentById = (db: Db, id: string, number?: number): Promise<DocumentRow | null> =>
  number === undefined
    ? askedTogether(db, 'documents', id, async (all) => {
        const rows = await db.rows<DocumentRow>(`${DOCUMENT} where d.id = any ($1)`, [all])
        return new Map(rows.map((row) => [row.id, row]))
      })
    : db.row<DocumentRow>(`${DOCUMENT_AT} where d.id = $1`, [id, number])
export const documentsByIds = (db: Db, matter: string, ids: readonly string[]) =>
  db.rows<DocumentRow>(`${DOCUMENT} where d.matter_id = $1 and d.id = any ($2) order by d.id`, [matter, ids])
/** For whoever may list them: those within reach, the wall asked once a class and not once a document (db/access/listing.sql). */
export const listed = (db: Db, matter: string, ids: readonly string[]) =>
  db.rows<DocumentRow>('select * from hidden.listed($1, $2)', [matter, ids])
/** The same for all of a matter, in the order in which they came. */
export const listedAfter = (db: Db, matter: string, after: string | null, most: number) =>
  db.rows<DocumentRow>('select * from hidden.listed($1, hidden.oldest_of($1, $2, $3)) order by id', [matter, after, most])
export const documentByVersion = (db: Db, version: string) =>
  db.row<DocumentRow>(`${DOCUMENT_OF} where d.id = (select document_id from app.versions where id = $1)`, [version])
export const trashedIn = (db: Db, matter: string) =>
  db.rows<TrashedRow>(
    'select t.*, s.scan, s.scan_why, s.sealed_signature from hidden.trashed_in($1) t join hidden.trashed_scans($1) s using (version_id) order by t.trashed_at desc, t.id desc',
    [matter],
  )

/** Also those that were removed: what is in the trash was in them. */
export const foldersOf = (db: Db, matter: string) =>
  db.rows<FolderRow>('select id, parent_id, sealed_name, removed_at is not null as is_removed from app.folders where matter_id = $1', [
    matter,
  ])

/** These and all above them. */
export const foldersAbove = (db: Db, matter: string, ids: readonly string[]) =>
  db.rows<FolderRow>(
    `with recursive up as (
       select id, parent_id, sealed_name, removed_at from app.folders where matter_id = $1 and id = any ($2)
       union select f.id, f.parent_id, f.sealed_name, f.removed_at from app.folders f join up on f.id = up.parent_id)
     select id, parent_id, sealed_name, removed_at is not null as is_removed from up`,
    [matter, ids],
  )

export const nameStands = async (db: Db, matter: string, folder: string | null, nameToken: Buffer): Promise<boolean> =>
  (await db.row('select 1 as one from app.documents where matter_id = $1 and folder_id is not distinct from $2 and name_token = $3', [
    matter,
    folder,
    nameToken,
  ])) !== null

export const folderByName = (db: Db, matter: string, parent: string | null, nameToken: Buffer) =>
  db.row<{ id: string }>(
    'select id from app.folders where matter_id = $1 and parent_id is not distinct from $2 and name_token = $3 and removed_at is null',
    [matter, parent, nameToken],
  )

/** Two uploads may make the same folder at once: the second waits for the first and then finds it. */
export const insertFolder = (
  db: Db,
  row: { id: string; matter: string; parent: string | null; sealedName: Buffer; nameToken: Buffer; by: string },
) =>
  db.run(
    'insert into app.folders (id, matter_id, parent_id, sealed_name, name_token, created_by) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
    [row.id, row.matter, row.parent, row.sealedName, row.nameToken, row.by],
  )

export const insertVersion = (
  db: Db,
  row: {
    id: string
    document: string
    matter: string
    number: number
    wrappedKey: Buffer
    sealedFacts: Buffer
    contentToken: Buffer
    size: number
    by: string
  },
) =>
  db.run(
    'insert into app.versions (id, document_id, matter_id, number, wrapped_key, sealed_facts, content_token, size, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [row.id, row.document, row.matter, row.number, row.wrappedKey, row.sealedFacts, row.contentToken, row.size, row.by],
  )

export type Made = { held: 'waiting' | 'quarantined' | 'broken' | 'matrix' | null } & HeldBack
/** Makes an opening of a document's newest version, or the one of that number, or says what stands against it; null: nothing is there. */
export const makeOpening = (db: Db, id: string, document: string, number: number | undefined, copy: boolean, endsAt: Date) =>
  db.row<Made>('select held, class, rule, asks, matrix as version from hidden.make_opening($1, $2, $3, $4, $5)', [
    id,
    document,
    number ?? null,
    copy,
    endsAt,
  ])

/** Whether the wall, the session and the handling of its class still stand for a stream that began in time. */
export const stillOpen = async (db: Db, id: string, session: string): Promise<boolean> =>
  (await db.row('select id from app.openings where id = $1 and session_id = $2 and hidden.holds_open(version_id, copy, proved)', [
    id,
    session,
  ])) !== null

/** An opening that this session still holds, behind the wall; null otherwise. */
export const liveOpening = (db: Db, id: string, session: string) =>
  db.row<{ id: string; version_id: VersionId }>(
    'select id, version_id from app.openings where id = $1 and session_id = $2 and ends_at > now() and hidden.holds_open(version_id, copy, proved)',
    [id, session],
  )

export type VersionRow = Pick<
  DocumentRow,
  'version_id' | 'number' | 'sealed_facts' | 'size' | 'created_by' | 'created_at' | 'by_name' | 'scan' | 'scan_why' | 'sealed_signature'
> & {
  sealed_reason: Buffer | null
}
/** Newest first. */
export const versionsOf = (db: Db, matter: string, id: string) =>
  db.rows<VersionRow>(
    `select v.id as version_id, v.number, v.sealed_facts, v.size, v.created_by, v.created_at, v.scan, v.scan_why, v.sealed_signature,
     p.sealed_name as by_name, v.sealed_reason
     from app.versions v join app.people p on p.id = v.created_by where v.document_id = $1 and v.matter_id = $2 order by v.number desc`,
    [id, matter],
  )

/** For the clerk: versions of its job's matter in order, from the one after `after`. */
export const versionsAfter = (db: Db, matter: string, after: string, most: number) =>
  db.rows<{ id: VersionId; document_id: DocumentId; number: number; wrapped_key: Buffer; sealed_facts: Buffer; size: number }>(
    'select id, document_id, number, wrapped_key, sealed_facts, size from app.versions where matter_id = $1 and id > $2 order by id limit $3',
    [matter, after, most],
  )
/** Which of these ids are no version's. */
export const ofNoVersion = async (db: Db, ids: string[]): Promise<string[]> =>
  (await db.rows<{ id: string }>('select id from unnest($1::uuid[]) as id where not hidden.is_version(id)', [ids])).map((row) => row.id)
