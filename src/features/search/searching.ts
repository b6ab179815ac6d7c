import type { PersonId } from '../../contract/ids.ts'
import type { Narrow, SearchView } from '../../contract/search.ts'
import { namesIn } from '../../finding/index-terms.ts'
import { parse } from '../../finding/parse.ts'
import type { Node } from '../../finding/query.ts'
import type { Language } from '../../finding/stems.ts'
import { instant } from '../../platform/clock.ts'
import { isAllowed, type Here, type Input } from '../../platform/route.ts'
import { said } from '../../platform/postgres.ts'
import { remembered, type Also, type Remembered } from '../../platform/ways.ts'
import { firmText } from '../keys/firm-words.ts'
import { keysOfMatters } from '../keys/matter-keys.ts'
import { countsOf, facetsOf, narrowed } from './facets.ts'
import { findDocuments, mattersCalled, together, type Document, type Found } from './finding.ts'
import { byDay, closestFirst, hitOf, openedOf, WINDOW, type Shown } from './hits.ts'
import { insteadOf } from './instead.ts'
import { languagesOf } from './languages.ts'
import { reachOf, type Reach } from './reach.ts'
import { mattersBy, type Titled } from './titles.ts'

type Wish = Input<'search.run'>['body']
const NOTHING: Found = { all: [], isMore: false, notes: [] }
/** Matters and people that are named above the documents. */
const MOST_NAMED = 6

/** A search, in the ledger with its words sealed; and whose passages are shown, in the history of their matter. */
export async function run(here: Here, { body }: Input<'search.run'>): Promise<Remembered<SearchView>> {
  const query = parse(body.words, instant().slice(0, 10))
  const languages = await languagesOf(here.house)
  const reach = await reachOf(here)
  const { node } = query
  // said together: while PostgreSQL looks for one, the next is made ready
  const [found, called, people] = node
    ? await said(findDocuments(here, node, reach, languages, body.narrow), calledSo(here, node, reach, languages), peopleCalled(here, node))
    : [NOTHING, [], []]
  const all = together(inOrder(narrowed(found.all, body.narrow) as Document[], body.order))
  const counts = countsOf(found.all, body.narrow)
  const window = windowOf(all, body)
  const ids = [
    ...window.documents.flatMap(({ matter, same }) => [matter, ...same.map((one) => one.matter)]),
    ...counts.matters.map(([id]) => id),
    ...matterOfEach(
      found.all,
      counts.clients.map(([id]) => id),
    ),
    ...called,
  ]
  const [, matters, opened] = await said(
    keysOfMatters(here.house, here.db, ids),
    mattersBy(here, ids),
    node ? openedOf(here, node, window.documents, languages) : Promise.resolve([]),
  )
  const page = pageOf(node, opened, window)
  const clients = new Map([...matters.values()].map(({ titled }) => [titled.client.id, titled.client.name]))
  const hits = page.flatMap((one) => hitOf(one, matters) ?? [])
  const view: SearchView = {
    understood: query.understood,
    notes: [...query.notes, ...found.notes, ...notesOf(reach)],
    instead: node && all.length === 0 ? await insteadOf(here, node, reach, languages) : null,
    total: all.length,
    isMore: found.isMore,
    documents: reach.documents,
    unread: reach.unread,
    locked: reach.locked,
    hits,
    facets: facetsOf(counts, new Map([...matters].map(([id, { titled }]) => [id, titled.title])), clients),
    matters: called.flatMap((id): Titled[] => (matters.get(id) ? [matters.get(id)!.titled] : [])),
    people,
  }
  const details = { words: body.words.slice(0, 2000).toWellFormed(), results: all.length, order: body.order, ...narrowDetails(body.narrow) }
  return remembered(
    { details },
    view,
    page.flatMap((one) => shownEntry(one, hits, body.words)),
  )
}

function inOrder(all: Document[], order: Wish['order']): Document[] {
  return order === 'best' ? all : all.sort(byDay(order === 'newest'))
}

