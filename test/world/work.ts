import { uuidv7 } from '../../src/core/ids.ts'
import { expect } from 'vitest'
import { numberIn } from '../../src/features/grants/requests.ts'
import type { Caller } from './caller.ts'
import { intruder } from './joining.ts'
import type { World } from './world.ts'

export type Work = Record<string, { scans: number; written: number }>

/**
 * What one statement of PostgreSQL costs as this person, by the tables it looks at: scans begun and rows written. `$1` is
 * a new id, `$2` what was typed as a number's token, `$3` sealed words. It is taken back.
 */
export const workOf = (world: World, by: Caller, text: string, about: string): Promise<Work> =>
  intruder(world, by, async (say) => {
    const counts = async () => {
      const { rows } = await say(
        `select relname, coalesce(seq_scan, 0) + coalesce(idx_scan, 0) as scans, n_tup_ins + n_tup_upd + n_tup_del as written from pg_stat_xact_user_tables`,
      )
      return new Map(rows.map((row) => [String(row.relname), { scans: Number(row.scans), written: Number(row.written) }]))
    }
    const before = await counts()
    const done = await say(text, [uuidv7(Date.now()), numberIn(world.firm.house.keys, about), Buffer.alloc(60, 1)])
    expect(done.code).toBeNull()
    const spent = [...(await counts())].map(([table, { scans, written }]): [string, { scans: number; written: number }] => [
      table,
      { scans: scans - (before.get(table)?.scans ?? 0), written: written - (before.get(table)?.written ?? 0) },
    ])
    return Object.fromEntries(spent.filter(([, { scans, written }]) => scans + written > 0).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
