import { describe, expect, test } from 'vitest'
import type { House } from '../../platform/house.ts'
import { answerList, type Resource } from './scim-answers.ts'
import { USERS } from './scim-attributes.ts'

const ask = { house: { origin: () => 'https://files.example' } as House }
const people = (many: number): Resource[] =>
  Array.from({ length: many }, (_, n) => ({
    id: `id-${n}`,
    userName: `p${String(n).padStart(4, '0')}@wren.example`,
    displayName: n % 2 === 0 ? `Name ${n}` : undefined,
    active: true,
    meta: { resourceType: 'User', created: '2026-01-01T00:00:00.000Z', lastModified: '2026-01-01T00:00:00.000Z' },
  }))
type Listed = { totalResults: number; startIndex: number; itemsPerPage: number; Resources: { id: string }[] }
const list = (many: number, query: Record<string, string>) => answerList<Listed>(ask, USERS, people(many), query)

describe('a list', () => {
  test.each([
    [{}, 1, 100],
    [{ count: '200' }, 1, 200],
    [{ count: '201' }, 1, 200],
    [{ count: '999999999' }, 1, 200],
    [{ count: '0' }, 1, 0],
    [{ count: '-7' }, 1, 0],
    [{ startIndex: '451' }, 451, 0],
    [{ startIndex: '450' }, 450, 1],
    [{ startIndex: '0' }, 1, 100],
    [{ startIndex: '-3', count: '5' }, 1, 5],
  ])('of 450 with %j begins at %i and holds %i', (query, startIndex, itemsPerPage) => {
    const answer = list(450, query)
    expect(answer).toMatchObject({ totalResults: 450, startIndex, itemsPerPage })
    expect(answer.Resources).toHaveLength(itemsPerPage)
  })

  test('its pages together are all of it, each once', () => {
    const ids = [1, 201, 401].flatMap((start) => list(450, { startIndex: String(start), count: '200' }).Resources.map(({ id }) => id))
    expect(new Set(ids).size).toBe(450)
  })

  test('what lacks the attribute that it is sorted by comes last, or first when descending', () => {
    const ids = (order: string) => list(4, { sortBy: 'displayName', sortOrder: order }).Resources.map(({ id }) => id)
    expect(ids('ascending')).toEqual(['id-0', 'id-2', 'id-1', 'id-3'])
    expect(ids('descending').slice(2)).toEqual(['id-2', 'id-0'])
  })
})
