import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { asOwner, openBase, type Base } from '../../platform/base.ts'
import { BLOB_PATH, type Blobs } from '../../platform/blobs.ts'
import type { Config } from '../../platform/config.ts'
import { readFirmKeys } from '../../platform/firm-keys.ts'
import type { RootKey } from '../../platform/keyring.ts'
import type { Keystore } from '../../platform/keystore.ts'
import type { Log } from '../../platform/log.ts'
import { openPool, sqlState } from '../../platform/postgres.ts'
import { Stop } from '../../platform/refusal.ts'
import { openClerk, type Clerk } from '../../platform/ways.ts'
import { hasRowHalf, mattersAfter } from '../keys/matter-keys.ts'
import { lastCheckpoint, noteAt } from '../ledger/queries.ts'
import { Sequencer } from '../ledger/sequencer.ts'
import type { Fault, OnProgress } from '../ledger/faults.ts'
import { ofNoVersion } from '../vault/queries.ts'
import { keysAt } from './keys.ts'
import { listed, type Backup, type Height, type Listed } from './manifest.ts'
import type { Places } from './places.ts'

/** One backup under way. */
export type Work = {
  config: Config
  places: Places
  rootKey: RootKey
  log: Log
  faults: Fault[]
  notes: string[]
  onProgress: OnProgress
  stamp: string
}
export type Known = {
  postgres: string | null
  ledger: Height
  /** paths of blobs that are gone here and still belong to a version */ lost: Set<string>
  /** matters whose half belongs in the key store */ expected: Set<string>
}

/** What only the database knows; started and stopped for it, so that its files are consistent afterwards. */
export async function askDatabase(
  work: Work,
  blobs: Blobs,
  stores: { here: Keystore; there: Keystore },
  previous: Backup | null,
): Promise<Known> {
  const { config, rootKey, log, places } = work
  work.onProgress('asking the database', 0, 1)
  const base = await openBase(config, rootKey, (line) => log.warn(`postgres: ${line}`)).catch((fault: unknown) => {
    throw fault instanceof Stop ? fault : new Stop('database.unfit', (fault as Error).message, fault)
  })
  let known: Known
  try {
    known = await withClerk(base, async (clerk) => {
      await blobs.settle((id) => clerk({ name: 'settle' }, async (db) => (await ofNoVersion(db, [id])).length === 0))
      const keys = await keysAt(places.keysTo, rootKey)
      await refuseOlder(clerk, [
        [places.to, previous?.manifest.ledger],
        [places.keysTo, keys?.ledger],
      ])
      await numberAll(base, clerk, work)
      const top = await clerk({ name: 'backup' }, lastCheckpoint)
      const version = (await clerk({ name: 'backup' }, (db) => db.row<{ v: string }>(`select current_setting('server_version') as v`)))!.v
      return {
        postgres: config.databaseUrl ? null : version,
        ledger: { size: top?.size ?? 0, note: top?.note ?? null },
        lost: await lostBlobs(clerk, blobs, previous, work.faults),
        expected: await expectedHalves(clerk, stores),
      }
    })
  } finally {
    await base.stop()
  }
  if (!config.databaseUrl && !(await wasShutDown(join(config.data, 'postgres'))))
    throw new Stop('database.unfit', 'PostgreSQL did not shut down cleanly, so its files cannot be copied. Run this again.')
  return known
}

/** Numbers what waits, so that the checkpoint in the manifest stands for all that is in the backup. */
async function numberAll(base: Base, clerk: Clerk, { rootKey, log, faults }: Work): Promise<void> {
  const keys = await asOwner(base, (db) => readFirmKeys(db, rootKey))
  if (!keys) throw new Stop('database.unfit', 'The database does not hold the firm’s keys. Nothing was backed up.')
  await new Sequencer({ clerk, log }, keys, (why) => faults.push({ what: `The ledger cannot be trusted: ${why}.`, where: 'ledger' })).run()
}

async function withClerk<T>(base: Base, fn: (clerk: Clerk) => Promise<T>): Promise<T> {
  const pool = openPool(base.clerk, 2)
  try {
    return await fn(openClerk(pool))
  } catch (fault) {
    // no tables or no clerk: the first start never came to its end
    if (['42P01', '3F000', '28P01', '28000', '42883'].includes(sqlState(fault) ?? ''))
      throw new Stop(
        'setup.missing',
        'The database was never brought to its shape, so there is nothing to back up. Start the server once first.',
        fault,
      )
    throw fault
  } finally {
    await pool.end()
  }
}

