import { readFileSync } from 'node:fs'
import { homedir, hostname } from 'node:os'
import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bodyOf, branches, readPrinted } from '../../test/printed.ts'
import { MOST_CHARACTERS, PdfTooLong, type Block, type PdfDocument } from './pdf-document.ts'
import { MARGINS } from './pdf-layout.ts'
import { runsOf } from './pdf-letters.ts'
import { makePdf, PdfBusy } from './pdf.ts'

const sheet = (blocks: Block[], more: Partial<PdfDocument> = {}): PdfDocument => ({
  title: 'A certificate',
  author: 'Wren & Ames LLP',
  language: 'en',
  madeAt: '2026-11-22T10:42:00.000Z',
  paper: 'LETTER',
  foot: 'Wren & Ames LLP, a certificate',
  blocks,
  ...more,
})
const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
const printed = async (blocks: Block[], more: Partial<PdfDocument> = {}) => readPrinted(await makePdf(sheet(blocks, more)))
const bare = (text: string): string => text.replace(/\s/g, '')

test.each([
  ['Latin', 'Łukasz Żółć, Søren Ægir, Ștefan Țurcanu, İbrahim Ağaoğlu, Ñuño Peña, Zoë Müller-Weiß, Nguyễn Thị Ánh, Dvořák'],
  ['Cyrillic', 'Йосип Щукін, Ґанна Їжакевич, Ђорђе Љубић, Ёлкин, Ќирил Ѓорѓиев, Ўлад'],
  ['Greek', 'Αλέξανδρος Παπαδόπουλος, Ζωή Ευαγγελίου, Ϊάκωβος, ΰ'],
  ['signs', 'office affine fluff — “quoted” ‘too’ §14 € 100 ½ №7 … – 100%'],
])('%s comes back letter by letter, in each face and block', async (_, names) => {
  const { run, text } = await printed([
    { kind: 'title', above: names, text: names, below: names },
    { kind: 'heading', level: 3, text: names },
    {
      kind: 'paragraph',
      text: [
        { text: names, as: 'cite' },
        { text: names, as: 'strong' },
      ],
    },
    { kind: 'list', items: [names] },
    { kind: 'facts', rows: [[names, names]] },
    { kind: 'table', head: [names], shares: [1], rows: [[names]] },
    { kind: 'notice', tone: 'rose', text: [names] },
    { kind: 'blanks', labels: [names] },
    { kind: 'verbatim', text: names },
  ])
  expect(run.split(bare(names))).toHaveLength(14 + 1)
  expect(text).not.toContain('could not be printed')
})

test('letters that are written in two parts come back composed', async () => {
  const { text } = await printed([paragraph('Żółć Ange\u0301lique'.normalize('NFD'))])
  expect(text).toContain('Żółć Angélique')
})

test('what the typeface lacks is said in place by its number, and why, once', async () => {
  const { text, run } = await printed([
    paragraph('Before שרה כהן after'),
    paragraph('汉字 and 🙂 and a\u202Eb\u0000c\u200Dd and \ud800.'),
    paragraph('字'.repeat(200)),
  ])
  expect(run).toContain('Before???[U+05E9U+05E8U+05D4]???[U+05DBU+05D4U+05DF]after')
  expect(run).toContain('??[U+6C49U+5B57]and?[U+1F642]anda?[U+202E]b?[U+0000]c?[U+200D]dand?[U+FFFD].')
  expect(run).toContain(`${'?'.repeat(40)}[${'U+5B57'.repeat(12)}and188more]`)
  expect(text.split('could not be printed')).toHaveLength(2)
})

test('every character of a text is either set or named', () => {
  const has = (point: number) => point < 0x250
  const text = 'Ann\u202E שלום\r\n\tBob\u2028c\u2011d\u3000e\n\n\n\nf'
  const runs = runsOf(text, has)
  expect(runs.map((run) => run.text).join('')).toBe('Ann? [U+202E] ???? [U+05E9 U+05DC U+05D5 U+05DD]\n Bob\nc-d e\n\nf')
  expect(runs.filter((run) => run.missing).map((run) => run.text)).toEqual(['? [U+202E]', '???? [U+05E9 U+05DC U+05D5 U+05DD]'])
})

