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
import type { Candidate } from './candidates.ts'
import { openKeptText, partAt, type KeptText } from './texts.ts'

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

/** Whether it answers, and where its text does. Words of its name count as its text's, and are not among the hits. */
export function look(
  node: Node,
  one: Pick<Candidate, 'card' | 'class'>,
  text: KeptText | null,
  known: Known,
  languages: readonly Language[],
): { isFound: boolean; hits: Hit[] } {
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
  return { isFound, hits: hits.filter((hit) => hit.end <= said.length) }
}

/** Passages of a text as they are shown, each with its page. */
export const shown = (text: KeptText, hits: readonly Hit[], most: number): Passage[] =>
  passagesOf(text.text, hits, { most, length: 220 }).map(({ text: its, marks, at }) => {
    const { page, within } = partAt(text, at)
    return { text: its, marks, page, within }
  })

/** How close together the different words stand at best: 1 beside each other, towards 0 far apart; 0 where not all are there. */
export function closeness(hits: readonly Hit[], leaves: number): number {
  if (leaves < 2) return 0
  const last = new Map<number, number>()
  let best = Infinity
  for (const { leaf, start, end } of hits) {
    last.set(leaf, start)
    if (last.size === leaves) best = Math.min(best, end - Math.min(...last.values()))
  }
  return 1 / (1 + best / 80)
}
