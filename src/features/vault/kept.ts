import type { KeptView, ScrubView } from '../../contract/storage.ts'
import type { DocumentId, MatterId, VersionId } from '../../contract/ids.ts'
import { iso } from '../../platform/clock.ts'
import type { Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { keyStateOf, ownRootOf } from '../keys/key-state.ts'
import { find } from './documents.ts'
import { contentToken } from './receiving.ts'
import type { Sweep } from './scrubbing.ts'
import { soundnessOf } from './soundness.ts'

const CIPHER = 'Cobblestone-256: AES-256-GCM in chunks of 16 KiB, key by HKDF-SHA-512 (c2sp.org/chunked-encryption)'

/** A version made after its matter's key stands under it since it was made. */
const later = (one: string, other: string): string => (one > other ? one : other)

/** Where a document's version is kept, under which key, since when; null when there is none, and when its blob is gone. */
export async function kept(ask: Ask, { params, query }: Input<'document.kept'>): Promise<KeptView | null> {
  const known = await ask.look(async (here) => {
    const found = await find(here, params.document, query.version)
    if (!found) return null
    const key = (await keyStateOf(here.db, found.row.matter_id))!
    const own = await ownRootOf(here, found.row.matter_id)
    return { ...found, key: { ...key, own }, soundness: await soundnessOf(here.db, found.row.version_id) }
  })
  if (!known) return null
  const { row, view, keys, key, soundness } = known
  // the store may be slow: it is not asked within the transaction
  const lies = await ask.house.blobs.find(row.version_id)
  if (!lies) return null
  const backup = await ask.house.lastBackup()
  return {
    version: row.number,
    store: { kind: lies.kind, label: lies.label },
    since: iso(lies.since),
    blob: row.version_id,
    size: row.size,
    sealedSize: lies.length,
    cipher: CIPHER,
    key: { of: 'matter', own: key.own, version: key.version, since: later(key.since, iso(row.created_at)) },
    sha256: view.sha256,
    checksum: contentToken(keys, view).toString('hex'),
    checkedAt: soundness && iso(soundness.checked_at),
    goodAt: soundness?.good_at ? iso(soundness.good_at) : null,
    brokenAt: soundness?.broken_at ? iso(soundness.broken_at) : null,
    backupAt: backup && Date.parse(backup.at) > row.created_at.getTime() ? backup.at : null,
  }
}

type Broken = {
  version: VersionId
  document: DocumentId
  matter: MatterId
  number: number
  created_at: Date
  broken_at: Date
  good_at: Date | null
  fault: string
  earlier: number | null
}

export async function read({ db, house }: Here): Promise<ScrubView | null> {
  const sweep = await db.row<Sweep>('select * from hidden.sweep_state()')
  if (!sweep) return null
  const rows = await db.rows<Broken>('select * from hidden.broken_versions()')
  const backup = await house.lastBackup()
  return {
    state: stateOf(sweep),
    begunAt: sweep.begun_at && iso(sweep.begun_at),
    endedAt: sweep.ended_at && iso(sweep.ended_at),
    checked: Number(sweep.checked),
    bytes: Number(sweep.bytes),
    of: Number(sweep.of),
    ofBytes: Number(sweep.of_bytes),
    skipped: sweep.skipped,
    every: house.scrub,
    broken: rows.map(({ version, document, matter, number, created_at, broken_at, good_at, fault, earlier }) => ({
      version,
      document,
      matter,
      number,
      fault,
      foundAt: iso(broken_at),
      goodAt: good_at && iso(good_at),
      earlier,
      backup: backup && Date.parse(backup.at) > created_at.getTime() ? { at: backup.at, to: backup.to } : null,
    })),
  }
}

const stateOf = ({ wanted_at, begun_at, ended_at }: Sweep): ScrubView['state'] => {
  if (begun_at && !ended_at) return 'running'
  if (wanted_at) return 'asked'
  return begun_at ? 'ended' : 'never'
}

export async function start(here: Here) {
  if (!(await here.db.row<{ ok: boolean }>('select hidden.start_sweep() as ok'))!.ok) return null
  return remembered({ details: {} }, (await read(here))!)
}
