import { setTimeout as pause } from 'node:timers/promises'
import type { House } from '../../platform/house.ts'
import type { RestoredMark } from '../../platform/restored-mark.ts'
import { begin, Busy, epochsOf, readLedgerKey } from './epochs.ts'
import { rememberAsClerk } from './ledger.ts'

const TRIES = 250

/**
 * Makes a restore an epoch of its own and an entry, in one transaction: from here on the ledger says for ever that it was brought back,
 * from when, and over how many entries. Said again after a crash it changes nothing.
 * @throws BrokenNote, Error when the ledger that was brought back cannot be trusted: nothing is begun on it
 */
export async function beginRestored(house: House, { at, backup, size }: RestoredMark): Promise<void> {
  const why = `restored at ${at} from the backup of ${backup}`
  for (let left = TRIES; ; left -= 1) {
    try {
      await house.clerk({ name: 'restored' }, async (db) => {
        if ((await epochsOf(db)).later.some((epoch) => epoch.why === why)) return
        const epoch = await begin(house, db, why)
        const details = {
          object: 'the ledger',
          backup,
          entries: epoch.size,
          epoch: epoch.n,
          ...(epoch.size !== size && { expected: size }),
        }
        await rememberAsClerk(house, db, 'ledger.restored', null, null, { details })
      })
      return await house.clerk({ name: 'restored' }, (db) => readLedgerKey(db, house.keys, house.rootKey))
    } catch (fault) {
      if (!(fault instanceof Busy) || left === 0) throw fault
      await pause(20)
    }
  }
}
