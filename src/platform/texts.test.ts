import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { cfb, codeOf, corpus, docx, message, sourceOf, zip } from '../../test/reading/made.ts'
import { doc, letter, odf } from '../../test/reading/made-texts.ts'
import type { PageText } from './reading/extracted.ts'
import { ReadingFault } from './reading/fault.ts'
import { openReaders } from './reading/readers.ts'
import type { Source } from './reading/reading.ts'
import { openTexts, type TextsLimits } from './texts.ts'

const readers = openReaders()
afterAll(() => readers.close())
const asked: [string, number][] = []
/** Stands where PDFium does: a page for each line of the file behind its first; `?` is a picture, `Filed?` one with a stamp. */
const pdf = async (source: Source, of: string): Promise<{ pages: PageText[]; isCut: boolean }> => {
  asked.push([of, source.size])
  const lines = Buffer.concat(await Array.fromAsync(source.read(0, source.size)))
    .toString()
    .split('\n')
  if (lines.includes('locked')) throw new ReadingFault('encrypted', 'it is under a password')
  return {
    pages: lines.slice(1).map((line) => ({ text: line === '?' ? ' ' : line.replace(/\?$/, ''), hasPictures: line.endsWith('?') })),
    isCut: lines[0]!.endsWith('cut'),
  }
}
const read = (bytes: Buffer, limits: Partial<TextsLimits> = {}, name = '') =>
  openTexts({ readers, pdf, limits }).read(sourceOf(bytes), 'matter-1', name)
const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex')
const word = (text: string) => docx(`<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`)

test('every kind, by its content', async () => {
  const kinds: [Buffer, string, string][] = [
    [Buffer.from('plain words'), 'text', 'plain words'],
    [word('in Word'), 'word', 'in Word'],
    [doc([{ text: 'in old Word\r' }]), 'word', 'in old Word'],
    [Buffer.from('{\\rtf1 rich}'), 'word', 'rich'],
    [odf('text', '<text:p>open</text:p>'), 'word', 'open'],
    [Buffer.from('<html><p>a page'), 'page', 'a page'],
    [Buffer.from('From: a@b\nTo: c@d\n\nhello'), 'mail', 'hello'],
  ]
  for (const [bytes, kind, text] of kinds)
    expect(await read(bytes)).toMatchObject({
      kind,
      parts: [{ text, page: null, within: '', sureness: null }],
      unread: [],
      pictures: [],
      isCut: false,
    })
  expect(await read(message())).toMatchObject({
    kind: 'mail',
    facts: { title: 'Orchard v. Mill' },
    parts: [{ text: 'Dear Ben,\nsee § 4.' }],
  })
})

test('a scan with a stamp has the stamp as its text, and is read by machine too', async () => {
  expect(await read(Buffer.from('%PDF-1.7\nFiled 3 May?\ntwo'))).toMatchObject({
    parts: [
      { text: 'Filed 3 May', page: 1 },
      { text: 'two', page: 2 },
    ],
    pictures: [{ page: 1, within: '' }],
  })
})

test('a PDF is a part for each page; pages that are pictures are named', async () => {
  expect(await read(Buffer.from('%PDF-1.7\none\n?\nthree'))).toEqual({
    kind: 'pdf',
    facts: { title: '', author: '', from: [], to: [], date: null },
    parts: [
      { text: 'one', page: 1, within: '', sureness: null },
      { text: 'three', page: 3, within: '', sureness: null },
    ],
    pictures: [{ page: 2, within: '' }],
    unread: [],
    isCut: false,
  })
  expect(asked.at(-1)).toEqual(['matter-1', 20])
  expect(await codeOf(read(Buffer.from('%PDF-1.7\nlocked')))).toBe('encrypted')
})

test('a picture, a program, what nobody knows, and nothing at all', async () => {
  expect(await read(PNG)).toMatchObject({ kind: 'picture', parts: [], pictures: [{ page: null, within: '' }] })
  expect(await read(Buffer.from('#!/bin/sh\necho secret'))).toMatchObject({ kind: 'other', parts: [], unread: ['a program is not read'] })
  expect(await read(Buffer.from([0, 1, 2, 3]))).toMatchObject({ kind: 'other', parts: [], unread: ['this kind of file is not read'] })
  expect(await read(Buffer.alloc(0))).toMatchObject({ parts: [], pictures: [], unread: [] })
})

