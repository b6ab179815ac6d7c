import type { House } from '../../platform/house.ts'
import { Rounds } from '../../platform/rounds.ts'

/** Clears away what has run out: counts of tries, answered challenges, used links, notices read long ago. */
export const openSweeper = ({ clerk, log }: Pick<House, 'clerk' | 'log'>): Rounds =>
  new Rounds(600_000, () => clerk({ name: 'sweep' }, async (db) => void (await db.run('select hidden.sweep()'))), {
    log,
    fault: 'couldn’t clear away what has run out',
  })
