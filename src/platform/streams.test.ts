import { once } from 'node:events'
import { createServer, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from './refusal.ts'
import { takeStream } from './streams.ts'

const MOST = 16
const arrived: ServerResponse[] = []
const server = createServer((_, response) => void arrived.push(response))
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** A request that has arrived and has no answer yet, and how its asker goes away. */
async function asked(): Promise<{ raw: ServerResponse; leave(): Promise<void> }> {
  const before = arrived.length
  const asking = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', agent: false }).on('error', () => {})
  asking.end()
  await expect.poll(() => arrived.length).toBe(before + 1)
  const raw = arrived[before]!
  return {
    raw,
    leave: async () => {
      const closed = once(raw, 'close')
      asking.destroy()
      await closed
    },
  }
}
const refusal = (fn: () => void): string | null => {
  try {
    fn()
    return null
  } catch (fault) {
    if (fault instanceof Refusal) return fault.code
    throw fault
  }
}

test('sixteen streams at once are a session’s; one that ends makes room for another', async () => {
  const all = []
  for (let n = 0; n < MOST; n += 1) all.push(await asked())
  for (const { raw } of all) takeStream('one', raw)
  const more = await asked()
  expect(refusal(() => takeStream('one', more.raw))).toBe('streams.too_many')
  expect(refusal(() => takeStream('another', more.raw))).toBeNull()
  await all[0]!.leave()
  expect(refusal(() => takeStream('one', more.raw))).toBeNull()
  const last = await asked()
  expect(refusal(() => takeStream('one', last.raw))).toBe('streams.too_many')
})

test('whoever went away before their stream began is not counted for good', async () => {
  for (let n = 0; n < MOST; n += 1) {
    const gone = await asked()
    await gone.leave()
    expect(refusal(() => takeStream('a third', gone.raw))).toBeNull()
  }
  const here = await asked()
  expect(refusal(() => takeStream('a third', here.raw))).toBeNull()
})