test('what shows nothing is named, whether the typeface has it or not', async () => {
  expect(runsOf('a\u202Eb\u00ADc', () => true).map((run) => run.text)).toEqual(['a', '? [U+202E]', 'b', '? [U+00AD]', 'c'])
  expect((await printed([paragraph('zero\u200Bwidth soft\u00ADhyphen')])).run).toContain('zero?[U+200B]widthsoft?[U+00AD]hyphen')
})

test('the file says title, firm, language and the given time, and nothing of this machine', async () => {
  const title = 'Pack “7” <script> & ]]> \u0007 Щукін'
  const pdf = await makePdf(sheet([paragraph('words')], { title, author: 'Wren & Ames <LLP>', language: 'en' }))
  const { info, xmp, attachments, scripts } = await readPrinted(pdf)
  expect(info).toMatchObject({
    Title: title,
    Author: 'Wren & Ames <LLP>',
    Language: 'en',
    CreationDate: 'D:20261122104200Z',
    Creator: 'Subrosa',
    Producer: 'Subrosa',
    PDFFormatVersion: '1.7',
  })
  expect(
    Object.keys(info)
      .filter((key) => /date|custom|author|keywords|subject/i.test(key))
      .sort(),
  ).toEqual(['Author', 'CreationDate'])
  expect(xmp('dc:title')).toBe('Pack “7” <script> & ]]>   Щукін')
  expect([xmp('dc:creator')].flat()).toEqual(['Wren & Ames <LLP>'])
  expect([attachments, scripts]).toEqual([null, null])
  const raw = opened(pdf)
  // the metadata is in what was looked through
  expect(raw).toContain('xmp:CreateDate>2026-11-22T10:42:00Z')
  expect(raw).toContain('<rdf:li>Wren &amp; Ames &lt;LLP&gt;</rdf:li>')
  for (const own of [process.cwd(), homedir(), hostname(), 'node_modules', 'pdfmake', 'PDFKit', import.meta.dirname])
    expect(raw.includes(own), own).toBe(false)
})

/** The file with its compressed streams opened. */
function opened(pdf: Buffer): string {
  const parts = [pdf.toString('latin1')]
  for (const { index } of parts[0]!.matchAll(/stream\n/g)) {
    try {
      parts.push(inflateSync(pdf.subarray(index + 7)).toString('latin1'))
    } catch {
      // not a compressed stream; it is in the file as it is
    }
  }
  expect(parts.length).toBeGreaterThan(2)
  return parts.join('\n')
}

test('every page has its number, of as many as there are', async () => {
  const { pages } = await printed(Array.from({ length: 300 }, (_, at) => paragraph(`Line ${at}`)))
  expect(pages.length).toBeGreaterThan(5)
  pages.forEach((page, at) => {
    expect(page.text).toContain(`page ${at + 1} of ${pages.length}`)
    expect(page.text).toContain('Wren & Ames LLP, a certificate')
  })
})

test('all text but the foot and repeated heads hangs in the structure tree, by what it is', async () => {
  const pdf = sheet([
    { kind: 'title', above: 'Firm', text: 'Title' },
    { kind: 'heading', level: 2, text: 'Part' },
    { kind: 'list', items: ['one', 'two'], isNumbered: true },
    { kind: 'facts', rows: [['Label', 'Value']] },
    { kind: 'table', head: ['When', 'What'], shares: [1, 2], rows: Array.from({ length: 80 }, (_, at) => [`day ${at}`, `deed ${at}`]) },
    { kind: 'notice', tone: 'plain', text: ['Note'] },
  ])
  const whole = await makePdf(pdf)
  const { pages, marked } = await readPrinted(whole, { withTrees: true })
  expect(marked).toBe(true)
  expect(pages.length).toBeGreaterThan(2)
  for (const page of pages) {
    const known = new Set(branches(page.tree!).flatMap(({ ids }) => ids))
    const tagged = page.pieces.flatMap(({ tag, text }) => (tag === null || text === '' ? [] : [tag]))
    expect(tagged.length).toBeGreaterThan(0)
    expect(tagged.filter((id) => !known.has(id))).toEqual([])
  }
  const outside = (page: (typeof pages)[number]) =>
    page.pieces.flatMap(({ tag, text }) => (tag === null && text.trim() ? [text.trim()] : [])).join(' ')
  expect(outside(pages[0]!)).toBe(`Wren & Ames LLP, a certificate page 1 of ${pages.length}`)
  expect(outside(pages[1]!)).toBe(`When What Wren & Ames LLP, a certificate page 2 of ${pages.length}`)

  expect(opened(whole)).toMatch(/\/Artifact <<\s*\/Type \/Layout\s*>> BDC/)
  const roles = branches(pages[0]!.tree!).map(({ role }) => role)
  expect(roles.slice(0, 10)).toEqual(['Root', 'Document', 'P', 'H1', 'H2', 'L', 'LI', 'Lbl', 'LBody', 'LI'])
  const heads = branches(pages[0]!.tree!).filter(({ role }) => role === 'TH')
  expect(heads.map(({ scope }) => scope)).toEqual(['Row', 'Column', 'Column'])
})

