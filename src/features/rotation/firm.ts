import type { MatterId } from '../../contract/ids.ts'
import { newKey, wrapKey } from '../../core/keys.ts'
import { firmKeysOf, firmLabel, mattersKey, type FirmWrap } from '../../platform/firm-keys.ts'
import { earlierTransactions, type Db } from '../../platform/postgres.ts'
import { mattersAfter } from '../keys/matter-keys.ts'
import { countAll, FIRST, rewrapHalves } from './matter.ts'
import { JOB, type Step, type Stores } from './step.ts'

const SEALING = ['field', 'token', 'pepper'] as const
const BATCH = 500
export const firmWraps = (db: Db): Promise<FirmWrap[]> => db.rows<FirmWrap>('select name, version, wrapped from hidden.firm_wraps()')
const newest = (rows: FirmWrap[]): number => Math.max(...rows.filter((row) => row.name === 'firm').map((row) => row.version))

/** Gives the firm a new key. Contents are not sealed anew. [Note: What hangs under the firm key] */
export async function rotateFirm(house: Stores, { rotation, goesOn, reached }: Step): Promise<boolean> {
  const all = await house.clerk({ name: JOB }, firmWraps)
  if (all.filter((row) => row.name === 'firm').length === 1 && rotation.of === 0) await bringFirm(house, all)
  // the program's memory follows what stands; also after a crash, at whose next start both were opened
  const rows = await house.clerk({ name: JOB }, firmWraps)
  Object.assign(house.keys, firmKeysOf(rows, house.rootKey, house.keys.ledgerOrigin))
  const of = Math.max(await countAll(house), 1)
  if (rotation.of === 0) await reached(FIRST, 0, of)
  if (!(await halves(house, { rotation, goesOn, reached }, of))) return false
  await earlierTransactions()
  // matters begun before the new key was known
  if (!(await halves(house, { rotation: { ...rotation, after: FIRST, done: 0 }, goesOn, reached: async () => {} }, of))) return false
  const kept = newest(rows)
  for (const { name, version } of rows)
    if (name === 'firm' && version < kept) await house.clerk({ name: JOB }, (db) => db.run('select hidden.drop_firm_key($1)', [version]))
  Object.assign(house.keys, { olderMatters: [] })
  return true
}

/** A new firm key, and under it what seals data: all of it, or nothing. */
const bringFirm = (house: Stores, rows: FirmWrap[]): Promise<void> =>
  house.clerk({ name: JOB }, async (db) => {
    const firm = newKey()
    const version = newest(rows) + 1
    const put = async (name: FirmWrap['name'], its: number, old: Buffer | null, wrapped: Buffer) => {
      const row = await db.row<{ done: boolean }>('select hidden.put_firm_wrap($1, $2, $3, $4) as done', [name, its, old, wrapped])
      if (!row!.done) throw new Error(`couldn't replace the key ${name}: it has changed`)
    }
    await put('firm', version, null, wrapKey(house.rootKey.key, firmLabel('firm', version), firm))
    for (const name of SEALING)
      await put(name, 1, rows.find((row) => row.name === name)?.wrapped ?? null, wrapKey(firm, firmLabel(name, 1), house.keys[name]))
    // who opens a matter from here on knows both; what the transaction leaves undone opens nothing
    house.keys.olderMatters = [mattersKey(firm), ...house.keys.olderMatters]
  })

/** Every matter's halves, from where it was left. */
async function halves(house: Stores, { rotation, goesOn, reached }: Step, of: number): Promise<boolean> {
  let done = rotation.done
  for (let after = rotation.after ?? FIRST, some: MatterId[] | null = null; some?.length !== 0; after = some.at(-1) ?? after) {
    some = await house.clerk({ name: JOB }, (db) => mattersAfter(db, after, BATCH))
    for (const matter of some) {
      if (!goesOn()) return false
      await rewrapHalves(house, matter)
      done += 1
    }
    if (some.length > 0) await reached(some.at(-1)!, done, Math.max(of, done))
  }
  return true
}