test('an archive in a letter in an archive, each text with its place; what cannot be read is said and costs nothing else', async () => {
  const inner = zip([
    { path: 'annex/plan.docx', data: word('the annex') },
    { path: 'scan.pdf', data: '%PDF-1.7\nscanned\n?' },
    { path: 'photo.png', data: PNG },
    { path: 'locked.pdf', data: '%PDF-1.7\nlocked' },
    { path: 'broken.docx', data: word('x').subarray(0, 300) },
    { path: 'bomb.docx', data: docx(`<w:p>${' '.repeat(40_000_000)}</w:p>`) },
    { path: 'under', data: 'x', flags: 1 },
    { path: 'drawing.dwg', data: Buffer.from('AC1032\0\0\0') },
    { path: 'last.txt', data: 'the last one' },
  ])
  const mail = letter(
    'From: Ben <ben@mill.example>\nTo: ada@wren.example\nSubject: The plans\nDate: Tue, 3 Mar 2026 09:05:07 +0000',
    'Dear Ada',
    [
      ['plans.zip', inner],
      ['n\u200bote.rtf', '{\\rtf1 a note}'],
    ],
  )
  const { parts, pictures, unread, kind, facts } = await read(
    zip([
      { path: 'mails/1.eml', data: mail },
      { path: 'readme.txt', data: 'read me' },
    ]),
  )
  expect([kind, facts.title]).toEqual(['archive', ''])
  expect(parts.map(({ within, text, page }) => [within, text, page])).toEqual([
    ['mails/1.eml', 'The plans\nBen <ben@mill.example>\nada@wren.example\n2026-03-03T09:05:07.000Z\nDear Ada', null],
    ['mails/1.eml/plans.zip/annex/plan.docx', 'the annex', null],
    ['mails/1.eml/plans.zip/scan.pdf', 'scanned', 1],
    ['mails/1.eml/plans.zip/last.txt', 'the last one', null],
    ['mails/1.eml/note.rtf', 'a note', null],
    ['readme.txt', 'read me', null],
  ])
  expect(pictures).toEqual([
    { page: 2, within: 'mails/1.eml/plans.zip/scan.pdf' },
    { page: null, within: 'mails/1.eml/plans.zip/photo.png' },
  ])
  expect(unread).toEqual([
    'mails/1.eml/plans.zip: under: under a password',
    'mails/1.eml/plans.zip/locked.pdf: under a password',
    'mails/1.eml/plans.zip/broken.docx: damaged, or not what its kind must be',
    'mails/1.eml/plans.zip/bomb.docx: made in a way that does harm to whoever unpacks it',
    'mails/1.eml/plans.zip/drawing.dwg: this kind of file is not read',
  ])
})

test('a mailbox: each letter with its place', async () => {
  const box = Buffer.from(
    'From a Tue Mar  3 09:05:07 2026\nFrom: a@b\nSubject: One\n\nfirst\n\nFrom b Tue Mar  3 09:05:07 2026\nFrom: c@d\nSubject: Two\n\nsecond\n',
  )
  const { kind, parts } = await read(box)
  expect(kind).toBe('mail')
  expect(parts.map(({ within, text }) => [within, text])).toEqual([
    ['1 One', 'One\na@b\nfirst\n'],
    ['2 Two', 'Two\nc@d\nsecond\n'],
  ])
})

test('the file itself broken, hostile or under a password is a fault, and so is what its source says', async () => {
  expect(await codeOf(read(word('x').subarray(0, 400)))).toBe('broken')
  expect(await codeOf(read(docx(`<w:p>${' '.repeat(40_000_000)}</w:p>`)))).toBe('hostile')
  expect(await codeOf(read(doc([{ text: 'x' }], { flags: 0x100 })))).toBe('encrypted')
  expect(await codeOf(read(cfb({ EncryptedPackage: Buffer.alloc(600), EncryptionInfo: Buffer.alloc(600) })))).toBe('encrypted')
  const attached = letter('From: a@b\nTo: c@d', 'x', [['a.txt', 'y'.repeat(2_000_000)]])
  const { size, read: give } = sourceOf(attached, 1 << 20)
  let times = 0
  const failing: Source = {
    size,
    read: (start, end) => {
      if (++times > 12) throw new Error('the seal is broken')
      return give(start, end)
    },
  }
  await expect(openTexts({ readers, pdf }).read(failing, 'm')).rejects.toThrow('the seal is broken')
  expect((await openTexts({ readers, pdf }).read(sourceOf(attached), 'm')).parts.map(({ text }) => text.length)).toEqual([1, 2_000_000])
})