test('a rule and an address in a text make no link', async () => {
  const { pages, text } = await printed([
    paragraph('See https://evil.example/x and mailto:a@b.example'),
    { kind: 'verbatim', text: 'file:///etc/passwd' },
  ])
  expect(text).toContain('https://evil.example/x')
  expect(pages.map(({ annotations }) => annotations)).toEqual([0])
})

const words = Array.from({ length: 1700 }, (_, at) => `word${at}`).join(' ')
const oneWord = 'Wm'.repeat(5000)
const lines = Array.from({ length: 400 }, (_, at) => `line${at}`).join('\n')
test.each([
  ['words', words],
  ['one word', oneWord],
  ['lines', lines],
])('ten thousand characters in %s are all there and inside the margins, in each block', async (_, long) => {
  const { pages, run } = await printed([
    paragraph(long),
    { kind: 'heading', level: 3, text: 'Heading' },
    { kind: 'list', items: [long] },
    { kind: 'facts', rows: [['Label', long]] },
    { kind: 'table', head: ['A', 'B', 'C', 'D'], shares: [1, 1, 1, 1], rows: [['a', 'b', 'c', long]] },
    { kind: 'heading', level: 3, text: 'Heading' },
    { kind: 'notice', tone: 'rose', text: [long] },
    { kind: 'together', blocks: [paragraph(long), { kind: 'blanks', labels: ['Signature'] }] },
  ])
  expect(run.split(bare(long)).length - 1).toBe(6)
  for (const { pieces, width, height } of pages)
    for (const piece of pieces.filter(({ tag, text }) => tag !== null && text.trim() !== '')) {
      expect(piece.x).toBeGreaterThanOrEqual(MARGINS.left - 1)
      // of a word that is broken one letter may stand over
      expect(piece.x + piece.width).toBeLessThanOrEqual(width - MARGINS.right + 10)
      expect(piece.y).toBeGreaterThanOrEqual(MARGINS.bottom - 1)
      expect(piece.y).toBeLessThanOrEqual(height - MARGINS.top + 1)
    }
})

test('what is kept together never runs off the page: many short texts, wide letters, letters spelled as numbers', async () => {
  const hundred = Array.from({ length: 100 }, (_, at) => `item${at}`)
  const { pages, run } = await printed([
    { kind: 'heading', level: 3, text: 'Heading' },
    { kind: 'list', items: hundred },
    { kind: 'together', blocks: hundred.map((text): Block => ({ kind: 'blanks', labels: [text] })) },
    { kind: 'together', blocks: [paragraph('a汉'.repeat(700)), paragraph('END OF LETTERS')] },
    { kind: 'together', blocks: [paragraph('W'.repeat(1400)), paragraph('END OF WIDE')] },
    { kind: 'table', head: ['A', 'B', 'C', 'D', 'E'], shares: [9, 9, 9, 9, 1], rows: [['', '', '', '', 'W'.repeat(240)]] },
  ])
  expect(run.split('item99')).toHaveLength(3)
  expect(run).toContain('ENDOFLETTERS')
  expect(run).toContain('ENDOFWIDE')
  const lowest = pages.flatMap(({ pieces }) => pieces.filter(({ tag, text }) => tag !== null && text.trim() !== '').map(({ y }) => y))
  expect(Math.min(...lowest)).toBeGreaterThanOrEqual(MARGINS.bottom - 1)
})

