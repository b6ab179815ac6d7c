import { expect, test } from 'vitest'
import { all, bytesIn, cfb, codeOf, corpus, message } from '../../../test/reading/made.ts'
import { openCfb } from './cfb.ts'
import { partAs, readAs } from './formats.ts'
import { LIMITS } from './reading.ts'

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

const doc = corpus('word-doc.doc')
test.skipIf(!doc)('a Word file of before 2007 is a compound file with small streams; all of them are read to their ends', async () => {
  const root = await openCfb(bytesIn(doc!))
  expect([...root.children!.keys()]).toEqual(expect.arrayContaining(['worddocument', '\x05summaryinformation', '\x01compobj']))
  const compobj = await all(root.children!.get('\x01compobj')!.read())
  expect(compobj.includes('Word')).toBe(true)
  for (const { children, size, read } of root.children!.values()) if (!children) expect((await all(read())).length).toBe(size)
})
