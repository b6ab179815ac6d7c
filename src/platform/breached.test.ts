import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFile, mkdtemp, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBreachedFile } from './breached.ts'
import { Stop } from './refusal.ts'

let dir: string
let path: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'subrosa-breached-'))
  path = join(dir, 'pwned.txt')
})
afterEach(() => rm(dir, { recursive: true }))

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase()
const lines = (passwords: string[]) => passwords.map((one) => `${sha1(one)}:7`).sort()
const write = (rows: string[], end = '\n') => writeFile(path, rows.map((row) => row + end).join(''))
/** The hash beside this one, at its last digit. */
const beside = (hash: string, step: 1 | -1) => (BigInt(`0x${hash}`) + BigInt(step)).toString(16).toUpperCase().padStart(40, '0')
const stopOf = async (content: string | Buffer) => {
  await writeFile(path, content)
  const fault = await openBreachedFile(path).then(
    () => null,
    (stop: unknown) => stop,
  )
  expect(fault).toBeInstanceOf(Stop)
  expect((fault as Stop).code).toBe('setting.malformed')
  return (fault as Stop).message
}

test('it answers as a set does, whatever the counts, the case, the line ends and the neighbours', async () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  const shape = fc.record({
    listed: fc.uniqueArray(word, { minLength: 1, maxLength: 150 }),
    others: fc.uniqueArray(word, { minLength: 1, maxLength: 20 }),
    counts: fc.array(fc.nat({ max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 9 }),
    isLower: fc.boolean(),
    withoutCounts: fc.boolean(),
    end: fc.constantFrom('\n', '\r\n'),
    isLastEnded: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(shape, async ({ listed, others, counts, isLower, withoutCounts, end, isLastEnded }) => {
      const set = new Set(listed)
      const absent = others.filter((one) => !set.has(one) && !set.has(one.normalize('NFKC')))
      // what is absent has its nearest possible neighbours on both sides
      const hashes = [...listed.map(sha1), ...absent.flatMap((one) => [beside(sha1(one), -1), beside(sha1(one), 1)])].sort()
      const text = hashes
        .map((hash, n) => (isLower ? hash.toLowerCase() : hash) + (withoutCounts ? '' : `:${counts[n % counts.length]}`))
        .join(end)
      await writeFile(path, text + (isLastEnded ? end : ''))
      const file = await openBreachedFile(path)
      for (const one of listed) expect(await file.has(one), one).toBe(true)
      for (const one of absent) expect(await file.has(one), one).toBe(false)
    }),
    { numRuns: 60 },
  )
})

test('a file of one line, and hashes before the first and after the last', async () => {
  const all = Array.from({ length: 60 }, (_, n) => `word ${n}`).sort((a, b) => (sha1(a) < sha1(b) ? -1 : 1))
  for (const kept of [all.slice(30, 31), all.slice(10, 50)]) {
    for (const end of ['', '\n', '\r\n', '\n\n']) {
      await writeFile(path, lines(kept).join('\n') + end)
      const file = await openBreachedFile(path)
      expect(await Promise.all(all.map((one) => file.has(one)))).toEqual(all.map((one) => kept.includes(one)))
    }
  }
})

test('a password counts as it is typed and in its NFKC form', async () => {
  await write(lines(['ﬁnally home', 'café au lait']))
  const file = await openBreachedFile(path)
  expect(await file.has('ﬁnally home')).toBe(true)
  expect(await file.has('finally home')).toBe(false)
  expect(await file.has('café au lait'.normalize('NFD'))).toBe(true)
  expect(await file.has('ｃａｆé au lait')).toBe(true)
  expect(await file.has('cafe au lait')).toBe(false)
})

test('what is not such a list is refused, with what to do', async () => {
  const good = lines(['a', 'b', 'c', 'd', 'e'])
  const notLines = /not 40 hex digits.*SHA-1 hashes ordered by hash/
  expect(await stopOf('')).toMatch(/is empty.*SHA-1/)
  expect(await stopOf('\n\n')).toMatch(/is empty/)
  // NTLM's list; the parts by prefix; an archive; a byte order mark; what else a line can have; one endless line
  expect(await stopOf(good.map((row) => `${row.slice(0, 32)}:3\n`).join(''))).toMatch(notLines)
  expect(await stopOf(good.map((row) => `${row.slice(5)}\n`).join(''))).toMatch(notLines)
  expect(await stopOf(Buffer.from('377abcaf271c0004', 'hex'))).toMatch(notLines)
  expect(await stopOf(`\uFEFF${good.join('\n')}`)).toMatch(notLines)
  expect(await stopOf(good.map((row) => `${row};x\n`).join(''))).toMatch(notLines)
  expect(await stopOf(`${good[0]}\n\n${good[1]}\n`)).toMatch(notLines)
  expect(await stopOf(`${'A'.repeat(40)}:${'1'.repeat(5000)}\n`)).toMatch(notLines)
  // cut off in a hash
  expect(await stopOf(good.join('\n').slice(0, -30))).toMatch(notLines)
  expect(await stopOf(`${good.toReversed().join('\n')}\n`)).toMatch(/not in the order of its hashes/)
  await rm(path)
  await expect(openBreachedFile(path)).rejects.toThrow(/SUBROSA_BREACHED_PASSWORDS: .* cannot be read \(ENOENT\)/)
  await expect(openBreachedFile(dir)).rejects.toThrow(/is not a file/)
})

test('a pipe is refused and not waited for', async () => {
  execFileSync('mkfifo', [path])
  await expect(openBreachedFile(path)).rejects.toThrow(/is not a file/)
})

test('a list ordered by count is refused, even when its first lines happen to be in order', async () => {
  const words = Array.from({ length: 3000 }, (_, n) => `word ${n}`)
  const rows = words.map((one) => `${sha1(one)}:7`)
  expect(await stopOf(`${[...rows.slice(0, 30).sort(), ...rows.slice(30)].join('\n')}\n`)).toMatch(/not in the order/)
  expect(await stopOf(`${[...rows.toSorted(), rows.toSorted()[0]].join('\n')}\n`)).toMatch(/not in the order/)
})

test('a list that begins and ends in order is refused when the middle is not', async () => {
  const rows = lines(Array.from({ length: 3000 }, (_, n) => `word ${n}`))
  expect(await stopOf(`${[...rows.slice(0, 1000), ...rows.slice(1000, 2000).toReversed(), ...rows.slice(2000)].join('\n')}\n`)).toMatch(
    /not in the order/,
  )
})

test('of a large file only some kilobytes are read', async () => {
  const STEP = (1n << 160n) / 400_000n
  const rows = Array.from({ length: 400_000 }, (_, n) => `${(BigInt(n) * STEP).toString(16).toUpperCase().padStart(40, '0')}:${n}`)
  const known = `${sha1('known to all')}:1`
  rows.splice(
    rows.findIndex((row) => row > known),
    0,
    known,
  )
  await write(rows, '\r\n')
  const read = async () => Number(/rchar: (\d+)/.exec(await readFile('/proc/self/io', 'utf8'))![1])
  const before = await read()
  const file = await openBreachedFile(path)
  expect([await file.has('known to all'), await file.has('known to nobody')]).toEqual([true, false])
  expect((await read()) - before).toBeLessThan(1_000_000)
  expect((await stat(path)).size).toBeGreaterThan(18_000_000)
})

test('a file that took its place is the one that is asked, and it is looked through first', async () => {
  await write(lines(['old']))
  const file = await openBreachedFile(path)
  expect(await file.has('old')).toBe(true)
  await writeFile(`${path}.new`, `${lines(['new', 'newer']).join('\n')}\n`)
  await rename(`${path}.new`, path)
  expect([await file.has('old'), await file.has('new')]).toEqual([false, true])
  expect(await file.about()).toMatchObject({ name: 'pwned.txt', bytes: 86, modified: (await stat(path)).mtime.toISOString() })

  await appendFile(path, 'not a line')
  await expect(file.has('new')).rejects.toBeInstanceOf(Stop)
  await rm(path)
  await expect(file.has('new')).rejects.toBeInstanceOf(Stop)
  await write(lines(['third']))
  expect(await file.has('third')).toBe(true)
})

test('a file that is cut while it is asked answers or fails; it never says no to what it held throughout', async () => {
  const words = Array.from({ length: 2000 }, (_, n) => `word ${n}`)
  const rows = lines(words)
  const first = words.find((one) => rows[0]!.startsWith(sha1(one)))!
  await write(rows)
  const file = await openBreachedFile(path)
  for (let kept = 1999; kept > 1900; kept -= 1) {
    const asked = Promise.allSettled([file.has(first), file.has(first), file.has(first)])
    await truncate(path, kept * 43)
    for (const answer of await asked) expect(answer).not.toMatchObject({ value: false })
  }
  expect(await file.has(first)).toBe(true)
})