test('a heading stands on the page of what follows it', async () => {
  // lines of two heights, so that the heading comes to stand at every height of the page's foot
  let atTop = 0
  for (let before = 19; before < 25; before += 1)
    for (let small = 0; small < 6; small += 1) {
      const { pages } = await printed([
        ...Array.from({ length: before }, () => paragraph('x')),
        ...Array.from({ length: small }, (): Block => ({ kind: 'paragraph', tone: 'quiet', text: 'x' })),
        { kind: 'heading', level: 3, text: 'HEADING' },
        paragraph('FOLLOWS'),
      ])
      const on = (text: string) => pages.findIndex((page) => page.text.includes(text))
      expect(on('HEADING')).toBe(on('FOLLOWS'))
      atTop += on('HEADING')
    }
  expect(atTop).toBeGreaterThan(0)
})

test('the same document with the same time is the same bytes, whatever was printed between; another time is other bytes', async () => {
  const one = sheet([paragraph('Щукін'), { kind: 'table', head: ['A'], shares: [1], rows: [['x']] }])
  const [first, , second] = await Promise.all([makePdf(one), makePdf(sheet([paragraph('another')])), makePdf(structuredClone(one))])
  expect(second.equals(first)).toBe(true)
  expect((await makePdf({ ...one, madeAt: '2026-11-22T10:42:01.000Z' })).equals(first)).toBe(false)
})

test('a document of too many pages or characters is refused, and the next one is printed', async () => {
  const pages = Array.from({ length: 401 }, (_, at): Block => ({ kind: 'heading', level: 2, text: `Part ${at}`, isOnNewPage: true }))
  await expect(makePdf(sheet(pages))).rejects.toThrow(PdfTooLong)
  await expect(makePdf(sheet([paragraph('x'.repeat(MOST_CHARACTERS + 1))]))).rejects.toThrow(PdfTooLong)
  expect((await printed(pages.slice(0, 399))).pages).toHaveLength(400)
})

test('a document that cannot be printed fails without being quoted, and the next one is printed', async () => {
  const secret = { kind: 'paragraph', text: [{ as: 'cite', text: { canary: 'CANARY' } }] } as unknown as Block
  const fault = await makePdf(sheet([secret])).catch((error: Error) => error)
  expect(fault).toBeInstanceOf(Error)
  expect(String((fault as Error).stack)).not.toContain('CANARY')
  await expect(makePdf(sheet([paragraph('words')], { madeAt: 'CANARY' }))).rejects.toThrow('couldn’t print a document: RangeError')
  expect((await printed([paragraph('and on')])).text).toContain('and on')
})

test('more than eight at once are turned away, and afterwards there is room', async () => {
  const told = await Promise.allSettled(Array.from({ length: 11 }, () => makePdf(sheet([paragraph('x')]))))
  expect(told.map(({ status }) => status)).toEqual([...Array<string>(8).fill('fulfilled'), ...Array<string>(3).fill('rejected')])
  expect((told[10] as PromiseRejectedResult).reason).toBeInstanceOf(PdfBusy)
  expect((await printed([paragraph('room')])).text).toContain('room')
})

test('an empty document is one page, and empty lists and texts do no harm', async () => {
  expect((await printed([])).pages).toHaveLength(1)
  const { pages } = await printed([
    { kind: 'list', items: [] },
    { kind: 'facts', rows: [] },
    { kind: 'table', head: ['A'], shares: [1], rows: [] },
    { kind: 'notice', tone: 'plain', text: [''] },
    { kind: 'together', blocks: [] },
    paragraph(''),
    { kind: 'table', head: ['A', 'B'], shares: [1, 1], rows: [['', '']] },
    paragraph('last'),
  ])
  expect(bodyOf(pages[0]!)).toContain('last')
})

test('the program that lays out is the one whose insides we use', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../node_modules/pdfmake/package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  expect(version).toBe('0.3.11')
})
