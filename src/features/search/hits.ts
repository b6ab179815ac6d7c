import type { Hit } from '../../contract/search.ts'
import { stricter } from '../../contract/words.ts'
import type { Node } from '../../finding/query.ts'
import type { Language } from '../../finding/stems.ts'
import { said } from '../../platform/postgres.ts'
import type { Here } from '../../platform/route.ts'
import type { Document } from './finding.ts'
import { closeness, look, openTexts, shown, type Opened } from './looking.ts'
import { dayOf } from './making.ts'
import { namedBy, type Named } from './named.ts'
import type { Matter } from './titles.ts'
import type { MatterId } from '../../contract/ids.ts'
import { leafCount } from './finding.ts'

/** Passages of one document on a page of results. */
const PASSAGES = 2
/** Among so many of the best, those whose words stand closer together come first. */
export const WINDOW = 30
const CLOSE = 0.6
/** Other documents of the same content that are named. */
const MOST_SAME = 10

/** `names`: also of other documents of the same content. */
export type Shown = {
  document: Document
  named: Named
  names: ReadonlyMap<string, Named>
  opened: Opened
  hits: ReturnType<typeof look>['hits']
}

/** Their names and texts, as the wall shows them now; what it does not show any more is not among them. */
export async function openedOf(here: Here, node: Node, documents: readonly Document[], languages: readonly Language[]): Promise<Shown[]> {
  const [names, texts] = await said(
    namedBy(
      here,
      documents.flatMap(({ document, same }) => [document, ...same.slice(0, MOST_SAME).map((one) => one.document)]),
    ),
    openTexts(
      here,
      documents.map(({ version }) => version),
    ),
  )
  return documents.flatMap((document) => {
    const named = names.get(document.document)
    const opened = texts.get(document.version)
    if (!named || !opened) return []
    const same = document.same.filter((one) => names.has(one.document))
    // fields were asked of the index: here only words are marked
    const { hits } = look(
      node,
      document,
      opened.text,
      { name: named.name, folder: named.folder, author: named.author, said: named.said, matter: '', client: '' },
      languages,
    )
    return [
      { document: { ...document, same }, named, names, opened, hits: hits.length > 0 ? hits : marksOf(node, document, opened, languages) },
    ]
  })
}

/** Of a search that asks for more than words the words alone. */
export function marksOf(node: Node, document: Parameters<typeof look>[1], { text }: Opened, languages: readonly Language[]): Shown['hits'] {
  const words = wordsOnly(node)
  return words ? look(words, document, text, { name: '', folder: '', author: '', said: [], matter: '', client: '' }, languages).hits : []
}
function wordsOnly(node: Node): Node | null {
  if (node.kind === 'field' || node.kind === 'date' || node.kind === 'not') return null
  if (node.kind !== 'and' && node.kind !== 'or') return node
  const nodes = node.nodes.flatMap((part) => wordsOnly(part) ?? [])
  return nodes.length === 0 ? null : { kind: 'or', nodes }
}

/** The same with the closest first. */
export const closestFirst = (all: readonly Shown[], node: Node): Shown[] => {
  const leaves = leafCount(node)
  const worth = ({ document, hits }: Shown): number => document.score * (1 + CLOSE * closeness(hits, leaves))
  return all
    .map((one) => [worth(one), one] as const)
    .sort((a, b) => b[0] - a[0])
    .map(([, one]) => one)
}

/** As it is shown; null where its matter's name does not open. */
export function hitOf({ document, named, names, opened, hits }: Shown, matters: ReadonlyMap<MatterId, Matter>): Hit | null {
  const matter = matters.get(named.matter)
  if (!matter) return null
  const { facts } = document.card
  const isShown = opened.isShown && opened.text !== null
  return {
    document: document.document,
    matter: matter.titled,
    name: named.name,
    folder: named.folder,
    class: stricter(named.class, matter.class),
    type: facts.type,
    shown: named.shown,
    version: facts.number,
    newest: named.newest,
    older: document.older,
    same: document.same.slice(0, MOST_SAME).flatMap((one) => {
      const its = names.get(one.document)
      return its ? [{ document: one.document, matter: one.matter, name: its.name, title: matters.get(one.matter)?.titled.title ?? '' }] : []
    }),
    at: facts.at,
    day: facts.day,
    person: facts.people[0] ?? '',
    sureness: facts.sureness,
    passages: isShown ? shown(opened.text!, hits, PASSAGES) : [],
    isWithheld: !opened.isShown,
    isWatermarked: opened.isMarked,
  }
}

export const byDay =
  (down: boolean) =>
  (a: Document, b: Document): number => {
    const [one, other] = [dayOf(a.card.facts), dayOf(b.card.facts)]
    return one === other ? b.score - a.score : one < other === down ? 1 : -1
  }
