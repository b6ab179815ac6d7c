import { expect, test } from 'vitest'
import { DEEDS } from '../../src/contract/deeds.ts'
import type { EntryView } from '../../src/contract/ledger.ts'
import { detailWords, WORDED } from '../../web/features/ledger/detail-words.ts'
import { objectWords, sealedWords } from '../../web/features/ledger/object-words.ts'

const entry = (deed: EntryView['deed'], details: EntryView['details'], object: string | null = null): EntryView => ({
  id: '0199e6a0-0000-7000-8000-000000000001' as EntryView['id'],
  at: '2026-11-22T10:00:00.000Z',
  deed,
  actor: null,
  via: 'browser',
  object,
  document: null,
  details,
  proof: 'recorded',
  matterNumber: null,
  from: null,
  ground: null,
})
const words = (deed: EntryView['deed'], details: EntryView['details']) => detailWords(entry(deed, details))

test('details read as one sentence, whatever order they come in', () => {
  expect(words('person.changed', { given: 'Staff', reason: 'holidays', taken: '', waiting: 'Compliance' })).toBe(
    'giving Staff, with Compliance waiting for a second person, because: holidays',
  )
  expect(
    words('session.created', { address: '10.0.0.1', device: 'Firefox on Linux', factor: 'totp', kind: 'browser', newDevice: true }),
  ).toBe('with an authenticator app, on Firefox on Linux, a device not seen before, from 10.0.0.1')
  expect(words('role.changed', { given: 'matter.create', taken: 'ledger.read matter.list matter.read team.join', was: 'Desk' })).toBe(
    'adding “Open a matter”, taking out 4 permissions, Desk before',
  )
  expect(words('setting.changed', { version: 2, changed: 'standard, passkeyRoles', reason: 'insurer' })).toBe(
    'version 2, the limits for everyone, who signs in with a passkey, because: insurer',
  )
})

test('what was done to the root key’s shares is said in full', () => {
  expect(words('key.split', { need: 3, shares: 5 })).toBe('any 3 of 5 shares')
  expect(words('key.recovered', { shares: '2, 3, 5', at: '2026-11-22T10:00:00.400Z' })).toBe('namely 2, 3, 5')
  expect(words('key.acknowledged', {})).toBe('')
})

test('a leaving says when only if it is still to come', () => {
  expect(words('person.left', { at: '2026-11-22T10:00:00.400Z', successor: 'Ada', reason: null })).toBe('with Ada to take over')
  expect(words('person.left', { at: '2026-12-01T10:00:00.000Z', successor: null })).toMatch(/^on 1 Dec 2026, /)
})

test('a detail without words of its own is still no raw key, and what is false or empty is not said', () => {
  expect(words('session.refused', { sealedTwice: true, some_kind: 'odd', nothing: null, toldAll: false })).toBe(
    'sealed twice, some kind: odd, not told all',
  )
  expect(words('session.revoked', { count: 1, tokens: false })).toBe('1 session ended')
  expect(words('setting.changed', { changed: 'someField' })).toBe('some field')
})

test('what it was done to is named as a reader knows it', () => {
  expect(objectWords(entry('setting.changed', {}, 'sso'))).toBe('Identity provider')
  expect(objectWords(entry('approval.given', { text: 'Give Ben the role Staff' }, 'Ben'))).toBe('Give Ben the role Staff')
  expect(objectWords(entry('session.revoked', { count: 1 }))).toBe('their own')
  expect(objectWords(entry('ledger.read', {}))).toBeNull()
  expect(objectWords({ ...entry('ledger.read', {}), matter: { id: 'x' as never, title: 'Orchard v. Mill' } })).toBe('of Orchard v. Mill')
  expect(objectWords({ ...entry('ledger.read', {}), matterNumber: 3 })).toBe('of this matter')
  // sealed to the reader
  expect(objectWords(entry('session.revoked', {}))).toBeNull()
})

test('a class and what decides over it read as on the page, and what only machines use is not said', () => {
  expect(words('document.added', { folder: 'Pleadings', size: 96, class: 'privileged', found: 'us-ssn 2, iban 1', raised: true })).toBe(
    'in Pleadings, 96 B, Privileged, with 2 US social security numbers and a bank account number (IBAN) found in it, raised by what it holds',
  )
  expect(words('class.lowered', { class: 'privileged', was: 'restricted', reason: 'filed', confirmation: '0199e6a0-0000' })).toBe(
    'to Privileged, Restricted before, because: filed',
  )
  expect(words('matter.opened', { class: 'It is privileged.', conflicts: 'Conflicts are settled.', team: 'Someone is responsible.' })).toBe(
    '',
  )
})

test('what was done to a version or a document beside its content is said in words', () => {
  expect(
    words('version.added', { folder: 'Letters', from: 1, reason: 'comments', sha256: 'ab', size: 96, version: 2, class: 'privileged' }),
  ).toBe('in Letters, 96 B, version 2, made from version 1, Privileged, because: comments')
  expect(words('version.compared', { newer: 3, older: 1 })).toBe('version 1, with version 3')
  expect(words('document.described', { changed: 'tags, receivedOn', privilege: 'work-product' })).toBe(
    'privileged as work product, its tags, when it was received',
  )
  expect(words('document.back', { holder: 'Ada Wren' })).toBe('which was out with Ada Wren')
  expect(words('document.locked', { as: 'served', version: 2 })).toBe('version 2, as served')
})

