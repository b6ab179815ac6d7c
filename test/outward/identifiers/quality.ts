import { identifiersIn, type Identifier, type IdentifierKind } from '../../../src/outward/identifiers/identifiers.ts'
import type { Snippet } from './snippets.ts'

/** `right`: found as it stands there; `false`: found where it is not; `missed`: not found. */
export type Quality = { right: number; false: number; missed: number }
export type Measured = { all: Quality; byKind: Map<IdentifierKind, Quality>; wrong: string[] }

/** What is found in a set, by kind; a stretch told as another kind, or with another end, is both false and missed. */
export function measured(snippets: readonly Snippet[]): Measured {
  const byKind = new Map<IdentifierKind, Quality>()
  const of = (kind: IdentifierKind): Quality => {
    if (!byKind.has(kind)) byKind.set(kind, { right: 0, false: 0, missed: 0 })
    return byKind.get(kind)!
  }
  const wrong: string[] = []
  for (const { text, wanted, from } of snippets) {
    const { found } = identifiersIn(text)
    const told = ({ kind, at, length }: Identifier): string => `${kind} “${text.slice(at, at + length)}”`
    for (const one of wanted) {
      if (found.some((other) => isSame(one, other))) of(one.kind).right += 1
      else {
        of(one.kind).missed += 1
        wrong.push(`${from} missed ${told(one)} in ${JSON.stringify(text)}`)
      }
    }
    for (const one of found) {
      if (wanted.some((other) => isSame(one, other))) continue
      of(one.kind).false += 1
      wrong.push(`${from} false ${told(one)} in ${JSON.stringify(text)}`)
    }
  }
  const all = [...byKind.values()].reduce((sum, one) => ({
    right: sum.right + one.right,
    false: sum.false + one.false,
    missed: sum.missed + one.missed,
  }))
  return { all, byKind, wrong }
}

export const precision = ({ right, false: wrong }: Quality): number => (right + wrong === 0 ? 1 : right / (right + wrong))
export const recall = ({ right, missed }: Quality): number => (right + missed === 0 ? 1 : right / (right + missed))

const isSame = (one: Identifier, other: Identifier): boolean =>
  one.kind === other.kind && one.at === other.at && one.length === other.length
