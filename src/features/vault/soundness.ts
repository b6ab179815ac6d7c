import type { DocumentId, MatterId, VersionId } from '../../contract/ids.ts'
import { BrokenSeal } from '../../core/bytes.ts'
import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import { notify } from '../notices/notices.ts'
import type { DocumentRow } from './queries.ts'

type Keeper = Pick<House, 'clerk' | 'keys' | 'keystore'>
export type Checked = { matter: MatterId; document: DocumentId; version: VersionId; number: number }
export const checkedOf = (row: DocumentRow): Checked => ({
  matter: row.matter_id,
  document: row.id,
  version: row.version_id,
  number: row.number,
})
type Before = { good_at: Date | null; broken_at: Date | null }

/**
 * Writes down what reading a version whole has shown: null, it is what came in; or what is wrong, in words without a name.
 * The first difference is told at once, in the ledger and to administrators and whoever is responsible for the matter, and so
 * is its end. From then on the version is opened by nobody until it is read whole again and is right.
 */
export async function noteChecked(house: Keeper, checked: Checked, fault: string | null): Promise<void> {
  const { matter, version } = checked
  await house.clerk({ name: 'check', matter }, async (db) => {
    const before = await db.row<Before>('select good_at, broken_at from app.soundness where version_id = $1 for update', [version])
    // nothing is written of a version that ended meanwhile
    const written = await db.run(
      `insert into app.soundness (version_id, matter_id, checked_at, good_at, broken_at, fault)
       select v.id, v.matter_id, now(), case when $2::text is null then now() end, case when $2::text is not null then now() end, $2 from app.versions v where v.id = $1
       on conflict (version_id) do update set checked_at = now(), fault = excluded.fault,
         good_at = coalesce(excluded.good_at, soundness.good_at),
         broken_at = case when excluded.fault is not null then coalesce(soundness.broken_at, excluded.broken_at) end`,
      [version, fault],
    )
    if (written === 0) return
    if (fault !== null && !before?.broken_at) await tell(house, db, checked, fault, before?.good_at ?? null)
    if (fault === null && before?.broken_at) await remember(house, db, 'version.mended', checked, { brokenSince: iso(before.broken_at) })
  })
}

async function tell(house: Keeper, db: Db, checked: Checked, fault: string, goodAt: Date | null): Promise<void> {
  await remember(house, db, 'version.broken', checked, { fault, good: goodAt && iso(goodAt) })
  const people = await db.rows<{ person: string }>('select person from hidden.told_of_broken($1)', [checked.matter])
  const good = goodAt ? `It was last found whole on ${day(goodAt)}.` : 'It had not been checked since it came in.'
  await notify(
    house,
    db,
    people.map((row) => row.person),
    {
      text: `A stored file is not what came in any more, found on ${day(new Date(now()))}, and is not opened. ${good} It is version ${checked.version}.`,
      todo: 'Put it back from a backup, or work on from an earlier version; the page Integrity says which. Find out what harmed it: others may follow.',
    },
  )
}
const day = (at: Date): string => `${iso(at).slice(0, 16).replace('T', ' ')} UTC`

const remember = (
  house: Keeper,
  db: Db,
  deed: 'version.broken' | 'version.mended',
  { matter, document, number }: Checked,
  details: Record<string, string | null>,
): Promise<void> => rememberAsClerk(house, db, deed, null, null, { matter, object: document, details: { version: number, ...details } })

/** The sentence for what does not open. */
export const faultOf = (fault: BrokenSeal): string => `The content cannot be opened: ${fault.message}.`

/** Runs what reads a version's blob; what turns out broken is written down and told before it is refused. @throws Refusal `document.broken` */
export async function refusingBroken<T>(house: Keeper, checked: Checked, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (fault) {
    if (!(fault instanceof BrokenSeal)) throw fault
    await noteChecked(house, checked, faultOf(fault))
    throw new Refusal('document.broken', { cause: fault })
  }
}

/** @throws Refusal `document.broken` for a version that was found broken */
export async function refuseBroken(db: Db, version: VersionId): Promise<void> {
  if ((await soundnessOf(db, version))?.broken_at) throw new Refusal('document.broken')
}

export type Soundness = Before & { checked_at: Date }
/** What is known of a version within reach; null: not read since it came in. */
export const soundnessOf = (db: Db, version: VersionId): Promise<Soundness | null> =>
  db.row<Soundness>('select checked_at, good_at, broken_at from hidden.soundness_of($1)', [version])
