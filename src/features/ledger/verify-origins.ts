import { BrokenSeal } from '../../core/bytes.ts'
import type { House } from '../../platform/house.ts'
import type { Clerk } from '../../platform/ways.ts'
import { MOST_FAULTS, type Found } from './faults.ts'
import { addressToken, openPlace } from './origins.ts'
import { placesAfter, strayPlaces } from './queries.ts'
import { BATCH, JOB } from './verify-details.ts'

/** Every place that an entry names is there; with the keys, each opens, is the one that its id says, and is found by its address. */
export async function checkPlaces(clerk: Clerk, keys: House['keys'] | null, found: Found): Promise<void> {
  for (const { id } of await clerk({ name: JOB }, (db) => strayPlaces(db, MOST_FAULTS - found.length)))
    found.push({ what: 'The place that the entry was written from is not there.', where: `entry ${id}` })
  if (!keys) return
  for (
    let after: Buffer = Buffer.alloc(0), rows: Row[] | null = null;
    !found.full && rows?.length !== 0;
    after = rows.at(-1)?.id ?? after
  ) {
    const some: Row[] = await clerk({ name: JOB }, (db) => placesAfter(db, after, BATCH))
    for (const row of some) {
      const what = placeFault(keys, row)
      if (what && !found.full) found.push({ what, where: `place ${row.id.toString('hex')}` })
    }
    rows = some
  }
}

type Row = Awaited<ReturnType<typeof placesAfter>>[number]
function placeFault(keys: House['keys'], row: Row): string | null {
  try {
    const { place } = openPlace(keys, row.id, row.sealed_origin)
    return addressToken(keys, place.address).equals(row.address_token)
      ? null
      : 'The place is not found by its address: its token was changed.'
  } catch (fault) {
    if (fault instanceof BrokenSeal) return 'The place does not open, or is another one than its entries name.'
    throw fault
  }
}
