import { randomInt } from 'node:crypto'

/** Asks both, whichever first; gives them in the order in which they were named. */
export async function inRandomOrder<T>(one: () => Promise<T>, other: () => Promise<T>): Promise<[T, T]> {
  if (randomInt(2) === 0) return [await one(), await other()]
  const second = await other()
  return [await one(), second]
}
