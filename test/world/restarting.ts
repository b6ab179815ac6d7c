import type { World } from './world.ts'

/** Stops the firm and starts it with other settings; everyone keeps their session. */
export async function restart(world: World, env: Record<string, string>): Promise<void> {
  await world.firm.stop()
  await startAgain(world, env)
}

/** Starts a firm that has ended, however it ended. */
export async function startAgain(world: World, env: Record<string, string>): Promise<void> {
  world.env = env
  await world.start()
  for (const name of ['ada', 'ben', 'cora', 'ruth', 'sam', 'eve'] as const) {
    const before = world[name]
    world[name] = world.caller(name)
    world[name].cookie = before.cookie
    for (const [key, value] of before.jar) world[name].jar.set(key, value)
  }
}
