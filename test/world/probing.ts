import { setTimeout as pause } from 'node:timers/promises'
import type { ProbeView } from '../../src/contract/probe.ts'
import { idsOf } from './walling.ts'
import type { World } from './world.ts'

/** Ruth begins a probe with a twin of someone of the world. */
export async function started(world: World, person: string, { tries = 0 } = {}): Promise<ProbeView> {
  await world.refresh()
  return world.ruth.ok('probe.start', { body: { person: (await idsOf(world))[person], tries } })
}
export async function ended(world: World, { id }: ProbeView): Promise<ProbeView> {
  for (;;) {
    const probe = (await world.ruth.ok('probe.list')).probes.find((one) => one.id === id)!
    if (probe.state !== 'running') return probe
    await pause(200)
  }
}
/** Runs one to its end. */
export const probed = async (world: World, person: string, options: { tries?: number } = {}): Promise<ProbeView> =>
  ended(world, await started(world, person, options))
