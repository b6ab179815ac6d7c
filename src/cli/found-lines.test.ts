import { expect, test } from 'vitest'
import type { Hit, SearchView } from '../contract/search.ts'
import { BOLD, IN_BRACKETS, linesOf } from './found-lines.ts'
import { safeJson } from './terminal.ts'

const hit: Hit = {
  document: '0199e6a0-0000-7000-8000-000000000001' as Hit['document'],
  matter: {
    id: '0199e6a0-0000-7000-8000-000000000002' as Hit['matter']['id'],
    number: '2026-ABC',
    title: 'Orchard v. Mill',
    client: { id: '0199e6a0-0000-7000-8000-000000000003' as Hit['matter']['client']['id'], name: 'Dan Orchard' },
  },
  name: 'Report.pdf',
  folder: 'Experts',
  class: 'privileged',
  type: 'scan',
  shown: 'pdf' as Hit['shown'],
  version: 1,
  newest: 2,
  older: [],
  same: [],
  at: '2026-11-22T10:00:00.000Z',
  day: null,
  person: '',
  sureness: 97,
  passages: [{ text: 'solids at\noutfall 3 again', marks: [[10, 19]], page: 2, within: '' }],
  isWithheld: false,
  isWatermarked: false,
}
const view = (over: Partial<SearchView>): SearchView => ({
  understood: [],
  notes: [],
  instead: null,
  total: 1,
  isMore: false,
  documents: 12,
  unread: 0,
  locked: 0,
  hits: [hit],
  facets: { matters: [], clients: [], types: [], years: [], classes: [], people: [] },
  matters: [],
  people: [],
  ...over,
})
/** What moves the cursor, hides, or turns the direction of reading; of our own marks only bold is let through. */
const steers = (text: string): boolean =>
  /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text.replaceAll(BOLD.begin, '').replaceAll(BOLD.end, ''))

test('an answer says how it was read, what was noted, and of each document where it stands and what it says', () => {
  const read = [
    { text: 'documents with ', isAsked: false },
    { text: 'outfall 3', isAsked: true },
  ]
  expect(linesOf(view({ understood: read, notes: ['A bracket was missing.'], total: 3, unread: 1, locked: 2 }), IN_BRACKETS, null)).toEqual(
    [
      'Read as: documents with outfall 3',
      'A bracket was missing.',
      '',
      'Report.pdf  2026-ABC  Orchard v. Mill',
      '    in Experts, scan, read by machine, 97 % sure, version 1 of 2, added 2026-11-22, privileged',
      '    p. 2: solids at [outfall 3] again',
      '',
      '3 documents found, 1 shown; looked through 12. The search is recorded.',
      '1 document cannot be searched by what it says yet.',
      '2 documents ask for a second factor first: search again with --code.',
    ],
  )
  expect(linesOf(view({}), BOLD, null)).toContain('    p. 2: solids at \x1b[1moutfall 3\x1b[22m again')
})

test('passages of a class that asks for it stand under the reader’s name; what is withheld shows none', () => {
  const reader = { name: 'Ada Wren', at: '2026-11-23 10:00 UTC' }
  const marked = linesOf(view({ hits: [{ ...hit, isWatermarked: true }, hit] }), IN_BRACKETS, reader)
  expect(marked.filter((line) => line.includes('Ada Wren'))).toEqual(['    Shown to Ada Wren, 2026-11-23 10:00 UTC'])
  const withheld = linesOf(view({ hits: [{ ...hit, isWithheld: true }] }), IN_BRACKETS, null).join('\n')
  expect([withheld.includes('No passage is shown'), withheld.includes('outfall')]).toEqual([true, false])
})

test('nothing that a document, a name or a search says steers the terminal or turns its direction', () => {
  const bad = 'a\x1b]0;owned\x07\u202egnp.exe\u009b2J\rX'
  const evil: Hit = {
    ...hit,
    name: bad,
    folder: bad,
    person: bad,
    matter: { ...hit.matter, number: bad, title: bad, client: { ...hit.matter.client, name: bad } },
    same: [{ document: hit.document, matter: hit.matter.id, name: bad, title: bad }],
    // marks out of order, over one another and beyond the text are left away
    passages: [{ text: `${bad} outfall`, marks: [[0, 4], [2, 5], [9, 9], [20, 900]], page: null, within: bad }], // prettier-ignore
    isWatermarked: true,
  }
  const whole = view({
    understood: [{ text: bad, isAsked: true }],
    notes: [bad],
    instead: bad,
    hits: [evil],
    matters: [evil.matter],
    people: [{ id: '0199e6a0-0000-7000-8000-000000000004' as never, name: bad, email: bad }],
  })
  for (const marking of [IN_BRACKETS, BOLD]) {
    const lines = linesOf(whole, marking, { name: bad, at: 'now' })
    expect(lines.filter(steers)).toEqual([])
    // and it is there, as escapes: 5 of the head and the names, 2 of the hit, its passage, the watermark and what is the same
    expect(lines.filter((line) => line.includes('gnp.exe'))).toHaveLength(10)
  }
  const json = safeJson(whole)
  expect([steers(json), JSON.parse(json)]).toEqual([false, whole])
})
