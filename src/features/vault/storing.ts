import type { StorageView } from '../../contract/storage.ts'
import { iso } from '../../platform/clock.ts'
import { BLOB_PATH } from '../../platform/blobs.ts'
import type { StoreKind } from '../../platform/blob-store.ts'
import type { House } from '../../platform/house.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Here, Input } from '../../platform/route.ts'
import { inTurn, Rounds } from '../../platform/rounds.ts'
import { remembered } from '../../platform/ways.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import { ofNoVersion } from './queries.ts'

type Row = {
  target: StoreKind
  moving: boolean
  begun_at: Date | null
  ended_at: Date | null
  moved: string
  bytes: string
  failed: string
}
type Keeper = Pick<House, 'clerk' | 'keys' | 'keystore' | 'blobs' | 'log'>
const JOB = 'store'

export async function read({ db, house }: Here): Promise<StorageView | null> {
  const row = await db.row<Row>('select * from hidden.storage_state()')
  return row && viewOf(house, row)
}

/** New files go there as soon as the mover has looked, which is within seconds; then those that there are follow. @throws Refusal `input.invalid` */
export async function move(here: Here, { body }: Input<'storage.move'>) {
  const { db, house } = here
  if (!house.blobs.stores.some((store) => store.kind === body.to))
    throw new Refusal('input.invalid', {
      fields: { to: 'There is no S3 server set up: the settings SUBROSA_S3_ENDPOINT, _BUCKET and _CREDENTIALS say where it is.' },
    })
  const was = (await db.row<Row>('select * from hidden.storage_state()'))?.target
  if (!(await db.row<{ ok: boolean }>('select hidden.move_storage($1) as ok', [body.to]))!.ok) return null
  return remembered({ details: { was: was ?? null, to: body.to } }, (await read(here))!)
}

const viewOf = ({ blobs }: Pick<House, 'blobs'>, row: Row): StorageView => ({
  target: row.target,
  stores: [...blobs.stores],
  move: row.begun_at && {
    state: row.moving ? 'running' : 'ended',
    begunAt: iso(row.begun_at),
    endedAt: row.ended_at && iso(row.ended_at),
    moved: Number(row.moved),
    bytes: Number(row.bytes),
    failed: Number(row.failed),
  },
})

/** Where new files go, for the start; whether files may still lie with the other store. */
export const storageOf = async ({ clerk }: Pick<House, 'clerk'>): Promise<Row> =>
  (await clerk({ name: JOB }, (db) => db.row<Row>('select * from app.storage')))!

/**
 * Moves what lies in the other store, one blob after the other: copied, read back and compared, then erased where it was. Where
 * a blob lies is where it is found, so a crash in between costs at most one copy. It ends when a pass finds nothing to move;
 * what could not be copied stays where it was, is counted, and is tried again when a move is next asked for.
 */
export const openMover = (house: Keeper): Rounds =>
  new Rounds(5_000, (goesOn) => inTurn(openMover, () => round(house, goesOn)), { log: house.log, fault: 'couldn’t move the stored files' })

async function round(house: Keeper, goesOn: () => boolean): Promise<void> {
  const row = await storageOf(house)
  if (!house.blobs.stores.some((store) => store.kind === row.target)) return
  house.blobs.sendTo(row.target)
  if (!row.moving) return
  for (;;) {
    const pass = await moveAll(house, row.target, goesOn)
    if (!goesOn()) return
    if (pass.moved === 0) return end(house, pass.failed)
  }
}

async function moveAll(house: Keeper, to: StoreKind, goesOn: () => boolean): Promise<{ moved: number; failed: number }> {
  const pass = { moved: 0, failed: 0 }
  const isVersion = (id: string) => house.clerk({ name: JOB }, async (db) => (await ofNoVersion(db, [id])).length === 0)
  for (const { kind } of house.blobs.stores.filter((store) => store.kind !== to))
    for await (const path of house.blobs.list(kind)) {
      if (!goesOn()) return pass
      const id = path.slice(3)
      // what belongs to no version is named by the check of all files, and moved by nobody
      if (!BLOB_PATH.test(path) || !(await isVersion(id))) continue
      const bytes = await moveOne(house, id, to, isVersion)
      if (bytes === null) pass.failed += 1
      else if (bytes > 0) {
        pass.moved += 1
        await house.clerk({ name: JOB }, (db) => db.run('update app.storage set moved = moved + 1, bytes = bytes + $1', [bytes]))
      }
    }
  return pass
}

/** Bytes; 0: it lies elsewhere no more; null: it could not be copied. @throws Refusal when a store is away or full: the next round goes on */
async function moveOne(house: Keeper, id: string, to: StoreKind, isVersion: (id: string) => Promise<boolean>): Promise<number | null> {
  try {
    return (await house.blobs.move(id, to, isVersion)) ?? 0
  } catch (fault) {
    if (fault instanceof Refusal) throw fault
    house.log.error(`couldn’t move blob ${id}`, fault)
    return null
  }
}

async function end(house: Keeper, failed: number): Promise<void> {
  await house.clerk({ name: JOB }, async (db) => {
    const row = await db.row<Row>('update app.storage set moving = false, ended_at = now(), failed = $1 where moving returning *', [failed])
    // asked for anew meanwhile
    if (!row) return
    const details = { to: row.target, files: Number(row.moved), bytes: Number(row.bytes), failed }
    await rememberAsClerk(house, db, 'storage.moved', null, null, { details })
    house.log.info(`moved ${details.files} stored files to ${row.target}; ${failed} could not be copied and are where they were`)
  })
}
