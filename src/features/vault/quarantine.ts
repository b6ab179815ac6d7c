import type { Answer, Here, Input } from '../../platform/route.ts'
import { iso } from '../../platform/clock.ts'
import { sqlState, type Db } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import { remembered } from '../../platform/ways.ts'
import type { PersonId, DocumentId } from '../../contract/ids.ts'
import { named } from './documents.ts'
import { signatureOf } from './scanning.ts'

type Row = {
  version_id: string
  document_id: DocumentId
  number: number
  size: number
  scan: 'waiting' | 'quarantined'
  scan_why: 'away' | 'too-large' | 'unclear' | null
  sealed_signature: Buffer | null
  created_at: Date
  created_by: PersonId
  by_name: Buffer
}
const MOST = 500
const held = (db: Db) => db.rows<Row>('select * from hidden.held_versions() limit $1', [MOST])
const heldOne = (db: Db, document: DocumentId, version: number) =>
  db.row<Row>('select * from hidden.held_versions() where document_id = $1 and number = $2', [document, version])

/** What is held in the whole firm, the newest of it: no name of a file and of no matter. */
export async function list({ house, db }: Here): Promise<Answer<'quarantine.list'>> {
  const rows = await held(db)
  return {
    scanner: house.scanner ? house.scanner.away : 'none',
    held: rows.map((row) => ({
      document: row.document_id,
      version: row.number,
      size: row.size,
      state: row.scan,
      why: row.scan_why,
      signature: signatureOf(house.keys, row.version_id, row.sealed_signature),
      by: named(house.keys, row.created_by, row.by_name),
      at: iso(row.created_at),
    })),
  }
}

/** The entry stands in the firm's own ledger: whoever releases it need not reach its matter. @throws Refusal `document.unheld` */
export async function release({ house, db }: Here, { params, body }: Input<'quarantine.release'>) {
  const found = await heldOne(db, params.document, body.version)
  const done = await db
    .row<{ ok: boolean }>('select hidden.release_version($1, $2) as ok', [params.document, body.version])
    .catch((fault: unknown) => {
      throw sqlState(fault) === 'SR025' ? new Refusal('document.unheld', { cause: fault }) : fault
    })
  if (!done?.ok || !found) return null
  const signature = signatureOf(house.keys, found.version_id, found.sealed_signature)
  const details = { version: body.version, reason: body.reason, was: found.scan, signature }
  return remembered({ object: params.document, details }, { document: params.document, version: body.version })
}
