import type { Facets, Narrow } from '../../../src/contract/search.ts'
import { keepTitle, titleOf } from './asked.ts'
import { KINDS } from './words.ts'

/** A choice within one facet. `count` null: nothing of it is found any more. */
export type Choice = { value: string; name: string; count: number | null; isCited: boolean; isOn: boolean }
export type Facet = { key: keyof Narrow; title: string; choices: Choice[] }

/** How many choices narrow it. */
export const narrowed = (narrow: Narrow): number => Object.values(narrow).reduce((sum, list) => sum + list.length, 0)

/** Adds a choice, or takes it away. */
export function turned(narrow: Narrow, key: keyof Narrow, value: string): Narrow {
  const list: readonly (string | number)[] = narrow[key]
  const its = key === 'years' ? Number(value) : value
  const next = list.includes(its) ? list.filter((one) => one !== its) : [...list, its]
  return { ...narrow, [key]: next } as Narrow
}

/** The facets of what is found, with what is chosen in each; those that offer nothing are not there. */
export function facetsOf(facets: Facets, narrow: Narrow): Facet[] {
  for (const { id, title } of facets.matters) keepTitle(id, title)
  for (const { id, name } of facets.clients) keepTitle(id, name)
  const of = (key: keyof Narrow, title: string, found: { value: string; count: number }[]): Facet => {
    const chosen = (narrow[key] as readonly (string | number)[]).map(String)
    const gone = chosen.filter((value) => !found.some((one) => one.value === value)).map((value) => ({ value, count: null }))
    const choices = [...found, ...gone].map(({ value, count }) => ({
      value,
      count,
      name: nameOf(key, value),
      isCited: key === 'matters',
      isOn: chosen.includes(value),
    }))
    return { key, title, choices }
  }
  return [
    of(
      'matters',
      'Matter',
      facets.matters.map(({ id, count }) => ({ value: id, count })),
    ),
    of(
      'clients',
      'Client',
      facets.clients.map(({ id, count }) => ({ value: id, count })),
    ),
    of('types', 'Kind', facets.types),
    of(
      'years',
      'Year',
      facets.years.map(({ value, count }) => ({ value: String(value), count })),
    ),
    of('classes', 'Class', facets.classes),
    of('people', 'Written by', facets.people),
  ].filter(({ choices }) => choices.length > 1 || choices.some(({ isOn }) => isOn))
}

/** What narrows the search, one by one. */
export const chosenIn = (narrow: Narrow): { key: keyof Narrow; value: string; name: string }[] =>
  (Object.keys(narrow) as (keyof Narrow)[]).flatMap((key) =>
    narrow[key].map((value) => ({ key, value: String(value), name: nameOf(key, String(value)) })),
  )

function nameOf(key: keyof Narrow, value: string): string {
  if (key === 'types') return KINDS[value as keyof typeof KINDS]
  if (key === 'classes') return `${value[0]?.toUpperCase()}${value.slice(1)}`
  if (key === 'matters') return titleOf(value) ?? 'One matter'
  if (key === 'clients') return titleOf(value) ?? 'One client'
  return value
}
