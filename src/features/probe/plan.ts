import type { Call } from '../../contract/call.ts'
import { calls } from '../../contract/calls.ts'
import { valueFor, valuesFor, type Fill } from './bodies.ts'
import { inventedId, inventedWords, isWalled, nounOf, NOUNS, type Planted } from './nouns.ts'
import { questionOf, type Question } from './questions.ts'
import { shapesOf } from './shapes.ts'
import { Unplanted } from './teller.ts'

/** One question twice: about what is walled, and about what is not there. The answers must be the same. */
export type Pair = { route: string; about: string; walled: Question; nothing: Question; timed: boolean }
/** One question by two people, of whom one is walled off. */
export type Both = { route: string; question: Question }
export type Plan = {
  pairs: Pair[]
  both: Both[]
  routes: string[]
  /** calls that nothing is asked of; a probe with one is no probe */ unreached: string[]
}

/** Words that someone may type about what they cannot see: the answer is the same whether there is such a thing. */
const TYPED: Record<string, { fields: string[]; timed: boolean; isSearch?: true }> = {
  'grant.request': { fields: ['about'], timed: true },
  'grant.break-glass': { fields: ['about'], timed: true },
  'conflict.check': { fields: ['names'], timed: true },
  'search.run': { fields: ['words'], timed: true, isSearch: true },
  'search.suggest': { fields: ['words'], timed: true, isSearch: true },
  'search.export': { fields: ['words'], timed: true, isSearch: true },
  // each one that goes through is there afterwards
  'client.create': { fields: ['name'], timed: false },
}

/**
 * What is asked, made from the contract alone, so that a call that is added is asked too.
 * @throws Unplanted when a parameter names a noun that nothing was planted of
 */
export function planOf(planted: Planted): Plan {
  const plan: Plan = { pairs: [], both: [], routes: [], unreached: [] }
  const invented = new Map<string, string>()
  const nothing = (id: string): string => {
    if (!invented.has(id)) invented.set(id, inventedId(id))
    return invented.get(id)!
  }
  for (const [id, call] of Object.entries(calls) as [string, Call][]) {
    for (const name of paramsOf(call)) refuseUnplanted(planted, call, name)
    const kinds = [aboutIds(id, call, planted, nothing), aboutWords(id, call, planted)]
    // one of each is timed: the first, which is about everything that the call takes
    for (const kind of kinds) kind.forEach((pair, at) => (pair.timed &&= at === 0))
    const pairs = kinds.flat()
    const alone = !paramsOf(call).some(isWalled) && (call.method === 'GET' || pairs.length === 0)
    const both = alone ? [{ route: id, question: common(id, call, planted.common) }] : []
    plan.pairs.push(...pairs)
    plan.both.push(...both)
    plan.routes.push(id)
    if (pairs.length + both.length === 0) plan.unreached.push(id)
  }
  plan.pairs.push(...shapesOf(planted, nothing))
  return plan
}

export const paramsOf = (call: Call): string[] => [...call.path.matchAll(/:(\w+)/g)].map((match) => match[1]!)

function refuseUnplanted(planted: Planted, call: Call, name: string): void {
  if (!(name in NOUNS)) throw new Unplanted(`the probe does not know what :${name} of ${call.path} names: say so in nouns.ts`)
  if (isWalled(name) && !planted.ids[name]?.length) throw new Unplanted(`the probe has planted nothing for :${name} of ${call.path}`)
}

const textOf = ({ path, body, headers }: Question): string => JSON.stringify([path, body?.toString('latin1'), headers])

type Slot = { key: string; noun: string }
/** Places of a call that take the id of something walled. An unknown id may be any of them. */
function slotsOf(id: string, call: Call): Slot[] {
  const slots: Slot[] = paramsOf(call)
    .filter(isWalled)
    .map((name) => ({ key: `path.${name}`, noun: name }))
  const note =
    (place: string): Fill =>
    (field, kind, path) => {
      const noun = nounOf(id, field)
      if (kind === 'id' && (noun === null || isWalled(noun))) slots.push({ key: `${place}${path}`, noun: noun ?? 'matter' })
      return undefined
    }
  if (call.query) valueFor(call.query, true, note('query'))
  if (call.body) valueFor(call.body, true, note('body'))
  return slots
}

