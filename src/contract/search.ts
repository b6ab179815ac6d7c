import { z } from 'zod'
import { call } from './call.ts'
import { Shown } from './document.ts'
import { ClientId, DocumentId, MatterId, PersonId, SearchId } from './ids.ts'
import { Class, Instant, MatterClass, Name } from './words.ts'

/** What a document is, by its content. `scan`: pictures of letters. */
export const TextKind = z.enum(['pdf', 'word', 'sheet', 'slides', 'mail', 'picture', 'scan', 'text', 'archive', 'page', 'other'])
export type TextKind = z.infer<typeof TextKind>

/** Of what is typed the first 2,000 characters are read. */
export const SearchWords = z.string().max(10_000)
/** Each list narrows to what is in one of its entries; empty: not narrowed. */
export const Narrow = z.object({
  matters: z.array(MatterId).max(50).default([]),
  clients: z.array(ClientId).max(50).default([]),
  types: z.array(TextKind).max(11).default([]),
  years: z.array(z.number().int().min(0).max(9999)).max(50).default([]),
  classes: z.array(MatterClass).max(3).default([]),
  people: z.array(z.string().max(200)).max(50).default([]),
})
export type Narrow = z.infer<typeof Narrow>
export const SearchOrder = z.enum(['best', 'newest', 'oldest'])
const Asked = z.object({ words: SearchWords, narrow: Narrow.prefault({}), order: SearchOrder.default('best') })

/** Words around what was found: `marks` are the places of it in `text`, from and up to (UTF-16 units). */
export const Passage = z.object({
  text: z.string(),
  marks: z.array(z.tuple([z.number().int(), z.number().int()])),
  /** From 1; null where the file has no pages. */ page: z.number().int().nullable(),
  /** The attachment or member of an archive that it stands in; '': the file itself. */ within: z.string(),
})
export type Passage = z.infer<typeof Passage>

const Titled = z.object({ id: MatterId, number: z.string(), title: z.string(), client: z.object({ id: ClientId, name: z.string() }) })
export const Hit = z.object({
  document: DocumentId,
  matter: Titled,
  name: z.string(),
  folder: z.string(),
  class: Class,
  type: TextKind,
  shown: Shown,
  /** The version that answers, and the newest there is. */ version: z.number().int(),
  newest: z.number().int(),
  /** Older versions that answer as well. */ older: z.array(z.number().int()),
  /** Other documents within reach that hold the same content. */
  same: z.array(z.object({ document: DocumentId, matter: MatterId, name: z.string(), title: z.string() })),
  at: Instant,
  /** The day that the content says of itself, such as a letter's or a message's. */ day: z.iso.date().nullable(),
  /** Author or sender; '' where none is known. */ person: z.string(),
  /** How sure the machine was that read its letters, 0 to 100; null: it is text. */ sureness: z.number().int().nullable(),
  passages: z.array(Passage),
  /** No passage is shown: it is held for the scanner, or its stored file is broken. */ isWithheld: z.boolean(),
  /** Its class is shown under the reader's name: so are its passages. */ isWatermarked: z.boolean(),
})
export type Hit = z.infer<typeof Hit>

const Count = { count: z.number().int() }
export const Facets = z.object({
  matters: z.array(z.object({ id: MatterId, title: z.string(), ...Count })),
  clients: z.array(z.object({ id: ClientId, name: z.string(), ...Count })),
  types: z.array(z.object({ value: TextKind, ...Count })),
  years: z.array(z.object({ value: z.number().int(), ...Count })),
  classes: z.array(z.object({ value: MatterClass, ...Count })),
  people: z.array(z.object({ value: z.string(), ...Count })),
})
export type Facets = z.infer<typeof Facets>

export const SearchView = z.object({
  /** How it was read, in pieces of one sentence; what stands out is what was asked for. */
  understood: z.array(z.object({ text: z.string(), isAsked: z.boolean() })),
  /** What was read otherwise than it was written, and what was not looked into. */ notes: z.array(z.string()),
  /** Something alike that would find more, in words to search for; null: nothing is. */ instead: z.string().nullable(),
  /** Documents found. `isMore`: there are more; these are the best. */ total: z.number().int(),
  isMore: z.boolean(),
  /** Documents within reach; of these so many are not read yet or cannot be read, and so many ask for a second factor first. */
  documents: z.number().int(),
  unread: z.number().int(),
  locked: z.number().int(),
  hits: z.array(Hit),
  /** Each counts what the other facets leave. */ facets: Facets,
  matters: z.array(Titled),
  people: z.array(z.object({ id: PersonId, name: z.string(), email: z.string() })),
})
export type SearchView = z.infer<typeof SearchView>

