import { expect, test } from 'vitest'
import { bytesIn, docx, message, office, zip } from '../../../test/reading/made.ts'
import { natureOf } from './natures.ts'
import { isText } from './plain-text.ts'
import { LIMITS } from './reading.ts'
import { textAs } from './written.ts'

const text = async (bytes: Buffer, limits = {}) => (await textAs('txt', bytesIn(bytes), { ...LIMITS, ...limits })).text

const utf16 = (bytes: Buffer) => Buffer.from(bytes).swap16()
test.each([
  ['UTF-8', Buffer.from('Müller § 4'), 'Müller § 4'],
  ['UTF-8 with a mark', Buffer.from('\ufeffMüller'), 'Müller'],
  ['UTF-16 with a mark', Buffer.from('\ufeffMüller', 'utf16le'), 'Müller'],
  ['UTF-16 with a mark, the other way', utf16(Buffer.from('\ufeffMüller', 'utf16le')), 'Müller'],
  ['UTF-16 without', Buffer.from('Müller § 4', 'utf16le'), 'Müller § 4'],
  ['UTF-16 without, the other way', utf16(Buffer.from('Müller § 4', 'utf16le')), 'Müller § 4'],
  ['windows-1252', Buffer.from('M\xfcller \x93so\x94', 'latin1'), 'Müller “so”'],
  ['UTF-8 with one wrong byte', Buffer.concat([Buffer.from('äöü'.repeat(10)), Buffer.from([0xff])]), 'äöü'.repeat(10) + '\ufffd'],
  ['an odd half', Buffer.concat([Buffer.from('\ufeffab', 'utf16le'), Buffer.from([0x61])]), 'ab'],
  ['half of a pair', Buffer.from('a\ud83db', 'utf16le'), 'a\ufffdb'],
])('%s', async (_, bytes, expected) => {
  expect(isText(bytes)).toBe(true)
  expect(await text(bytes)).toBe(expected)
})

test('lines of every kind; controls are no text', async () => {
  expect(await text(Buffer.from('a\r\nb\rc\n\n\fd\x01e\ttab'))).toBe('a\nb\nc\nd e\ttab')
  expect(isText(Buffer.alloc(100))).toBe(false)
  expect(isText(Buffer.from('text\0text'))).toBe(false)
  expect(isText(Buffer.from('a few \x01 \x02 \x03'))).toBe(false)
  expect(isText(Buffer.alloc(0))).toBe(false)
})

test('a letter that is cut in two by the limit spoils nothing', async () => {
  const bytes = Buffer.from('ä'.repeat(100) + '日'.repeat(200))
  expect(await textAs('txt', bytesIn(bytes), { ...LIMITS, text: 100 })).toMatchObject({ text: 'ä'.repeat(100), isCut: true })
})

test('a mail: who, when, what; its attachments by name', async () => {
  expect(await textAs('msg', bytesIn(message()), LIMITS)).toMatchObject({
    text: 'Dear Ben,\nsee § 4.',
    facts: {
      title: 'Orchard v. Mill',
      from: ['Ada Wren <ada@wren.example>'],
      to: ['Ben <ben@wren.example>', 'Cora <cora@wren.example>'],
    },
    inner: [{ name: 'Vertrag – Entwurf.pdf', size: 1300, index: 0 }],
  })
})

test('Office files: rows, and what they say of themselves', async () => {
  const core = '<c><dc:title>Lease &amp; Deed</dc:title><dc:creator>Ada</dc:creator></c>'
  const table = '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
  const word = docx(`${table}<w:p><w:r><w:t>end</w:t></w:r></w:p>`, { 'docProps/core.xml': core })
  expect(await textAs('docx', bytesIn(word), LIMITS)).toMatchObject({ text: 'a\tb\nend', facts: { title: 'Lease & Deed', author: 'Ada' } })
  const spoilt = docx('<w:p><w:r><w:t>end</w:t></w:r></w:p>', { 'docProps/core.xml': '<!DOCTYPE x>' })
  expect(await textAs('docx', bytesIn(spoilt), LIMITS)).toMatchObject({ text: 'end', facts: { title: '' } })
  const book = office('xl/workbook.xml', [['r1', 'worksheet', 'a.xml']], {
    'xl/workbook.xml': '<w><sheet name="Fees" r:id="r1"/></w>',
    'xl/a.xml': '<worksheet><row r="3"><c r="A3"><v>1</v></c><c r="C3"><v>2</v></c></row></worksheet>',
  })
  expect(await textAs('xlsx', bytesIn(book), LIMITS)).toMatchObject({ text: 'Fees\n1\t\t2' })
})

test('a page: its title is a fact, its scripts are nothing', async () => {
  const page = '<!doctype html><title>The &sect; 4\n page</title><script>secret()</script><p>One<p>two'
  const { text, facts } = await textAs('html', bytesIn(page), LIMITS)
  expect([text, facts.title]).toEqual(['One\ntwo', 'The § 4 page'])
})

test('an archive: what is under a password or a link is said, the rest is inside', async () => {
  const bytes = zip([{ path: 'd/' }, { path: 'd/a', data: 'x' }, { path: 'b', flags: 1 }, { path: 'c', attributes: 0xa1ff0000 }])
  expect(await textAs('zip', bytesIn(bytes), LIMITS)).toMatchObject({
    text: '',
    inner: [{ name: 'd/a', size: 1, index: 1 }],
    unread: ['b: under a password', 'c: a link to elsewhere and no file'],
  })
})

const hex = (bytes: string) => Buffer.from(bytes, 'hex')
test.each([
  [Buffer.from('%PDF-1.7'), '', 'pdf', 'pdf'],
  [hex('89504e470d0a1a0a'), '', 'picture', 'picture'],
  [hex('ffd8ffe0'), 'a.txt', 'picture', 'picture'],
  [hex('49492a0008000000'), '', 'picture', 'picture'],
  [hex('4d4d002a00000008'), '', 'picture', 'picture'],
  [Buffer.from('RIFF\x01\x02\x03\x04WEBPVP8 '), '', 'picture', 'picture'],
  [Buffer.concat([hex('00000018'), Buffer.from('ftypheic')]), '', 'picture', 'picture'],
  [hex('ff575043'), '', 'word', 'none'],
  [hex('1f8b0800'), '', 'archive', 'none'],
  [Buffer.from('a,b\nc,d'), 'fees.CSV', 'sheet', 'text'],
  [Buffer.from('a,b\nc,d'), 'fees', 'text', 'text'],
  [hex('00010203'), 'a.txt', 'other', 'none'],
])('%j named %j is %s, by way of %s', (head, name, kind, way) => expect(natureOf(head, null, name)).toEqual({ kind, way }))
