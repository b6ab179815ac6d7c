import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hex } from './bytes.ts'
import { commit, detailsCommitment, leafBytes, saltOf } from './leaf.ts'
import type { Leaf } from './leaf.ts'
import { leafHash } from './merkle.ts'

const { leaf: vector } = JSON.parse(readFileSync(new URL('../../test/vectors/subrosa/vectors.json', import.meta.url), 'utf8'))
const leaf = vector.leaf as Leaf
const salt = Buffer.from(vector.salt, 'hex')

test('the format stands: commitments, bytes and hash are those that another library made', () => {
  expect(commit(salt, 'actor', '0199d3c0-7e00-7000-8000-0000000000aa')).toBe(leaf.actor)
  expect(commit(salt, 'matter', '0199d3c0-7e00-7000-8000-000000000001')).toBe(leaf.matter)
  expect(commit(salt, 'object', 'document 0199d3c0-7e00-7000-8000-0000000000dd')).toBe(leaf.object)
  expect(detailsCommitment(salt, vector.detailsJson)).toBe(leaf.details)
  expect(leafBytes(leaf).toString()).toBe(vector.bytes)
  expect(hex(leafHash(leafBytes(leaf)))).toBe(vector.leafHash)
})

test('the format stands, written out', () => {
  expect(leafBytes({ ...leaf, m: null, actor: 'a', matter: 'b', object: 'c', details: 'd' }).toString()).toBe(
    '{"actor":"a","at":"2026-03-02T09:15:00.123Z","deed":"document.opened","details":"d","id":"0199d3c0-7e00-7000-8000-00000000000a",' +
      '"m":null,"matter":"b","n":41,"numbered":"2026-03-02T09:15:00.987Z","object":"c","v":1,"via":"web"}',
  )
  expect(commit(Buffer.alloc(16), 'actor', 'Ada')).toBe('3Adu9k5/82HyTB9Z0CS9u/tCown6US+I/jz0sViDsx4=')
  expect(detailsCommitment(Buffer.alloc(16), '{}')).toBe('9aMNZr0d6y+6xQddmjO0YfalF+ZfJvID2FY+kA32Ah0=')
})

test('every member counts', () => {
  const bytes = leafBytes(leaf).toString()
  for (const name of Object.keys(leaf)) {
    if (name === 'v') continue
    const value = leaf[name as keyof Leaf]
    const changed = { ...leaf, [name]: typeof value === 'number' ? value + 1 : `${value}x` }
    expect(leafBytes(changed).toString(), name).not.toBe(bytes)
  }
})

test('the order in which a leaf was made does not count', () => {
  const turned = Object.fromEntries(Object.entries(leaf).reverse()) as Leaf
  expect(leafBytes(turned)).toEqual(leafBytes(leaf))
})

test('a commitment hides: the same value differs by salt and by label', () => {
  const all = [
    commit(salt, 'actor', 'x'),
    commit(salt, 'matter', 'x'),
    commit(salt, 'object', 'x'),
    detailsCommitment(salt, 'x'),
    commit(Buffer.alloc(16), 'actor', 'x'),
    commit(salt, 'actor', 'y'),
    commit(salt, 'actor', ''),
  ]
  expect(new Set(all).size).toBe(all.length)
  expect(() => commit(Buffer.alloc(15), 'actor', 'x')).toThrow(RangeError)
  expect(() => commit(salt, 'actor', '\ud800')).toThrow(TypeError)
})

test('what is not exactly a leaf is refused', () => {
  const { via: _, ...without } = leaf
  const wrong: unknown[] = [
    without,
    { ...leaf, extra: 'seen by nobody' },
    { ...leaf, v: 2 },
    { ...leaf, n: -1 },
    { ...leaf, n: 1.5 },
    { ...leaf, n: '41' },
    { ...leaf, m: 0 },
    { ...leaf, m: undefined },
    { ...leaf, actor: null },
    { ...without, other: 'x' },
  ]
  for (const one of wrong) expect(() => leafBytes(one as Leaf)).toThrow(TypeError)
})

test('what opens one commitment of version 2 opens no other; of version 1 it opens them all', () => {
  const labels = ['actor', 'matter', 'object', 'from', 'ground'] as const
  const salts = labels.map((label) => hex(saltOf(2, salt, label)))
  expect(new Set([...salts, hex(salt)]).size).toBe(6)
  expect(salts.every((one) => one.length === 32)).toBe(true)
  expect(new Set(labels.map((label) => hex(saltOf(1, salt, label))))).toEqual(new Set([hex(salt)]))
  // SHA-256 of the text and sixteen zeros, its first half
  expect(hex(saltOf(2, Buffer.alloc(16), 'actor'))).toBe('03e020f48df78c2fb8e1786fafee542f')
  expect(() => saltOf(2, Buffer.alloc(15), 'actor')).toThrow(RangeError)
})
