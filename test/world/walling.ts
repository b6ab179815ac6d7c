import type { WallView } from '../../src/contract/wall.ts'
import type { Caller } from './caller.ts'
import { wallWords } from './bodies.ts'
import type { World } from './world.ts'

export type Wish = {
  kind?: 'exclusion' | 'two-sided'
  matters?: { matter: string; side?: 'a' | 'b' }[]
  clients?: { client: string; side?: 'a' | 'b' }[]
  people?: { person: string; side?: 'a' | 'b' }[]
  groups?: { group: string; side?: 'a' | 'b' }[]
} & Record<string, unknown>

/** Raises a wall with everything that it must say of itself. */
export const raise = (who: Caller, wish: Wish): Promise<WallView> =>
  who.ok('wall.raise', { body: { kind: 'exclusion', ...wallWords, ...wish } })

/** Lifts it as two people do. */
export async function lift(first: Caller, second: Caller, wall: string): Promise<void> {
  const { confirmation } = await first.ok('wall.lift', { params: { wall }, body: { reason: 'The matter has ended' } })
  await second.ok('confirmation.decide', { params: { confirmation }, body: { approve: true } })
}

/** Ids of the world's people by the local part of their address. */
export async function idsOf(world: World): Promise<Record<string, string>> {
  const { people } = await world.ada.ok('person.list')
  return Object.fromEntries(people.map((one) => [one.email.split(/[.@]/)[0]!, one.id]))
}
