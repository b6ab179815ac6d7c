import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { BrokenSeal } from './bytes.ts'
import { fieldKeyVersion, openField, openText, sealField } from './field.ts'

const { field: vector } = JSON.parse(readFileSync(new URL('../../test/vectors/subrosa/vectors.json', import.meta.url), 'utf8'))

const key = Buffer.alloc(32, 1)
const place = { table: 'app.matters', column: 'sealed_name', row: 'orchard' }
const sealed = sealField(key, 3, place, 'Orchard v. Mill')

test('a field sealed by another library opens here', () => {
  const bytes = Buffer.from(vector.sealed, 'hex')
  expect(fieldKeyVersion(bytes)).toBe(vector.keyVersion)
  expect(openText(Buffer.from(vector.key, 'hex'), vector.place, bytes)).toBe(vector.plain)
})

test('text and bytes come back, empty ones too', () => {
  expect(openText(key, place, sealed)).toBe('Orchard v. Mill')
  expect(openText(key, place, sealField(key, 1, place, ''))).toBe('')
  expect(openText(key, place, sealField(key, 1, place, '\ufeffé😀'))).toBe('\ufeffé😀')
  expect(openField(key, place, sealField(key, 65535, place, Uint8Array.of(0, 255)))).toEqual(Buffer.of(0, 255))
})

test('it holds 31 bytes more than the text, begins with its version, and shows nothing of the text', () => {
  expect(sealed.length).toBe(31 + 'Orchard v. Mill'.length)
  expect(sealed.subarray(0, 3)).toEqual(Buffer.of(1, 0, 3))
  expect(fieldKeyVersion(sealed)).toBe(3)
  expect(sealed.includes('Orchard')).toBe(false)
  expect(sealField(key, 3, place, 'Orchard v. Mill').equals(sealed)).toBe(false)
})

test('moved to another table, column or row, it does not open', () => {
  expect(openText(key, { ...place }, sealed)).toBe('Orchard v. Mill')
  for (const other of [
    { table: 'app.clients' },
    { column: 'sealed_notes' },
    { row: 'mill' },
    { table: 'app.matterss', column: 'ealed_name' },
  ]) {
    expect(() => openField(key, { ...place, ...other }, sealed)).toThrow(BrokenSeal)
  }
})

test('with any one bit changed, it does not open', () => {
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const changed = Buffer.from(sealed)
    changed[bit >> 3]! ^= 1 << (bit & 7)
    expect(() => openField(key, place, changed), `bit ${bit}`).toThrow(BrokenSeal)
  }
})

test('cut anywhere, or longer, it does not open', () => {
  for (let length = 0; length < sealed.length; length++) {
    expect(() => openField(key, place, sealed.subarray(0, length)), `${length} bytes`).toThrow(BrokenSeal)
  }
  expect(() => openField(key, place, Buffer.concat([sealed, Buffer.of(0)]))).toThrow(BrokenSeal)
})

test('bytes with another header are no sealed field', () => {
  for (const wrong of ['', '01', '0100', '010000', '020001', '000001']) {
    expect(() => fieldKeyVersion(Buffer.from(wrong, 'hex')), wrong).toThrow(BrokenSeal)
  }
})

test('another key does not open it', () => {
  expect(() => openField(Buffer.alloc(32, 2), place, sealed)).toThrow(BrokenSeal)
})

test('bytes that are not UTF-8 are never given as text', () => {
  expect(() => openText(key, place, sealField(key, 1, place, Buffer.of(0xff)))).toThrow(BrokenSeal)
  expect(() => sealField(key, 1, place, 'a\udc00')).toThrow(TypeError)
})

test('a key version is 1 to 65535, and a key 32 bytes', () => {
  for (const wrong of [0, -1, 1.5, 65536, Number.NaN]) expect(() => sealField(key, wrong, place, '')).toThrow(RangeError)
  expect(() => sealField(key.subarray(1), 1, place, '')).toThrow(RangeError)
})
