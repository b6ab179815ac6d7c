import { expect, test } from 'vitest'
import { blocksOf } from '../../web/features/vault/compare-rows.ts'
import { NOTHING, ranged, still, toggled, whole } from '../../web/features/vault/selection.ts'
import type { Row } from '../../web/features/vault/tree.ts'

const file = (id: string) => ({ kind: 'file', document: { id } }) as unknown as Row
const rows = [{ kind: 'folder' } as unknown as Row, file('a'), file('b'), { kind: 'folder' } as unknown as Row, file('c'), file('d')]
const ids = ({ ids }: { ids: ReadonlySet<string> }) => [...ids]
const id = (name: string) => name as never

test('a range goes from the anchor in either direction, over folders and without them', () => {
  const b = toggled(NOTHING, id('b'))
  expect(ids(ranged(rows, b, 0, 5))).toEqual(['b', 'c', 'd'])
  expect(ids(ranged(rows, b, 0, 1))).toEqual(['a', 'b'])
  // the anchor stays where it was
  expect(ids(ranged(rows, ranged(rows, b, 0, 5), 5, 1))).toEqual(['a', 'b'])
  // one that is in no list any more is as none
  expect(ids(ranged(rows, toggled(NOTHING, id('gone')), 4, 5))).toEqual(['c', 'd'])
})

test('what is chosen twice is not chosen; what is gone is not chosen any more', () => {
  const both = toggled(toggled(NOTHING, id('a')), id('c'))
  expect(ids(both)).toEqual(['a', 'c'])
  expect(ids(toggled(both, id('a')))).toEqual(['c'])
  expect(ids(still(both, [{ id: id('c') }]))).toEqual(['c'])
  expect(still(both, [{ id: id('a') }, { id: id('c') }])).toBe(both)
  expect(ids(whole(rows))).toEqual(['a', 'b', 'c', 'd'])
})

test('a comparison is laid out in runs, each with the numbers of its first lines', () => {
  const line = (where: 'both' | 'older' | 'newer', text: string) => ({ in: where, text })
  const lines = [line('both', 'x'), line('older', 'was'), line('newer', 'is'), line('newer', 'and is'), line('both', 'y')]
  expect(
    blocksOf({
      lines,
      left: [
        { before: 0, count: 7 },
        { before: 5, count: 2 },
      ],
    }),
  ).toEqual([
    { kind: 'left', count: 7 },
    { kind: 'same', lines: ['x'], at: [8, 8] },
    { kind: 'changed', older: ['was'], newer: ['is', 'and is'], at: [9, 9] },
    { kind: 'same', lines: ['y'], at: [10, 11] },
    { kind: 'left', count: 2 },
  ])
})
