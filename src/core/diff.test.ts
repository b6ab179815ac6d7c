import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffLines, type Run } from './diff.ts'

function all(older: string[], newer: string[], most = 1e9): Run[] | null {
  const walk = diffLines(older, newer, most)
  for (;;) {
    const step = walk.next()
    if (step.done) return step.value
  }
}
const linesOf = (runs: Run[], older: string[], newer: string[], but: Run['in']) =>
  runs.filter((run) => run.in !== but).flatMap((run) => (run.in === 'newer' ? newer : older).slice(run.start, run.start + run.count))

/** How many lines two texts share in order, by the table that everyone knows. */
function shared(a: string[], b: string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = 1; i <= a.length; i += 1)
    for (let j = 1; j <= b.length; j += 1)
      table[i]![j] = a[i - 1] === b[j - 1] ? table[i - 1]![j - 1]! + 1 : Math.max(table[i - 1]![j]!, table[i]![j - 1]!)
  return table[a.length]![b.length]!
}
const text = (letters: string) => fc.array(fc.constantFrom(...letters), { maxLength: 40 })

test.each(['a', 'ab', 'abc', 'abcdefghij'])(
  'of texts of the lines %s it gives both back, and no change is longer than it must be',
  (letters) => {
    fc.assert(
      fc.property(text(letters), text(letters), (older, newer) => {
        const runs = all(older, newer)!
        expect(linesOf(runs, older, newer, 'newer')).toEqual(older)
        expect(linesOf(runs, older, newer, 'older')).toEqual(newer)
        const both = runs.filter((run) => run.in === 'both').reduce((sum, run) => sum + run.count, 0)
        expect(both).toBe(shared(older, newer))
        for (const run of runs) expect(run.count).toBeGreaterThan(0)
        // a change is one run of what is gone, and then one of what is new
        const order = runs.map((run) => run.in).join(' ')
        expect(order).not.toMatch(/newer older|both both|older older|newer newer/)
      }),
      { numRuns: 2000 },
    )
  },
)

test('a change in a long text costs few steps, and texts with nothing in common are given up', () => {
  const older = Array.from({ length: 50_000 }, (_, at) => `line ${at}`)
  const newer = older.toSpliced(40_000, 2, 'new').toSpliced(100, 0, 'more')
  expect(all(older, newer, 1_000_000)!.filter((run) => run.in !== 'both')).toEqual([
    { in: 'newer', start: 100, count: 1 },
    expect.objectContaining({ count: expect.any(Number) }),
    expect.objectContaining({ count: expect.any(Number) }),
  ])
  expect(
    all(
      older,
      older.map((line) => `${line}!`),
      1_000_000,
    ),
  ).toBeNull()
})
