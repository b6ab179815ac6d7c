import { expect, test } from 'vitest'
import { stemOf } from './stems.ts'

test('a deed finds what was done, in English', () => {
  for (const [deed, done] of [
    ['distribution', 'distributed'],
    ['execution', 'executed'],
    ['constructions', 'construct'],
    ['possession', 'possess'],
    ['exceptional', 'except'],
    ['termination', 'terminated'],
    ['relocation', 'relocate'],
  ])
    expect(stemOf(deed!, 'en'), deed).toBe(stemOf(done!, 'en'))
  expect(stemOf('portion', 'en')).not.toBe(stemOf('port', 'en'))
})
