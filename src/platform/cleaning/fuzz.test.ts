import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { made, relations, tellingWord } from '../../../test/cleaning/made-office.ts'
import { box, packedPage, tellingPdf, words } from '../../../test/cleaning/made-pdf.ts'
import { exif, insertedJpeg, segment, tellingJpeg, tellingTiff } from '../../../test/cleaning/made-pictures.ts'
import { doc, odf, summary } from '../../../test/reading/made-texts.ts'
import { message, zip } from '../../../test/reading/made.ts'
import { cleaned, inspect } from './cleaning.ts'
import { STRICTEST } from './wish.ts'

const RUNS = Number(process.env.SLOW ? 5_000 : 100)
const REASONS = [
  'too-much',
  'broken',
  'took-too-long',
  'hostile',
  'encrypted',
  'unknown-format',
  'not-cleaned',
  'changes-meaning',
  'member',
]

/** Says what it finds, or why it does not: nothing is thrown, and no copy is given that tells what was to go. */
async function holds(bytes: Buffer): Promise<void> {
  const inspection = await inspect(bytes, 'x')
  if (inspection.isKnown) expect(JSON.stringify(inspection).length).toBeLessThan(2_000_000)
  else expect(REASONS).toContain(inspection.reason)
  for (const trackedChanges of ['accept', 'reject'] as const) {
    const result = await cleaned(bytes, 'x', { ...STRICTEST, trackedChanges })
    if (!result.isCleaned) expect(REASONS).toContain(result.reason)
  }
}

const plain = sharp({ create: { width: 16, height: 12, channels: 3, background: '#a04020' } })
const sheet = made(
  'xl/workbook.xml',
  {
    'xl/workbook.xml': '<workbook><sheets><sheet name="a" state="hidden" r:id="r1"/></sheets></workbook>',
    'xl/a.xml':
      '<worksheet><cols><col min="1" max="2" hidden="1"/></cols><sheetData><row r="1"><c s="1"><v>1</v></c></row></sheetData></worksheet>',
    'xl/_rels/a.xml.rels': relations([['r1', 'comments', 'comments1.xml']]),
    'xl/comments1.xml':
      '<comments><authors><author>A</author></authors><commentList><comment authorId="0"><t>x</t></comment></commentList></comments>',
  },
  [['r1', 'worksheet', 'a.xml']],
)
const slides = made(
  'ppt/presentation.xml',
  {
    'ppt/presentation.xml': '<p:presentation><p:sldIdLst><p:sldId id="1" r:id="r1"/></p:sldIdLst></p:presentation>',
    'ppt/s.xml': '<p:sld show="0"/>',
  },
  [['r1', 'slide', 's.xml']],
)
const SEEDS: [string, Buffer][] = [
  ['docx', tellingWord()],
  ['xlsx', sheet],
  ['pptx', slides],
  ['pdf', tellingPdf(await plain.clone().jpeg().toBuffer())],
  ['packed pdf', packedPage(words('Jane', 50, 300) + box(40, 290, 100, 30))],
  ['jpeg', tellingJpeg(await plain.clone().jpeg({ progressive: true }).toBuffer())],
  [
    'png',
    await plain
      .clone()
      .png()
      .withExif({ IFD0: { Artist: 'x' } })
      .toBuffer(),
  ],
  [
    'webp',
    await plain
      .clone()
      .webp()
      .withExif({ IFD0: { Artist: 'x' } })
      .toBuffer(),
  ],
  ['gif', await plain.clone().gif().toBuffer()],
  ['tiff', tellingTiff()],
  ['exif', insertedJpeg(Buffer.from('ffd8ffda0002ffd9', 'hex'), segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif()])))],
  ['odt', odf('text', '<text:tracked-changes/><text:p>x</text:p>', { 'meta.xml': '<a><b>x</b></a>' })],
  ['rtf', Buffer.from('{\\rtf1{\\info{\\author A}}{\\v hidden}{\\*\\annotation x}\\par}')],
  ['doc', doc([{ text: 'x\r' }], { others: { '\x05SummaryInformation': summary(1252, Buffer.from('t'), Buffer.from('a')) } })],
  ['msg', message()],
  [
    'eml',
    Buffer.from(
      'Received: x\nFrom: a@b\nTo: c@d\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Disposition: attachment; filename=a\n\nx\n--b--\n',
    ),
  ],
  ['zip', zip([{ path: 'a.txt', data: 'x' }, { path: 'b.zip', data: zip([{ path: 'c.txt', data: 'y' }]) }])], // prettier-ignore
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

test.each(SEEDS)('a %s with wounds', { timeout: 600_000 }, (_, seed) =>
  fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => holds(changed(seed, changes))),
    { numRuns: RUNS, seed: 20_260_102 },
  ),
)

test('any bytes behind the first bytes of each kind', { timeout: 600_000 }, () =>
  fc.assert(
    fc.asyncProperty(fc.constantFrom(...SEEDS), fc.uint8Array({ maxLength: 2000 }), ([, seed], bytes) =>
      holds(Buffer.concat([seed.subarray(0, 16), Buffer.from(bytes)])),
    ),
    { numRuns: RUNS, seed: 20_260_102 },
  ),
)
