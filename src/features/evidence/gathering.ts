import { setImmediate as breathe } from 'node:timers/promises'
import { isShown, type EvidenceHead, type EvidenceLine, type Claim } from '../../core/evidence.ts'
import { iso } from '../../platform/clock.ts'
import type { Here } from '../../platform/route.ts'
import type { SeenRow } from '../ledger/queries.ts'
import { matterNames, namesIn } from '../walls/names.ts'
import type { Chosen, Wish } from './choosing.ts'
import { keysFor, shownEntry, type Choice, type Opened } from './opening.ts'
import { seenOf, type Place } from './queries.ts'

export type Gathered = {
  lines: EvidenceLine[]
  places: Place[]
  claims: Claim[]
  names: EvidenceHead['names']
  origins: EvidenceHead['origins']
  destroyed: EvidenceHead['destroyed']
}

/** What of the chosen entries this reader may see, opened as far as they chose, and what can be claimed with it. */
export async function gather(here: Here, wish: Wish, choice: Choice, chosen: Chosen): Promise<Gathered> {
  const seen = new Map(
    (
      await seenOf(
        here.db,
        chosen.places.map((place) => place.id),
      )
    ).map((row) => [row.id, row]),
  )
  const { places, claims } = claimable(wish, chosen, seen)
  const destroyed = await endsOf(here, wish)
  const ends = new Map(destroyed.map(({ matter, at }) => [matter, at]))
  const keys = await keysFor(here, [...seen.values()], ends)
  const opened: Opened = { people: new Set([here.me.person, ...(wish.absent ? [wish.absent] : [])]), origins: {} }
  const lines: EvidenceLine[] = []
  for (const [at, place] of places.entries()) {
    const row = seen.get(place.id)
    if (row) lines.push(shownEntry(here, choice, keys, opened, row, place, chosen.bounds.has(place.id)))
    else lines.push({ n: place.n, hash: place.leaf_hash.toString('base64') })
    // opening thousands must not hold up everyone else
    if (at % 100 === 99) await breathe()
  }
  const names = { ...(await namesFor(here, wish, opened)), ...documentName(wish, lines) }
  return { lines, places, claims, names, origins: opened.origins, destroyed }
}

/** Rows that are seen whole; of a period all places, from the last seen before it to the first seen after it. */
function claimable(
  wish: Wish,
  { places, rows, range, bounds }: Chosen,
  seen: ReadonlyMap<string, SeenRow>,
): { places: Place[]; claims: Claim[] } {
  const absence: Claim[] = wish.absent ? [{ kind: 'absence', person: wish.absent, matter: wish.kind === 'matter' ? wish.id : null }] : []
  if (!range) {
    const claims = rows.filter(({ row }) => row.every((id) => seen.has(id))).map(({ claim }) => claim)
    return { places: places.filter((place) => seen.has(place.id)), claims: [...claims, ...absence] }
  }
  const isBefore = (place: Place) => wish.from !== null && iso(place.numbered) < wish.from
  const isAfter = (place: Place) => wish.to !== null && iso(place.numbered) > wish.to
  const first = places.findLastIndex((place) => bounds.has(place.id) && isBefore(place) && seen.has(place.id))
  const after = places.findIndex((place) => bounds.has(place.id) && isAfter(place) && seen.has(place.id))
  const own = places.slice(Math.max(first, 0), after < 0 ? undefined : after + 1)
  const claim: Claim[] = own.length > 0 ? [{ kind: 'range', first: own[0]!.n, last: own.at(-1)!.n }] : []
  return { places: own, claims: [...claim, ...absence] }
}

/** As far as whoever makes it may know them. */
async function namesFor(here: Here, wish: Wish, { people }: Opened): Promise<EvidenceHead['names']> {
  const matters = await matterNames(here, wish.matters)
  return {
    ...Object.fromEntries(await namesIn(here, 'people', [...people])),
    ...Object.fromEntries([...matters].map(([id, { number, title }]) => [id, `${number} ${title}`.trim()])),
    ...(wish.kind === 'client' ? Object.fromEntries(await namesIn(here, 'clients', [wish.id!])) : {}),
    ...(wish.kind === 'person' ? Object.fromEntries(await namesIn(here, 'people', [wish.id!])) : {}),
  }
}

/** What a document was called last, where its details are opened. */
function documentName({ kind, id }: Wish, lines: readonly EvidenceLine[]): EvidenceHead['names'] {
  if (kind !== 'document') return {}
  const names = lines.flatMap((line) => {
    if (!isShown(line) || line.open.object?.value !== id || !line.open.details) return []
    const { object } = JSON.parse(line.open.details.value) as { object?: unknown }
    return typeof object === 'string' ? [object] : []
  })
  return names.length > 0 ? { [id!]: names.at(-1)! } : {}
}

async function endsOf({ db }: Here, { matters }: Wish): Promise<EvidenceHead['destroyed']> {
  const rows = await db.rows<{ matter: string; at: Date }>(
    `select e.matter_id as matter, e.at from ledger.entries e where e.matter_id = any ($1) and e.deed = 'matter.destroyed' order by e.id`,
    [matters],
  )
  return rows.map(({ matter, at }) => ({ matter, at: iso(at) }))
}
