import type { House } from '../../platform/house.ts'
import { Rounds } from '../../platform/rounds.ts'
import { isBusy } from './arriving.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Erases what has arrived of uploads that do not stand any more: after a day, behind a wall, of a closed matter, of who left. */
export const openLapsing = (house: Pick<House, 'clerk' | 'parts' | 'log'>): Rounds =>
  new Rounds(60_000, () => lapse(house), { log: house.log, fault: 'couldn’t erase uploads that have lapsed' })

async function lapse({ clerk, parts }: Pick<House, 'clerk' | 'parts'>): Promise<void> {
  // listed before they are asked for: an upload stands before its first part arrives
  const found = (await parts.list()).filter((name) => UUID.test(name))
  const stand = await clerk({ name: 'lapse' }, async (db) => {
    await db.run('select hidden.sweep_uploads()')
    return db.rows<{ id: string }>('select hidden.standing_uploads($1::uuid[]) as id', [found])
  })
  const standing = new Set(stand.map(({ id }) => id))
  for (const id of found) if (!standing.has(id) && !isBusy(id)) await parts.end(id)
}
