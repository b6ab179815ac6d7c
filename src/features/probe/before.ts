import { setTimeout as pause } from 'node:timers/promises'
import { now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import type { Answer, Line } from './asking.ts'
import type { Cast } from './cast.ts'
import type { Difference } from './compare.ts'
import type { Both } from './plan.ts'

/**
 * What changes by design while something is planted that one is kept from: the size of the log, what one was told while one was
 * on the matter, how much the firm's index holds, and what a probe says of itself.
 */
const CHANGES = [
  'checkpoint.latest',
  'checkpoint.note',
  'checkpoint.consistency',
  'checkpoint.print',
  'tile.read',
  'tile.entries',
  'witness.list',
  'notice.list',
  'person.me',
  'probe.list',
  'index.progress',
]
/** Drawn and packed anew each time, from what another call gives as it is. */
const DRAWN = ['checkpoint.print']
/** The clerk numbers new entries within this. */
const NUMBERED_WITHIN_MS = 5000

export type Before = { at: number; answers: Map<Line, [Both, Answer][]> }

/** What these are shown without naming anything, when all that there is has been numbered. */
export async function lookAround(lines: Line[], looks: Both[]): Promise<Before> {
  const before: Before = { at: now(), answers: new Map(lines.map((line) => [line, []])) }
  for (const both of looks.filter((one) => !CHANGES.includes(one.route)))
    for (const line of lines) before.answers.get(line)!.push([both, await settled(line, both)])
  return before
}
async function settled(line: Line, { question }: Both): Promise<Answer> {
  for (const until = now() + NUMBERED_WITHIN_MS; ; await pause(100)) {
    const answer = await line.ask(question)
    if (!/"proof":"recorded"|,recorded,/.test(answer.bytes.toString('latin1')) || now() > until) return answer
  }
}

type Compare = (both: Both, before: Answer, after: Answer) => Difference[]
/** What differs now from before; null when others were at work in between, and it cannot be told from what they did. */
export async function changedSince(
  house: House,
  { players }: Cast,
  { at, answers }: Before,
  compare: Compare,
): Promise<Difference[] | null> {
  const found: Difference[] = []
  // in the order of before, so that each has asked as often as the other
  const first = [...answers.values()][0]!
  for (const place of first.keys())
    for (const [line, own] of answers) {
      const [both, before] = own[place]!
      const after = await settled(line, both)
      found.push(...compare(both, ...alike(both, before, after, players)))
    }
  const people = Object.values(players).map((one) => one.person)
  const others = await house.clerk({ name: 'probe' }, (db) =>
    db.row<{ n: number }>('select count(*) as n from ledger.entries where at > $1 and actor is not null and not actor = any ($2)', [
      new Date(at),
      people,
    ]),
  )
  return others!.n === 0 ? found : null
}

/**
 * Two answers without the founder, who leaves in between, and without what the two who look around have left in the ledger
 * themselves: the numbers of their refusals differ, and push older entries off a page. The length that is announced goes with
 * them: what is compared is the whole body.
 */
export function alike({ route }: Both, one: Answer, other: Answer, players: Cast['players']): [Answer, Answer] {
  if (DRAWN.includes(route)) return [withBody(one, ''), withBody(other, '')]
  if (isOf('text/csv', one) && isOf('text/csv', other))
    return [withBody(one, linesOfOthers(one, players)), withBody(other, linesOfOthers(other, players))]
  if (!isOf('application/json', one) || !isOf('application/json', other)) return [one, other]
  const [first, second] = [without(one, players), without(other, players)]
  if (first.next || second.next)
    for (const [name, list] of Object.entries(first)) {
      const same = second[name]
      if (!Array.isArray(list) || !Array.isArray(same)) continue
      const most = Math.min(list.length, same.length)
      first[name] = list.slice(0, most)
      second[name] = same.slice(0, most)
      first.next = second.next = null
    }
  return [withBody(one, JSON.stringify(first)), withBody(other, JSON.stringify(second))]
}

const withBody = (answer: Answer, body: string): Answer => ({
  ...answer,
  bytes: Buffer.from(body),
  headers: answer.headers.filter(([name]) => name !== 'content-length'),
})
const isOf = (media: string, { headers }: Answer): boolean =>
  headers.some(([name, value]) => name === 'content-type' && value.startsWith(media))

/** Lines of a table but those that are under the id of one of the two. */
const linesOfOthers = ({ bytes }: Answer, { twin, peer }: Cast['players']): string =>
  bytes
    .toString()
    .split('\r\n')
    .filter((line) => ![twin, peer].some(({ person }) => line.includes(`,${person},`)))
    .join('\r\n')

function without({ bytes }: Answer, { founder, twin, peer }: Cast['players']): Record<string, unknown> {
  const isLeftOut = (one: unknown): boolean => {
    const { id, actor } = (one ?? {}) as { id?: unknown; actor?: { id?: unknown } | null }
    return id === founder.person || [twin.person, peer.person].some((person) => actor?.id === person)
  }
  return JSON.parse(bytes.toString(), (_, one: unknown) => (Array.isArray(one) ? one.filter((each) => !isLeftOut(each)) : one)) as Record<
    string,
    unknown
  >
}