/** Every id that the call takes, all of them walled, each alone, and all but each; with every body that it takes. */
function aboutIds(id: string, call: Call, planted: Planted, nothing: (id: string) => string): Pair[] {
  const slots = slotsOf(id, call)
  if (slots.length === 0) return []
  const most = Math.max(...slots.map((slot) => planted.ids[slot.noun]!.length))
  const whole = Array.from({ length: most }, (_, alternative) => ({ real: slots.map((slot) => slot.key), alternative }))
  const parts =
    slots.length === 1
      ? []
      : slots.flatMap(({ key }) => [
          { real: [key], alternative: 0 },
          { real: slots.map((slot) => slot.key).filter((one) => one !== key), alternative: 0 },
        ])
  const inPath = slots.some((slot) => slot.key.startsWith('path.'))
  const people = paramsOf(call).includes('person') && inPath ? planted.common.person! : [planted.common.person![0]!]
  const pairs: Pair[] = []
  for (const person of people)
    for (const { real, alternative } of [...whole, ...parts]) {
      const side = (walled: boolean): Question[] => {
        const idOf = (key: string, noun: string) => {
          const ids = planted.ids[noun]!
          const own = ids[alternative % ids.length]!
          return walled && real.includes(key) ? own : nothing(own)
        }
        return questions(id, call, {
          idOf,
          isTaken: new Set(slots.map((slot) => slot.key)),
          commonOf: commonIds(planted.common, person, inPath || call.method === 'GET', nothing),
        })
      }
      const [walled, gone] = [side(true), side(false)]
      const about = `${real.join(', ')} ${alternative > 0 ? alternative + 1 : ''}`.trim()
      walled.forEach((question, at) => {
        // without an id of something walled it is no question about it, and might do something
        if (textOf(question) !== textOf(gone[at]!)) pairs.push({ route: id, about, walled: question, nothing: gone[at]!, timed: true })
      })
    }
  return pairs
}

/** What everyone knows of is named as it is where it is only looked at or stands beside what is walled; what would change it names nothing. */
const commonIds = (common: Planted['common'], person: string, real: boolean, nothing: (id: string) => string) => (noun: string) => {
  const id = noun === 'person' ? person : (common[noun]?.[0] ?? '00000000-0000-7000-8000-000000000000')
  return real || noun === 'setting' ? id : nothing(id)
}

type Choice = { idOf(key: string, noun: string): string; isTaken: Set<string>; commonOf(noun: string): string }
function questions(id: string, call: Call, { idOf, isTaken, commonOf }: Choice): Question[] {
  const sent: string[] = []
  const take = (value: string) => (sent.push(value), value)
  const fill =
    (place: string): Fill =>
    (field, kind, path) => {
      if (kind === 'words') return undefined
      const noun = nounOf(id, field)
      return isTaken.has(`${place}${path}`) ? take(idOf(`${place}${path}`, noun ?? 'matter')) : commonOf(noun ?? 'person')
    }
  const params = Object.fromEntries(
    paramsOf(call).map((name) => [name, isTaken.has(`path.${name}`) ? take(idOf(`path.${name}`, name)) : commonOf(name)]),
  )
  const queries = call.query ? queriesOf(call.query, fill('query'), (path) => isTaken.has(`query${path}`)) : [undefined]
  const bodies = call.body && call.method !== 'GET' ? valuesFor(call.body, fill('body')) : [undefined]
  return [
    ...bodies.map((body) => questionOf(call, { params, query: queries[0], body }, sent)),
    ...queries.slice(1).map((query) => questionOf(call, { params, query, body: bodies.at(-1) }, sent)),
  ]
}

