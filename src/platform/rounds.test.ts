import { expect, test } from 'vitest'
import { Rounds } from './rounds.ts'

const log = { error: () => {} } as never

test('whoever stops it waits for what is under way, and not for all that there is', async () => {
  const done: number[] = []
  const stopped: Promise<void>[] = []
  const rounds = new Rounds(
    1_000_000,
    async (goesOn) => {
      for (let n = 0; n < 100 && goesOn(); n += 1) {
        if (n === 3) stopped.push(rounds.stop())
        await Promise.resolve()
        done.push(n)
      }
    },
    { log, fault: 'couldn’t' },
  )
  await rounds.run()
  await Promise.all(stopped)
  expect(done).toEqual([0, 1, 2, 3])
})

test('a fault is logged, and the next round runs', async () => {
  const said: unknown[] = []
  let runs = 0
  const rounds = new Rounds(
    1_000_000,
    async () => {
      runs += 1
      throw new Error('no luck')
    },
    { log: { error: (...words: unknown[]) => said.push(words) } as never, fault: 'couldn’t try' },
  )
  await rounds.run()
  await rounds.run()
  expect(runs).toBe(2)
  expect(said).toEqual([
    ['couldn’t try', new Error('no luck')],
    ['couldn’t try', new Error('no luck')],
  ])
})
