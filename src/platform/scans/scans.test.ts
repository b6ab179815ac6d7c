import { readdir, readFile, readlink } from 'node:fs/promises'
import { afterAll, afterEach, expect, test } from 'vitest'
import { endless } from '../../../test/drawing/made.ts'
import { filledPdf, letterPages, lockedPdf, scanned, scanPdf, source, textPdf } from '../../../test/scans/made.ts'
import { LIMITS } from './scan.ts'
import { openScans, type Scans } from './scans.ts'

const scans = openScans()
const others: Scans[] = []
afterEach(async () => void (await Promise.all(others.splice(0).map((one) => one.close()))))
afterAll(() => scans.close())

const other = (settings: Parameters<typeof openScans>[0]): Scans => {
  others.push(openScans(settings))
  return others.at(-1)!
}
const program = (name: string) => new URL(`../../../test/${name}`, import.meta.url)
const pdf = (bytes: Buffer, by = scans, of = 'a matter') => by.pdf(source(bytes), of)
const textOf = async (bytes: Buffer) => (await pdf(bytes)).pages.map(({ text }) => text)
const FILED = 'Case 4:08-cv-02214-SBA Document 26 Filed 01/29/2009 Page 1 of 2'
/** The processes of ours that read. */
async function readers(): Promise<number[]> {
  const found: number[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    if (line.includes('scan-process.ts') && stat.split(') ')[1]?.split(' ')[1] === String(process.pid)) found.push(Number(pid))
  }
  return found
}

test('the text of a PDF comes page by page, in lines, its words whole', async () => {
  const first = 'The duty of care was breached by negli-\ngence of the vendor-\nplaintiffs. The vendor knew; the plaintiffs did not.'
  const read = await pdf(textPdf([first, 'Of vendor-plaintiffs (again) and the factor', '']))
  expect(read).toEqual({
    pages: [
      {
        text: 'The duty of care was breached by negligence of the vendor-plaintiffs. The vendor knew; the plaintiffs did not.',
        hasPictures: false,
      },
      { text: 'Of vendor-plaintiffs (again) and the factor', hasPictures: false },
      { text: '', hasPictures: false },
    ],
    isCut: false,
  })
  expect(await textOf(textPdf(['One line\nand the next']))).toEqual(['One line\nand the next'])
})

test('what was filled into a form and remarked beside it is text of its page', async () => {
  const [text] = await textOf(filledPdf('Marigold Vane', 'ask about the will'))
  expect(text).toContain('Name of the appellant')
  expect(text!.match(/Marigold Vane/g)).toHaveLength(1)
  expect(text).toContain('ask about the will')
})

test('a scanned page has pictures, with or without a stamp; a page of text with a picture has none', async () => {
  const pagesOf = async (bytes: Buffer) => (await pdf(bytes)).pages
  expect(await pagesOf(await scanPdf('x'))).toEqual([{ text: '', hasPictures: true }])
  expect(await pagesOf(await scanPdf('x', FILED))).toEqual([{ text: FILED, hasPictures: true }])
  const letter = 'We write on behalf of our client, and ask for an answer.\n'.repeat(8).trim()
  expect(await pagesOf(await scanPdf('x', letter, 0.2))).toEqual([{ text: letter, hasPictures: false }])
})

test('what is no PDF, or under a password, or too large says so', async () => {
  await expect(pdf(lockedPdf())).rejects.toMatchObject({ name: 'ReadingFault', code: 'encrypted' })
  for (const bytes of [Buffer.alloc(0), Buffer.from('%PDF-1.7\nnothing of it'), Buffer.alloc(300_000, 'CANARY')]) {
    await expect(pdf(bytes)).rejects.toMatchObject({ name: 'ReadingFault', code: 'broken' })
  }
  const large = { size: LIMITS.pdf + 1, read: source(Buffer.alloc(0)).read }
  await expect(scans.pdf(large, 'a matter')).rejects.toMatchObject({ code: 'too-much' })
  expect(await scans.read(large, { page: 1 }, ['en'], 'a matter')).toEqual({ none: 'too-much' })
  expect(await textOf(textPdf(['still there']))).toEqual(['still there'])
})

