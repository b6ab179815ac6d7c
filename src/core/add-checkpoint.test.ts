import { expect, test } from 'vitest'
import { addCheckpointBody, BrokenRequest, MOST_BODY, parseAddCheckpoint, parseSize } from './add-checkpoint.ts'

// The example of c2sp.org/tlog-witness.
const CHECKPOINT = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
`
const PROOF = [
  'PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=',
  'jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=',
  '5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=',
  '/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=',
]
const BODY = `old 20852014\n${PROOF.join('\n')}\n\n${CHECKPOINT}`
const hash = PROOF[0]!

test('the example of the specification reads and writes', () => {
  const read = parseAddCheckpoint(BODY)
  expect(read).toEqual({ old: 20852014, proof: PROOF.map((line) => Buffer.from(line, 'base64')), checkpoint: CHECKPOINT })
  expect(addCheckpointBody(read)).toBe(BODY)
})

test('the first request has no proof', () => {
  expect(parseAddCheckpoint(`old 0\n\n${CHECKPOINT}`)).toEqual({ old: 0, proof: [], checkpoint: CHECKPOINT })
})

test('sixty-three hashes are the most', () => {
  const proof = (n: number) => `old 1\n${`${hash}\n`.repeat(n)}\n${CHECKPOINT}`
  expect(parseAddCheckpoint(proof(63)).proof).toHaveLength(63)
  expect(() => parseAddCheckpoint(proof(64))).toThrow(BrokenRequest)
  expect(() => addCheckpointBody({ old: 1, proof: Array<Buffer>(64).fill(Buffer.alloc(32)), checkpoint: CHECKPOINT })).toThrow(RangeError)
})

test.each([
  ['nothing', ''],
  ['no old size', `\n${CHECKPOINT}`],
  ['a word only', `old\n\n${CHECKPOINT}`],
  ['two spaces', `old  1\n\n${CHECKPOINT}`],
  ['a leading zero', `old 01\n\n${CHECKPOINT}`],
  ['two zeroes', `old 00\n\n${CHECKPOINT}`],
  ['a minus', `old -1\n\n${CHECKPOINT}`],
  ['a plus', `old +1\n\n${CHECKPOINT}`],
  ['a space behind', `old 1 \n\n${CHECKPOINT}`],
  ['an exponent', `old 1e3\n\n${CHECKPOINT}`],
  ['a size beyond 2^53', `old 9007199254740993\n\n${CHECKPOINT}`],
  ['capitals', `OLD 1\n\n${CHECKPOINT}`],
  ['returns', BODY.replaceAll('\n', '\r\n')],
  ['a short hash', `old 1\n${hash.slice(4)}\n\n${CHECKPOINT}`],
  ['an unpadded hash', `old 1\n${hash.slice(0, -1)}\n\n${CHECKPOINT}`],
  ['a URL-safe hash', `old 1\n${PROOF[3]!.replaceAll('/', '_')}\n\n${CHECKPOINT}`],
  ['no empty line', `old 1\n${hash}\n`],
  ['too many bytes', `old 0\n\n${'x'.repeat(MOST_BODY)}`],
])('refused: %s', (_, body) => {
  expect(() => parseAddCheckpoint(body)).toThrow(BrokenRequest)
})

test('the size of a conflict is one number and a newline', () => {
  expect(parseSize('20852163\n')).toBe(20852163)
  expect(parseSize('0\n')).toBe(0)
  for (const body of ['', '5', '05\n', '5\n\n', ' 5\n', '-5\n', '5\r\n', '9007199254740993\n', '<html>']) expect(parseSize(body)).toBeNull()
})
