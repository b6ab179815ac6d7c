import type { House } from '../../platform/house.ts'
import { Rounds } from '../../platform/rounds.ts'
import type { ShareUse } from '../../platform/recovery-mark.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import { notify } from '../notices/notices.ts'

/** Tells of recovery shares that were used: an entry, and a notice to all custodians of the set and all administrators. */
export const openRecoveryTeller = (house: House): Rounds =>
  new Rounds(5_000, () => tellAll(house), { log: house.log, fault: 'couldn’t tell that recovery shares were used' })

async function tellAll(house: House): Promise<void> {
  const uses = await house.rootPlace.sharesUsed()
  if (uses.length === 0) return
  // a crash before the mark is gone tells once more: better twice than never
  for (const use of uses) await tell(house, use)
  await house.rootPlace.forgetUses()
}

const tell = (house: House, use: ShareUse): Promise<void> =>
  house.clerk({ name: 'recovered' }, async (db) => {
    const rows = await db.rows<{ split: string | null; person: string }>('select * from hidden.told_of_recovery($1)', [use.set])
    const shares = use.shares.join(', ')
    await rememberAsClerk(house, db, 'key.recovered', null, null, {
      object: rows[0]?.split ?? undefined,
      details: { object: use.set, shares, at: use.at },
    })
    await notify(
      house,
      db,
      rows.map((row) => row.person),
      {
        text: `The root key was put together from the recovery shares ${shares} of the set ${use.set}.`,
        todo: 'If you do not know why, tell your administrator at once: whoever did it may hold the root key. It can be replaced.',
      },
    )
  })
