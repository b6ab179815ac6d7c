import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Line } from './asking.ts'
import type { Difference } from './compare.ts'
import type { Pair } from './plan.ts'
import type { Question } from './questions.ts'
import { timeRoutes } from './times.ts'

const question = (path: string): Question => ({ method: 'GET', path, headers: {}, body: null, sent: [] })
const pairOf = (route: string): Pair => ({
  route,
  about: 'a thing',
  walled: question(`/${route}/walled`),
  nothing: question(`/${route}/nothing`),
  timed: true,
})

/** Keeps the processor for so long, as work would; a pause would be rounded. */
function work(ms: number): void {
  for (const until = performance.now() + ms; performance.now() < until;);
}

test(
  'of two routes over one connection, the one whose answers differ in time is found, and asked more often before it counts',
  { timeout: 300_000 },
  async () => {
    const dir = await mkdtemp(join(tmpdir(), 'subrosa-times-'))
    const asked = { slow: 0, even: 0, refused: 0 }
    const server = createServer((request, reply) => {
      const [, route, which] = request.url!.split('/') as [string, keyof typeof asked, string]
      asked[route] += 1
      if (route === 'slow' && which === 'walled') work(5)
      reply.writeHead(route === 'refused' ? 403 : 404).end('{}')
    })
    await new Promise<void>((resolve) => server.listen(join(dir, 's'), resolve))
    const line = new Line(join(dir, 's'), 'x')
    const found: Difference[] = []
    const timed = await timeRoutes(
      ['even', 'slow', 'refused'].map(pairOf),
      40,
      {
        ask: (one) => line.ask(one),
        found: (one) => found.push(one),
        done: () => {},
      },
      200,
    )
    line.close()
    server.close()
    await rm(dir, { recursive: true })
    expect(found.map((one) => [one.route, one.what])).toEqual([['slow', 'timing']])
    expect(timed.map((one) => [one.route, one.pairs])).toEqual([
      ['even', 40],
      ['slow', 200],
    ])
    // what a role may not do at all is refused before anything is looked up
    expect(asked.refused).toBe(1)
    expect(asked.even).toBe(1 + 2 * 50)
  },
)
