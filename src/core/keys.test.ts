import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { BrokenSeal, hex } from './bytes.ts'
import { derive, joinMatterKey, keyId, newKey, unwrapKey, wrapKey } from './keys.ts'

const vectors = JSON.parse(readFileSync(new URL('../../test/vectors/subrosa/vectors.json', import.meta.url), 'utf8'))
const bytes = (text: string) => Buffer.from(text, 'hex')

test('new keys are 32 bytes and differ', () => {
  expect(newKey().length).toBe(32)
  expect(newKey().equals(newKey())).toBe(false)
})

test('a key wrapped by another library unwraps here', () => {
  const { wrapping, label, wrapped, key } = vectors.wrapped
  expect(hex(unwrapKey(bytes(wrapping), label, bytes(wrapped)))).toBe(key)
})

test('a wrapped key opens under its wrapping key and label only, whole and unchanged', () => {
  const [wrapping, key] = [newKey(), newKey()]
  const wrapped = wrapKey(wrapping, 'matter 7', key)
  expect(wrapped.length).toBe(61)
  expect(wrapped.includes(key)).toBe(false)
  expect(unwrapKey(wrapping, 'matter 7', wrapped).equals(key)).toBe(true)
  expect(() => unwrapKey(newKey(), 'matter 7', wrapped)).toThrow(BrokenSeal)
  expect(() => unwrapKey(wrapping, 'matter 8', wrapped)).toThrow(BrokenSeal)
  for (let at = 0; at < wrapped.length; at++) {
    expect(() => unwrapKey(wrapping, 'matter 7', wrapped.subarray(0, at))).toThrow(BrokenSeal)
    const changed = Buffer.from(wrapped)
    changed[at]! ^= 1
    expect(() => unwrapKey(wrapping, 'matter 7', changed)).toThrow(BrokenSeal)
  }
})

test('derive is HKDF-SHA-256: RFC 5869, test case 3', () => {
  expect(hex(derive(Buffer.alloc(22, 0x0b), '', 42))).toBe(
    '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
  )
})

test('derived keys are 32 bytes and differ by label', () => {
  const key = newKey()
  expect(derive(key, 'search').length).toBe(32)
  expect(derive(key, 'search').equals(derive(key, 'search'))).toBe(true)
  expect(derive(key, 'search').equals(derive(key, 'fields'))).toBe(false)
  expect(() => derive(Buffer.alloc(0), 'search')).toThrow(RangeError)
})

test('a matter key is the one that another library joins', () => {
  const { rowHalf, storeHalf, matterId, key, keyId: id } = vectors.matter
  expect(hex(joinMatterKey(bytes(rowHalf), bytes(storeHalf), matterId))).toBe(key)
  expect(keyId(bytes(key))).toBe(id)
})

test('a matter key needs both halves, in their places, and its matter', () => {
  const [row, store] = [newKey(), newKey()]
  const others = [
    joinMatterKey(newKey(), store, 'm'),
    joinMatterKey(row, newKey(), 'm'),
    joinMatterKey(store, row, 'm'),
    joinMatterKey(row, store, 'n'),
  ]
  for (const other of others) expect(other.equals(joinMatterKey(row, store, 'm'))).toBe(false)
  expect(() => joinMatterKey(row, store.subarray(1), 'm')).toThrow(RangeError)
  expect(() => joinMatterKey(Buffer.alloc(0), store, 'm')).toThrow(RangeError)
})
