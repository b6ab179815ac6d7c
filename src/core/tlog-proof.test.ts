import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkpointText } from './checkpoint.ts'
import { inclusionProof, leafHash, rootOf } from './merkle.ts'
import { BrokenNote, parseVkey, signerOf } from './note.ts'
import { BrokenProof, parseTlogProof, tlogProof, verifyTlogProof } from './tlog-proof.ts'

/** The example of c2sp.org/tlog-proof: its signatures are cut there, and its extra data is no whole base64. */
const EXAMPLE = `c2sp.org/tlog-proof@v1
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=
RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=
AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=

example.com/fancylog
109482
sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

\u2014 example.com/fancylog hI2DJw[...]1roloI=
`

const log = signerOf('log.example/1', Buffer.alloc(32, 1))
const other = signerOf('log.example/2', Buffer.alloc(32, 2))
const key = parseVkey(log.vkey)
const hashes: Buffer[] = Array.from({ length: 40 }, (_, k) => leafHash(Buffer.from(`leaf ${k}`)))
const noteOf = (size: number, origin = log.name) => log.sign(checkpointText({ origin, size, root: rootOf(hashes.slice(0, size)) }))
const proofOf = (index: number, size: number, extra: Buffer | null = null) =>
  tlogProof({ index, hashes: inclusionProof(hashes, index, size), note: noteOf(size), extra })

test('the example of the specification is read, and written again', () => {
  const proof = parseTlogProof(EXAMPLE)
  expect([proof.index, proof.hashes.length, proof.extra, proof.note.split('\n')[1]]).toEqual([73894, 5, null, '109482'])
  expect(tlogProof(proof)).toBe(EXAMPLE)
  const extra = EXAMPLE.replace('\nindex', '\nextra YWdl\nindex')
  expect(parseTlogProof(extra).extra?.toString()).toBe('age')
  expect(tlogProof(parseTlogProof(extra))).toBe(extra)
})

test('a proof verifies with the leaf and the log’s key, and nothing else', () => {
  for (let size = 1; size <= 40; size++)
    for (let index = 0; index < size; index++) {
      const text = proofOf(index, size, index % 2 ? Buffer.from('a leaf') : null)
      expect(verifyTlogProof(text, hashes[index]!, [key])).toEqual({
        index,
        size,
        root: rootOf(hashes.slice(0, size)),
        origin: log.name,
      })
    }
})

test('of another leaf, place, root or log it does not', () => {
  const text = proofOf(5, 12)
  expect(() => verifyTlogProof(text, hashes[6]!, [key])).toThrow(BrokenProof)
  expect(() => verifyTlogProof(text.replace('index 5', 'index 4'), hashes[5]!, [key])).toThrow(BrokenProof)
  expect(() => verifyTlogProof(text, hashes[5]!, [parseVkey(other.vkey)])).toThrow(BrokenNote)
  const elsewhere = tlogProof({ index: 5, hashes: inclusionProof(hashes, 5, 12), note: noteOf(12, other.name), extra: null })
  expect(() => verifyTlogProof(elsewhere, hashes[5]!, [key, parseVkey(other.vkey)])).toThrow('the log did not sign')
})

test('a proof with any character changed is refused', () => {
  const text = proofOf(5, 12)
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom('A', '0', '\n', ' ', '=', 'z'), (at, character) => {
      fc.pre(text[at] !== character)
      const changed = text.slice(0, at) + character + text.slice(at + 1)
      expect(() => verifyTlogProof(changed, hashes[5]!, [key])).toThrow()
    }),
    { numRuns: 1000 },
  )
})

test.each([
  ['nothing', ''],
  ['another version', EXAMPLE.replace('@v1', '@v2')],
  ['no index', EXAMPLE.replace('index 73894\n', '')],
  ['a leading zero', EXAMPLE.replace('index 7', 'index 07')],
  ['an index beyond 2^53', EXAMPLE.replace('index 73894', 'index 9007199254740993')],
  ['a short hash', EXAMPLE.replace('gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=', 'gSKy')],
  ['carriage returns', EXAMPLE.replaceAll('\n', '\r\n')],
  ['no checkpoint', EXAMPLE.slice(0, EXAMPLE.indexOf('\n\n') + 2)],
  ['extra data that is no base64', EXAMPLE.replace('\nindex', '\nextra YWdlLXYxL\nindex')],
  ['an empty line of extra data', EXAMPLE.replace('\nindex', '\nextra \nindex')],
  ['too many hashes', EXAMPLE.replace(/(gSK.*\n)/, (line) => line.repeat(60))],
])('%s is no proof', (_, text) => expect(() => parseTlogProof(text)).toThrow(BrokenProof))
