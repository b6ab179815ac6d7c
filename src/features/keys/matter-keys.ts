import { derive, joinMatterKey, newKey, unwrapKey, unwrapWithAny, wrapKey } from '../../core/keys.ts'
import type { MatterId } from '../../contract/ids.ts'
import type { House } from '../../platform/house.ts'
import { KeysAsked, unlessWithheld } from '../../platform/own-keys.ts'
import { askedOnce, askedTogether, type Db } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import { forgetSearchKeys } from './search-keys.ts'

/** A matter's keys, opened. Never stored, never sent; held in memory only. */
export type MatterKeys = {
  /** Wraps version keys. */
  matter: Buffer
  /** Those that a rotation brings or has not yet replaced everywhere; they only open. */
  others: Buffer[]
  /** Seals names, titles, facts and the ledger's details. */
  field: Buffer
  fieldVersion: number
  /** Keyed tokens: names within a folder, checksums of contents. */
  token: Buffer
  /** Keys of clients that it hangs on; when one of these is forgotten, so is what was opened with it. */
  roots: readonly string[]
}

export type KeyRow = {
  purpose: 'half' | 'field' | 'token'
  version: number
  wrapped: Buffer
  standing: 'coming' | 'current' | 'leaving'
  /** Of a half: the client's key that it is sealed under as well. */
  root_id: string | null
}

const opened = new Map<string, MatterKeys>()
const OPENED_MOST = 5000
const inTransaction = new WeakMap<Db, Map<string, MatterKeys>>()
type Stores = Pick<House, 'keys' | 'keystore'>

/**
 * The keys of a matter, or null when the wall shows this transaction no such matter. The memory of opened keys is
 * consulted only after the wall returned the rows in this very transaction.
 * @throws Refusal `key.withheld` when its client's key is, of which those whom the wall keeps out never learn; `matter.keyless` when
 *   the key store's half is gone: the matter was destroyed and an older backup of the data restored, or the key store is lost;
 *   BrokenSeal when it does not open
 */
export async function matterKeys(house: Stores, db: Db, matter: MatterId): Promise<MatterKeys | null> {
  const shut = new Map<string, Shut>()
  const keys = (await keysOfMatters(house, db, [matter], shut)).get(matter)
  if (shut.get(matter) === 'withheld') throw new Refusal('key.withheld')
  if (shut.get(matter) === 'gone') throw keylessRefusal(await house.keystore.endedAt(matter))
  return keys ?? null
}

/** Why a matter that the wall shows does not open: its client withholds its key, or its half is gone for good. */
export type Shut = 'withheld' | 'gone'

/** The same for many at once; those that the wall does not show are not among them, nor those that do not open, which are put into `shut`. */
export async function keysOfMatters(
  house: Stores,
  db: Db,
  matters: readonly MatterId[],
  shut: Map<string, Shut> = new Map(),
): Promise<ReadonlyMap<string, MatterKeys>> {
  const held = inTransaction.get(db) ?? new Map<string, MatterKeys>()
  const missing = [...new Set(matters)].filter((matter) => !held.has(matter))
  if (missing.length === 0) return held
  // the wall is asked for each row, or once for many
  const from =
    missing.length > FEW ? 'select * from hidden.keys_of($1)' : `${ROWS} where matter_id = any ($1) order by purpose, version desc`
  const rows = await askedOnce(db, `keys of ${missing.join(' ')}`, () => db.rows<OwnedRow>(from, [missing]))
  await openRows(house, db, rows, shut)
  return inTransaction.get(db) ?? held
}

/** Null also where its client withholds its key. @throws Refusal `matter.keyless` */
export async function keysWhereHeld(house: Stores, db: Db, matter: MatterId): Promise<MatterKeys | null> {
  return matterKeys(house, db, matter).catch(unlessWithheld)
}

const FEW = 4
type OwnedRow = KeyRow & { matter_id: MatterId }
const ROWS = 'select matter_id, purpose, version, wrapped, standing, root_id from app.matter_keys'

