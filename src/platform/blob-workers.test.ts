import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, open, readdir, readFile, readlink, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BrokenSeal } from '../core/bytes.ts'
import { openBytes } from '../core/chunked.ts'
import { openBlobs, type Blobs } from './blobs.ts'
import { sealAway } from './blob-workers.ts'

const MB = 1024 * 1024
const id = '019a0000-0000-7000-8000-0000000000ab'
const other = '019a0000-0000-7000-8000-0000000000cd'
const key = randomBytes(32)
let dir: string
let blobs: Blobs
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'subrosa-blobs-'))
  blobs = await openBlobs(dir)
})
afterEach(() => rm(dir, { recursive: true }))

async function* parts(bytes: Buffer, size = 65_536): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const all = async (source: AsyncIterable<Buffer>) => Buffer.concat(await Array.fromAsync(source))
const kept = async (name: string, bytes: Buffer) => {
  const sealed = await blobs.receive(name, key, parts(bytes))
  await blobs.keep(name)
  return sealed
}
const pathOf = (name: string) => join(dir, name.slice(-2), name)
/** Files below `dir` that this process holds open; removed ones too. */
const held = async () => {
  const links = await Promise.all((await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')))
  return links.filter((path) => path.startsWith(dir))
}
/** The thread that was given work last. */
const watchThreads = () => {
  const posted = vi.spyOn(Worker.prototype, 'postMessage')
  return () => posted.mock.contexts.at(-1) as unknown as Worker
}

test.each([MB - 1, MB, MB + 1, 4 * MB, 9 * MB + 12_345])(
  '%i bytes: sealed here or away they are one message, and come back by any range',
  async (size) => {
    const bytes = randomBytes(size)
    const sealed = await kept(id, bytes)
    expect([sealed.size, sealed.sha256, sealed.head.equals(bytes.subarray(0, 4100))]).toEqual([
      size,
      createHash('sha256').update(bytes).digest('hex'),
      true,
    ])
    expect(openBytes(key, Buffer.from(`subrosa blob v1 ${id}`), await readFile(join(dir, 'ab', id))).equals(bytes)).toBe(true)
    for (const [start, end] of [
      [0, size],
      [1, size],
      [0, size - 1],
      [16_383, size - 16_385],
      [size >> 1, (size >> 1) + 10],
    ] as const) {
      expect((await all(blobs.read(id, key, start, end))).equals(bytes.subarray(start, end)), `${start} to ${end}`).toBe(true)
    }
  },
)

test('several at once, up and down, do not mix', async () => {
  const files = Array.from({ length: 6 }, (_, i) => ({ name: `${id.slice(0, -2)}e${i}`, bytes: randomBytes(3 * MB + i) }))
  await Promise.all(files.map(({ name, bytes }) => kept(name, bytes)))
  const back = await Promise.all(files.map(({ name, bytes }) => all(blobs.read(name, key, 0, bytes.length))))
  expect(back.map((bytes, i) => bytes.equals(files[i]!.bytes))).toEqual(files.map(() => true))
})

test('a source that breaks off leaves nothing, and no file open', async () => {
  async function* broken() {
    yield* parts(randomBytes(5 * MB))
    throw new Error('the sender went away')
  }
  await expect(blobs.receive(id, key, broken())).rejects.toThrow('the sender went away')
  expect(await readdir(join(dir, 'incoming'))).toEqual([])
  await expect.poll(held).toEqual([])
})

test('a thread that dies fails what it had; nothing is left, and what comes next gets another', async () => {
  const thread = watchThreads()
  async function* deadly() {
    yield* parts(randomBytes(5 * MB))
    await thread().terminate()
    yield* parts(randomBytes(9 * MB))
  }
  await expect(blobs.receive(id, key, deadly())).rejects.toThrow('the thread that did it ended')
  expect(await readdir(join(dir, 'incoming'))).toEqual([])
  const bytes = randomBytes(20 * MB)
  await kept(other, bytes)
  const reading = blobs.read(other, key, 0, bytes.length)
  await reading.next()
  await thread().terminate()
  await expect(all(reading)).rejects.toThrow('the thread that did it ended')
  expect((await all(blobs.read(other, key, 0, bytes.length))).equals(bytes)).toBe(true)
  await expect.poll(held).toEqual([])
})

test('small ones at once go to the thread together; what is wrong with one is said of it alone', async () => {
  const posted = vi.spyOn(Worker.prototype, 'postMessage')
  const files = Array.from({ length: 12 }, (_, i) => ({ name: `${id.slice(0, -2)}${10 + i}`, bytes: randomBytes(i * 9001) }))
  const sealed = await Promise.all(files.map(({ name, bytes }) => blobs.receive(name, key, parts(bytes))))
  expect(posted).toHaveBeenCalledTimes(1)
  expect(sealed.map(({ size, sha256 }) => ({ size, sha256 }))).toEqual(
    files.map(({ bytes }) => ({ size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })),
  )
  await Promise.all(files.map(({ name }) => blobs.keep(name)))
  const [changed, cut, missing, longer, ...others] = files.slice(1)
  await writeFile(pathOf(changed!.name), 'x', { flag: 'r+' })
  await truncate(pathOf(cut!.name), 500)
  await rm(pathOf(missing!.name))
  const read = ({ name, bytes }: { name: string; bytes: Buffer }, known = { size: bytes.length }) =>
    all(blobs.read(name, key, 0, bytes.length, known)).catch((fault: unknown) => fault)
  const got = await Promise.all([
    read(changed!),
    read(cut!),
    read(missing!),
    read(longer!, { size: longer!.bytes.length - 1 }),
    ...others.map((one) => read(one)),
  ])
  expect(got.slice(0, 4).map((fault) => fault instanceof BrokenSeal)).toEqual([true, true, true, true])
  expect((got.slice(4) as Buffer[]).map((bytes, i) => bytes.equals(others[i]!.bytes))).toEqual(others.map(() => true))
  // a second one of the same id is refused and does not touch the first, nor those beside it
  const [first, ...rest] = others
  const again = await Promise.allSettled([
    blobs.receive(first!.name, key, parts(randomBytes(10))).then(() => blobs.receive(first!.name, key, parts(randomBytes(10)))),
    ...rest.map(({ name }, i) => blobs.receive(`${name.slice(0, -2)}${40 + i}`, key, parts(randomBytes(20)))),
  ])
  expect(again.map(({ status }) => status)).toEqual(['rejected', ...rest.map(() => 'fulfilled')])
  expect((await all(blobs.read(first!.name, key, 0, first!.bytes.length))).equals(first!.bytes)).toBe(true)
  await expect.poll(held).toEqual([])
})

test('a thread that dies fails the small ones it had', async () => {
  await kept(id, randomBytes(10))
  const thread = watchThreads()
  await all(blobs.read(id, key, 0, 10))
  // what is given to a thread that is about to die is never worked on
  const dying = thread().terminate()
  const ended = await Promise.allSettled(Array.from({ length: 5 }, () => all(blobs.read(id, key, 0, 10))))
  await dying
  expect(ended.map((one) => one.status === 'rejected' && String(one.reason).includes('the thread that did it ended'))).toEqual(
    ended.map(() => true),
  )
  expect((await all(blobs.read(id, key, 0, 10))).length).toBe(10)
})

test('a reader that stops early leaves no file open', async () => {
  await kept(id, randomBytes(20 * MB))
  for await (const part of blobs.read(id, key, 0, 20 * MB)) if (part.length > 0) break
  await expect.poll(held).toEqual([])
})

test('a chunk that was changed is never given, nor anything after it', async () => {
  const bytes = randomBytes(6 * MB)
  await kept(id, bytes)
  const file = await open(join(dir, 'ab', id), 'r+')
  await file.write(Buffer.from('x'), 0, 1, 4 * MB)
  await file.close()
  const got: Buffer[] = []
  const reading = (async () => {
    for await (const part of blobs.read(id, key, 0, bytes.length)) got.push(part)
  })()
  await expect(reading).rejects.toThrow(BrokenSeal)
  const before = Buffer.concat(got)
  expect(before.equals(bytes.subarray(0, before.length)) && before.length < 4 * MB).toBe(true)
  await expect(blobs.read(other, key, 0, 2 * MB).next()).rejects.toThrow(BrokenSeal)
})

test('what the disk says comes back with its code, and ends that file alone', async () => {
  const bytes = randomBytes(20 * MB)
  const beside = kept(id, bytes)
  const sealing = sealAway({ path: '/dev/full', key, context: Buffer.from('any') })
  const pushing = (async () => {
    for (let i = 0; i < 8; i += 1) await sealing.push(randomBytes(MB))
    await sealing.end()
  })()
  await expect(pushing).rejects.toMatchObject({ code: 'ENOSPC' })
  sealing.giveUp()
  expect((await beside).size).toBe(bytes.length)
})
