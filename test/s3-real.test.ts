import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealedLength } from '../src/core/chunked.ts'
import { openBlobs, type Blobs } from '../src/platform/blobs.ts'
import { openBucket } from '../src/platform/s3-client.ts'
import { codeOf } from './world/build.ts'
import { Caller } from './world/caller.ts'
import { expectWhole, Kills } from './world/killing.ts'
import { makeFolder, remove, serve, type Served } from './world/process.ts'
import { REAL_S3, RealS3 } from './world/real-s3.ts'

const MIB = 1024 * 1024
const LONG = { timeout: 240_000 }
const key = randomBytes(32)
const idOf = (n: number) => `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`
async function* parts(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 300_000) yield bytes.subarray(at, at + 300_000)
}
async function all(of: AsyncIterable<Buffer>): Promise<Buffer> {
  const got: Buffer[] = []
  for await (const part of of) got.push(part)
  return Buffer.concat(got)
}

describe.skipIf(!REAL_S3)('with a real S3 server (SUBROSA_TEST_S3; skipped where none is named)', () => {
  let server: RealS3
  let dir: string
  let blobs: Blobs
  beforeAll(async () => {
    server = await new RealS3(REAL_S3!).open()
    dir = await mkdtemp(join(tmpdir(), 'subrosa-real-s3-'))
    blobs = await openBlobs(join(dir, 'blobs'), server.settings())
    blobs.sendTo('s3')
  })
  afterAll(async () => {
    await server.close()
    await rm(dir, { recursive: true, force: true })
  }, 300_000)
  const put = async (n: number, bytes: Buffer) => {
    const received = await blobs.receive(idOf(n), key, parts(bytes))
    await blobs.keep(idOf(n))
    return received
  }
  const marks = () => readdir(join(dir, 'blobs/incoming/s3'))

  test.each([1, 16_384, 100_000, 6 * MIB, 13 * MIB + 7])(
    '%i bytes go there sealed and come back, whole and in ranges',
    LONG,
    async (size) => {
      const bytes = randomBytes(size)
      expect(await put(1, bytes)).toMatchObject({ size, sha256: createHash('sha256').update(bytes).digest('hex') })
      expect(await blobs.find(idOf(1))).toMatchObject({ kind: 's3', length: sealedLength(size) })
      for (const [start, end] of [
        [0, size],
        [size >> 1, size],
        [size - 1, size],
        [Math.max(0, size - 40_000), size],
      ] as const)
        expect((await all(blobs.read(idOf(1), key, start, end))).equals(bytes.subarray(start, end)), `${start} to ${end}`).toBe(true)
      expect([await server.begun(), await marks()]).toEqual([[], []])
      // to the disk and back: the same sealed bytes
      const lay = await all(blobs.sealed(idOf(1)))
      expect(await blobs.move(idOf(1), 'disk', async () => true)).toBe(lay.length)
      expect(await server.keys()).toEqual([])
      expect((await all(blobs.sealed(idOf(1)))).equals(lay)).toBe(true)
      expect(await blobs.move(idOf(1), 's3', async () => true)).toBe(lay.length)
      expect((await all(blobs.read(idOf(1), key, 0, size))).equals(bytes)).toBe(true)
      await blobs.erase(idOf(1))
      expect([await blobs.find(idOf(1)), await server.keys()]).toEqual([null, []])
    },
  )

  test('a sender that goes away, and a start after a crash, leave neither object nor parts', LONG, async () => {
    async function* broken() {
      yield* parts(randomBytes(14 * MIB))
      throw new Error('the sender went away')
    }
    await expect(blobs.receive(idOf(2), key, broken())).rejects.toThrow('the sender went away')
    expect([await server.keys(), await server.begun(), await marks()]).toEqual([[], [], []])
    // as a kill leaves them: one whole and not yet a version, one kept, one in parts
    for (const n of [3, 4]) await blobs.receive(idOf(n), key, parts(randomBytes(20_000)))
    const bucket = await openBucket(server.settings())
    const name = `${server.prefix}blobs/${idOf(2).slice(-2)}/${idOf(2)}`
    await bucket.putPart(name, await bucket.beginParts(name), 1, randomBytes(6 * MIB))
    expect(await server.begun()).toEqual([name])
    server.cut()
    const sending = blobs.receive(idOf(2), key, parts(randomBytes(1000)))
    await expect(sending).rejects.toMatchObject({ code: 'storage.away' })
    server.mend()
    expect((await marks()).sort()).toEqual([2, 3, 4].map(idOf))
    const again = await openBlobs(join(dir, 'blobs'), server.settings())
    expect(await again.settle(async (id) => id === idOf(4))).toEqual({ kept: 1, removed: 2 })
    expect([(await server.keys()).map((one) => one.slice(-36)), await server.begun(), await marks()]).toEqual([[idOf(4)], [], []])
    await blobs.erase(idOf(4))
  })

  test('what is kept is listed in order, what is missing is null, what is asked beyond its end is no bytes', LONG, async () => {
    for (let n = 20; n > 10; n -= 1) await put(n, Buffer.from('x'))
    const listed: string[] = []
    for await (const path of blobs.list()) listed.push(path)
    expect(listed).toEqual(Array.from({ length: 10 }, (_, at) => `${idOf(at + 11).slice(-2)}/${idOf(at + 11)}`))
    expect(await blobs.find(idOf(99))).toBeNull()
    await blobs.erase(idOf(99))
    for (let n = 20; n > 10; n -= 1) await blobs.erase(idOf(n))
    expect(await server.keys()).toEqual([])
  })

  test('another key, and no bucket, are refused in words; a server that is away too, and it is found again', LONG, async () => {
    const at = join(dir, 'others')
    const wrong = server.settings({ credentials: { ...server.settings().credentials, secretAccessKey: 'guessed' } })
    await expect(openBlobs(at, wrong)).rejects.toMatchObject({ code: 'storage.away' })
    await expect(openBlobs(at, server.settings({ bucket: 'nowhere-at-all' }))).rejects.toMatchObject({ code: 'storage.away' })
    const bytes = randomBytes(9 * MIB)
    await put(5, bytes)
    const back = () => all(blobs.read(idOf(5), key, 0, bytes.length))
    server.cut()
    await expect(back()).rejects.toMatchObject({ code: 'storage.away' })
    server.mend()
    expect((await back()).equals(bytes)).toBe(true)
    // broken once, in the middle of its way
    const reading = blobs.read(idOf(5), key, 0, bytes.length)
    const got = [(await reading.next()).value as Buffer]
    server.cut()
    server.mend()
    for await (const part of reading) got.push(part)
    expect(Buffer.concat(got).equals(bytes)).toBe(true)
    await blobs.erase(idOf(5))
  })

  test('a firm moves there and back while it is killed: nothing is lost, nothing is left over', LONG, async () => {
    const home = await makeFolder('real-s3')
    const data = join(home, 'data')
    const env = await server.env(join(home, 's3'))
    const files = new Map<string, Buffer>()
    let cookie: string | null = null
    const as = (at: Served) => Object.assign(new Caller(at.url), { cookie })
    let served = await serve(home, data, env)
    try {
      const ada = new Caller(served.url)
      const secret = new URL(served.setup!).hash.replace('#s=', '')
      const email = 'ada@wren-ames.test'
      const { totpSecret } = await ada.ok('setup.enrol', { body: { secret, email } })
      const person = { firm: 'Wren & Ames LLP', name: 'Ada Wren', email, password: 'a long enough pass phrase' }
      await ada.ok('setup.finish', { body: { secret, ...person, totpSecret, code: codeOf(totpSecret) } })
      cookie = ada.cookie
      const client = await ada.ok('client.create', { body: { name: 'Orchard' } })
      const matter = (await ada.ok('matter.create', { body: { client: client.id, title: 'Orchard v. Mill' } })).id
      const upload = async (name: string, bytes: Buffer) => {
        await as(served).upload(matter, name, '', bytes)
        files.set(name, bytes)
      }
      for (let n = 0; n < 20; n += 1) await upload(`file ${n}`, randomBytes(n === 7 ? 13_000_000 : 1 + n * 3000))
      const kills = new Kills('moves between disk and a real S3 server', data)
      for (const [time, to] of (['s3', 'disk', 's3', 'disk'] as const).entries()) {
        await served.fresh()
        await as(served).ok('storage.move', { body: { to } })
        const before = server.sent
        while (server.sent < before + 5000) await pause(5)
        await kills.strike(served, time, 1500)
        served = await serve(home, data, env)
        await upload(`after ${time}`, randomBytes(5000))
        while ((await as(served).ok('storage.read')).move!.state !== 'ended') await pause(200)
        const { documents } = await as(served).ok('document.list', { params: { matter } })
        expect(new Set(documents.map((one) => one.name))).toEqual(new Set(files.keys()))
        for (const { id, name } of documents) {
          const { bytes } = await as(served).ask('document.download', { params: { document: id } })
          expect(bytes.equals(files.get(name)!), name).toBe(true)
        }
        expect([(await server.keys()).length, await server.begun()]).toEqual([to === 's3' ? files.size : 0, []])
      }
      expect(await served.stop()).toBe(0)
      await expectWhole(home, data, { blobs: files.size }, env)
      kills.tell(`${files.size} documents whole, each in one store`)
    } finally {
      await served.stop('SIGKILL')
      await remove(home)
    }
  })
})
