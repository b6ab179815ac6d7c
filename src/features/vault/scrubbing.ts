import { setTimeout as pause } from 'node:timers/promises'
import type { MatterId, VersionId } from '../../contract/ids.ts'
import type { House } from '../../platform/house.ts'
import { inTurn, isDayDue, Rounds } from '../../platform/rounds.ts'
import { unlessWithheld } from '../../platform/own-keys.ts'
import { isGone } from '../ledger/faults.ts'
import { matterKeys, mattersAfter } from '../keys/matter-keys.ts'
import { versionsAfter } from './queries.ts'
import { versionFault } from './scrub.ts'
import { noteChecked } from './soundness.ts'

type Keeper = Pick<House, 'clerk' | 'keys' | 'keystore' | 'blobs' | 'log' | 'scrub'>
export type Sweep = {
  wanted_at: Date | null
  begun_at: Date | null
  ended_at: Date | null
  after_matter: MatterId | null
  after_version: VersionId | null
  checked: string
  bytes: string
  of: string
  of_bytes: string
  /** Matters whose client withheld its key. */ skipped: number
}

const JOB = 'sweep'
const BATCH = 200
const FIRST = '00000000-0000-0000-0000-000000000000'
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const MIB = 1024 * 1024

/**
 * Reads every version whole, at a set pace, when it is time or someone asks, and writes down what it finds. It goes on where
 * it stopped, also after a restart. What a storage that is away keeps from being read waits for the next round: that is no difference.
 */
export const openScrubber = (house: Keeper): Rounds =>
  new Rounds(60_000, (goesOn) => inTurn(openScrubber, () => round(house, goesOn)), {
    log: house.log,
    fault: 'couldn’t check the stored files',
  })

async function round(house: Keeper, goesOn: () => boolean): Promise<void> {
  const sweep = await house.clerk({ name: JOB }, (db) => db.row<Sweep>('select * from app.sweeps'))
  if (!sweep) return
  const runs = sweep.begun_at !== null && sweep.ended_at === null
  if (!runs && !isDue(sweep, house.scrub)) return
  if (!runs) {
    await begin(house)
    await checkBroken(house, goesOn)
  }
  if (!(await checkAll(house, runs ? sweep : null, goesOn))) return
  await house.clerk({ name: JOB }, (db) => db.run('update app.sweeps set ended_at = now()'))
}

const isDue = ({ wanted_at, begun_at }: Sweep, { days, hour }: House['scrub']): boolean =>
  wanted_at !== null || (days > 0 && isDayDue(begun_at, days, hour))

const begin = ({ clerk }: Keeper): Promise<number> =>
  clerk({ name: JOB }, (db) =>
    db.run(`update app.sweeps s set wanted_at = null, begun_at = now(), ended_at = null, after_matter = null, after_version = null,
      checked = 0, bytes = 0, skipped = 0, of = a.count, of_bytes = a.bytes from hidden.all_versions() a`),
  )

/** What was found broken is looked at first: it may have been put back. */
async function checkBroken(house: Keeper, goesOn: () => boolean): Promise<void> {
  const rows = await house.clerk({ name: JOB }, (db) =>
    db.rows<{ version: VersionId; matter: MatterId }>('select version, matter from hidden.found_broken()'),
  )
  for (const { version, matter } of rows) {
    if (!goesOn()) return
    await checkSome(house, matter, before(version), 1, goesOn, null)
  }
}
/** The id that comes just before another, in their order. */
const before = (id: string): string => {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  let at = bytes.length - 1
  while (bytes[at] === 0) bytes[at--] = 255
  bytes[at]! -= 1
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

type Progress = { matter: MatterId }
/** Whether it came to its end. */
async function checkAll(house: Keeper, left: Sweep | null, goesOn: () => boolean): Promise<boolean> {
  if (left?.after_matter && !(await checkMatter(house, left.after_matter, left.after_version ?? FIRST, goesOn))) return false
  for (let after: string = left?.after_matter ?? FIRST; ;) {
    const matters = await house.clerk({ name: JOB }, (db) => mattersAfter(db, after, BATCH))
    if (matters.length === 0) return true
    for (const matter of matters) if (!(await checkMatter(house, matter, FIRST, goesOn))) return false
    after = matters.at(-1)!
  }
}

async function checkMatter(house: Keeper, matter: MatterId, from: string, goesOn: () => boolean): Promise<boolean> {
  for (let after = from; ;) {
    const last = await checkSome(house, matter, after, BATCH, goesOn, { matter })
    if (last === 'stopped') return false
    if (last === null) return true
    after = last
  }
}

/** The last one that was read, null after the last of the matter. */
async function checkSome(
  house: Keeper,
  matter: MatterId,
  after: string,
  most: number,
  goesOn: () => boolean,
  progress: Progress | null,
): Promise<string | null | 'stopped'> {
  const seen = await house
    .clerk({ name: JOB, matter }, async (db) => {
      const rows = await versionsAfter(db, matter, after, most)
      return { rows, keys: rows.length === 0 ? null : await matterKeys(house, db, matter).catch(isGone) }
    })
    .catch(unlessWithheld)
  if (!seen) {
    house.log.warn(`passed over the stored files of matter ${matter}: its client withholds its key`)
    if (progress)
      await house.clerk({ name: JOB }, (db) =>
        db.run('update app.sweeps set after_matter = $1, after_version = $2, skipped = skipped + 1', [matter, LAST]),
      )
    return null
  }
  const { rows, keys } = seen
  if (rows.length === 0) return null
  if (!keys) {
    house.log.error(`couldn’t check the stored files of matter ${matter}: its keys are missing`)
    return null
  }
  for (const row of rows) {
    if (!goesOn()) return 'stopped'
    let bytes = 0
    const fault = await versionFault(house, keys, row, async (more) => {
      bytes += more
      await pause((more / (house.scrub.pace * MIB)) * 1000)
      return goesOn()
    })
    if (fault === 'stopped') return 'stopped'
    await noteChecked(house, { matter, document: row.document_id, version: row.id, number: row.number }, fault)
    if (!progress) continue
    await house.clerk({ name: JOB }, (db) =>
      db.run('update app.sweeps set after_matter = $1, after_version = $2, checked = checked + 1, bytes = bytes + $3', [
        matter,
        row.id,
        bytes,
      ]),
    )
  }
  return rows.at(-1)!.id
}