/** The least, what is taken alone, and everything: of several things that narrow, any may hide what another finds. */
function queriesOf(schema: NonNullable<Call['query']>, fill: Fill, isTaken: (path: string) => boolean): unknown[] {
  const [least, full] = [false, true].map((all) => valueFor(schema, all, fill) as Record<string, unknown>)
  const taken = Object.entries(full!).filter(([name]) => isTaken(`.${name}`))
  return [
    least,
    ...taken.map(([name, value]) => ({ ...least, [name]: value })),
    ...(taken.length > 1 ? [{ ...least, ...Object.fromEntries(taken) }] : []),
    full,
  ]
}

/** The words by which the walled thing is called, against words of the same form that are nobody's. */
function aboutWords(id: string, call: Call, planted: Planted): Pair[] {
  const typed = TYPED[id]
  const schema = typed ? call.body : call.method === 'GET' && paramsOf(call).every((name) => !isWalled(name)) ? call.query : undefined
  if (!schema) return []
  const question = (words: string, other: string): Question => {
    let used = false
    const fill: Fill = (field, kind) => {
      if (kind !== 'words' || (typed && !typed.fields.includes(field))) return undefined
      used = true
      return words
    }
    // the least that holds the words
    const least = valueFor(schema, false, fill)
    const value = used && schema.safeParse(least).success ? least : typed ? only(schema, fill, typed.fields) : valueFor(schema, true, fill)
    const params = Object.fromEntries(paramsOf(call).map((name) => [name, planted.common[name]?.[0] ?? '']))
    return questionOf(
      call,
      { params, query: typed ? undefined : value, body: typed ? value : undefined },
      used ? [words, ...wordsOnlyIn(words, other)] : [],
    )
  }
  const known = typed?.timed === false ? [planted.words.client] : Object.values(planted.words)
  const kinds = typed?.isSearch ? [...planted.typed, ...known] : known
  return kinds
    .map((words): Pair => {
      const others = inventedWords(words, planted.mark)
      return {
        route: `${id} by words`,
        about: 'what one may know of it',
        walled: question(words, others),
        nothing: question(others, words),
        timed: typed?.timed ?? true,
      }
    })
    .filter((pair) => pair.walled.sent.length > 0)
}

/** Words of one text that the other has not: a search says back how it was read, word by word. */
function wordsOnlyIn(text: string, other: string): string[] {
  const wordsIn = (said: string) => said.toLowerCase().match(/[a-z0-9]+/g) ?? []
  const known = new Set(wordsIn(other))
  return [...new Set(wordsIn(text))].filter((word) => !known.has(word))
}

/** The fullest value with nothing in it that may be left out but these fields. */
function only(schema: NonNullable<Call['body']>, fill: Fill, fields: string[]): unknown {
  const value = valueFor(schema, true, fill) as Record<string, unknown>
  return Object.fromEntries(Object.entries(value).filter(([name]) => fields.includes(name)))
}

/** For a call that takes no id of anything walled: looked at as it is; what would do something is stopped at what it is sent. */
function common(id: string, call: Call, ids: Planted['common']): Question {
  const looks = call.method === 'GET'
  const names = paramsOf(call)
  const commonOf = commonIds(ids, ids.person![0]!, looks, inventedId)
  const aboutNothing = names.length > 0 && !names.includes('setting')
  if (looks || aboutNothing) {
    const [least] = questions(id, call, { idOf: () => '', isTaken: new Set<string>(), commonOf })
    if (least) return least
  }
  const params = Object.fromEntries(names.map((name) => [name, commonOf(name)]))
  return { ...questionOf(call, { params }, []), body: Buffer.from('{'), headers: { 'content-type': 'application/json' } }
}

/** Everything that is looked at without naming anything: lists, counts, what one is told. */
export const looksOf = (ids: Planted['common']): Both[] =>
  (Object.entries(calls) as [string, Call][])
    .filter(([, call]) => call.method === 'GET' && !paramsOf(call).some(isWalled))
    .map(([id, call]) => ({ route: id, question: common(id, call, ids) }))