test('a PDF of 5,000 pages is read; one of a million ends at the limit, with its first pages', async () => {
  const many = await pdf(textPdf(Array.from({ length: 5000 }, (_, index) => `This is page ${index + 1} of a long record`)))
  expect([many.pages.length, many.isCut]).toEqual([5000, false])
  expect(many.pages[4999]!.text).toBe('This is page 5000 of a long record')
  const million = await pdf(letterPages(1_000_000))
  expect([million.pages.length, million.isCut]).toEqual([LIMITS.pages, true])
  expect(million.pages.every(({ text }) => text === 'x')).toBe(true)
})

test('a PDF is read where it is needed: what it holds besides is not asked for', async () => {
  const bytes = textPdf(['a small page'])
  const size = 900 * 1024 * 1024
  let given = 0
  const large = {
    size,
    // the page, then nothing, then where its objects stand
    read: async function* (start: number, end: number) {
      given += end - start
      const part = Buffer.alloc(end - start, ' ')
      if (start < bytes.length) bytes.copy(part, 0, start, Math.min(end, bytes.length))
      const places = [1, 2, 5, 10, 11].map((number) => [number, bytes.indexOf(`\n${number} 0 obj`) + 1] as const)
      const table = places.map(([number, at]) => `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`).join('')
      const last = Buffer.from(`xref\n0 1\n0000000000 65535 f \n${table}trailer<</Root 1 0 R/Size 12>>\nstartxref\n${size - 600}\n%%EOF`)
      if (end > size - 600) last.copy(part, Math.max(0, size - 600 - start))
      yield part
    },
  }
  expect((await scans.pdf(large, 'a matter')).pages).toEqual([{ text: 'a small page', hasPictures: false }])
  expect(given).toBeLessThan(10_000_000)
})

test('what does not end is ended, and so is what dies; what was read until then is given', async () => {
  const sleeper = other({ textMs: 700, lettersMs: 700, program: program('drawing/sleeper.ts') })
  await expect(pdf(textPdf(['x']), sleeper)).rejects.toMatchObject({ code: 'took-too-long' })
  expect(await sleeper.read(source(textPdf(['x'])), { page: 1 }, ['en'], 'a matter')).toEqual({ none: 'took-too-long' })
  await expect(pdf(endless(), other({ textMs: 2000 }))).rejects.toMatchObject({ name: 'ReadingFault' })
  const dies = other({ program: program('scans/crash.ts') })
  expect(await pdf(textPdf(['x']), dies)).toEqual({
    pages: [
      { text: 'one', hasPictures: false },
      { text: 'two', hasPictures: false },
    ],
    isCut: true,
  })
  // it asks for bytes that are not there
  await expect(pdf(Buffer.of(1), dies)).rejects.toMatchObject({ code: 'too-much' })
  expect(await dies.read(source(Buffer.of(1)), { page: 1 }, ['en'], 'a matter')).toEqual({ none: 'crashed' })
})

test('one that had read others before is asked anew; what a source throws comes through', async () => {
  await pdf(textPdf(['before']))
  let killed = 0
  const bytes = textPdf(['after', 'all'])
  const kills = {
    size: bytes.length,
    read: async function* (start: number, end: number) {
      if (killed === 0) for (const pid of await readers()) killed += Number(process.kill(pid, 'SIGKILL'))
      yield bytes.subarray(start, end)
    },
  }
  expect((await scans.pdf(kills, 'a matter')).pages.map(({ text }) => text)).toEqual(['after', 'all'])
  expect(killed).toBeGreaterThan(0)
  const fails = {
    size: 1000,
    read: async function* () {
      if (killed < 0) yield Buffer.alloc(1)
      throw new Error('the seal is broken')
    },
  }
  await expect(scans.pdf(fails, 'a matter')).rejects.toThrow('the seal is broken')
  expect(await textOf(textPdf(['next']))).toEqual(['next'])
})

test('a process reads for one matter; the next matter has another one', async () => {
  const own = other({})
  const before = await readers()
  const [mine, ...more] = (await pdf(textPdf(['x']), own), await readers()).filter((pid) => !before.includes(pid))
  expect(more).toEqual([])
  await pdf(textPdf(['x']), own)
  expect(await readers()).toContain(mine)
  await pdf(textPdf(['x']), own, 'another matter')
  expect(await readers()).not.toContain(mine)
})

