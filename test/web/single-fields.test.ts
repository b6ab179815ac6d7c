import { expect, test } from 'vitest'
import type { EvidenceOf } from '../../src/contract/evidence.ts'
import type { EntryView } from '../../src/contract/ledger.ts'
import { apart, asked, isOpen, mayOpen, withField, type General, type Singles } from '../../web/features/evidence/single-fields.ts'

const ID = '019a0000-0000-7000-8000-000000000001'
const entry = {
  id: ID,
  actor: { id: ID, name: 'Ada Wren' },
  object: 'Deed.txt',
  details: { size: 6 },
  ground: 'team lead',
  from: null,
  ofMatter: true,
} as unknown as EntryView
const generally = (of: object): General => ({ of: of as EvidenceOf, details: true, grounds: false, places: false })
const NONE: Singles = new Map()

test('what is asked for is what differs from the rest, and no more', () => {
  const general = generally({ matter: ID })
  expect(isOpen(general, NONE, entry, 'details')).toBe(true)
  let singles = withField(NONE, entry, 'details', false)
  singles = withField(singles, entry, 'ground', true)
  singles = withField(singles, entry, 'actor', false)
  singles = withField(singles, entry, 'actor', true)
  expect(asked(general, singles)).toEqual({ conceal: [{ entry: ID, field: 'details' }], reveal: [{ entry: ID, field: 'ground' }] })
  // the rest is chosen otherwise: what was chosen of this one stays as it was said
  const shut = { ...general, details: false, grounds: true }
  expect([isOpen(shut, singles, entry, 'details'), isOpen(shut, singles, entry, 'ground'), apart(shut, singles)]).toEqual([false, true, []])
})

test('of a matter that the evidence is not of, details stay shut whatever is chosen, and what it was done to is shown where it is asked for', () => {
  const general = generally({ person: ID })
  expect(mayOpen(general.of, entry, 'details')).toBe(false)
  expect([isOpen(general, NONE, entry, 'object'), isOpen(general, NONE, entry, 'actor')]).toEqual([false, true])
  expect(asked(general, withField(NONE, entry, 'object', true))).toEqual({ conceal: [], reveal: [{ entry: ID, field: 'object' }] })
  // what was done to the person is shown as such, also where the reader sees no name
  const other = { ...entry, actor: { id: `${ID.slice(0, -1)}2` as typeof entry.id & string, name: 'Ben Ames' } } as unknown as EntryView
  expect([isOpen(general, NONE, other, 'object'), isOpen(general, NONE, other, 'details')]).toEqual([true, false])
  expect(isOpen(general, NONE, { ...entry, object: 'Ada Wren' }, 'object')).toBe(true)
  expect(asked(general, withField(NONE, other, 'object', false))).toEqual({ conceal: [{ entry: ID, field: 'object' }], reveal: [] })
  // an entry of no matter is the person’s own
  const own = { ...entry, ofMatter: false }
  expect([mayOpen(general.of, own, 'details'), isOpen(general, NONE, own, 'object')]).toEqual([true, true])
})
