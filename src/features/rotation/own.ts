import type { MatterId } from '../../contract/ids.ts'
import type { Db } from '../../platform/postgres.ts'
import { firmText } from '../keys/firm-words.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import type { House } from '../../platform/house.ts'
import { halvesOf, rotateMatter } from './matter.ts'
import { JOB, type Rotation, type Step } from './step.ts'

/**
 * Puts one matter under a client's key, or takes it off: its own key is replaced by one whose half is sealed so. A replacement
 * that was interrupted before comes to its end first. @throws Refusal `key.withheld`: it goes on once the key is given out
 */
export async function rotateOwn(house: House, { rotation, goesOn, reached }: Step): Promise<boolean> {
  const matter = rotation.matter_id as MatterId
  for (;;) {
    const halves = await house.clerk({ name: JOB, matter }, (db) => halvesOf(db, matter))
    // destroyed in between
    if (halves.length === 0) return true
    if (halves.length === 1 && halves[0]!.root_id === rotation.root_id) break
    if (!goesOn()) return false
    await rotateMatter(house, matter, rotation.root_id)
  }
  await reached(matter, 1, 1)
  return true
}

/** The entry of the end, in the matter; none for one that was destroyed in between. */
export async function rememberOwn(house: House, db: Db, { matter_id, root_id, begun_by }: Rotation): Promise<void> {
  const matter = matter_id as MatterId
  if ((await halvesOf(db, matter)).length === 0) return
  const row = await db.row<{ sealed_name: Buffer }>('select sealed_name from app.own_roots where id = $1', [root_id])
  const root = row && firmText(house.keys, 'own_roots', 'sealed_name', root_id!, row.sealed_name)
  await rememberAsClerk(house, db, root ? 'root.put' : 'root.taken', begun_by, null, {
    matter,
    object: matter,
    details: { object: 'the matter', ...(root && { root }) },
  })
}
