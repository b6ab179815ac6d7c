import { expect, test } from 'vitest'
import { calls } from '../../src/contract/calls.ts'
import { datesFault, FRESH, lacking, papersFaults, shapeOf, type Values, wishOf } from '../../web/features/walls/raise-values.ts'

const id = (n: number) => `0199e6a0-0000-7000-8000-${String(n).padStart(12, '0')}`
const CORA = id(1)
const ORCHARD = id(2)
const MILL = id(3)
const GROUP = id(4)
const CLIENT = id(5)

const typed: Partial<Values> = {
  rule: '1.10(a)(2)',
  trigger: 'She told us.',
  needKnownAt: '2026-11-01T09:00',
  information: 'Papers of the estate.',
  reason: 'Her mother is a beneficiary.',
}
const wall = (values: Partial<Values>): Values => ({
  ...FRESH,
  ...typed,
  screened: [`person:${CORA}`, `group:${GROUP}`],
  a: [`matter:${ORCHARD}`, `client:${CLIENT}`],
  ...values,
})

test('a wall of one side keeps people and groups from matters and clients', () => {
  expect(shapeOf(wall({ b: [`matter:${MILL}`], loses: { [CORA]: 'b' } }))).toEqual({
    kind: 'exclusion',
    matters: [{ matter: ORCHARD, side: 'a' }],
    clients: [{ client: CLIENT, side: 'a' }],
    people: [{ person: CORA, side: 'a' }],
    groups: [{ group: GROUP, side: 'a' }],
  })
})

test('a wall of two sides names nobody but those who are on both, with the side that they lose', () => {
  expect(shapeOf(wall({ kind: 'two-sided', b: [`matter:${MILL}`], loses: { [CORA]: 'b' } }))).toEqual({
    kind: 'two-sided',
    matters: [
      { matter: ORCHARD, side: 'a' },
      { matter: MILL, side: 'b' },
    ],
    clients: [{ client: CLIENT, side: 'a' }],
    people: [{ person: CORA, side: 'b' }],
    groups: [],
  })
})

test('what is typed is a wish that the contract takes, struck lines left out', () => {
  const values = wall({ procedures: [{ text: 'Kept.', kept: true }, { text: 'Struck.', kept: false }], memorandum: 'Not sent.', withholds: true }) // prettier-ignore
  expect(papersFaults(values)).toEqual({})
  const wish = calls['wall.raise'].body!.parse(wishOf(values))
  expect(wish).toMatchObject({
    procedures: ['Kept.'],
    announced: false,
    memorandum: '',
    withholds: false,
    certifyDays: 180,
    remindDays: 90,
  })
})

test.each([
  ['screened', { screened: [] }, 'nobody'],
  ['a', { a: [] }, 'nothing'],
  ['one side of two', { kind: 'two-sided', b: [] }, 'nothing'],
  ['a day that is not chosen', { ends: 'at', endsAt: '' }, 'dates'],
  ['a day that is gone', { starts: 'at', startsAt: '2020-01-01T00:00' }, 'dates'],
] as const)('without %s there is no dry run', (_, missing, code) => {
  expect(lacking(wall({}))).toBeNull()
  expect(lacking(wall(missing as Partial<Values>))).toBe(code)
})

test('it ends after it begins', () => {
  const dates = { starts: 'at', startsAt: '9000-02-01T00:00', ends: 'at' } as const
  expect(datesFault(wall({ ...dates, endsAt: '9000-02-01T00:00' }))).toBe('It must end after it begins.')
  expect(datesFault(wall({ ...dates, endsAt: '9000-02-01T00:01' }))).toBeNull()
})

test('a moment that no clock can hold is as good as none', () => {
  expect(shapeOf(wall({ starts: 'at', startsAt: '20260-01-01T00:00' })).startsAt).toBeUndefined()
  expect(datesFault(wall({ starts: 'at', startsAt: '20260-01-01T00:00' }))).not.toBeNull()
})

test.each([
  ['rule', { rule: null }],
  ['trigger', { trigger: ' \n' }],
  ['needKnownAt', { needKnownAt: '' }],
  ['needKnownAt', { needKnownAt: '9000-01-01T00:00' }],
  ['information', { information: '' }],
  ['reason', { reason: '' }],
  ['fee', { fee: ' ' }],
  ['procedures', { procedures: [{ text: 'Struck.', kept: false }] }],
  ['memorandum', { announced: true, memorandum: ' ' }],
  ['certifyDays', { certifyDays: 29 }],
  ['certifyDays', { certifyDays: '' }],
  ['remindDays', { remindDays: 366 }],
] as const)('the papers say what is wrong with %s', (field, wrong) => {
  const faults = papersFaults(wall(wrong as unknown as Partial<Values>))
  expect(Object.keys(faults)).toEqual([field])
  expect(faults[field]).toMatch(/\w/)
})
