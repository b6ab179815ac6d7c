import { expect, test } from 'vitest'
import { lineOf, linesOf, stepped } from '../../web/features/vault/card-lines.ts'
import type { Row } from '../../web/features/vault/tree.ts'

/** `/` a folder with what follows it; `^` a file of the floor. */
function rows(marks: string): Row[] {
  let path = ''
  return [...marks].map((mark, at) => {
    if (mark === '/') return { kind: 'folder', path: (path = `f${at}`) }
    return { kind: 'file', document: { folder: mark === '^' ? '' : path } }
  }) as Row[]
}

test('cards stand side by side, and each folder begins a line', () => {
  const lines = linesOf(rows('/.../....../.'), 4)
  expect(lines.map(({ kind, from, to }) => [kind, to - from])).toEqual([
    ['folder', 1],
    ['cards', 3],
    ['folder', 1],
    ['cards', 4],
    ['cards', 2],
    ['folder', 1],
    ['cards', 1],
  ])
  expect([0, 1, 3, 4, 5, 8, 9, 10, 12].map((index) => lineOf(lines, index))).toEqual([0, 1, 1, 2, 3, 3, 4, 4, 6])
  expect(linesOf([], 4)).toEqual([])
})

test('cards of two folders never share a line, and those that are not below their folder’s name say where they are', () => {
  expect(linesOf(rows('/..^^^'), 4)).toEqual([
    { kind: 'folder', from: 0, to: 1 },
    { kind: 'cards', from: 1, to: 3 },
    { kind: 'cards', from: 3, to: 6, within: '' },
  ])
  // its folder is closed or empty, and holds none of them
  expect(linesOf(rows('/^'), 4)[1]).toEqual({ kind: 'cards', from: 1, to: 2, within: '' })
  // the second line of the same folder does not say it again
  expect(linesOf(rows('/^^^'), 2).map(({ within }) => within)).toEqual([undefined, '', undefined])
  expect(linesOf(rows('^^'), 2)).toEqual([{ kind: 'cards', from: 0, to: 2 }])
})

test('the arrows go in two dimensions, keep their column where it is there, and stop at the ends', () => {
  const all = rows('/.../......')
  const lines = linesOf(all, 4)
  const go = (index: number, way: 'left' | 'right' | 'up' | 'down', column: number) => stepped(lines, all.length, index, way, column)
  expect(go(5, 'down', 2)).toBe(10)
  expect(go(8, 'down', 3)).toBe(10)
  expect(go(10, 'up', 3)).toBe(8)
  expect(go(4, 'up', 2)).toBe(3)
  expect(go(4, 'down', 2)).toBe(7)
  expect([go(3, 'right', 2), go(4, 'left', 0), go(0, 'left', 0), go(10, 'right', 1)]).toEqual([4, 3, 0, 10])
  expect([go(0, 'up', 0), go(9, 'down', 0)]).toEqual([0, 9])
})
