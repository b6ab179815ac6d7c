import { expect, test } from 'vitest'
import { bytesIn, codeOf, corpus, sourceOf } from '../../../test/reading/made.ts'
import { wordPerfect } from '../../../test/reading/made-texts.ts'
import { readAs } from './formats.ts'
import { kindOf } from './kinds.ts'
import { LIMITS, type TextReading } from './reading.ts'

const read = async (bytes: Buffer, limits = {}) => (await readAs('wpd', bytesIn(bytes), { ...LIMITS, ...limits })) as TextReading
const lines = async (bytes: Buffer) => (await read(bytes)).blocks.map((block) => 'text' in block && block.text)

test('spaces, lines, signs, codes with and without a length; the notes behind the text', async () => {
  const code = [0xd4, 0x5f, 8, 0, 65, 66, 8, 0xd4]
  const tab = [0xe0, 0x11, 5, 0, 0xe0]
  const soft = [0xd0, 1, 6, 0, 0, 0xd0]
  const hard = [0xd0, 4, 6, 0, 0, 0xd0]
  const text = [...'See', 0x80, 0xf0, 6, 4, 0xf0, 0x80, ...'4', 0x84, ...'5', ...tab, ...'En', ...code, ...'nis', ...soft, ...'x', ...hard]
  const more = [
    ...'M',
    26,
    ...'ller',
    0xcf,
    0xf0,
    28,
    4,
    0xf0,
    ...'s',
    0xcc,
    0xf1,
    0,
    0,
    0,
    0xf1,
    ...'gone',
    0xf1,
    1,
    0,
    0,
    0xf1,
    ...'kept',
  ]
  const bytes = wordPerfect([...text, ...more], [...'the', 0x80, ...'note'])
  expect(await kindOf(sourceOf(bytes))).toBe('wpd')
  expect(await lines(bytes)).toEqual(['See § 4-5\tEnnis x', 'Müller ’s', 'kept', 'the note'])
  expect(await read(bytes, { blocks: 1 })).toMatchObject({ blocks: [{}], cut: true })
})

test('under a password, broken, of an earlier version', async () => {
  const bytes = wordPerfect([...'text'])
  const locked = Buffer.from(bytes)
  locked.writeUInt16LE(0x1234, 12)
  expect(await codeOf(read(locked))).toBe('encrypted')
  expect(await codeOf(read(bytes.subarray(0, 20)))).toBe('broken')
  const away = Buffer.from(bytes)
  away.writeUInt32LE(99_999, 4)
  expect(await codeOf(read(away))).toBe('broken')
  const early = Buffer.from(bytes)
  early[10] = 0
  expect(await kindOf(sourceOf(early))).toBeNull()
})

const REAL = corpus('word-perfect.wpd')
test.skipIf(!REAL)('a real one, with its footnotes', async () => {
  const text = (await lines(REAL!)).join('\n')
  expect(text).toContain('Johnson’s trial for the murder of Steven Strycker lasted four days.')
  expect(text).toContain('The Honorable Gene R. Duffin')
  expect(text).not.toContain('\ufffd')
})
