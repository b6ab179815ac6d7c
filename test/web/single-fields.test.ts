import { expect, test } from 'vitest'
import type { EvidenceOf } from '../../src/contract/evidence.ts'
import type { EntryView } from '../../src/contract/ledger.ts'
import { apart, asked, isOpen, isThere, withField, type General, type Singles } from '../../web/features/evidence/single-fields.ts'

const ID = '019a0000-0000-7000-8000-000000000001'
const entry = {
  id: ID,
  actor: { id: ID, name: 'Ada Wren' },
  object: 'Deed.txt',
  details: { size: 6 },
  ground: 'team lead',
  from: null,
  matterNumber: 3,
} as unknown as EntryView
const generally = (of: object): General => ({ of: of as EvidenceOf, details: true, grounds: false, places: false })
const NONE: Singles = new Map()

test('what is asked for is what differs from the rest, and no more', () => {
  const general = generally({ matter: ID })
  expect(isOpen(general, NONE, entry, 'details')).toBe(true)
  let singles = withField(general, NONE, entry, 'details', false)
  singles = withField(general, singles, entry, 'ground', true)
  singles = withField(general, singles, entry, 'actor', false)
  singles = withField(general, singles, entry, 'actor', true)
  expect(asked(general, singles)).toEqual({ conceal: [{ entry: ID, field: 'details' }], reveal: [{ entry: ID, field: 'ground' }] })
  // the rest is chosen otherwise: what was chosen of this one stays as it was said
  const shut = { ...general, details: false, grounds: true }
  expect([isOpen(shut, singles, entry, 'details'), isOpen(shut, singles, entry, 'ground'), apart(shut, singles)]).toEqual([false, true, []])
})

test('of a matter that the evidence is not of, details stay shut whatever is chosen, and what it was done to is shown where it is asked for', () => {
  const general = generally({ person: ID })
  expect(isThere(general.of, entry, 'details')).toBe(false)
  expect([isOpen(general, NONE, entry, 'object'), isOpen(general, NONE, entry, 'actor')]).toEqual([false, true])
  expect(asked(general, withField(general, NONE, entry, 'object', true))).toEqual({ conceal: [], reveal: [{ entry: ID, field: 'object' }] })
  // an entry of no matter is the person’s own
  const own = { ...entry, matterNumber: null }
  expect([isThere(general.of, own, 'details'), isOpen(general, NONE, own, 'object')]).toEqual([true, true])
  expect(isThere(general.of, own, 'from')).toBe(false)
})
