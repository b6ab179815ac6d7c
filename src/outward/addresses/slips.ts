import { layoutsOf, type Layout } from './keyboards.ts'
import { differsIn, type Differs, type Slip } from './why.ts'

export type Slipped = { slip: Slip; layouts: Layout[]; at: number }

/** How the asked text is one slip away from the known one; null where it is the same, or further away, or only another number. */
export function slipBetween(asked: string, known: string): Slipped | null {
  if (asked === known || isSeries(asked, known)) return null
  const differs = differsIn('local', asked, known)
  const slip = slipOf(differs)
  return slip && { slip, layouts: slip === 'neighbour-key' ? layoutsOf(differs.here, differs.there) : [], at: differs.at }
}

function slipOf({ asked, at, here, there }: Differs): Slip | null {
  const [added, gone] = [lengthOf(here), lengthOf(there)]
  if (added === 1 && gone === 1) return layoutsOf(here, there).length > 0 ? 'neighbour-key' : 'changed'
  if (added === 0 && gone === 1) return 'dropped'
  if (added === 1 && gone === 0)
    return asked.slice(0, at).endsWith(here) || asked.slice(at + here.length).startsWith(here) ? 'doubled' : 'added'
  return added === 2 && gone === 2 && [...here].reverse().join('') === there ? 'transposed' : null
}

const lengthOf = (text: string): number => (text.length > 4 ? text.length : [...text].length)

/** `info1` and `info2`, `unit12` and `unit3`: numbers of a series, which nobody mistypes by an eye's slip alone. */
export function isSeries(one: string, other: string): boolean {
  const bare = one.replace(/[0-9]+/g, '0')
  return bare !== one.replace(/[0-9]/g, '') && bare === other.replace(/[0-9]+/g, '0')
}

const LONGEST = 64
const rows = [new Uint8Array(LONGEST + 1), new Uint8Array(LONGEST + 1), new Uint8Array(LONGEST + 1)]

/** Whether two texts of up to 64 units are exactly two edits apart (Damerau-Levenshtein by optimal string alignment). */
export function areTwoApart(one: string, other: string): boolean {
  const { here, there } = differsIn('local', one, other)
  const [a, b] = here.length <= there.length ? [here, there] : [there, here]
  if (b.length - a.length > 2 || b.length > LONGEST) return false
  let [before, above, row] = rows as [Uint8Array, Uint8Array, Uint8Array]
  for (let j = 0; j <= b.length; j += 1) above[j] = j
  for (let i = 1; i <= a.length; i += 1) {
    row[0] = i
    let least = i
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1]
      let best = Math.min(above[j - 1]! + (isSame ? 0 : 1), above[j]! + 1, row[j - 1]! + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1)
      row[j] = best
      if (best < least) least = best
    }
    if (least > 2) return false
    ;[before, above, row] = [above, row, before]
  }
  return above[b.length] === 2
}