test('a key that is replaced is named', () => {
  expect(objectWords(entry('key.asked', { all: false }, 'root'))).toBe('the root key')
  expect(objectWords(entry('key.asked', { all: true }, 'matter'))).toBe('the keys of all matters')
  expect(objectWords(entry('key.asked', {}, null))).toBeNull()
  expect(words('key.asked', { all: true })).toBe('')
  expect(words('key.rotated', { done: 1200 })).toBe('1,200 wrapped anew')
  expect(detailWords(entry('key.rotated', { done: 1 }, 'ledger'))).toBe('')
})

test('searches and what they showed are said in words, and what is no other is not said', () => {
  const said = (deed: EntryView['deed'], details: EntryView['details'], object: string | null = null) => {
    const one = entry(deed, details, object)
    return [DEEDS[deed], objectWords(one), detailWords(one)].filter(Boolean).join(' ')
  }
  expect(said('passages.shown', { folder: 'Experts', passages: 2, version: 1, words: 'outfall' }, 'Report.pdf')).toBe(
    'was shown passages of Report.pdf in Experts, for “outfall”, 2 passages',
  )
  expect(said('search.made', { order: 'best', results: 1, words: '"outfall 3"  w/5\nwarn*' })).toBe(
    'searched for “"outfall 3" w/5 warn*” 1 document found',
  )
  const narrowed = 'matters 0199e6a0-0000, 0199e6a0-0001; clients 0199e6a0-0002; types pdf, mail; years 2025; classes privileged'
  expect(said('search.made', { narrowed, order: 'newest', results: 1200, words: 'x' })).toBe(
    'searched for “x” 1,200 documents found, newest first, narrowed to 2 matters, 1 client, PDF, E-mail, 2025 and Privileged',
  )
  // a name may look like a list
  expect(said('search.made', { narrowed: 'people Conti, M; types pdf', order: 'best', results: 0, words: 'x'.repeat(300) })).toBe(
    `searched for “${'x'.repeat(200)} …” nothing found, narrowed to what is by Conti, M; types pdf`,
  )
  expect(said('search.exported', { entries: 12, words: 'lease' }, 'search results')).toBe(
    'exported what was found of “lease” with 12 documents',
  )
  expect(said('search.saved', { told: true, words: 'lease' }, 'Leases')).toBe(
    'kept the search Leases for “lease”, to be told of what is new',
  )
  expect(said('search.changed', { told: false, was: 'Leases', words: 'lease' }, 'Leases')).toBe(
    'changed the kept search Leases for “lease”, not to be told of what is new',
  )
  expect(said('search.changed', { told: false, was: 'Rents', words: 'lease' }, 'Leases')).toContain('for “lease”, Rents before,')
  expect(said('search.forgotten', {}, 'Leases')).toBe('forgot the kept search Leases')
  expect(said('document.reread', { folder: 'Experts' }, 'Report.pdf')).toBe('had the text read anew of Report.pdf in Experts')
  expect(said('index.renewed', { left: 1200 }, 'texts and index')).toBe(
    'had everything made findable anew: the texts of all files and the index of search 1,200 pieces of work',
  )
  // of other deeds the same names say what they said
  expect(words('conflict.decided', { words: 'cleared' })).toBe('saying: cleared')
  expect(words('class.lowered', { class: 'privileged', was: 'restricted' })).toContain('Restricted before')
  expect(objectWords(entry('setting.changed', {}, 'search'))).toBe('Languages of the documents')
  expect(words('setting.changed', { version: 2, changed: 'languages', reason: 'Berlin' })).toBe(
    'version 2, which languages documents are in, because: Berlin',
  )
})

test('the words of a search are their writer’s: to others they are said to be sealed', () => {
  expect(sealedWords(entry('search.made', {}))).toBe('words that are sealed to you')
  expect(sealedWords(entry('search.changed', {}))).toBe('whose name is sealed to you')
  expect(sealedWords(entry('passages.shown', {}))).toBe('a file, sealed to you')
  expect(sealedWords(entry('search.made', { words: 'lease' }))).toBe('')
  expect(sealedWords(entry('index.renewed', {}))).toBe('')
})

test('each name is worded in one place, so that none takes another’s words away', () => {
  const names = WORDED.flatMap((words) => Object.keys(words))
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  expect(words('checkpoint.printed', { entries: 14 })).toBe('over 14 entries')
  expect(words('ledger.restored', { backup: '2026-11-22T10:00:00.000Z', entries: 1 })).toMatch(/^made 22 Nov 2026, .*, with 1 entry$/)
  expect(words('ledger.delivered', { entries: 1200, whole: true })).toBe('to its end, 1,200 entries')
})

test('what is sealed to the reader is said to be, where the deed names nothing by itself', () => {
  expect(sealedWords(entry('document.opened', {}))).toBe('a file, sealed to you')
  expect(sealedWords(entry('document.opened', { size: 17 }, 'Report.txt'))).toBe('')
  expect(sealedWords(entry('matter.created', {}))).toBe('')
  // it names nothing because it is destroyed
  expect(sealedWords(entry('document.added', { destroyed: true }))).toBe('')
})
