import type { MatterId, VersionId } from '../../contract/ids.ts'
import { BrokenSeal } from '../../core/bytes.ts'
import type { House } from '../../platform/house.ts'
import { Rounds } from '../../platform/rounds.ts'
import type { Scanner } from '../../platform/scanner.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import { keysOfMatters, versionKey } from '../keys/matter-keys.ts'
import { scanned, sealSignature, type Scan } from './scanning.ts'

const JOB = 'rescan'
const FIRST = '00000000-0000-0000-0000-000000000000'
/** What the scanner took for too large, or gave no verdict on, is tried again once in so many rounds. */
const SELDOM = 60

type Keeping = Pick<House, 'clerk' | 'blobs' | 'keys' | 'keystore' | 'log' | 'scanner'>
type Waiting = { version_id: VersionId; matter_id: MatterId; scan_why: Scan['why'] }

/** Looks again at what waits for the scanner, once it answers. */
export function openRescan(house: Keeping): Rounds {
  let round = 0
  return new Rounds(
    60_000,
    async (goesOn) => {
      if (!house.scanner) return
      const isSeldom = round++ % SELDOM === 0
      for (let after = FIRST; goesOn();) {
        const waiting = await house.clerk({ name: JOB }, (db) => db.rows<Waiting>('select * from hidden.waiting_versions($1, 50)', [after]))
        if (waiting.length === 0) return
        for (const one of waiting) {
          if (!goesOn()) return
          if ((one.scan_why === 'away' || isSeldom) && !(await rescan(house, house.scanner, one))) return
        }
        after = waiting.at(-1)!.version_id
      }
    },
    { log: house.log, fault: 'couldn’t look again at what waits for the scanner' },
  )
}

/** False: the scanner is still away. */
async function rescan(house: Keeping, scanner: Scanner, { version_id: version, matter_id: matter }: Waiting): Promise<boolean> {
  const found = await house.clerk({ name: JOB, matter }, async (db) => {
    // one whose client withholds its key waits on, and so does one whose half is gone
    const keys = (await keysOfMatters(house, db, [matter])).get(matter)
    const row = await db.row<{ wrapped_key: Buffer; size: number; document_id: string; number: number }>(
      'select wrapped_key, size, document_id, number from app.versions where id = $1',
      [version],
    )
    return keys && row && { ...row, key: versionKey(keys, version, row.wrapped_key) }
  })
  if (!found) return true
  const scan = await scanned(scanner, { size: found.size, read: (start, end) => house.blobs.read(version, found.key, start, end) }).catch(
    (fault: unknown) => {
      // the scrub tells of it; what else waits is looked at
      if (fault instanceof BrokenSeal) return null
      throw fault
    },
  )
  if (!scan) return true
  if (scan.why === 'away') return false
  await house.clerk({ name: JOB, matter }, async (db) => {
    const sealed = scan.signature === null ? null : sealSignature(house.keys, version, scan.signature)
    // what was held stays held until it was looked at, also where new files are accepted
    const said = scan.state === 'none' ? 'waiting' : scan.state
    const { ok } = (await db.row<{ ok: boolean }>('select hidden.settle_scan($1, $2, $3, $4) as ok', [version, said, scan.why, sealed]))!
    if (!ok || said === 'waiting') return
    const deed = said === 'clean' ? 'document.cleared' : 'document.quarantined'
    const details = { version: found.number, signature: scan.signature }
    await rememberAsClerk(house, db, deed, null, null, { matter, object: found.document_id, details })
  })
  return true
}
