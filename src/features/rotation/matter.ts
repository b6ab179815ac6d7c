import type { MatterId } from '../../contract/ids.ts'
import { isWrappedUnder, newKey, unwrapWithAny, wrapKey } from '../../core/keys.ts'
import { isWithheld } from '../../platform/own-keys.ts'
import { earlierTransactions, type Db } from '../../platform/postgres.ts'
import {
  fieldLabel,
  halfLabel,
  forgetMatterKeys,
  matterKeys,
  mattersAfter,
  sealHalf,
  tokenLabel,
  uploadLabel,
  versionLabel,
  type KeyRow,
} from '../keys/matter-keys.ts'
import { JOB, type Step, type Stores } from './step.ts'

const BATCH = 500
export const FIRST = '00000000-0000-0000-0000-000000000000'

/**
 * Gives one matter, or every one, a new key. Matters begun meanwhile have a new one anyway. Those whose client withholds its key
 * are passed over and counted. True: it has come to its end.
 */
export async function rotateMatters(house: Stores, { rotation, goesOn, reached }: Step): Promise<boolean> {
  if (rotation.matter_id) {
    const done = await rotateUnlessWithheld(house, rotation.matter_id as MatterId)
    if (!done) rotation.skipped = 1
    await reached(rotation.matter_id, done ? 1 : 0, 1)
    return true
  }
  const of = rotation.of || (await countAll(house))
  let done = rotation.done
  for (let after = rotation.after ?? FIRST, some: MatterId[] | null = null; some?.length !== 0; after = some.at(-1) ?? after) {
    some = await house.clerk({ name: JOB }, (db) => mattersAfter(db, after, BATCH))
    for (const matter of some) {
      if (!goesOn()) return false
      if (await rotateUnlessWithheld(house, matter)) done += 1
      else rotation.skipped += 1
      await reached(matter, done, Math.max(of, done + rotation.skipped))
    }
  }
  return true
}

export async function countAll(house: Pick<Stores, 'clerk'>): Promise<number> {
  const row = await house.clerk({ name: JOB }, (db) => db.row<{ n: number }>('select count(*) as n from app.matters'))
  return row!.n
}

/** False: its client withholds its key; it stands as it is, and whatever was begun is ended by the next replacement. */
const rotateUnlessWithheld = (house: Stores, matter: MatterId): Promise<boolean> =>
  rotateMatter(house, matter).then(
    () => true,
    (fault: unknown) => {
      if (isWithheld(fault)) return false
      throw fault
    },
  )

/**
 * One matter; wherever an earlier try was interrupted, this goes on. `root`: the client's key that the new one is sealed under too,
 * null for none; the one that it is under now where none is named. [Note: How a key is rotated] @throws Refusal `key.withheld`
 */
export async function rotateMatter(house: Stores, matter: MatterId, root?: string | null): Promise<void> {
  const inMatter = <T>(fn: (db: Db) => Promise<T>) => house.clerk({ name: JOB, matter }, fn)
  const standing = await inMatter((db) => halvesOf(db, matter))
  const current = standing.find((row) => row.standing === 'current')
  // an id of nothing, or a matter that was destroyed
  if (!current) return
  const leaving = standing.filter((row) => row.standing === 'leaving')
  if (leaving.length === 0) {
    if (!standing.some((row) => row.standing === 'coming')) await bring(house, matter, current, root === undefined ? current.root_id : root)
    await earlierTransactions()
    await inMatter((db) => db.run('select hidden.turn_half()'))
    await earlierTransactions()
  }
  await rewrapAll(house, matter)
  await earlierTransactions()
  // who wrapped under the old key before the turn was known has come to the end
  await rewrapAll(house, matter)
  const old = await inMatter(async (db) => (await halvesOf(db, matter)).filter((row) => row.standing === 'leaving'))
  for (const row of old) await inMatter((db) => db.run('select hidden.drop_half($1)', [row.version]))
  await earlierTransactions()
  await forgetHalves(house, matter)
  // the memory of opened keys holds the old one too
  forgetMatterKeys(matter)
}

export const halvesOf = (db: Db, matter: string): Promise<KeyRow[]> =>
  db.rows<KeyRow>(
    `select purpose, version, wrapped, standing, root_id from app.matter_keys where matter_id = $1 and purpose = 'half' order by version`,
    [matter],
  )