/**
 * An older copy of the firm, or one whose ledger was cut, must not count as the newest: its keys and blobs would be
 * taken for all there are.
 */
async function refuseOlder(clerk: Clerk, places: [string, Height | undefined][]): Promise<void> {
  for (const [place, height] of places) {
    if (!height?.note) continue
    const note = await clerk({ name: 'backup' }, (db) => noteAt(db, height.size))
    if (note !== height.note)
      throw new Stop(
        'backup.not_later',
        `${place} was written when the ledger had ${height.size} entries, and the ledger here is not a continuation of that one: this data folder is an older copy, or its ledger was changed. Run subrosa verify; to back this one up as it is, name another folder.`,
      )
  }
}

/** Blobs of an earlier backup that are not here any more and still belong to a version. */
async function lostBlobs(clerk: Clerk, blobs: Blobs, previous: Backup | null, faults: Fault[]): Promise<Set<string>> {
  const lost = new Set<string>()
  const gone: string[] = []
  const ask = async () => {
    const strays = new Set(
      await clerk({ name: 'backup' }, (db) =>
        ofNoVersion(
          db,
          gone.map((path) => path.slice(3)),
        ),
      ),
    )
    for (const path of gone.splice(0)) if (!strays.has(path.slice(3))) lost.add(path)
  }
  for await (const { path, isHere } of merged(blobs, previous)) {
    if (!isHere && gone.push(path) >= 500) await ask()
  }
  if (gone.length > 0) await ask()
  for (const path of lost)
    faults.push({ what: 'A blob is missing here; the copy of the earlier backup was kept.', where: `version ${path.slice(3)}` })
  return lost
}

/** Matters that lack their half here though the database keeps theirs: lost, not destroyed. */
async function expectedHalves(clerk: Clerk, { here, there }: { here: Keystore; there: Keystore }): Promise<Set<string>> {
  const held = new Set(await here.list())
  const lacking = new Set((await there.list()).filter((matter) => !held.has(matter)))
  for (let after = '00000000-0000-0000-0000-000000000000', some: string[] | null = null; some?.length !== 0; after = some.at(-1) ?? after) {
    some = (await clerk({ name: 'backup' }, (db) => mattersAfter(db, after, 2000))) as string[]
    for (const matter of some) if (!held.has(matter)) lacking.add(matter)
  }
  const expected = new Set<string>()
  for (const matter of lacking) if (await clerk({ name: 'backup', matter }, (db) => hasRowHalf(db, matter))) expected.add(matter)
  return expected
}

/** Whether the cluster's control file says that it was shut down: ControlFileData.state is 1, 15 to 18 alike. */
export async function wasShutDown(dir: string): Promise<boolean> {
  const file = await open(join(dir, 'global/pg_control'), 'r')
  try {
    return (await file.read(Buffer.alloc(4), 0, 4, 16)).buffer.readInt32LE() === 1
  } finally {
    await file.close()
  }
}

export type Merged = { path: string; before: Listed | null; isHere: boolean }

/** The blobs here and those of the earlier backup, side by side; both come in the order of their paths. */
export async function* merged(blobs: Blobs, previous: Backup | null): AsyncGenerator<Merged> {
  const older = previous ? listed(previous) : null
  const next = async (): Promise<Listed | null> => {
    const file = (await older?.next())?.value as Listed | undefined
    return file?.path.startsWith('blobs/') ? file : null
  }
  try {
    let before = await next()
    const pathOf = (file: Listed) => file.path.slice('blobs/'.length)
    for await (const path of blobs.list()) {
      if (!BLOB_PATH.test(path)) continue
      for (; before && pathOf(before) < path; before = await next()) yield { path: pathOf(before), before, isHere: false }
      const same = before && pathOf(before) === path ? before : null
      yield { path, before: same, isHere: true }
      if (same) before = await next()
    }
    for (; before; before = await next()) yield { path: pathOf(before), before, isHere: false }
  } finally {
    await older?.return(undefined)
  }
}
