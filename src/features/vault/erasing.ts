import type { House } from '../../platform/house.ts'
import { throwAll } from '../../platform/faults.ts'
import { Rounds } from '../../platform/rounds.ts'

const MOST = 100

/** Erases the blobs of versions that are no more. A crash in between leaves the name, and the next round erases again. */
export const openEraser = (house: Pick<House, 'clerk' | 'blobs' | 'log'>): Rounds =>
  new Rounds(60_000, (goesOn) => eraseEnded(house, goesOn), { log: house.log, fault: 'couldn’t erase what has ended' })

/** All that is named when it begins is erased when it resolves, unless it was told to stop. @throws what kept one from it; the others went */
export async function eraseEnded(house: Pick<House, 'clerk' | 'blobs'>, goesOn: () => boolean = () => true): Promise<void> {
  while (goesOn() && (await eraseSome(house)) === MOST);
}

async function eraseSome({ clerk, blobs }: Pick<House, 'clerk' | 'blobs'>): Promise<number> {
  const ended = await clerk({ name: 'erase' }, (db) =>
    db.rows<{ blob_id: string }>('select blob_id from app.erasures order by since limit $1', [MOST]),
  )
  const gone: string[] = []
  const faults: unknown[] = []
  for (const { blob_id: id } of ended)
    await blobs.erase(id).then(
      () => gone.push(id),
      (fault: unknown) => faults.push(fault),
    )
  await clerk({ name: 'erase' }, (db) => db.run('delete from app.erasures where blob_id = any ($1)', [gone]))
  throwAll(faults, 'sealed files could not be erased')
  return ended.length
}
