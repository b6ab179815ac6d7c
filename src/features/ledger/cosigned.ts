import { parseCosignerKey, withCosignatures } from '../../core/cosignature.ts'
import { iso } from '../../platform/clock.ts'
import type { Db } from '../../platform/postgres.ts'

type CosignedRow = { size: number; note: string; line: string; at: Date; vkey: string }

/**
 * The newest checkpoint that a witness cosigned, of those that cover at least `least` leaves, with all cosignatures under it; null: there
 * is none, or it is not theirs to read.
 */
export async function witnessed(db: Db, least = 0) {
  const rows = await db.rows<CosignedRow>(
    `select c.size, k.note, c.line, c.at, w.vkey from ledger.cosignatures c join ledger.checkpoints k on k.size = c.size
     join ledger.witnesses w on w.id = c.witness_id
     where c.size = (select max(size) from ledger.cosignatures) and c.size >= $1 order by w.added_at, w.id`,
    [least],
  )
  const [first] = rows
  if (!first) return null
  return {
    size: first.size,
    note: withCosignatures(
      first.note,
      rows.map((row) => row.line),
    ),
    by: rows.map((row) => ({ name: parseCosignerKey(row.vkey).name, key: row.vkey, at: iso(row.at) })),
  }
}