/** What is opened for the page asked for: among the best, those whose words stand closest together come first. */
type Window = { documents: readonly Document[]; isClosest: boolean; from: number; to: number }
function windowOf(all: readonly Document[], { order, start, limit }: Wish): Window {
  const isClosest = order === 'best' && start < WINDOW
  if (!isClosest) return { documents: all.slice(start, start + limit), isClosest, from: 0, to: limit }
  return { documents: all.slice(0, Math.max(WINDOW, start + limit)), isClosest, from: start, to: start + limit }
}
const pageOf = (node: Node | null, opened: readonly Shown[], { isClosest, from, to }: Window): readonly Shown[] =>
  (isClosest && node ? closestFirst(opened, node) : opened).slice(from, to)

/** One entry for each document of which words were shown. */
function shownEntry({ document, named }: Shown, hits: SearchView['hits'], words: string): Also[] {
  const hit = hits.find((one) => one.document === document.document)
  if (!hit || hit.passages.length === 0) return []
  const details = {
    object: named.name,
    folder: named.folder,
    version: hit.version,
    words: words.slice(0, 500).toWellFormed(),
    passages: hit.passages.length,
  }
  return [{ deed: 'passages.shown', subject: { matter: named.matter, object: named.id, details } }]
}

const narrowDetails = (narrow: Narrow): { narrowed?: string } => {
  const said = Object.entries(narrow).filter(([, values]) => values.length > 0)
  return said.length === 0 ? {} : { narrowed: said.map(([name, values]) => `${name} ${values.join(', ')}`).join('; ') }
}

/** Of each client one matter that was found, by which its name is read. */
const matterOfEach = (all: readonly Document[], clients: readonly string[]) =>
  clients.flatMap((client) => all.find(({ place }) => place.client === client)?.matter ?? [])

function notesOf({ shut }: Reach): string[] {
  if (shut === 0) return []
  return [
    `${shut === 1 ? 'One matter is' : `${shut} matters are`} locked by a client’s own key and ${shut === 1 ? 'was' : 'were'} not looked into.`,
  ]
}

/** Matters whose own words hold everything that is asked for, where nothing but words is. */
async function calledSo(here: Here, node: Node, reach: Reach, languages: readonly Language[]) {
  const words = plainWords(node)
  if (!words || !isAllowed(here.me, 'matter.list')) return []
  return (await mattersCalled(here.db, reach.places, words, languages)).slice(0, MOST_NAMED)
}
export function plainWords(node: Node): string[] | null {
  if (node.kind === 'word') return [node.word]
  if (node.kind === 'phrase') return node.words
  if (node.kind !== 'and') return null
  const parts = node.nodes.map(plainWords)
  return parts.every((part) => part !== null) ? parts.flat() : null
}

type PersonRow = { id: PersonId; sealed_name: Buffer; sealed_email: Buffer }
/** People of the firm with all of these words in their names or addresses. */
async function peopleCalled(here: Here, node: Node): Promise<SearchView['people']> {
  const words = plainWords(node)
  return words ? peopleWith(here, (said) => words.every((word) => said.includes(word)), MOST_NAMED) : []
}
export async function peopleWith(
  { house, db, me }: Here,
  isMeant: (words: string[]) => boolean,
  most: number,
): Promise<SearchView['people']> {
  if (!isAllowed(me, 'person.list')) return []
  const rows = await db.rows<PersonRow>(
    'select id, sealed_name, sealed_email from app.people where probe_id is null and (leaves_at is null or leaves_at > now()) order by id',
  )
  const people = rows.map((row) => ({
    id: row.id,
    name: firmText(house.keys, 'people', 'sealed_name', row.id, row.sealed_name),
    email: firmText(house.keys, 'people', 'sealed_email', row.id, row.sealed_email),
  }))
  return people.filter(({ name, email }) => isMeant([...namesIn(name), ...namesIn(email)])).slice(0, most)
}
