import { isWrappedUnder, keyId, newKey, unwrapWithAny, wrapKey } from '../../core/keys.ts'
import { instant } from '../../platform/clock.ts'
import { firmLabel } from '../../platform/firm-keys.ts'
import { openingKeys } from '../../platform/keyring.ts'
import { earlierTransactions } from '../../platform/postgres.ts'
import { firmWraps } from './firm.ts'
import { JOB, type Step, type Stores } from './step.ts'

/**
 * Gives the firm a new root key: first into the keyring file, beside the old one, then everything under it. The old one leaves
 * when nothing here is wrapped under it, and stays in the file for backups of its time alone.
 */
export async function rotateRoot(house: Stores, { rotation, goesOn, reached }: Step): Promise<boolean> {
  if (rotation.of === 0) {
    await bringRoot(house)
    await reached(null, 0, Math.max((await house.keystore.halves()).length, 1))
  }
  // said again after a crash: what is done already changes nothing
  await house.rootPlace.moveLogins()
  await house.rootPlace.adopt()
  await rewrapFirm(house)
  if (!(await rewrapStore(house, { rotation, goesOn, reached }))) return false
  await earlierTransactions()
  await rewrapFirm(house)
  if (!(await rewrapStore(house, { rotation, goesOn, reached: async () => {} }))) return false
  const { rootKey } = house
  rootKey.former = [...rootKey.older, ...rootKey.former]
  rootKey.older = []
  await house.rootPlace.save()
  return true
}

async function bringRoot({ rootKey, rootPlace }: Stores): Promise<void> {
  const [key, before] = [newKey(), { ...rootKey }]
  Object.assign(rootKey, { key, id: keyId(key), since: instant(), older: [{ key: before.key, id: before.id }, ...before.older] })
  await rootPlace.save().catch((fault: unknown) => {
    // it may have been written: the old one opens whatever stands, and the next start takes what the file says
    Object.assign(rootKey, { key: before.key, id: before.id, since: before.since, older: [{ key, id: keyId(key) }, ...before.older] })
    throw fault
  })
}

/** What stands in the database under the root key itself. */
const rewrapFirm = (house: Stores): Promise<void> =>
  house.clerk({ name: JOB }, async (db) => {
    for (const { name, version, wrapped } of await firmWraps(db)) {
      const label = firmLabel(name, version)
      // the others hang under the firm key
      if ((name !== 'firm' && name !== 'ledger') || isWrappedUnder(house.rootKey.key, label, wrapped)) continue
      const anew = wrapKey(house.rootKey.key, label, unwrapWithAny(openingKeys(house.rootKey), label, wrapped))
      await db.run('select hidden.put_firm_wrap($1, $2, $3, $4)', [name, version, wrapped, anew])
    }
  })

const TELL_EVERY = 100

async function rewrapStore({ keystore }: Stores, { goesOn, reached }: Step): Promise<boolean> {
  const halves = await keystore.halves()
  for (const [at, half] of halves.entries()) {
    if (!goesOn()) return false
    await keystore.rewrap(half)
    if (at % TELL_EVERY === 0) await reached(null, at, Math.max(halves.length, 1))
  }
  await reached(null, Math.max(halves.length, 1), Math.max(halves.length, 1))
  return true
}
