import { expect, test } from 'vitest'
import { checkpointText, parseCheckpoint } from './checkpoint.ts'
import { BrokenNote } from './note.ts'

// The example of c2sp.org/tlog-checkpoint.
const ROOT = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='
const TEXT = `example.com/behind-the-sofa\n20852163\n${ROOT}\n`
const root = Buffer.from(ROOT, 'base64')

test('the example of the specification reads and writes', () => {
  expect(parseCheckpoint(TEXT)).toEqual({ origin: 'example.com/behind-the-sofa', size: 20852163, root, extensions: [] })
  expect(checkpointText({ origin: 'example.com/behind-the-sofa', size: 20852163, root })).toBe(TEXT)
})

test('the empty tree and extension lines are kept', () => {
  expect(parseCheckpoint(`o\n0\n${ROOT}\n`).size).toBe(0)
  expect(parseCheckpoint(`${TEXT}one\ntwo 2\n`).extensions).toEqual(['one', 'two 2'])
})

test.each([
  ['no newline at the end', TEXT.slice(0, -1)],
  ['nothing', ''],
  ['no origin', `\n5\n${ROOT}\n`],
  ['two lines', 'o\n5\n'],
  ['an empty line', `${TEXT}\nx\n`],
  ['an empty last line', `${TEXT}\n`],
  ['a leading zero', `o\n05\n${ROOT}\n`],
  ['two zeroes', `o\n00\n${ROOT}\n`],
  ['a plus', `o\n+5\n${ROOT}\n`],
  ['a minus', `o\n-5\n${ROOT}\n`],
  ['a space', `o\n5 \n${ROOT}\n`],
  ['an exponent', `o\n5e1\n${ROOT}\n`],
  ['hexadecimal', `o\n0x5\n${ROOT}\n`],
  ['other digits', `o\n٥\n${ROOT}\n`],
  ['a size above 2^53 - 1', `o\n9007199254740992\n${ROOT}\n`],
  ['a return', `o\r\n5\r\n${ROOT}\r\n`],
  ['a short root', `o\n5\n${ROOT.slice(4)}\n`],
  ['an unpadded root', `o\n5\n${ROOT.slice(0, -1)}\n`],
  ['loose bits in the root', `o\n5\n${ROOT.replace('2I=', '2J=')}\n`],
  ['a URL-safe root', `o\n5\n${ROOT.replace('/', '_')}\n`],
])('refused: %s', (_, text) => {
  expect(() => parseCheckpoint(text)).toThrow(BrokenNote)
})

test('what no checkpoint can state is not written', () => {
  for (const origin of ['', 'a\nb', 'o\n5', 'tab\t', `o\n5\n${ROOT}`])
    expect(() => checkpointText({ origin, size: 5, root })).toThrow(BrokenNote)
  for (const size of [-1, 1.5, Number.NaN, 2 ** 53, 1e21]) expect(() => checkpointText({ origin: 'o', size, root })).toThrow(BrokenNote)
  for (const wrong of [Buffer.alloc(0), Buffer.alloc(31)])
    expect(() => checkpointText({ origin: 'o', size: 5, root: wrong })).toThrow(BrokenNote)
})
