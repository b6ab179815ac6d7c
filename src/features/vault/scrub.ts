import { createHash } from 'node:crypto'
import { BrokenSeal } from '../../core/bytes.ts'
import type { MatterId } from '../../contract/ids.ts'
import { BLOB_PATH } from '../../platform/blobs.ts'
import type { House } from '../../platform/house.ts'
import { Refusal } from '../../platform/refusal.ts'
import { isWithheld } from '../../platform/own-keys.ts'
import { isGone, type Fault, type OnProgress } from '../ledger/faults.ts'
import { matterKeys, mattersAfter, versionKey, type MatterKeys } from '../keys/matter-keys.ts'
import { factsOf } from './documents.ts'
import { ofNoVersion, versionsAfter } from './queries.ts'
import { faultOf } from './soundness.ts'

export type Scrubbed = {
  blobs: number
  /** Of content, opened and hashed. */
  bytes: number
  faults: Fault[]
  /** What lies among the blobs and belongs to no version; harmless, and nobody can open it. */
  notes: Fault[]
}
type Stores = Pick<House, 'clerk' | 'keys' | 'keystore' | 'blobs'>
type Version = Awaited<ReturnType<typeof versionsAfter>>[number]

const JOB = 'scrub'
const BATCH = 500
const MOST = 100
const FIRST = '00000000-0000-0000-0000-000000000000'

/**
 * Opens every version's blob, chunk by chunk, and compares size and SHA-256 with what was sealed when it came in.
 * Content passes through memory about a megabyte at a time and is written nowhere. Names ids only. Safe beside a
 * running server. Gives up after 100 faults.
 */
export async function scrub(house: Stores, onProgress: OnProgress = () => {}): Promise<Scrubbed> {
  const done: Scrubbed = { blobs: 0, bytes: 0, faults: [], notes: [] }
  for (let after = FIRST, matters: MatterId[] | null = null; matters?.length !== 0; after = matters.at(-1) ?? after) {
    matters = await house.clerk({ name: JOB }, (db) => mattersAfter(db, after, BATCH))
    for (const matter of matters) await scrubMatter(house, matter, done, onProgress)
  }
  await noteStrays(house, done)
  return done
}

async function scrubMatter(house: Stores, matter: MatterId, done: Scrubbed, onProgress: OnProgress): Promise<void> {
  const where = `matter ${matter}`
  for (
    let after = FIRST, rows: Version[] | null = null;
    rows?.length !== 0 && done.faults.length < MOST;
    after = rows.at(-1)?.id ?? after
  ) {
    const seen = await house
      .clerk({ name: JOB, matter }, async (db) => {
        const versions = await versionsAfter(db, matter, after, BATCH)
        return { versions, keys: versions.length === 0 ? null : await matterKeys(house, db, matter).catch(isGone) }
      })
      .catch((fault: unknown) => {
        if (isWithheld(fault)) return null
        throw fault
      })
    if (!seen) return void done.notes.push({ what: 'Its client withholds its key: nothing of the matter was opened.', where })
    rows = seen.versions
    if (rows.length > 0 && !seen.keys)
      return void done.faults.push({ what: `The keys are missing for matter ${matter}: its documents cannot be opened.`, where })
    for (const version of rows) {
      if (done.faults.length >= MOST) return
      const what = await versionFault(house, seen.keys!, version, (more) => ((done.bytes += more), true))
      if (what) done.faults.push({ what, where: `version ${version.id}, ${where}` })
      onProgress('blobs', (done.blobs += 1), done.bytes)
    }
  }
}

/**
 * Reads a version whole. Why it does not stand as it was sealed, or null; `passed` is told of what was read, and says whether
 * to go on. @throws Refusal `storage.away`: nothing was found out then
 */
export async function versionFault(
  house: Pick<House, 'blobs'>,
  keys: MatterKeys,
  version: Pick<Version, 'id' | 'wrapped_key' | 'sealed_facts' | 'size'>,
  passed: (bytes: number) => boolean | Promise<boolean>,
): Promise<string | null> {
  try {
    const key = versionKey(keys, version.id, version.wrapped_key)
    const facts = factsOf(keys, { version_id: version.id, sealed_facts: version.sealed_facts })
    const size = await house.blobs.size(version.id)
    if (size !== version.size) return `The blob holds ${size} bytes, and its version ${version.size}.`
    const hash = createHash('sha256')
    for await (const part of house.blobs.read(version.id, key, 0, size)) {
      hash.update(part)
      if (!(await passed(part.length))) return 'stopped'
    }
    return hash.digest('hex') === facts.sha256 ? null : 'The content is not the one that was sealed: its checksum differs.'
  } catch (fault) {
    if (fault instanceof Refusal) throw fault
    if (fault instanceof BrokenSeal) return faultOf(fault)
    if (fault instanceof Error && 'code' in fault) return `The blob cannot be read (${String(fault.code)}).`
    throw fault
  }
}

async function noteStrays(house: Stores, done: Scrubbed): Promise<void> {
  let ids: string[] = []
  let foreign = 0
  const ask = async () => {
    const strays = ids.length === 0 ? [] : await house.clerk({ name: JOB }, (db) => ofNoVersion(db, ids))
    ids = []
    for (const id of strays) if (done.notes.length < MOST) done.notes.push({ what: 'A blob belongs to no version.', where: `blob ${id}` })
  }
  for await (const path of house.blobs.list()) {
    if (BLOB_PATH.test(path)) ids.push(path.slice(3))
    else foreign += 1
    if (ids.length >= BATCH) await ask()
  }
  await ask()
  // their names may say something: they are counted only
  if (foreign > 0) done.notes.push({ what: `${foreign} ${foreign === 1 ? 'file is' : 'files are'} no blob.`, where: 'blobs' })
}
