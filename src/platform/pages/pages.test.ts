import { readdir, readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, afterEach, expect, test } from 'vitest'
import { endless, pdf, png } from '../../../test/drawing/made.ts'
import { letter } from '../../../test/reading/made-texts.ts'
import { docx, zip } from '../../../test/reading/made.ts'
import { filledPdf, letterPages, lockedPdf, scanPdf, source, textPdf } from '../../../test/scans/made.ts'
import { openReaders } from '../reading/readers.ts'
import { withPdf } from '../scans/pdfium.ts'
import { LIMITS, type Pixels } from './page.ts'
import { openPages, type PagePicture, type Pages } from './pages.ts'
import { drawPage } from './pdf-page.ts'

const readers = openReaders()
const pages = openPages({ readers })
const others: Pages[] = []
afterEach(async () => void (await Promise.all(others.splice(0).map((one) => one.close()))))
afterAll(async () => void (await Promise.all([pages.close(), readers.close()])))

const MARK = ['Zoë Müller', 'zoe@example.com', '24 November 2026, 03:54 UTC', 'Share 1042']
const other = (settings: { program?: string; ms?: number; idleMs?: number }): Pages => {
  const program = settings.program ? new URL(`../../../test/${settings.program}`, import.meta.url) : undefined
  others.push(openPages({ readers, ...settings, ...{ program } } as Parameters<typeof openPages>[0]))
  return others.at(-1)!
}
const of = (bytes: Buffer, matter = 'a matter') => ({ ...source(bytes), of: matter })
const count = (bytes: Buffer, by = pages) => by.count(of(bytes), 'a file')
const ask = (bytes: Buffer, { page = 1, width = 1200, watermark = MARK } = {}, by = pages) =>
  by.draw(of(bytes), 'a file', { page, width, watermark })
async function draw(...given: Parameters<typeof ask>): Promise<PagePicture & Pixels> {
  const drawn = await ask(...given)
  if ('none' in drawn) throw new Error(`no page: ${drawn.none}`)
  return { ...drawn, rgba: await sharp(drawn.picture).ensureAlpha().raw().toBuffer() }
}
const both = async (bytes: Buffer) => [await count(bytes), await ask(bytes)]
const next = async () => expect(await count(textPdf(['one', 'two']))).toEqual({ pages: 2 })
/** How unlike two pictures of one size are, tile by tile: of the values of their pixels, the largest difference. */
function unlike(one: Pixels, two: Pixels, across = 6, down = 8): number[] {
  expect([one.width, one.height]).toEqual([two.width, two.height])
  const most = new Array<number>(across * down).fill(0)
  for (let at = 0; at < one.rgba.length; at += 1) {
    const [x, y] = [(at >> 2) % one.width, Math.floor((at >> 2) / one.width)]
    const tile = Math.floor((y / one.height) * down) * across + Math.floor((x / one.width) * across)
    most[tile] = Math.max(most[tile]!, Math.abs(one.rgba[at]! - two.rgba[at]!))
  }
  return most
}
/** The processes of ours that draw pages. */
async function artists(): Promise<number[]> {
  const found: number[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    if (line.includes('page-process.ts') && stat.split(') ')[1]?.split(' ')[1] === String(process.pid)) found.push(Number(pid))
  }
  return found
}

test('a page of a PDF is as wide as was asked, in its proportions, and marked in every part of it', async () => {
  const bytes = textPdf(['The first page', 'The second page'])
  expect(await count(bytes)).toEqual({ pages: 2 })
  const page = await draw(bytes, { page: 2 })
  expect([page.type, page.width, page.height]).toEqual(['image/webp', 1200, 1552])
  const unmarked = await withPdf({ size: bytes.length, at: (start, end) => bytes.subarray(start, end) }, (pdfium, document) =>
    drawPage(pdfium, document, 2, 1200),
  )
  // more than what WebP makes of a plain page
  expect(Math.min(...unlike(unmarked, page))).toBeGreaterThan(40)
  expect(Math.max(...unlike(page, await draw(bytes, { page: 1 })))).toBeGreaterThan(100)
  const sizes = await Promise.all([10, 200, 777, 9_999].map(async (width) => (await draw(bytes, { width })).width))
  expect(sizes).toEqual([LIMITS.narrowest, 200, 777, LIMITS.widest])
})

test('the same page for the same reader is the same picture, for another one another', async () => {
  const bytes = textPdf(['The first page'])
  const [one, same, two] = [await draw(bytes), await draw(bytes), await draw(bytes, { watermark: ['Ann Ames', ...MARK.slice(1)] })]
  expect(one.picture.equals(same.picture)).toBe(true)
  expect(Math.max(...unlike(one, two))).toBeGreaterThan(40)
})