test('limits: depth, number, size, text; what is left out is said', async () => {
  let deep = zip([{ path: 'core.txt', data: 'the core' }])
  for (let n = 0; n < 8; n++) deep = zip([{ path: `${n}.zip`, data: deep }])
  expect(await read(deep)).toMatchObject({ parts: [], unread: ['7.zip/6.zip/5.zip/4.zip/3.zip/2.zip: inside of too many other files'] })
  expect((await read(deep, { depth: 9 })).parts).toMatchObject([{ text: 'the core' }])

  const many = zip(Array.from({ length: 30 }, (_, n) => ({ path: `${n}`, data: `text ${n}` })))
  expect(await read(many, { files: 10 })).toMatchObject({
    isCut: true,
    unread: ['10: and what comes after it: there is more inside than is read'],
  })
  expect((await read(many, { files: 10 })).parts.length).toBe(10)
  expect((await read(many, { allBytes: 30 })).parts.map(({ text }) => text)).toEqual(['text 0', 'text 1', 'text 2', 'text 3', 'text 4'])
  const small = await read(many, { innerBytes: 3 })
  expect([small.parts.length, small.unread.length, small.unread[0], small.unread[19]]).toEqual([
    0,
    20,
    '0: larger than is read here',
    'and 11 more',
  ])

  const cut = await read(many, { characters: 8 })
  expect([cut.parts.map(({ text }) => text), cut.isCut]).toEqual([['text 0', 'te'], true])
  expect(await read(Buffer.from('abcdef'), { characters: 3 })).toMatchObject({ parts: [{ text: 'abc' }], isCut: true })
  expect(await read(Buffer.from('abcdef'), { reading: { text: 3 } })).toMatchObject({ parts: [{ text: 'abc' }], isCut: true })
  expect((await read(many, { ms: -1 })).parts).toEqual([])
})

test('an Office file with pictures and a template elsewhere reads, and nobody is asked for them', async () => {
  let calls = 0
  const server = createServer((_, reply) => (calls++, reply.end())).on('connection', () => calls++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const external = (type: string) =>
    `<Relationship Id="x${type}" Type="http://x/${type}" Target="${address}${type}" TargetMode="External"/>`
  const parts = {
    'word/_rels/settings.xml.rels': `<Relationships>${external('attachedTemplate')}</Relationships>`,
    'word/settings.xml': '<w:settings><w:attachedTemplate r:id="xattachedTemplate"/></w:settings>',
  }
  const body = `<w:p><w:r><w:t>the clause</w:t></w:r><w:drawing><a:blip r:link="r9"/></w:drawing><w:instrText>INCLUDEPICTURE "${address}"</w:instrText></w:p>`
  // a target that says nothing of being elsewhere names no part either
  const bytes = docx(body, parts, [
    ['r8', 'settings', 'settings.xml'],
    ['r9', 'image', `${address}a.png`],
    ['r7', 'footnotes', `${address}notes.xml`],
  ])
  expect(await read(bytes)).toMatchObject({ parts: [{ text: 'the clause' }], unread: [] })
  expect((await read(Buffer.from(`<html><img src="${address}"><link href="${address}"><p>page`))).parts).toMatchObject([{ text: 'page' }])
  expect(calls).toBe(0)
  // it would have been counted
  await fetch(address)
  expect(calls).toBeGreaterThan(0)
  await new Promise((resolve) => server.close(resolve))
})

const OLD = corpus('word-doc.doc')
test.skipIf(!OLD)('real filings: the same opinion out of Word files old and new; and of WordPerfect', async () => {
  const clause = 'we deem the claim to be abandoned and procedurally forfeited'
  expect(await read(OLD!)).toMatchObject({ kind: 'word', parts: [{ text: expect.stringContaining(clause) as string }] })
  expect((await read(corpus('word-docx.docx')!)).parts[0]!.text.length).toBeGreaterThan(1_000)
  const perfect = await read(corpus('word-perfect.wpd')!)
  expect([perfect.kind, perfect.unread]).toEqual(['word', []])
  expect(perfect.parts[0]!.text).toContain('Johnson’s trial for the murder of Steven Strycker lasted four days.')
})
