import { setTimeout as pause } from 'node:timers/promises'
import { begin, Busy, readLedgerKey } from '../ledger/epochs.ts'
import type { House } from '../../platform/house.ts'
import { JOB, type Step } from './step.ts'

/**
 * Gives the ledger a new signing key by beginning an epoch: key, statement and the mark that it is done are one transaction, so that
 * a kill leaves all of it or nothing.
 */
export async function rotateLedger(house: House, { rotation, goesOn }: Step): Promise<boolean> {
  for (; rotation.of === 0; await pause(20)) {
    if (!goesOn()) return false
    const begun = await house
      .clerk({ name: JOB }, async (db) => {
        await begin(house, db, 'the key was replaced')
        await db.run('select hidden.step_rotation($1, null, 1, 1, 0)', [rotation.id])
        return true
      })
      .catch((fault: unknown) => {
        if (fault instanceof Busy) return false
        throw fault
      })
    if (begun) Object.assign(rotation, { done: 1, of: 1 })
  }
  await house.clerk({ name: JOB }, (db) => readLedgerKey(db, house.keys, house.rootKey))
  return true
}
