import type { Node } from '../../finding/query.ts'
import type { Language } from '../../finding/stems.ts'
import { written } from '../../finding/written.ts'
import type { Here } from '../../platform/route.ts'
import { wordsBeginning } from './expanding.ts'
import { candidatesOf } from './candidates.ts'
import { planOf } from './plan.ts'
import type { Place, Reach } from './reach.ts'

/** Matters whose words are looked through for one that is meant. */
const MOST_PLACES = 300
/** Words shorter than this are not mistyped. */
const SHORTEST = 4

/** The same search with words that are written alike and do occur, in documents within reach; null where none is. */
export async function insteadOf({ db }: Here, node: Node, { places }: Reach, languages: readonly Language[]): Promise<string | null> {
  // the newest matters first: ids are in the order in which they were made
  const some = places.slice(-MOST_PLACES)
  const changed = await replaced(node, async (word) => {
    const known = await candidatesOf(db, places, planOf({ kind: 'word', word }, languages), new Map(), languages)
    return known.found.length > 0 ? word : ((await nearest(db, some, word)) ?? word)
  })
  const text = written(changed)
  return text === written(node) ? null : text
}

async function replaced(node: Node, by: (word: string) => Promise<string>): Promise<Node> {
  switch (node.kind) {
    case 'word':
      return { kind: 'word', word: await by(node.word) }
    case 'phrase': {
      const words: string[] = []
      for (const word of node.words) words.push(await by(word))
      return { kind: 'phrase', words }
    }
    case 'and':
    case 'or': {
      const nodes: Node[] = []
      for (const part of node.nodes) nodes.push(await replaced(part, by))
      return { ...node, nodes }
    }
    case 'near':
      return { ...node, left: await replaced(node.left, by), right: await replaced(node.right, by) }
    default:
      return node
  }
}

/** The word that is written most alike; of several, the one that stands in most matters. */
async function nearest(db: Here['db'], places: readonly Place[], word: string): Promise<string | null> {
  if (word.length < SHORTEST || /\d/.test(word)) return null
  const most = word.length < 8 ? 1 : 2
  const swapped = `${word[1]}${word[0]}`
  const counts = new Map<string, number>()
  for (const start of new Set([word.slice(0, 2), swapped]))
    for (const its of (await wordsBeginning(db, places, start)).values())
      for (const one of its) if (distance(one, word, most) <= most) counts.set(one, (counts.get(one) ?? 0) + 1)
  const [best] = [...counts].sort(
    (a, b) => distance(a[0], word, most) - distance(b[0], word, most) || b[1] - a[1] || (a[0] < b[0] ? -1 : 1),
  )
  return best?.[0] ?? null
}

/** Letters put in, left out, changed, or two beside each other swapped (optimal string alignment); more than `most` is told as more. */
export function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const change = last[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, change, isSwap ? before[j - 2]! + 1 : Infinity))
    }
    if (Math.min(...row) > most) return most + 1
    ;[before, last] = [last, row]
  }
  return last[other.length]!
}
