import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesIn, corpus, docx, message, office, zip } from '../../../test/reading/made.ts'
import { doc, odf, summary, wordPerfect } from '../../../test/reading/made-texts.ts'
import { ReadingFault } from './fault.ts'
import { partAs, readAs, type PartKind } from './formats.ts'
import { kindOfContent, READABLE, type ReadableKind } from './kinds.ts'
import { natureOf } from './natures.ts'
import { LIMITS } from './reading.ts'
import { textAs } from './written.ts'

const limits = {
  ...LIMITS,
  text: 10_000,
  part: 200_000,
  unpacked: 400_000,
  blocks: 100,
  rows: 20,
  columns: 20,
  cells: 200,
  entries: 50,
  parts: 50,
}
const RUNS = Number(process.env.SLOW ? 20_000 : 100)

/** Reads, or says so with a fault of its own; never more than the limits. */
async function holds(kind: ReadableKind, bytes: Buffer): Promise<void> {
  natureOf(bytes.subarray(0, 4096), kindOfContent(bytes.subarray(0, 4096), bytes))
  try {
    const reading = await readAs(kind, bytesIn(bytes), limits)
    expect(JSON.stringify(reading).length).toBeLessThan(1_000_000)
    if (reading.kind === 'text') expect(reading.blocks.length).toBeLessThanOrEqual(limits.blocks)
    if (reading.kind === 'archive') expect(reading.entries.length).toBeLessThanOrEqual(limits.entries)
  } catch (fault) {
    if (!(fault instanceof ReadingFault)) throw fault
  }
  for (const form of [kind, 'txt'] as const) {
    try {
      const written = await textAs(form, bytesIn(bytes), limits)
      expect(written.text.length).toBeLessThan(100_000)
      expect(written.text).not.toMatch(/[\x00-\x08\x0b-\x1f]/)
      expect(written.text.isWellFormed()).toBe(true)
    } catch (fault) {
      // any bytes at all are some text
      if (!(fault instanceof ReadingFault) || form === 'txt') throw fault
    }
  }
  if (!['eml', 'msg', 'mbox', 'zip'].includes(kind)) return
  for (const index of [0, 1, 2]) {
    let size = 0
    try {
      for await (const part of partAs(kind as PartKind, bytesIn(bytes), index, limits)) size += part.length
    } catch (fault) {
      if (!(fault instanceof ReadingFault)) throw fault
    }
    expect(size).toBeLessThanOrEqual(limits.part)
  }
}

const real = (kind: ReadableKind, name: string): [ReadableKind, Buffer][] => {
  const bytes = corpus(name)
  return bytes ? [[kind, bytes]] : []
}
const SHEET = '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c s="1"><v>46084</v></c></row></sheetData></worksheet>'
const SEEDS: [ReadableKind, Buffer][] = [
  [
    'eml',
    Buffer.from(
      'From: "A" <a@b>\nTo: c@d\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename*0*=utf-8\'\'%C3\n\nAAAA\n--b\n\n=?utf-8?q?=C3?=\n--b--\n',
    ),
  ],
  ['mbox', Buffer.from('From a Tue 2026\nFrom: a@b\n\nx\n\nFrom b Tue 2026\nSubject: y\n\n')],
  ['msg', message()],
  [
    'zip',
    zip([
      { path: 'a/b', data: 'hello '.repeat(100) },
      { path: 'a/B', data: 'x', zip64: true },
    ]),
  ],
  ['docx', docx('<w:p><w:r><w:t>word &amp; word</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>')],
  [
    'xlsx',
    office('xl/workbook.xml', [['r1', 'worksheet', 'a.xml']], {
      'xl/workbook.xml': '<w><sheet name="a" r:id="r1"/></w>',
      'xl/a.xml': SHEET,
    }),
  ],
  ['html', Buffer.from('<!doctype html><p title="a>b">x &amp; &#x41;<script>1</script><table><td>1')],
  [
    'rtf',
    Buffer.from(
      "{\\rtf1\\ansicpg932{\\fonttbl{\\f1\\fcharset204 A;}}{\\info{\\title T}}\\f1 \\'cc\\u8364?{\\pict\\bin4 }}}}\\cell\\row\\par}",
    ),
  ],
  [
    'doc',
    doc([{ text: 'word \x13 A \x14b\x15\x07\x07' }, { text: 'wide\r', wide: true }], {
      deleted: [1, 3],
      others: { '\x05SummaryInformation': summary(1252, Buffer.from('t'), Buffer.from('a')) },
    }),
  ],
  [
    'odt',
    odf('text', '<text:p>x<text:s text:c="9"/></text:p><table:table-row><table:table-cell/></table:table-row>', { 'meta.xml': '<a/>' }),
  ],
  [
    'ods',
    odf(
      'spreadsheet',
      '<table:table><table:table-row><table:table-cell table:number-columns-repeated="9"><text:p>1</text:p></table:table-cell></table:table-row></table:table>',
    ),
  ],
  ['wpd', wordPerfect(['a', 0xcc, 0xf0, 6, 4, 0xf0, 0xd0, 4, 6, 0, 0, 0xd0, 0xf1, 0, 0, 0, 0xf1, 'b'], ['n'])],
  ...real('wpd', 'word-perfect.wpd'),
  ...real('docx', 'word-docx.docx'),
  ...real('msg', 'word-doc.doc'),
  ...real('doc', 'word-doc.doc'),
]

const change = fc.record({ at: fc.nat(), what: fc.constantFrom('byte', 'cut', 'double', 'word'), value: fc.nat({ max: 0xffffffff }) })
function changed(bytes: Buffer, changes: { at: number; what: string; value: number }[]): Buffer {
  let out = Buffer.from(bytes)
  for (const { at, what, value } of changes) {
    if (out.length < 8) break
    const place = at % (out.length - 4)
    if (what === 'byte') out[place] = value & 255
    else if (what === 'word') out.writeUInt32LE(value % 3 ? value : [0, 1, 0xffffffff, 0xfffffffe][value % 4]!, place)
    else if (what === 'cut') out = Buffer.concat([out.subarray(0, place), out.subarray(place + (value % 64))])
    else out = Buffer.concat([out.subarray(0, place), out.subarray(Math.max(0, place - 100), place), out.subarray(place)])
  }
  return out
}

test.each(READABLE)('any bytes as %s', (kind) =>
  fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), (bytes) => holds(kind, Buffer.from(bytes))),
    { numRuns: RUNS },
  ),
)

test.each(SEEDS)('a %s with wounds', (kind, seed) =>
  fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => holds(kind, changed(seed, changes))),
    { numRuns: RUNS },
  ),
)

test.each(SEEDS)('a %s as what it is not', async (_, seed) => {
  for (const kind of READABLE) await holds(kind, seed)
})