/** Asks for the keys of a document's matter before its row has said which that is; `matterKeys` then has them. */
export async function keysAhead(house: Stores, db: Db, document: string): Promise<void> {
  const its = 'matter_id in (select d.matter_id from app.documents d where d.id = any ($1))'
  await askedTogether(db, 'keys of documents', document, async (all) => {
    await openRows(house, db, await db.rows<OwnedRow>(`${ROWS} where ${its} order by purpose, version desc`, [all]), new Map())
    return new Map()
  })
}

/** Holds what the wall has shown this transaction. @throws KeysAsked when clients' keys have to be asked for first */
async function openRows(house: Stores, db: Db, rows: OwnedRow[], shut: Map<string, Shut>): Promise<void> {
  // before anything is opened: all that has to be asked for is asked for at once
  const roots = stateOf(house, rows)
  for (const [matter, own] of Map.groupBy(rows, (row) => row.matter_id)) {
    if (!['half', 'field'].every((purpose) => own.some((row) => row.purpose === purpose))) continue
    const isWithheld = own.some((row) => row.root_id !== null && !roots.get(row.root_id))
    const keys = isWithheld ? null : await openOne(house, matter, own).catch(isAbsent)
    if (keys) hold(db, matter, keys)
    else shut.set(matter, isWithheld ? 'withheld' : 'gone')
  }
}

/** Which of the clients' keys in these rows are held. @throws KeysAsked when some have to be asked for first */
function stateOf({ keystore }: Stores, rows: readonly KeyRow[]): Map<string, boolean> {
  const found = [...new Set(rows.flatMap((row) => row.root_id ?? []))].map((root) => [root, keystore.own.held(root)] as const)
  const asked = found.flatMap(([, held]) => (held instanceof Promise ? [held] : []))
  if (asked.length > 0) throw new KeysAsked(asked)
  return new Map(found.map(([root, held]) => [root, held !== null]))
}

async function openOne(house: Stores, matter: string, rows: KeyRow[]): Promise<MatterKeys> {
  // what hangs on a client's key is opened anew each time, so that it ends with that
  if (rows.some((row) => row.root_id !== null)) return unwrapAll(house, matter, rows)
  const name = `${matter} ${rows.map((row) => `${row.standing} ${row.wrapped.toString('base64')}`).join(' ')}`
  const keys = opened.get(name) ?? (await unwrapAll(house, matter, rows))
  if (opened.size >= OPENED_MOST) opened.clear()
  opened.set(name, keys)
  return keys
}

/** Null for a half that the key store does not hold. */
function isAbsent(fault: NodeJS.ErrnoException): null {
  if (fault.code === 'ENOENT') return null
  throw fault
}
function keylessRefusal(endedAt: string | null): Refusal {
  const text = endedAt
    ? `This matter was destroyed on ${endedAt.slice(0, 10)}. What stands here was restored from an older backup; the key that opens it no longer exists.`
    : undefined
  return new Refusal('matter.keyless', { text })
}

async function unwrapAll(house: Stores, matter: string, rows: KeyRow[]): Promise<MatterKeys> {
  const halves = rows.filter((row) => row.purpose === 'half')
  const current = halves.find((row) => row.standing === 'current')
  const field = rows.find((row) => row.purpose === 'field')!
  const tokens = rows.find((row) => row.purpose === 'token')
  if (!current) throw new Error('a matter has halves and none is current')
  const key = await joined(house, matter, current)
  const others = await Promise.all(halves.filter((row) => row !== current).map((row) => joined(house, matter, row)))
  const all = [key, ...others]
  return {
    matter: key,
    others,
    field: unwrapWithAny(all, fieldLabel(matter, field.version), field.wrapped),
    fieldVersion: field.version,
    token: tokens ? unwrapWithAny(all, tokenLabel(matter), tokens.wrapped) : derive(key, 'matter token v1'),
    roots: [...new Set(halves.flatMap((row) => row.root_id ?? []))],
  }
}

/** Forgets the opened keys of a matter: it was destroyed, or has others now. What is under way with them ends by itself. */
export function forgetMatterKeys(matter: string): void {
  forgetSearchKeys(matter)
  for (const name of opened.keys()) if (name.startsWith(`${matter} `)) opened.delete(name)
}

