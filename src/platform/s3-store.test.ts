import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { S3Server, type Asked } from '../../test/world/s3-server.ts'
import { BrokenSeal } from '../core/bytes.ts'
import { sealedLength } from '../core/chunked.ts'
import { openBlobs, type Blobs } from './blobs.ts'

const MIB = 1024 * 1024
const ids = Array.from({ length: 9 }, (_, at) => `019a0000-0000-7000-8000-0000000000a${at}`)
const [id, other] = ids as [string, string]
const keyOf = (one: string) => `firm/blobs/${one.slice(-2)}/${one}`
const key = randomBytes(32)
const none = async () => false
let server: S3Server
let dir: string
let blobs: Blobs
beforeEach(async () => {
  server = await new S3Server().open()
  dir = await mkdtemp(join(tmpdir(), 'subrosa-s3-'))
  blobs = await openBlobs(dir, server.settings())
  blobs.sendTo('s3')
})
afterEach(async () => {
  await server.close()
  await rm(dir, { recursive: true, force: true })
})

async function* parts(bytes: Buffer, size = 300_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function all(of: AsyncIterable<Buffer>): Promise<Buffer> {
  const got: Buffer[] = []
  for await (const part of of) got.push(part)
  return Buffer.concat(got)
}
const put = async (bytes: Buffer, name = id) => {
  const received = await blobs.receive(name, key, parts(bytes))
  await blobs.keep(name)
  return received
}
const marks = () => readdir(join(dir, 'incoming/s3'))
/** Harms the first requests that `of` picks, so many of them. */
const harm = (how: Exclude<ReturnType<S3Server['harm']>, null>, times: number, of: (asked: Asked) => boolean) => {
  let left = times
  server.harm = (asked) => (of(asked) && left-- > 0 ? how : null)
}
const isGet = ({ method, key: name }: Asked) => method === 'GET' && name !== ''

describe('a store with an S3 server', () => {
  test('an answer that does not end is not read beyond what was asked for', async () => {
    await put(randomBytes(200_000))
    harm('endless', 99, isGet)
    await expect(all(blobs.read(id, key, 0, 200_000))).rejects.toMatchObject({ code: 'storage.away' })
    // what lies in sockets and streams on the way, of each try
    expect(server.sent).toBeLessThan(32 * MIB)
  })

  test.each([1, 16_384, 100_000, 6 * MIB, 13 * MIB + 7])('%i bytes go there sealed and come back, whole and in ranges', async (size) => {
    const bytes = randomBytes(size)
    const received = await put(bytes)
    expect(received).toMatchObject({ size, sha256: createHash('sha256').update(bytes).digest('hex') })
    expect(received.head.equals(bytes.subarray(0, 4100))).toBe(true)
    const lying = server.objects.get(keyOf(id))!.bytes
    expect(lying).toHaveLength(sealedLength(size))
    expect(size > 100 && lying.includes(bytes.subarray(0, 64))).toBe(false)
    expect(server.uploads.size).toBe(0)
    expect(await marks()).toEqual([])
    expect(await blobs.size(id)).toBe(size)
    for (const [start, end] of [
      [0, size],
      [size >> 1, size],
      [size - 1, size],
      [Math.max(0, size - 40_000), size - 0],
    ] as const)
      expect((await all(blobs.read(id, key, start, end))).equals(bytes.subarray(start, end)), `${start} to ${end}`).toBe(true)
    expect((await blobs.find(id))!).toMatchObject({ kind: 's3', label: 'vault', length: sealedLength(size) })
  })

  test('the same bytes lie in both stores: a blob goes to the disk and back as it is', async () => {
    const bytes = randomBytes(3 * MIB)
    await put(bytes)
    const lay = Buffer.from(server.objects.get(keyOf(id))!.bytes)
    expect(await blobs.move(id, 'disk', async () => true)).toBe(lay.length)
    expect(server.keys()).toEqual([])
    expect((await all(blobs.sealed(id))).equals(lay)).toBe(true)
    expect((await all(blobs.read(id, key, 0, bytes.length))).equals(bytes)).toBe(true)
    expect(await blobs.move(id, 's3', async () => true)).toBe(lay.length)
    expect(await blobs.find(id)).toMatchObject({ kind: 's3' })
    expect(server.objects.get(keyOf(id))!.bytes.equals(lay)).toBe(true)
    // what ended while it was copied is left nowhere
    expect(await blobs.move(id, 'disk', none)).toBe(lay.length)
    expect(await blobs.find(id)).toBeNull()
  })

  test('who opens one page in the middle of a large file reads little of it', async () => {
    await put(randomBytes(24 * MIB))
    server.sent = 0
    await all(blobs.read(id, key, 20 * MIB, 20 * MIB + 100_000))
    expect(server.sent).toBeLessThan(400_000)
  })

  test('what is kept is listed in order, over pages and both stores; what is erased is gone', async () => {
    for (const name of ids) await put(Buffer.from('x'), name)
    for (const name of ids.slice(0, 3)) await blobs.move(name, 'disk', async () => true)
    const listed: string[] = []
    for await (const path of blobs.list()) listed.push(path)
    expect(listed).toEqual(ids.map((name) => `${name.slice(-2)}/${name}`))
    await blobs.erase(ids[0]!)
    await blobs.erase(ids[8]!)
    await blobs.erase(ids[8]!)
    for (const name of [ids[0]!, ids[8]!]) expect(await blobs.find(name)).toBeNull()
  })

  test('another key of another firm, and no bucket, are refused at once in words', async () => {
    const wrong = server.settings({ credentials: { accessKeyId: 'world', secretAccessKey: 'guessed' } })
    await expect(openBlobs(dir, wrong)).rejects.toMatchObject({ code: 'storage.away', message: expect.stringMatching(/bucket vault/) })
    await expect(openBlobs(dir, server.settings({ bucket: 'elsewhere' }))).rejects.toMatchObject({ code: 'storage.away' })
  })
})

describe('where the sender or this machine ends', () => {
  test('a sender that goes away leaves nothing: neither object, nor parts, nor mark', async () => {
    async function* broken() {
      yield* parts(randomBytes(14 * MIB))
      throw new Error('the sender went away')
    }
    await expect(blobs.receive(id, key, broken())).rejects.toThrow('the sender went away')
    expect([server.keys(), [...server.uploads], await marks()]).toEqual([[], [], []])
  })

  test('what a crash left is settled by its mark: kept with its version, removed without, and nothing else is touched', async () => {
    for (const name of ids.slice(0, 2)) await blobs.receive(name, key, parts(randomBytes(1000)))
    server.uploads.set('of another', { key: keyOf(ids[5]!), parts: new Map() })
    server.uploads.set('begun', { key: keyOf(ids[2]!), parts: new Map([[1, randomBytes(10)]]) })
    await writeFile(join(dir, 'incoming/s3', ids[2]!), '')
    const again = await openBlobs(dir, server.settings())
    expect(await again.settle(async (name) => name === other)).toEqual({ kept: 1, removed: 2 })
    expect(server.keys()).toEqual([keyOf(other)])
    expect([...server.uploads.keys()]).toEqual(['of another'])
    expect(await marks()).toEqual([])
    expect(await again.settle(none)).toEqual({ kept: 0, removed: 0 })
    expect(server.keys()).toEqual([keyOf(other)])
  })

  test('an upload that is refused and cannot be removed now is removed at the next start', async () => {
    await blobs.receive(id, key, parts(randomBytes(1000)))
    server.harm = () => 503
    await blobs.discard(id)
    server.harm = () => null
    expect(server.keys()).toEqual([keyOf(id)])
    expect(await (await openBlobs(dir, server.settings())).settle(none)).toEqual({ kept: 0, removed: 1 })
    expect(server.keys()).toEqual([])
  })
})

describe('a server that answers wrongly', () => {
  const bytes = randomBytes(3 * MIB)
  const back = () => all(blobs.read(id, key, 0, bytes.length))

  test.each(['drop', 'stall', 'truncate', 'shift', 'flip', 503, 404] as const)('%s once: read again, and right', async (how) => {
    await put(bytes)
    harm(how, 1, isGet)
    expect((await back()).equals(bytes)).toBe(true)
  })

  test.each(['drop', 'truncate', 'shift', 503, 403] as const)('%s always: refused in words, and never other bytes', async (how) => {
    await put(bytes)
    harm(how, 1000, isGet)
    await expect(back()).rejects.toMatchObject({ code: 'storage.away' })
  })

  test.each(['flip', 404] as const)('%s always: the blob is broken or missing, and never other bytes', async (how) => {
    await put(bytes)
    harm(how, 1000, isGet)
    await expect(back()).rejects.toThrow(BrokenSeal)
  })

  test('it never answers: the request ends by itself', async () => {
    await put(bytes)
    blobs = await openBlobs(dir, server.settings({ patienceMs: 100 }))
    harm('stall', 1000, isGet)
    await expect(back()).rejects.toMatchObject({ code: 'storage.away' })
  })

  test.each(['drop', 'drop-after', 503] as const)('%s once while sending: it goes on, and what lies there is right', async (how) => {
    for (const [name, method] of [
      ['PUT', 'PUT'],
      ['POST', 'POST'],
    ] as const) {
      const large = randomBytes(13 * MIB)
      harm(how, 1, (asked) => asked.method === method)
      // an end whose answer was lost may have happened; then it is given up as a whole
      const done = await blobs.receive(id, key, parts(large)).then(
        () => true,
        (fault: { code: string }) => fault.code !== 'storage.away',
      )
      if (done) expect((await all(blobs.read(id, key, 0, large.length))).equals(large), name).toBe(true)
      else expect([server.keys(), await marks()]).toEqual([[], []])
      await blobs.discard(id)
      server.uploads.clear()
    }
  })

  test.each([503, 403, 'drop'] as const)('%s always while sending: refused, and nothing of it is left', async (how) => {
    harm(how, 1000, ({ method }) => method === 'PUT' || method === 'POST')
    for (const size of [1000, 13 * MIB])
      await expect(blobs.receive(id, key, parts(randomBytes(size)))).rejects.toMatchObject({ code: 'storage.away' })
    expect([server.keys(), [...server.uploads], await marks()]).toEqual([[], [], []])
  })

  test('it acknowledges what it did not keep, or kept in part: that is not acknowledged', async () => {
    server.harm = ({ method, key: name }) => {
      if (method === 'HEAD' && name !== '') server.objects.set(name, { bytes: Buffer.alloc(10), since: new Date() })
      return null
    }
    await expect(blobs.receive(id, key, parts(randomBytes(1000)))).rejects.toMatchObject({ code: 'storage.away' })
    server.harm = ({ method, key: name }) => (method === 'HEAD' && name !== '' ? (server.objects.delete(name), null) : null)
    await expect(blobs.receive(id, key, parts(randomBytes(1000)))).rejects.toMatchObject({ code: 'storage.away' })
  })

  test('a copy that comes back otherwise is no copy: the first one stays', async () => {
    blobs.sendTo('disk')
    await put(bytes)
    blobs.sendTo('s3')
    harm('flip', 1, isGet)
    await expect(blobs.move(id, 's3', async () => true)).rejects.toThrow(/gave back other bytes/)
    expect(await blobs.find(id)).toMatchObject({ kind: 'disk' })
    server.harm = () => null
    expect((await back()).equals(bytes)).toBe(true)
    expect(await blobs.move(id, 's3', async () => true)).toBeGreaterThan(bytes.length)
    expect((await back()).equals(bytes)).toBe(true)
  })

  test('what is moved while it is read is read on from where it went', async () => {
    await put(randomBytes(10), other)
    const large = randomBytes(12 * MIB)
    await put(large)
    const reading = blobs.read(id, key, 0, large.length)
    const got = [(await reading.next()).value as Buffer]
    await blobs.move(id, 'disk', async () => true)
    await pause(10)
    for await (const part of reading) got.push(part)
    expect(Buffer.concat(got).equals(large)).toBe(true)
  })
})