test('the picture says nothing of the file but what is seen', async () => {
  const plain = sharp({ create: { width: 900, height: 300, channels: 3, background: '#336699' } })
  for (const kind of ['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const) {
    const bytes = await plain
      .clone()
      .withExif({ IFD0: { Copyright: 'CANARY-EXIF' } })
      .withIccProfile('p3')
      .toFormat(kind)
      .toBuffer()
    expect([kind, await count(bytes)]).toEqual([kind, { pages: 1 }])
    const { picture, width, height } = await draw(bytes)
    expect([kind, width, height]).toEqual([kind, 1200, 400])
    const { exif, icc, xmp, iptc, format, hasAlpha } = await sharp(picture).metadata()
    expect([exif, icc, xmp, iptc, format, hasAlpha]).toEqual([undefined, undefined, undefined, undefined, 'webp', false])
    expect(picture.includes('CANARY')).toBe(false)
    expect(picture.toString('latin1')).not.toMatch(/EXIF|ICCP|XMP |ALPH/)
  }
  const turned = await plain.clone().jpeg().withMetadata({ orientation: 6 }).toBuffer()
  expect(await draw(turned)).toMatchObject({ width: 1200, height: 3600 })
  expect((await draw(textPdf(['CANARY']))).picture.includes('CANARY')).toBe(false)
})

test('what moves is its first picture; what was filled into a form and scanned is seen', async () => {
  const frames = Buffer.concat([Buffer.alloc(300 * 100 * 3, 0), Buffer.alloc(300 * 100 * 3, 255)])
  const moving = await sharp(frames, { raw: { width: 300, height: 200, channels: 3, pageHeight: 100 } })
    .gif()
    .toBuffer()
  expect(await count(moving)).toEqual({ pages: 1 })
  const { rgba } = await draw(moving)
  expect(rgba.reduce((sum, value, at) => sum + (at % 4 === 0 ? value : 0), 0) / (rgba.length / 4)).toBeLessThan(60)
  const dark = async (bytes: Buffer) => (await draw(bytes)).rgba.filter((value, at) => at % 4 === 1 && value < 90).length
  expect(await dark(filledPdf('MARIGOLD VANE', ''))).toBeGreaterThan((await dark(filledPdf('', ''))) + 300)
  expect(await dark(await scanPdf('Words of a scan'))).toBeGreaterThan(1000)
})

test('of all else the text is laid out, page by page', async () => {
  const body = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`
  const files = {
    docx: docx(body('A long agreement') + Array.from({ length: 120 }, (_, n) => body(`Clause ${n}`)).join('')),
    rtf: Buffer.from(String.raw`{\rtf1\ansi The terms\par and more}`),
    html: Buffer.from('<!doctype html><p>Terms</p><img src="http://127.0.0.1:1/x.png"><script>1</script>'),
    eml: letter('From: a@example.com\r\nTo: b@example.com\r\nSubject: Terms', 'See below', [['plan.txt', 'CANARY']]),
    txt: Buffer.from('First line\n\n  second line, שרה and 汉字\n'),
    zip: zip([{ path: 'plan.txt', data: 'CANARY' }]),
    empty: Buffer.alloc(0),
  }
  for (const [kind, bytes] of Object.entries(files)) {
    const counted = (await count(bytes)) as { pages: number }
    expect([kind, counted.pages > (kind === 'docx' ? 2 : 0)]).toEqual([kind, true])
    const first = await draw(bytes)
    expect([kind, first.width, first.height]).toEqual([kind, 1200, 1697])
    await draw(bytes, { page: counted.pages })
    expect(await ask(bytes, { page: counted.pages + 1 })).toEqual({ none: 'no-page' })
  }
})

test('a text that was asked for again is laid out once, and anew in another process, the same', async () => {
  let read = 0
  const own = openPages({ readers: { ...readers, text: (...given) => ((read += 1), readers.text(...given)) } })
  others.push(own)
  const bytes = Buffer.from('A line of text\n'.repeat(500))
  expect(await own.count(of(bytes), 'a file')).toEqual(await count(bytes))
  const first = await draw(bytes, { page: 2 }, own)
  expect(read).toBe(1)
  await own.draw(of(bytes), 'another name', { page: 2, width: 1200, watermark: MARK })
  expect(read).toBe(2)
  await own.count(of(textPdf(['x']), 'another matter'), '')
  expect((await draw(bytes, { page: 2 }, own)).picture.equals(first.picture)).toBe(true)
  expect(read).toBe(3)
})

test('what cannot be shown says why and costs only itself', async () => {
  const none = (why: string) => [{ none: why }, { none: why }]
  const program = Buffer.concat([Buffer.from('7f454c46', 'hex'), Buffer.alloc(100)])
  expect(await both(png(30_000, 30_000))).toEqual(none('too-much'))
  expect(await ask(pdf({ width: 1_000_000_000, height: 1_000_000_000 }))).toEqual({ none: 'too-much' })
  expect(await both(letterPages(1_000_000))).toEqual(none('too-much'))
  expect(await both(lockedPdf())).toEqual(none('encrypted'))
  expect(await both(Buffer.from('%PDF-1.7\nnothing of it'))).toEqual(none('broken'))
  expect(await both(Buffer.from('89504e470d0a1a0a00112233', 'hex'))).toEqual(none('broken'))
  expect(await both(Buffer.from('PK\x03\x04 and nothing more'))).toEqual(none('broken'))
  expect(await both(program)).toEqual(none('unreadable'))
  expect(await both(Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(100_000, 255)]))).toEqual(none('broken'))
  const bomb = docx('', { 'word/document.xml': `<w:document>${'x'.repeat(40_000_000)}</w:document>` })
  expect(['unreadable', 'broken']).toContain(((await count(bomb)) as { none: string }).none)
  for (const size of [LIMITS.text + 1, LIMITS.picture + 1]) {
    const large = { size, read: source(Buffer.alloc(4096, size > LIMITS.text ? 'a' : png(9, 9))).read, of: 'a matter' }
    expect(await pages.count(large, '')).toEqual({ none: 'too-much' })
  }
  await next()
})

test('no page has no number outside of the file', async () => {
  for (const page of [0, -1, 1.5, 3, 20_001, Number.NaN, Infinity])
    expect([page, await ask(textPdf(['a', 'b']), { page })]).toEqual([page, { none: 'no-page' }])
  expect(await ask(png(9, 9), { page: 2 })).toEqual({ none: 'no-page' })
})

test('pages of strange proportions are bounded, and marked', async () => {
  for (const [width, height] of [
    [1, 14_400],
    [14_400, 1],
    [3, 3],
  ] as const) {
    const page = await draw(pdf({ width, height }), { width: 2000 })
    expect(page.width * page.height).toBeLessThanOrEqual(LIMITS.pixels)
    expect(page.height).toBeLessThanOrEqual(LIMITS.side)
    expect(page.width).toBeLessThanOrEqual(LIMITS.widest)
  }
})

test('what does not end is ended', { timeout: 90_000 }, async () => {
  const sleeper = other({ program: 'drawing/sleeper.ts', ms: 1000 })
  for (let twice = 0; twice < 2; twice += 1) expect(await ask(png(9, 9), {}, sleeper)).toEqual({ none: 'took-too-long' })
  // by its time or by its memory, whichever is over first
  expect([{ none: 'took-too-long' }, { none: 'too-much' }]).toContainEqual(await ask(endless(), {}, other({ ms: 3000 })))
  await next()
})

test('nothing is drawn without a mark, and nothing is taken for a picture that is none', async () => {
  for (const watermark of [[], [''], ['\n \t']]) await expect(ask(png(9, 9), { watermark })).rejects.toThrow('no watermark')
  expect(await ask(png(9, 9), {}, other({ program: 'pages/liar.ts' }))).toEqual({ none: 'too-much' })
})

test('who does not wait any more is answered at once; what a source throws comes through', async () => {
  const gone = new AbortController()
  const waits = pages.draw(of(textPdf(['x'])), '', { page: 1, width: 1200, watermark: MARK }, gone.signal)
  gone.abort(new Error('gone'))
  await expect(waits).rejects.toThrow('gone')
  await expect(pages.count(of(textPdf(['x'])), '', AbortSignal.abort(new Error('never')))).rejects.toThrow('never')
  const fails = {
    size: 1000,
    of: 'a matter',
    read: async function* (start: number) {
      if (start > 0) throw new Error('the seal is broken')
      yield Buffer.from('%PDF-')
      throw new Error('the seal is broken')
    },
  }
  await expect(pages.count(fails, '')).rejects.toThrow('the seal is broken')
  await next()
})

test('one process draws, for one matter; it writes nothing, reads nothing outside of the program, starts nothing', async () => {
  await next()
  const [first, ...more] = await artists()
  expect(more).toEqual([])
  expect(await readFile(`/proc/${first}/limits`, 'utf8')).toMatch(/Max file size +0 +0 /)
  await pages.count(of(textPdf(['x']), 'another matter'), '')
  const after = await artists()
  expect(after).toHaveLength(1)
  expect(after).not.toEqual([first])
  expect(await count(png(9, 9), other({ program: 'pages/stranger.ts' }))).toEqual({ pages: 0b111111 })
})

test('what was closed draws nothing', async () => {
  const own = openPages({ readers })
  await own.close()
  await expect(own.count(of(textPdf(['x'])), '')).rejects.toThrow('closed')
})
