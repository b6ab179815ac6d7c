import { expect, test } from 'vitest'
import { all, bytesIn, cfb, codeOf, corpus, message, properties } from '../../../test/reading/made.ts'
import { openCfb } from './cfb.ts'
import { rtfOf } from './compressed-rtf.ts'
import { partAs, readAs } from './formats.ts'
import { LIMITS } from './reading.ts'
import { textAs } from './written.ts'

const read = (bytes: Buffer, limits = {}) => readAs('msg', bytesIn(bytes), { ...LIMITS, ...limits })
const take = (bytes: Buffer, index: number, limits = {}) => all(partAs('msg', bytesIn(bytes), index, { ...LIMITS, ...limits }))

test('an Outlook message with its people and attachments', async () => {
  expect(await read(message())).toEqual({
    kind: 'mail',
    subject: 'Orchard v. Mill',
    from: { name: 'Ada Wren', address: 'ada@wren.example' },
    to: [{ name: 'Ben', address: 'ben@wren.example' }],
    cc: [{ name: 'Cora', address: 'cora@wren.example' }],
    date: null,
    text: 'Dear Ben,\nsee § 4.',
    textFrom: 'plain',
    attachments: [
      { name: 'Vertrag – Entwurf.pdf', mediaType: 'application/pdf', size: 1300, index: 0 },
      { name: 'the one before', mediaType: 'application/vnd.ms-outlook', size: 0, index: null },
    ],
    cut: false,
  })
  expect((await take(message(), 0)).equals(Buffer.alloc(1300, 7))).toBe(true)
  expect(await codeOf(take(message(), 1))).toBe('broken')
  expect(await codeOf(take(message(), 0, { part: 1299 }))).toBe('too-much')
})

test('chains and trees that come back on themselves are hostile, those that lead nowhere broken', async () => {
  expect(await codeOf(read(message((fat) => (fat[1] = 0))))).toBe('hostile')
  expect(await codeOf(read(message((fat) => (fat[1] = 60_000))))).toBe('broken')
  expect(await codeOf(read(message((_, entries) => void entries[2]!.writeUInt32LE(1, 72))))).toBe('hostile')
  expect(await codeOf(read(message((_, entries) => void entries[1]!.writeUInt32LE(9_999, 72))))).toBe('broken')
  expect(await codeOf(read(message((_, entries) => void entries[1]!.writeUInt32LE(1_000_000, 120))))).toBe('broken')
  expect(await codeOf(read(message((_, entries) => void entries[1]!.writeUInt32LE(0xfffffff0, 120))))).toBe('too-much')
  expect(await codeOf(read(message().subarray(0, 600)))).toBe('broken')
  expect(await codeOf(read(cfb({})))).toBe('broken')
  const deep = (n: number): Record<string, never> => (n ? { s: deep(n - 1) } : {}) as Record<string, never>
  expect(await codeOf(read(cfb(deep(60))))).toBe('hostile')
})

/** [MS-OXRTFCP] 4.1.1 and 4.2: the specification's own examples. */
const HELLO = Buffer.from('2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0', 'hex')
const RUN = Buffer.from('1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0', 'hex')

test('compressed rich text, as its specification has it', async () => {
  expect(rtfOf(HELLO, 1000).toString()).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n')
  expect(rtfOf(RUN, 1000).toString()).toBe('{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}')
  const stored = Buffer.concat([Buffer.from('0000000003000000', 'hex'), Buffer.from('MELA\0\0\0\0abcdef')])
  expect(rtfOf(stored, 1000).toString()).toBe('abc')
  expect(() => rtfOf(HELLO, 10)).toThrow('too long')
  expect(() => rtfOf(HELLO.subarray(0, 12), 1000)).toThrow('breaks off')
  const only = (packed: Buffer) => cfb({ ...properties(32, {}, { 0x37: 's' }), '__substg1.0_10090102': packed })
  expect(await read(only(HELLO))).toMatchObject({ text: 'hello world', textFrom: 'html' })
  expect(await read(only(Buffer.alloc(40)))).toMatchObject({ text: '', textFrom: 'unread' })
})

test('messages inside of messages are found with the one they are in', async () => {
  const inner = (text: string, more: Parameters<typeof cfb>[0] = {}) => ({
    ...properties(24, {}, { 0x37: `On ${text}`, 0x0c1a: 'Dan', 0x1000: text }),
    ...more,
  })
  const attached = (storage: Parameters<typeof cfb>[0], name = 'forwarded') => ({
    ...properties(8, {}, { 0x3001: name }),
    '__substg1.0_3701000D': storage,
  })
  const bytes = cfb({
    ...properties(32, {}, { 0x37: 'Outer', 0x1000: 'see below' }),
    '__attach_version1.0_#00000000': attached(
      inner('the terms', {
        '__attach_version1.0_#00000000': attached(inner('the price')),
        '__attach_version1.0_#00000001': { ...properties(8, {}, { 0x3707: 'a.pdf' }), '__substg1.0_37010102': Buffer.alloc(600) },
      }),
    ),
    '__attach_version1.0_#00000001': attached({ Workbook: Buffer.alloc(600) }, 'a table'),
  })
  expect(await textAs('msg', bytesIn(bytes), LIMITS)).toMatchObject({
    text: 'see below\nOn the terms\nDan\nthe terms\nOn the price\nDan\nthe price',
    facts: { title: 'Outer' },
    inner: [],
    unread: ['forwarded/a.pdf: in a message that is kept inside of another one', 'a table: kept in a form that is not taken out here'],
  })
})

const doc = corpus('word-doc.doc')
test.skipIf(!doc)('a Word file of before 2007 is a compound file with small streams; all of them are read to their ends', async () => {
  const root = await openCfb(bytesIn(doc!))
  expect([...root.children!.keys()]).toEqual(expect.arrayContaining(['worddocument', '\x05summaryinformation', '\x01compobj']))
  const compobj = await all(root.children!.get('\x01compobj')!.read())
  expect(compobj.includes('Word')).toBe(true)
  for (const { children, size, read } of root.children!.values()) if (!children) expect((await all(read())).length).toBe(size)
})
