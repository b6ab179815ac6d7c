import type { MatterId } from '../../contract/ids.ts'
import { likeness } from '../../finding/terms.ts'
import type { Db } from '../../platform/postgres.ts'
import { blockOf, nameOf, openWords } from './lexicon.ts'
import type { Expanded } from './plan.ts'
import type { Place } from './reach.ts'

/** Words of one matter that one wildcard stands for. */
export const MOST_WORDS = 200
/** Blocks that were opened before, in memory only, by what they hold. */
const known = new Map<string, string[]>()
const MOST_KNOWN = 4_000

type Row = { matter_id: MatterId; class: string; part: string; sealed_words: Buffer }

/** Of each matter the words that its documents hold, of those that begin with these two letters; of what is within reach and open now alone. */
export async function wordsBeginning(db: Db, places: readonly Place[], start: string): Promise<Map<MatterId, Set<string>>> {
  const keys = new Map(places.map(({ matter, keys: { words } }) => [matter, words]))
  const blocks = places.map(({ keys: { words } }) => blockOf(words, start))
  const rows = await db.rows<Row>('select * from hidden.words_in_reach($1, $2)', [
    `{${places.map(({ matter }) => matter).join()}}`,
    `{${blocks.join()}}`,
  ])
  const found = new Map<MatterId, Set<string>>()
  for (const row of rows) {
    const its = found.get(row.matter_id) ?? new Set<string>()
    found.set(row.matter_id, its)
    for (const word of opened(keys.get(row.matter_id)!, row)) if (word.startsWith(start)) its.add(word)
  }
  return found
}

function opened(key: Buffer, { matter_id: matter, class: its, part, sealed_words: sealed }: Row): string[] {
  const name = nameOf(matter, part, sealed)
  const before = known.get(name)
  if (before) return before
  const words = openWords(key, matter, its, part, sealed)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(name, words)
  return words
}

/** What each wildcard stands for, matter by matter. `isCut`: it stands for more words than are asked for; `waiting`: matters whose lists are gathered anew now. */
export async function expand(
  db: Db,
  places: readonly Place[],
  wanted: readonly Expanded[],
): Promise<{ words: Map<Expanded, Map<MatterId, string[]>>; isCut: boolean; waiting: number }> {
  let isCut = false
  const words = new Map<Expanded, Map<MatterId, string[]>>()
  for (const one of wanted) {
    const [start, isLike] =
      one.kind === 'prefix' ? [one.prefix, (word: string) => word.startsWith(one.prefix)] : [one.pattern, likeness(one.pattern)]
    const beginning = await wordsBeginning(db, places, start.slice(0, 2))
    const its = new Map<MatterId, string[]>()
    for (const [matter, all] of beginning) {
      const like = [...all].filter(isLike)
      isCut ||= like.length > MOST_WORDS
      if (like.length > 0) its.set(matter, like.slice(0, MOST_WORDS))
    }
    words.set(one, its)
  }
  const { n } = (await db.row<{ n: number }>('select hidden.lists_waiting() as n'))!
  return { words, isCut, waiting: n }
}