/** The new halves: the key store's file first, which nothing names until the row is there. */
async function bring(house: Stores, matter: MatterId, current: KeyRow, root: string | null): Promise<void> {
  const version = current.version + 1
  const [rowHalf, storeHalf] = [newKey(), newKey()]
  await house.keystore.put(matter, storeHalf, version)
  await house.clerk({ name: JOB, matter }, async (db) => {
    const keys = (await matterKeys(house, db, matter))!
    await db.run('select hidden.bring_half($1, $2, $3, $4)', [
      version,
      sealHalf(house, matter, version, rowHalf, root),
      // until now it was derived from the key that leaves
      wrapKey(keys.matter, tokenLabel(matter), keys.token),
      root,
    ])
  })
}

/** Wraps everything that is under another of the matter's keys under the current one. */
async function rewrapAll(house: Stores, matter: MatterId): Promise<void> {
  await house.clerk({ name: JOB, matter }, async (db) => {
    const { matter: key, others } = (await matterKeys(house, db, matter))!
    const rows = await db.rows<KeyRow>(
      `select purpose, version, wrapped, standing from app.matter_keys where matter_id = $1 and purpose <> 'half'`,
      [matter],
    )
    for (const { purpose, version, wrapped } of rows) {
      const label = purpose === 'field' ? fieldLabel(matter, version) : tokenLabel(matter)
      if (isWrappedUnder(key, label, wrapped)) continue
      const anew = wrapKey(key, label, unwrapWithAny(others, label, wrapped))
      await db.run('select hidden.rewrap_matter_key($1, $2, $3, $4)', [purpose, version, wrapped, anew])
    }
  })
  await rewrapUploads(house, matter)
  for (let after: string | null = FIRST; after !== null;) after = await rewrapSome(house, matter, after)
}

/** Unfinished uploads in parts; they are few. */
const rewrapUploads = (house: Stores, matter: MatterId): Promise<void> =>
  house.clerk({ name: JOB, matter }, async (db) => {
    const { matter: key, others } = (await matterKeys(house, db, matter))!
    const rows = await db.rows<VersionRow>('select id, wrapped_key from app.uploads where matter_id = $1 and document_id is null', [matter])
    const due = rows.filter((row) => !isWrappedUnder(key, uploadLabel(row.id), row.wrapped_key))
    const anew = due.map((row) => wrapKey(key, uploadLabel(row.id), unwrapWithAny(others, uploadLabel(row.id), row.wrapped_key)))
    await db.run('select hidden.rewrap_uploads($1, $2, $3)', [due.map((row) => row.id), due.map((row) => row.wrapped_key), anew])
  })

type VersionRow = { id: string; wrapped_key: Buffer }
/** A batch of versions; gives the last one, or null at the end. */
const rewrapSome = (house: Stores, matter: MatterId, after: string): Promise<string | null> =>
  house.clerk({ name: JOB, matter }, async (db) => {
    const { matter: key, others } = (await matterKeys(house, db, matter))!
    const rows = await db.rows<VersionRow>(
      'select id, wrapped_key from app.versions where matter_id = $1 and id > $2 order by id limit $3',
      [matter, after, BATCH],
    )
    const due = rows.filter((row) => !isWrappedUnder(key, versionLabel(row.id), row.wrapped_key))
    const anew = due.map((row) => wrapKey(key, versionLabel(row.id), unwrapWithAny(others, versionLabel(row.id), row.wrapped_key)))
    if (due.length > 0)
      await db.run('select hidden.rewrap_versions($1, $2, $3)', [due.map((row) => row.id), due.map((row) => row.wrapped_key), anew])
    return rows.at(-1)?.id ?? null
  })

/** Erases the key store's halves that no row names any more. */
async function forgetHalves(house: Stores, matter: MatterId): Promise<void> {
  const rows = await house.clerk({ name: JOB, matter }, (db) => halvesOf(db, matter))
  const lowest = Math.min(...rows.map((row) => row.version))
  for (let version = lowest - 1; version > 0; version -= 1) await house.keystore.erase(matter, version)
}

/** Wraps a matter's row halves under the firm key that holds now. */
export const rewrapHalves = (house: Stores, matter: MatterId): Promise<void> =>
  house.clerk({ name: JOB, matter }, async (db) => {
    const { matters, olderMatters } = house.keys
    for (const { version, wrapped } of await halvesOf(db, matter)) {
      const label = halfLabel(matter, version)
      if (isWrappedUnder(matters, label, wrapped)) continue
      const anew = wrapKey(matters, label, unwrapWithAny([...olderMatters], label, wrapped))
      await db.run(`select hidden.rewrap_matter_key('half', $1, $2, $3)`, [version, wrapped, anew])
    }
  })
