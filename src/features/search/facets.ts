import type { Facets, Narrow } from '../../contract/search.ts'
import type { ClientId, MatterId } from '../../contract/ids.ts'
import type { Scored } from './ranking.ts'
import { dayOf } from './making.ts'

/** What can be narrowed, as the values that a document has of each. */
type Of = { [K in keyof Narrow]: (one: Scored) => readonly (string | number)[] }
const OF: Of = {
  matters: ({ matter }) => [matter],
  clients: ({ place }) => [place.client],
  types: ({ card }) => [card.facts.type],
  years: ({ card }) => [Number(dayOf(card.facts).slice(0, 4))],
  classes: (one) => [one.class],
  people: ({ card }) => card.facts.people,
}
const NAMES = Object.keys(OF) as (keyof Narrow)[]
/** Entries of one facet, the commonest first. */
const MOST = 12

const fits = (one: Scored, narrow: Narrow, but: keyof Narrow | null): boolean =>
  NAMES.every(
    (name) =>
      name === but ||
      narrow[name].length === 0 ||
      OF[name](one).some((value) => (narrow[name] as readonly (string | number)[]).includes(value)),
  )

export const narrowed = (all: readonly Scored[], narrow: Narrow): Scored[] => all.filter((one) => fits(one, narrow, null))

/** Counts of documents; each facet leaves itself out, so that another of its entries can be chosen as well. What is chosen is always told. */
export function countsOf(all: readonly Scored[], narrow: Narrow): { [K in keyof Narrow]: [value: Narrow[K][number], count: number][] } {
  const counted = NAMES.map((name) => {
    const counts = new Map<string | number, number>()
    for (const one of all) if (fits(one, narrow, name)) for (const value of OF[name](one)) counts.set(value, (counts.get(value) ?? 0) + 1)
    for (const value of narrow[name]) counts.set(value, counts.get(value) ?? 0)
    const isChosen = (value: string | number) => (narrow[name] as readonly (string | number)[]).includes(value)
    const inOrder = [...counts].sort((a, b) => Number(isChosen(b[0])) - Number(isChosen(a[0])) || b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    return [name, inOrder.slice(0, Math.max(MOST, narrow[name].length))]
  })
  return Object.fromEntries(counted) as never
}

/** With the names of matters and clients; those whose names do not open are left out. */
export function facetsOf(
  counts: ReturnType<typeof countsOf>,
  titles: ReadonlyMap<MatterId, string>,
  clients: ReadonlyMap<ClientId, string>,
): Facets {
  const valued = <V>(pairs: [V, number][]) => pairs.map(([value, count]) => ({ value, count }))
  return {
    matters: counts.matters.flatMap(([id, count]) => (titles.has(id) ? [{ id, title: titles.get(id)!, count }] : [])),
    clients: counts.clients.flatMap(([id, count]) => (clients.has(id) ? [{ id, name: clients.get(id)!, count }] : [])),
    types: valued(counts.types),
    years: valued(counts.years).sort((a, b) => b.value - a.value),
    classes: valued(counts.classes),
    people: valued(counts.people),
  }
}
