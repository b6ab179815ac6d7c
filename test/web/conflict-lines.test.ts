import { expect, test } from 'vitest'
import { calls } from '../../src/contract/calls.ts'
import { lineFault, linesOf, shortNames } from '../../web/features/conflicts/names.ts'
import { faultsOf } from '../../web/lib/form.ts'

test('names are one to a line: empty lines, edges and repetitions fall away, order stays', () => {
  expect(linesOf('  Jon Smyth \n\n\tMill AG\r\nJon Smyth\n ')).toEqual(['Jon Smyth', 'Mill AG'])
  expect(linesOf(' \n \n')).toEqual([])
})

test('the contract’s fault of one line names that line and no other field’s', () => {
  const names = ['Jon Smyth', 'Mill‮AG', 'x'.repeat(201)]
  const faults = faultsOf(calls['conflict.check'].body, { names, emails: ['a@b.example', 'nonsense'], note: '' })
  expect(lineFault(faults, 'names', names)).toContain('“Mill')
  expect(lineFault(faults, 'emails', ['a@b.example', 'nonsense'])).toMatch(/^“nonsense”: /)
  expect(lineFault(faults, 'note', [])).toBeNull()
})

test('a fault of the list as a whole names no line, and a long line is cut', () => {
  const many = Array.from({ length: 101 }, (_, index) => `Name ${index}`)
  expect(lineFault(faultsOf(calls['conflict.check'].body, { names: many, emails: [] }), 'names', many)).not.toContain('“')
  const long = ['x'.repeat(201)]
  expect(lineFault(faultsOf(calls['conflict.check'].body, { names: long, emails: [] }), 'names', long)).toContain(`“${'x'.repeat(40)}…”`)
})

test('nobody and no matter is a fault of the form, which stands at the names', () => {
  expect(faultsOf(calls['conflict.check'].body, { names: [], emails: [] })['']).toBe('Name someone, or a matter.')
})

test('a short list of names never hides how many there are', () => {
  expect(shortNames(['A', 'B', 'C'])).toBe('A, B, C')
  expect(shortNames(['A', 'B', 'C', 'D'], 2)).toBe('A, B and 2 more')
})
