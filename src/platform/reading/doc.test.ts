import { expect, test } from 'vitest'
import { bytesIn, cfb, codeOf, corpus, sourceOf } from '../../../test/reading/made.ts'
import { doc, summary } from '../../../test/reading/made-texts.ts'
import { readAs } from './formats.ts'
import { kindOf } from './kinds.ts'
import { LIMITS, type TextReading } from './reading.ts'
import { textAs } from './written.ts'

const blocks = async (bytes: Buffer, limits = {}) => ((await readAs('doc', bytesIn(bytes), { ...LIMITS, ...limits })) as TextReading).blocks

test('pieces in their order, narrow and wide, however they lie in the file', async () => {
  const bytes = doc([{ text: 'See \x934\x94 of\r' }, { text: 'Müller v. Łódź\r', wide: true }, { text: 'the end\r' }])
  expect(await kindOf(sourceOf(bytes))).toBe('doc')
  expect(await blocks(bytes)).toEqual([
    { type: 'paragraph', text: 'See “4” of' },
    { type: 'paragraph', text: 'Müller v. Łódź' },
    { type: 'paragraph', text: 'the end' },
  ])
})

test('tables, fields, signs', async () => {
  const text =
    'Price\x07100\x07\x07Due\x07\x07\x07after\r' +
    'go \x13 HYPERLINK "http://x" \x13 PAGE \x14 7\x15\x14to \x13 REF a \x14the page\x15\x15 now\r' +
    'a\x0bb\x1ec\x1fd\x01\x08\r\x13 never ended\rrest\r'
  expect(await blocks(doc([{ text }]))).toEqual([
    { type: 'table-row', cells: ['Price', '100'] },
    { type: 'table-row', cells: ['Due'] },
    { type: 'paragraph', text: 'after' },
    { type: 'paragraph', text: 'go to the page now' },
    { type: 'paragraph', text: 'a\nb-cd' },
    { type: 'paragraph', text: 'rest' },
  ])
})

test('what tracked changes have deleted is not shown, and only that', async () => {
  const pieces = [{ text: 'kept struck kept\r' }, { text: 'other struck\r', wide: true }]
  expect((await blocks(doc(pieces, { deleted: [5, 12] }))).map((one) => 'text' in one && one.text)).toEqual(['kept kept', 'other struck'])
  expect((await blocks(doc(pieces))).map((one) => 'text' in one && one.text)).toEqual(['kept struck kept', 'other struck'])
})

test('title and author, in their code page', async () => {
  const others = { '\x05SummaryInformation': summary(1251, Buffer.from([0xcc, 0xe8, 0xf0]), Buffer.from('Ada Wren')) }
  expect(await textAs('doc', bytesIn(doc([{ text: 'x\r' }], { others })), LIMITS)).toMatchObject({
    text: 'x',
    facts: { title: 'Мир', author: 'Ada Wren' },
  })
  const spoilt = { '\x05SummaryInformation': Buffer.alloc(60, 255) }
  expect(await textAs('doc', bytesIn(doc([{ text: 'x\r' }], { others: spoilt })), LIMITS)).toMatchObject({
    text: 'x',
    facts: { title: '' },
  })
})

const REAL = corpus('word-doc.doc')
test.skipIf(!REAL)('a real one, whole', async () => {
  const { text, facts } = await textAs('doc', bytesIn(REAL!), LIMITS)
  expect(text).toContain('Charles Barker seeks rehearing following our decision in State v. Barker, 809 N.E.2d 312 (Ind. 2004).')
  // the footnote comes behind the body
  expect(text.indexOf('we deem the claim to be abandoned')).toBeGreaterThan(text.indexOf('Rucker, J., concurs'))
  expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f]/)
  expect(facts.title + facts.author).not.toBe('')
})

test('Word 95 is read as it was saved', async () => {
  const text = Buffer.alloc(0x400)
  text.writeUInt16LE(0xa5dc, 0)
  text.writeUInt16LE(104, 2)
  text.writeUInt16LE(0x0419, 6)
  text.writeUInt32LE(0x300, 0x18)
  text.writeUInt32LE(0x307, 0x1c)
  Buffer.from([0xcc, 0xe8, 0xf0, 13, 111, 107, 13]).copy(text, 0x300)
  expect(await blocks(cfb({ WordDocument: text }))).toEqual([
    { type: 'paragraph', text: 'Мир' },
    { type: 'paragraph', text: 'ok' },
  ])
})

test('one under a password, one that is broken, one that is a bomb', async () => {
  expect(await codeOf(blocks(doc([{ text: 'x' }], { flags: 0x100 })))).toBe('encrypted')
  expect(await codeOf(blocks(doc([{ text: 'x' }], { flags: 0x8100 })))).toBe('encrypted')
  expect(await codeOf(blocks(doc([{ text: 'x', at: 0x10000 }])))).toBe('broken')
  expect(await codeOf(blocks(cfb({ WordDocument: Buffer.alloc(600) })))).toBe('broken')
  expect(await codeOf(blocks(cfb({ Workbook: Buffer.alloc(600) })))).toBe('broken')
  const text = 'copied '.repeat(100)
  const copies = (count: number) => doc([{ text }, ...Array.from({ length: count }, () => ({ text, at: 0x600 }))])
  expect(await blocks(copies(2))).toEqual([{ type: 'paragraph', text: text.repeat(3) }])
  expect(await codeOf(blocks(copies(1_000)))).toBe('hostile')
})

test('a file under a password, of any Office, says so', async () => {
  const locked = cfb({ EncryptedPackage: Buffer.alloc(2000, 1), EncryptionInfo: Buffer.alloc(600) })
  expect(await kindOf(sourceOf(locked))).toBe('locked')
  expect(await codeOf(readAs('locked', bytesIn(locked), LIMITS))).toBe('encrypted')
  // what is embedded says nothing of the file
  const mail = { MBD1: { '__properties_version1.0': Buffer.alloc(600) } }
  expect(await kindOf(sourceOf(doc([{ text: 'x' }], { others: mail })))).toBe('doc')
  expect(await kindOf(sourceOf(cfb({ Workbook: Buffer.alloc(600), MBD1: { WordDocument: Buffer.alloc(600) } })))).toBe('ole')
})