test('a scanned page is read by machine, whichever way it lies', async () => {
  const text = 'The lease of the orchard ends\nin September, and no notice\nwas given to the tenant.\n\n\nSigned by Marigold Vane'
  const upright = await scans.read(source(await scanPdf(text)), { page: 1 }, ['en', 'xx'], 'a matter')
  expect(upright).toMatchObject({ text: text.replace('\n\n\n', '\n\n'), pages: 1 })
  expect((upright as { sureness: number }).sureness).toBeGreaterThan(85)
  const tiff = await (await scanned(text)).rotate(180).tiff({ compression: 'deflate' }).toBuffer()
  expect(await scans.read(source(tiff), { page: null }, [], 'a matter')).toMatchObject({ text: text.replace('\n\n\n', '\n\n') })
  expect(await scans.read(source(tiff), { page: 2 }, ['en'], 'a matter')).toEqual({ none: 'broken' })
  // while it reads and after it, it holds no file to write to
  for (const pid of await readers()) {
    for (const fd of await readdir(`/proc/${pid}/fd`)) {
      const to = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')
      const flags = await readFile(`/proc/${pid}/fdinfo/${fd}`, 'utf8').catch(() => '')
      const isReadOnly = /^flags:\s+\d*0$/m.test(flags)
      expect([to, to === '' || !to.startsWith('/') || to === '/dev/null' || isReadOnly]).toEqual([to, true])
    }
  }
})

test('letters of another language are read with its data; what cannot be decoded says why', async () => {
  const png = await (await scanned('Die Verjährung beträgt fünf Jahre\nund beginnt mit der Übergabe.')).png().toBuffer()
  expect(await scans.read(source(png), { page: null }, ['de'], 'a matter')).toMatchObject({
    text: 'Die Verjährung beträgt fünf Jahre\nund beginnt mit der Übergabe.',
  })
  const none = async (bytes: Buffer, page: number | null = null) => scans.read(source(bytes), { page }, ['en'], 'a matter')
  expect(await none(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'))).toEqual({ none: 'broken' })
  expect(await none(png.subarray(0, 5000))).toEqual({ none: 'broken' })
  expect(await none(lockedPdf(), 1)).toEqual({ none: 'encrypted' })
  expect(await none(textPdf(['x']), 2)).toEqual({ none: 'broken' })
  expect(await none(Buffer.alloc(LIMITS.picture + 1, 'x'))).toEqual({ none: 'too-much' })
})

test('the process has no environment, reads nothing outside of the program, writes to no file, starts nothing, and waits for others', async () => {
  const stranger = other({ program: program('scans/stranger.ts') })
  expect((await pdf(textPdf(['x']), stranger)).pages[0]!.text).toBe('1111111 10')
  await pdf(textPdf(['x']))
  const limits = await readFile(`/proc/${(await readers())[0]}/limits`, 'utf8')
  // native code asks nobody: the system refuses it a file with a byte in it, and a core dump
  expect(limits).toMatch(/Max file size +0 +0 /)
  expect(limits).toMatch(/Max core file size +0 +0 /)
  expect(limits).toMatch(/Max data size +\d+ +\d+ /)
  expect(limits).not.toMatch(/Max (data size|cpu time) +unlimited/)
})

test('a process that nobody needs ends', async () => {
  const before = await readers()
  await pdf(textPdf(['x']), other({ idleMs: 2_000 }))
  const mine = (await readers()).filter((pid) => !before.includes(pid))
  expect(mine).toHaveLength(1)
  await expect.poll(async () => (await readers()).includes(mine[0]!), { timeout: 20_000 }).toBe(false)
})

test('what was closed reads nothing, and leaves no process', async () => {
  const own = openScans()
  const before = await readers()
  const under = pdf(textPdf(['x']), own)
  under.catch(() => {})
  await own.close()
  await expect(pdf(textPdf(['x']), own)).rejects.toThrow('closed')
  expect((await readers()).filter((pid) => !before.includes(pid))).toEqual([])
})
