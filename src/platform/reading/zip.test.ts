import { expect, test } from 'vitest'
import { all, bytesIn, codeOf, zip, type Entry } from '../../../test/reading/made.ts'
import { partAs, readAs } from './formats.ts'
import { LIMITS, type ArchiveReading } from './reading.ts'

const MB = 1024 * 1024
const list = async (archive: Buffer, limits = {}) => (await readAs('zip', bytesIn(archive), { ...LIMITS, ...limits })) as ArchiveReading
const take = (archive: Buffer, index = 0, limits = {}) => all(partAs('zip', bytesIn(archive), index, { ...LIMITS, ...limits }))
const one = (entry: Partial<Entry> = {}) => zip([{ path: 'a', data: 'hello, hello, hello', ...entry }])

test('an archive is listed as it stands, and gives its entries', async () => {
  const archive = zip([
    { path: 'Akte/', stored: true },
    { path: 'Akte/Schriftsatz.txt', data: 'ä'.repeat(100_000) },
    { path: Buffer.from([0x8e, 0x2e, 0x74]), flags: 0, data: 'x' },
    { path: '../x' },
    { path: 'link', data: '/etc/passwd', attributes: 0xa1ff0000 },
    { path: 'inner.zip', data: one(), stored: true },
  ])
  const { entries, cut } = await list(archive)
  expect(cut).toBe(false)
  expect(entries.map(({ path, size, isDirectory, refused }) => [path, size, isDirectory, refused])).toEqual([
    ['Akte/', 0, true, null],
    ['Akte/Schriftsatz.txt', 200_000, false, null],
    ['Ä.t', 1, false, null],
    ['../x', 0, false, 'traversal'],
    ['link', 11, false, 'link'],
    ['inner.zip', one().length, false, null],
  ])
  expect((await take(archive, 1)).toString()).toBe('ä'.repeat(100_000))
  // nested: bytes, not opened
  expect((await take(archive, 5)).equals(one())).toBe(true)
  expect(await codeOf(take(archive, 4))).toBe('hostile')
  expect(await codeOf(take(archive, 6))).toBe('broken')
})

test('what has no table of contents, or a wrong one, is broken', async () => {
  expect(await codeOf(list(Buffer.alloc(0)))).toBe('broken')
  expect(await codeOf(list(one().subarray(0, -1)))).toBe('broken')
  expect(await codeOf(list(one().subarray(10)))).toBe('broken')
  const claims = one()
  claims.writeUInt16LE(60_000, claims.length - 12)
  expect(await codeOf(list(claims))).toBe('broken')
})

test('zip64 is read, and 70,000 entries are listed up to the limit', async () => {
  expect((await list(one({ zip64: true }))).entries[0]).toMatchObject({ path: 'a', size: 19 })
  expect((await take(one({ zip64: true }))).toString()).toBe('hello, hello, hello')
  const many = zip(Array.from({ length: 70_000 }, (_, n) => ({ path: `${n}`, stored: true })))
  const { entries, cut } = await list(many)
  expect([entries.length, cut]).toEqual([LIMITS.entries, true])
})

test('a part under a password is said to be', async () => {
  expect((await list(one({ flags: 0x801 }))).entries[0]!.isEncrypted).toBe(true)
  expect(await codeOf(take(one({ flags: 0x801 })))).toBe('encrypted')
})

test('bombs: by ratio, by lies about size, by laying entries over one another, by sum', async () => {
  const zeros = Buffer.alloc(32 * MB)
  expect(await codeOf(list(one({ data: zeros })))).toBe('hostile')
  expect(await codeOf(take(one({ data: zeros })))).toBe('hostile')
  // says it is small: stopped at the byte that is too many
  const lying = one({ data: zeros, size: 1000 })
  expect((await list(lying)).entries[0]!.size).toBe(1000)
  let seen = 0
  const stream = partAs('zip', bytesIn(lying), 0, LIMITS)
  expect(await codeOf(async () => { for await (const part of stream) seen += part.length })).toBe('hostile') // prettier-ignore
  expect(seen).toBeLessThanOrEqual(1000)
  const over = zip([
    { path: 'a', data: 'x'.repeat(5000) },
    { path: 'b', data: 'y', place: 0 },
  ])
  expect(await codeOf(list(over))).toBe('hostile')
  expect(
    await codeOf(
      list(
        zip([
          { path: 'a', data: zeros.subarray(0, MB) },
          { path: 'b', data: zeros.subarray(0, MB) },
        ]),
        { unpacked: MB },
      ),
    ),
  ).toBe('too-much')
  expect(await codeOf(take(one(), 0, { part: 18 }))).toBe('too-much')
})

test('a wrong checksum, a wrong size, and bytes that are not packed are found', async () => {
  expect(await codeOf(take(one({ crc: 1 })))).toBe('broken')
  expect(await codeOf(take(one({ size: 20 })))).toBe('broken')
  const spoiled = one()
  spoiled.fill(0xff, 31, 40)
  expect(await codeOf(take(spoiled))).toBe('broken')
})
