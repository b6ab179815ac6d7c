import { beginEpoch, keyAt, newestKey, openEpochs, type Epoch, type Epochs } from '../../core/epoch.ts'
import { EMPTY_ROOT } from '../../core/merkle.ts'
import { newSigningSeed } from '../../core/note.ts'
import { wrapKey } from '../../core/keys.ts'
import { instant } from '../../platform/clock.ts'
import { firmLabel, ledgerKeyOf, type FirmKeys, type FirmWrap } from '../../platform/firm-keys.ts'
import type { House } from '../../platform/house.ts'
import type { RootKey } from '../../platform/keyring.ts'
import { tryLock } from '../../platform/locks.ts'
import type { Db } from '../../platform/postgres.ts'
import { lastCheckpoint } from './queries.ts'
import { checkpointFault, frontierOf, ledgerKey, signingKey } from './tree.ts'

type Signing = Pick<FirmKeys, 'ledgerSeed' | 'ledgerOrigin'>
type Keeper = Pick<House, 'clerk' | 'keys' | 'rootKey'>

/** As the tables have them; nothing of it is checked yet. */
export type EpochRows = { origin: string; first: string; notes: string[]; numbers: number[] }
export const epochRows = async (db: Db): Promise<EpochRows> =>
  (await db.row(
    `select l.origin, l.vkey as first, coalesce(array_agg(e.note order by e.n) filter (where e.n is not null), '{}') as notes,
       coalesce(array_agg(e.n order by e.n) filter (where e.n is not null), '{}') as numbers
     from ledger.log l left join ledger.epochs e on true group by l.origin, l.vkey`,
  )) ?? { origin: '', first: '', notes: [], numbers: [] }

/** The log's epochs. @throws BrokenNote when they do not follow one another */
export async function epochsOf(db: Db): Promise<Epochs> {
  const { origin, first, notes } = await epochRows(db)
  return openEpochs(origin, first, notes)
}

/** The log's epochs, and the key that signed its checkpoint over `size` entries; null for whoever may not know it. */
export async function logAt(db: Db, size: number): Promise<(Epochs & { vkey: string }) | null> {
  const { origin, first, notes } = await epochRows(db)
  if (first === '') return null
  const epochs = openEpochs(origin, first, notes)
  return { ...epochs, vkey: keyAt(epochs, size) }
}

/** Whether what signs here is what the newest epoch names: its signature holds all epochs before it. */
export const isSigningKey = (epochs: Epochs, keys: Signing): boolean =>
  newestKey(epochs) === signingKey(keys).vkey && epochs.origin === keys.ledgerOrigin

/** Brings `keys` to the ledger's key as it stands in the database. @throws BrokenSeal under another root key */
export async function readLedgerKey(db: Db, keys: Signing, rootKey: RootKey): Promise<void> {
  const rows = await db.rows<FirmWrap>('select name, version, wrapped from hidden.firm_wraps()')
  Object.assign(keys, ledgerKeyOf(rows, rootKey, (await epochRows(db)).origin))
}

/** Another transaction numbers entries or begins an epoch just now: try again. */
export class Busy extends Error {}

/**
 * Begins an epoch within the clerk's transaction, and with it the new key, sealed under the root key; the key before it is forgotten.
 * All of it or nothing. Afterwards, once it is committed, `readLedgerKey` brings it into memory.
 * @throws Busy; BrokenNote when the epochs until now do not follow one another
 */
export async function begin({ keys, rootKey }: Pick<Keeper, 'keys' | 'rootKey'>, db: Db, why: string): Promise<Epoch> {
  if (!(await tryLock(db, 'sequencer'))) throw new Busy('the ledger is being numbered')
  const epochs = await epochsOf(db)
  if (!isSigningKey(epochs, keys)) await readLedgerKey(db, keys, rootKey)
  const top = await lastCheckpoint(db)
  const fault = top && checkpointFault(top, keyAt(epochs, top.size), frontierOf(top))
  if (fault) throw new Error(`couldn’t begin an epoch: ${fault}`)
  const seed = newSigningSeed()
  const epoch = beginEpoch(epochs, signingKey(keys), ledgerKey(seed, epochs.origin), {
    size: top?.size ?? 0,
    root: top?.root ?? EMPTY_ROOT,
    at: instant(),
    why,
  })
  const version = epoch.n + 1
  const wrapped = wrapKey(rootKey.key, firmLabel('ledger', version), seed)
  const put = await db.row<{ done: boolean }>(`select hidden.put_firm_wrap('ledger', $1, null, $2) as done`, [version, wrapped])
  if (!put!.done) throw new Busy('an epoch was begun just now')
  await db.run('insert into ledger.epochs (n, note) values ($1, $2)', [epoch.n, epoch.note])
  await db.run('select hidden.drop_ledger_key($1)', [version - 1])
  return epoch
}
