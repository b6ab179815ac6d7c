import type { MatterId } from '../../contract/ids.ts'
import { BrokenSeal } from '../../core/bytes.ts'
import { detailsCommitment } from '../../core/leaf.ts'
import type { House } from '../../platform/house.ts'
import { isWithheld } from '../../platform/own-keys.ts'
import type { Clerk } from '../../platform/ways.ts'
import { matterKeys, mattersAfter } from '../keys/matter-keys.ts'
import { isGone, type Found, type OnProgress } from './faults.ts'
import { openDetailsWithAny } from './ledger.ts'
import { detailsOfMatter, isDestroyed } from './queries.ts'

/** How many rows a job of the clerk's reads at once, the job's name, and the id before every other. */
export const BATCH = 2000
export const JOB = 'verify'
export const FIRST = '00000000-0000-0000-0000-000000000000'

/** Opens every sealed detail of those whose client gives its key, matter by matter, and holds it against its commitment. Gives how many matters were destroyed: the ledger says so, and their details open no more. */
export async function checkDetails(
  clerk: Clerk,
  house: Pick<House, 'keys' | 'keystore'>,
  matters: Iterable<string>,
  found: Found,
  onProgress: OnProgress,
): Promise<number> {
  const named = new Set<string>(matters)
  for (let after = FIRST, some: MatterId[] | null = null; some?.length !== 0; after = some.at(-1) ?? after) {
    some = await clerk({ name: JOB }, (db) => mattersAfter(db, after, BATCH))
    for (const matter of some) named.add(matter)
  }
  let done = 0
  let destroyed = 0
  for (const matter of [null, ...named]) {
    if (found.full) break
    if ((await checkDetailsOf(clerk, house, matter, found)) === 'destroyed') destroyed += 1
    onProgress('details of matters', (done += 1), named.size + 1)
  }
  return destroyed
}

async function checkDetailsOf(
  clerk: Clerk,
  house: Pick<House, 'keys' | 'keystore'>,
  matter: string | null,
  found: Found,
): Promise<'destroyed' | 'checked' | 'withheld'> {
  const job = { name: JOB, matter: matter ?? undefined }
  const key =
    matter === null
      ? house.keys.field
      : await clerk(job, async (db) => (await matterKeys(house, db, matter as MatterId))?.field ?? null).catch((fault: unknown) =>
          isWithheld(fault) ? 'withheld' : isGone(fault),
        )
  if (key === 'withheld') return key
  if (!key) {
    // an entry of the ledger, whose leaf was checked before: a flag in a row would be easier to forge
    if (await clerk(job, (db) => isDestroyed(db, matter!))) return 'destroyed'
    found.push({ what: `The keys are missing for matter ${matter}: its details cannot be opened.`, where: `matter ${matter}` })
    return 'checked'
  }
  for (let after = FIRST, rows: { id: string }[] | null = null; !found.full && rows?.length !== 0; after = rows.at(-1)?.id ?? after) {
    const some = await clerk(job, (db) => detailsOfMatter(db, matter, after, BATCH))
    for (const row of some) {
      const what = detailsFault([key, house.keys.field], row)
      if (what && !found.full) found.push({ what, where: `entry ${row.id}` })
    }
    rows = some
  }
  return 'checked'
}

function detailsFault(keys: readonly Buffer[], row: { id: string; details_commitment: string; sealed_details: Buffer }): string | null {
  try {
    const { salt, json } = openDetailsWithAny(keys, row.id, row.sealed_details)
    return detailsCommitment(salt, json) === row.details_commitment ? null : 'The entry’s details are not those that it was written with.'
  } catch (fault) {
    if (fault instanceof BrokenSeal) return 'The entry’s details do not open: they were changed.'
    throw fault
  }
}
