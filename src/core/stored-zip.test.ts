import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BrokenZip, readStoredZip, storedZip } from './stored-zip.ts'

const files = fc.uniqueArray(
  fc.record({ name: fc.string({ minLength: 1, maxLength: 20 }).filter((name) => name.isWellFormed()), bytes: fc.uint8Array() }),
  {
    selector: (file) => file.name,
  },
)

test('what goes in comes out, in its order, and the same files are the same bytes', () => {
  fc.assert(
    fc.property(files, (some) => {
      const zip = storedZip(some)
      expect(zip.equals(storedZip(some))).toBe(true)
      expect(readStoredZip(zip).map(({ name, bytes }) => [name, Buffer.from(bytes).toString('hex')])).toEqual(
        some.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('hex')]),
      )
    }),
  )
})

test('every bit counts, and so does every length', () => {
  const zip = storedZip([
    { name: 'one', bytes: Buffer.from('first') },
    { name: 'zwei', bytes: Buffer.from('second') },
  ])
  for (let bit = 0; bit < zip.length * 8; bit++) {
    const edited = Buffer.from(zip)
    edited[bit >> 3]! ^= 1 << (bit & 7)
    // a bit of what a file holds, changed with nothing else, does not fit its checksum
    expect(() => readStoredZip(edited), `bit ${bit}`).toThrow(BrokenZip)
  }
  for (let cut = 0; cut < zip.length; cut++) expect(() => readStoredZip(zip.subarray(0, cut)), `cut at ${cut}`).toThrow(BrokenZip)
  expect(() => readStoredZip(Buffer.concat([zip, Buffer.of(0)]))).toThrow(BrokenZip)
})

test('what it cannot hold is refused', () => {
  const file = { name: 'a', bytes: Buffer.alloc(0) }
  expect(() => storedZip([file, file])).toThrow(RangeError)
  expect(() => storedZip([{ ...file, name: '' }])).toThrow(RangeError)
  expect(() => storedZip([{ ...file, name: 'ä'.repeat(128) }])).toThrow(RangeError)
})
