import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64, BrokenSeal, equal, framed, fromBase64, hex, utf8 } from './bytes.ts'

test('equal compares contents and lengths', () => {
  expect(equal(Buffer.from('abc'), Uint8Array.of(97, 98, 99))).toBe(true)
  expect(equal(Buffer.from('abc'), Buffer.from('abd'))).toBe(false)
  expect(equal(Buffer.from('abc'), Buffer.from('ab'))).toBe(false)
})

test('hex and base64 read a view where it stands in its memory', () => {
  const view = Uint8Array.of(1, 2, 254, 255).subarray(1)
  expect(hex(view)).toBe('02feff')
  expect(base64(view)).toBe('Av7/')
})

test('base64 is read back only as it would be written', () => {
  expect(fromBase64('AQI=')).toEqual(Buffer.of(1, 2))
  for (const other of ['AQI', 'AQJ=', 'AQI=\n', ' AQI=', 'AQI==', '_-8=', 'é']) expect(fromBase64(other)).toBeNull()
})

test('framed parts are never the same bytes as other parts', () => {
  expect(hex(framed('a', Uint8Array.of(9)))).toBe('00000001610000000109')
  const parts = fc.array(fc.string({ unit: 'grapheme', maxLength: 4 }), { maxLength: 4 })
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      expect(framed(...a).equals(framed(...b))).toBe(JSON.stringify(a) === JSON.stringify(b))
    }),
  )
  expect(framed('a', 'bc').equals(framed('ab', 'c'))).toBe(false)
})

test('text that UTF-8 cannot carry is refused and not changed', () => {
  expect(utf8('é€😀')).toEqual(Buffer.from('c3a9e282acf09f9880', 'hex'))
  expect(() => utf8('a\ud800')).toThrow(TypeError)
})

test('a broken seal is told by its kind', () => {
  expect(new BrokenSeal('x')).toMatchObject({ kind: 'broken seal', name: 'BrokenSeal' })
})
