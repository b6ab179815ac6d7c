import type { Passage } from '../../contract/search.ts'
import { BrokenSeal } from '../../core/bytes.ts'
import { matchesOf, type Hit } from '../../finding/matching.ts'
import { passagesOf } from '../../finding/passages.ts'
import { prepare } from '../../finding/prepared.ts'
import type { Looked, Node } from '../../finding/query.ts'
import type { Language } from '../../finding/stems.ts'
import type { Here } from '../../platform/route.ts'
import { keysOfMatters, versionKey } from '../keys/matter-keys.ts'
import { textKeyOf } from '../keys/search-keys.ts'
import { dayOf } from './making.ts'
import { leavesOf } from '../../finding/written.ts'
import type { Candidate } from './candidates.ts'
import type { Standing } from './ranking.ts'
import { openKeptText, partAt, type KeptText } from './texts.ts'

/** Characters between the first and the last word that halve what it counts. */
const SPAN = 80

/** A version's text, opened. `isShown`: its passages may be shown; `isMarked`: under the reader's name. */
export type Opened = { text: KeptText | null; isShown: boolean; isMarked: boolean }
type Row = { version_id: string; matter_id: string; wrapped_key: Buffer; sealed_text: Buffer | null; shown: boolean; marked: boolean }

/** The texts of versions, of what is within reach and open now; the wall is asked for each. */
export async function openTexts({ house, db }: Pick<Here, 'house' | 'db'>, versions: readonly string[]): Promise<Map<string, Opened>> {
  const rows = await db.rows<Row>('select version_id, matter_id, wrapped_key, sealed_text, shown, marked from hidden.texts_of($1)', [
    versions,
  ])
  const keys = await keysOfMatters(house, db, [...new Set(rows.map((row) => row.matter_id as never))])
  return new Map(
    rows.flatMap((row) => {
      const its = keys.get(row.matter_id)
      if (!its) return []
      const text =
        row.sealed_text && opened(house, textKeyOf(versionKey(its, row.version_id, row.wrapped_key)), row.version_id, row.sealed_text)
      return [[row.version_id, { text, isShown: row.shown, isMarked: row.marked }] as const]
    }),
  )
}

/** A text that does not open is made anew by whoever asks for it; a search goes on without it. */
function opened(house: Here['house'], key: Buffer, version: string, sealed: Buffer): KeptText | null {
  try {
    return openKeptText(key, version, sealed)
  } catch (fault) {
    if (!(fault instanceof BrokenSeal)) throw fault
    house.log.error(`the kept text of version ${version} does not open; have it read again`, fault)
    return null
  }
}

/** What is known of a document beside its text, as fields are asked for. */
export type Known = { name: string; folder: string; author: string; said: readonly string[]; matter: string; client: string }

/**
 * Whether it answers, and where its text does. Words of its name count as its text's, and are not among the hits. `standing`: of each of
 * the search's leaves how often it stands there.
 */
export function look(
  node: Node,
  one: Pick<Candidate, 'card' | 'class'>,
  text: KeptText | null,
  known: Known,
  languages: readonly Language[],
): { isFound: boolean; hits: Hit[]; standing: Standing[] } {
  const { facts } = one.card
  const said = text?.text ?? ''
  const beside = [
    known.name,
    known.folder,
    known.author,
    ...known.said,
    text?.title,
    text?.author,
    text?.from.join(' '),
    text?.to.join(' '),
    ...new Set(text?.parts.map(({ within }) => within)),
  ]
  const ending = /\.([a-z0-9]{1,8})$/i.exec(known.name)?.[1]?.toLowerCase()
  const looked: Looked = {
    text: `${said}\f${beside.filter(Boolean).join('\f')}`,
    language: facts.language,
    fields: {
      name: `${known.name} ${known.folder} ${text?.title ?? ''}`,
      author: `${known.author} ${text?.author ?? ''}`,
      from: text?.from.join(' ') ?? '',
      to: text?.to.join(' ') ?? '',
      type: text?.type === facts.type || !text ? facts.type : `${facts.type} ${text.type}`,
      class: one.class,
      ext: ending ?? '',
      matter: known.matter,
      client: known.client,
    },
    date: dayOf(facts),
  }
  const { isFound, hits } = matchesOf(node, prepare(looked), languages)
  const standing = leavesOf(node).map((): Standing => ({ times: 0, isInName: false }))
  const nameEnds = said.length + 1 + known.name.length
  for (const { leaf, end } of hits) {
    if (end <= said.length) standing[leaf]!.times += 1
    else if (end <= nameEnds) standing[leaf]!.isInName = true
  }
  return { isFound, hits: hits.filter((hit) => hit.end <= said.length), standing }
}

/** Passages of a text as they are shown, each with its page. */
export const shown = (text: KeptText, hits: readonly Hit[], most: number): Passage[] =>
  passagesOf(text.text, hits, { most, length: 220 }).map(({ text: its, marks, at }) => {
    const { page, within } = partAt(text, at)
    return { text: its, marks, page, within }
  })

/**
 * How close together, and how often, the different words stand: towards 1 where they often stand beside each other, towards 0 far apart; 0
 * where not all are there. After the cover density ranking of Clarke, Cormack and Tudhope (2000).
 */
export function closeness(hits: readonly Hit[], leaves: number): number {
  if (leaves < 2) return 0
  const last = new Map<number, number>()
  let [density, before] = [0, -1]
  for (const { leaf, start, end } of hits) {
    last.set(leaf, start)
    const first = last.size === leaves ? Math.min(...last.values()) : before
    // a stretch that begins where one before it began holds that one
    if (first > before) density += 1 / (1 + (end - first) / SPAN)
    before = Math.max(before, first)
  }
  return density / (density + 1)
}
