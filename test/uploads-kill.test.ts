import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request, type ClientRequest } from 'node:http'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { codeOf } from './world/build.ts'
import { Caller } from './world/caller.ts'
import { expectWhole, Kills } from './world/killing.ts'
import { makeFolder, remove, serve, type Served } from './world/process.ts'
import { begun, head, offsetIn, TUS } from './world/tus.ts'

const TIMES = 30
const home = await makeFolder('uploads-kill')
const data = join(home, 'data')
afterAll(() => remove(home))

async function found(server: Served): Promise<{ cookie: string; matter: string }> {
  const secret = new URL(server.setup!).hash.replace('#s=', '')
  const caller = new Caller(server.url)
  const { totpSecret } = await caller.ok('setup.enrol', { body: { secret, email: 'ada@wren-ames.test' } })
  const person = { firm: 'Wren & Ames LLP', name: 'Ada Wren', email: 'ada@wren-ames.test', password: 'a long enough pass phrase' }
  await caller.ok('setup.finish', { body: { secret, ...person, totpSecret, code: codeOf(totpSecret) } })
  const client = await caller.ok('client.create', { body: { name: 'Orchard' } })
  const matter = await caller.ok('matter.create', { body: { client: client.id, title: 'Orchard v. Mill' } })
  return { cookie: caller.cookie!, matter: matter.id }
}

/** Until more may be written, or nobody takes it; whoever was not heard is not listened for any longer. */
async function drained(sending: ClientRequest): Promise<void> {
  const stop = new AbortController()
  const either = ['drain', 'close'].map((event) => once(sending, event, { signal: stop.signal }).catch(() => {}))
  await Promise.race(either)
  stop.abort()
}

/** Sends from `offset` on until it is taken, or the server dies. */
function send(caller: Caller, upload: string, offset: number, bytes: Buffer): Promise<number | null> {
  return new Promise((resolve) => {
    const sending = request(
      `${caller.url}/api/uploads/${upload}`,
      {
        method: 'PATCH',
        agent: false,
        headers: {
          ...TUS,
          'cookie': caller.cookie!,
          'user-agent': caller.userAgent,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/offset+octet-stream',
          'upload-offset': String(offset),
          'content-length': String(bytes.length - offset),
        },
      },
      (answer) => (answer.resume(), resolve(answer.statusCode!)),
    )
    sending.on('error', () => resolve(null))
    void (async () => {
      for (let at = offset; at < bytes.length && !sending.destroyed; at += 1024 * 1024) {
        if (!sending.write(bytes.subarray(at, at + 1024 * 1024))) await drained(sending)
        await new Promise((go) => setTimeout(go, 10))
      }
      sending.end()
    })()
  })
}

test.runIf(process.env.SLOW)(
  `kill -9 in the middle of an upload in parts, ${TIMES} times: it goes on from what was answered, and the content is equal`,
  async () => {
    let server = await serve(home, data)
    const { cookie, matter } = await found(server)
    const caller = () => Object.assign(new Caller(server.url), { cookie })
    const bytes = randomBytes(60 * 1024 * 1024 + 4321)
    const upload = await begun(caller(), matter, bytes.length, { filename: 'large.bin' })
    const kills = new Kills('uploads in parts', data)
    let offset = 0
    for (let time = 0; time < TIMES; time += 1) {
      const sending = send(caller(), upload.id, offset, bytes)
      await pause(100)
      await kills.strike(server, time, 500)
      await sending
      server = await serve(home, data)
      const now = offsetIn(await head(caller(), upload))
      // what was answered once stands
      expect(now).toBeGreaterThanOrEqual(Math.min(offset, bytes.length - 1))
      offset = now
    }
    const last = offset < bytes.length ? await send(caller(), upload.id, offset, bytes) : 204
    expect(last).toBe(204)
    const { document } = await caller().ok('upload.read', { params: { upload: upload.id } })
    const reply = await caller().ask('document.download', { params: { document: document! } })
    expect(reply.bytes.equals(bytes)).toBe(true)
    expect((await caller().ok('document.list', { params: { matter } })).documents.length).toBe(1)
    expect(await readdir(join(data, 'uploads'))).toEqual([])
    expect(await readdir(join(data, 'blobs', 'incoming'))).toEqual([])
    expect(await server.stop()).toBe(0)
    await expectWhole(home, data, { blobs: 1 })
    kills.tell('nothing that was answered was asked for again, the content is equal')
  },
  2_400_000,
)