export const SavedSearch = z.object({
  id: SearchId,
  name: z.string(),
  words: z.string(),
  narrow: Narrow,
  order: SearchOrder,
  /** A notice tells when something new answers it. */ isTold: z.boolean(),
  createdAt: Instant,
})
export type SavedSearch = z.infer<typeof SavedSearch>
const Kept = Asked.extend({ name: Name, isTold: z.boolean().default(false) })
const one = z.object({ search: SearchId })

/**
 * Where a document's text stands. `waiting`: not looked at yet; `scan`: pages of it wait for the machine that reads letters; `unreadable`:
 * `why` says it in a sentence.
 */
export const TextState = z.enum(['waiting', 'scan', 'indexed', 'unreadable'])
export type TextState = z.infer<typeof TextState>
const Counts = z.object({ waiting: z.number().int(), scan: z.number().int(), indexed: z.number().int(), unreadable: z.number().int() })

export const calls = {
  'search.run': call('POST /search', 'Search matters, people and documents within reach; each search is in the ledger', {
    body: Asked.extend({ start: z.number().int().min(0).max(2000).default(0), limit: z.number().int().min(1).max(50).default(20) }),
    answer: SearchView,
  }),
  'search.suggest': call('POST /search/suggestions', 'What begins with these words: matters, people, documents, saved searches and words', {
    body: z.object({ words: z.string().max(200) }),
    answer: z.object({
      matters: z.array(Titled),
      people: z.array(z.object({ id: PersonId, name: z.string() })),
      documents: z.array(z.object({ document: DocumentId, matter: MatterId, name: z.string(), title: z.string() })),
      saved: z.array(z.object({ id: SearchId, name: z.string(), words: z.string() })),
      /** Whole searches, the last word completed. */ words: z.array(z.string()),
    }),
  }),
  'search.passages': call('POST /documents/:document/passages', 'Every passage of a document that answers a search, in order', {
    params: z.object({ document: DocumentId }),
    body: z.object({ words: SearchWords, version: z.number().int().min(1).optional() }),
    answer: z.object({ passages: z.array(Passage), /** there are more */ isCut: z.boolean(), isWithheld: z.boolean() }),
  }),
  'search.export': call('POST /search/export', 'The list of what was found, as CSV: names and facts, no passages', {
    body: Asked,
    gives: 'bytes',
  }),
  'search.save': call('POST /searches', 'Keep a search', { status: 201, body: Kept, answer: SavedSearch }),
  'search.saved': call('GET /searches', 'One’s own kept searches, newest first', { answer: z.object({ searches: z.array(SavedSearch) }) }),
  'search.change': call('PUT /searches/:search', 'Change a kept search', { params: one, body: Kept, answer: SavedSearch }),
  'search.forget': call('DELETE /searches/:search', 'Forget a kept search', { params: one, answer: z.object({}) }),
  'index.status': call('GET /matters/:matter/index', 'Which documents of a matter can be found by what they say, and why others cannot', {
    params: z.object({ matter: MatterId }),
    answer: Counts.extend({
      /** Those that cannot be found by what they say, or not wholly: at most 200. */
      documents: z.array(
        z.object({
          document: DocumentId,
          name: z.string(),
          version: z.number().int(),
          state: TextState,
          why: z.string(),
          /** Parts of a document that was read. */ unread: z.array(z.string()),
        }),
      ),
    }),
  }),
  'index.again': call('POST /documents/:document/reading', 'Have a document’s text read anew', {
    status: 200,
    params: z.object({ document: DocumentId }),
    body: z.object({}),
    answer: z.object({ state: TextState }),
  }),
  'index.progress': call('GET /index', 'How much of the firm’s documents is indexed: counts alone', {
    answer: Counts.extend({ /** Items of work left: documents, matters and lists of words. */ left: z.number().int() }),
  }),
  'index.rebuild': call('POST /index', 'Have every document read and indexed anew, while people work', {
    status: 200,
    body: z.object({ /** or only indexed anew, from the text that was read */ read: z.boolean().default(false) }),
    answer: z.object({ left: z.number().int() }),
  }),
}