/** One version of a matter's key, from its half in the row and its half in the key store. @throws Refusal `key.withheld` */
export async function joined(house: Stores, matter: string, { version, wrapped, root_id: root }: KeyRow): Promise<Buffer> {
  const { matters, olderMatters } = house.keys
  const inner = unwrapWithAny([matters, ...olderMatters], halfLabel(matter, version), wrapped)
  const rowHalf = root === null ? inner : unwrapKey(ownKey(house, root), ownLabel(matter, version), inner)
  return joinMatterKey(rowHalf, await house.keystore.get(matter, version), matter)
}

/** Seals a new row half: under the client's key first, where there is one, and then under the firm's. @throws Refusal `key.withheld` */
export function sealHalf(house: Stores, matter: string, version: number, half: Buffer, root: string | null): Buffer {
  const inner = root === null ? half : wrapKey(ownKey(house, root), ownLabel(matter, version), half)
  return wrapKey(house.keys.matters, halfLabel(matter, version), inner)
}

function ownKey({ keystore }: Stores, root: string): Buffer {
  const key = keystore.own.held(root)
  if (key instanceof Promise) throw new KeysAsked([key])
  if (key === null) throw new Refusal('key.withheld')
  return key
}
const ownLabel = (matter: string, version: number): string => `matter row half under its own root ${matter} ${version}`

export const halfLabel = (matter: string, version: number): string => `matter row half ${matter}${version === 1 ? '' : ` ${version}`}`
export const fieldLabel = (matter: string, version: number): string => `matter field ${matter} ${version}`
export const tokenLabel = (matter: string): string => `matter token ${matter}`

/** The key of one version of a document, from its row. @throws BrokenSeal */
export const versionKey = (keys: MatterKeys, version: string, wrapped: Buffer): Buffer =>
  unwrapWithAny([keys.matter, ...keys.others], versionLabel(version), wrapped)
/** Binds the wrapped key of an upload in parts to it. */
export const uploadLabel = (upload: string): string => `upload ${upload}`
/** Binds a wrapped version key to its version. */
export const versionLabel = (version: string): string => `version ${version}`

/** Ids of the firm's matters in order, for the clerk; from the one after `after`. */
export const mattersAfter = async (db: Db, after: string, most: number): Promise<MatterId[]> =>
  (await db.rows<{ id: MatterId }>('select id from app.matters where id > $1 order by id limit $2', [after, most])).map((row) => row.id)

/** Whether the database still keeps the half of the matter that the clerk's job names: it was not destroyed. */
export const hasRowHalf = async (db: Db, matter: string): Promise<boolean> =>
  (await db.row(`select 1 as one from app.matter_keys where matter_id = $1 and purpose = 'half'`, [matter])) !== null

/** New keys of a matter that is about to be written, and the two rows that keep them. */
export type NewMatterKeys = { keys: MatterKeys; half: Buffer; field: Buffer }

/**
 * Makes a new matter's keys. The key store's half is on the disk when this resolves, before any row needs it; a crash
 * in between leaves a half that opens nothing.
 */
export async function newMatterKeys(house: Stores, matter: MatterId): Promise<NewMatterKeys> {
  const rowHalf = newKey()
  const storeHalf = newKey()
  await house.keystore.put(matter, storeHalf)
  const key = joinMatterKey(rowHalf, storeHalf, matter)
  const field = newKey()
  return {
    keys: { matter: key, others: [], field, fieldVersion: 1, token: derive(key, 'matter token v1'), roots: [] },
    half: wrapKey(house.keys.matters, halfLabel(matter, 1), rowHalf),
    field: wrapKey(key, fieldLabel(matter, 1), field),
  }
}

/** Writes the rows of a new matter's keys, after the matter's own row. */
export async function keepMatterKeys(db: Db, matter: MatterId, made: NewMatterKeys): Promise<void> {
  await db.run(`insert into app.matter_keys (matter_id, purpose, version, wrapped) values ($1, 'half', 1, $2), ($1, 'field', 1, $3)`, [
    matter,
    made.half,
    made.field,
  ])
  hold(db, matter, made.keys)
}

/** Keys that this transaction has been shown stay usable until it ends: whoever leaves a team still writes that entry. */
function hold(db: Db, matter: string, keys: MatterKeys): MatterKeys {
  const held = inTransaction.get(db) ?? new Map<string, MatterKeys>()
  inTransaction.set(db, held.set(matter, keys))
  return keys
}
