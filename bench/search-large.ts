import type { SearchView } from '../src/contract/search.ts'
import { wordsOf } from '../src/finding/words.ts'
import type { Caller } from '../test/world/caller.ts'
import { chanceOf, sharesOf } from './corpus-text.ts'
import { cpuOf } from './cpu.ts'
import { row, type Figure, type Row } from './measure.ts'
import { REACHES, searchFirm, type Reach, type SearchFirm } from './search-firm.ts'
import type { Secret } from '../src/platform/ways.ts'

const LIMIT = 20
const EACH = 50
/** Of so many searches one is asked of the plain words as well: over all matters one takes them many seconds. */
const ONE_IN: Record<Reach, number> = { few: 1, all: 10 }
/** Of a word, in what share of the documents it stands. */
const BANDS = { common: [0.2, 0.9], mid: [0.01, 0.06], rare: [0, 0.002] } as const
type Band = keyof typeof BANDS
const PAIRS: [Band, Band][] = [
  ['rare', 'rare'],
  ['mid', 'mid'],
  ['common', 'common'],
  ['common', 'rare'],
]
const SAMPLE = 5000

type Asked = { pair: string; words: [string, string] }
type Timed = { pair: string; ours: number; theirs: number | null }

const figures: Record<Reach, Omit<Figure, 'measure'>> = {
  few: {
    id: 'search-few',
    what: 'two words together, first page of 20 with passages, over HTTP, for a reach of one matter in 25: 95 of 100 within, beside plain full text under the same wall (the SQL alone)',
    unit: 'ms',
    bar: { most: 60 },
  },
  all: { id: 'search-all', what: 'the same for a reach of all matters: 95 of 100 within', unit: 'ms', bar: { most: 250 } },
}

const figureOf = (reach: Reach): Figure => {
  const figure: Figure = {
    ...figures[reach],
    measure: async (stage) => {
      const firm = await searchFirm(stage)
      const { secret, caller } = await firm.session(reach)
      const asked = await askedOf(firm, reach, stage.quick ? EACH / 5 : EACH)
      const { timed, oursCpu, theirsCpu } = await sideBySide(firm, secret, caller, asked, ONE_IN[reach])
      const { matters, documents } = firm.size
      const note = `${documents} documents of 1.2 to 2.4 KB in ${matters} matters, reach ${REACHES[reach](firm.size)}; ${asked.length} searches, warm`
      const rows = [row(figure, at(timed, 'ours', 0.95), at(timed, 'theirs', 0.95), note), ...lines(figure, '', timed)]
      if (!Number.isNaN(oursCpu))
        rows.push(
          row(
            { id: `${figure.id}-cpu`, what: `${figure.id}: processor time of the program and its PostgreSQL for one search`, unit: 'ms' },
            oursCpu,
            theirsCpu,
          ),
        )
      for (const pair of new Set(timed.map((one) => one.pair)))
        rows.push(
          ...lines(
            figure,
            `-${pair}`,
            timed.filter((one) => one.pair === pair),
          ),
        )
      return reach === 'few' ? [...rows, ...(await sizes(firm))] : rows
    },
  }
  return figure
}
export const searchLarge: Figure[] = [figureOf('few'), figureOf('all')]

function lines({ id }: Pick<Figure, 'id'>, more: string, timed: Timed[]): Row[] {
  const of = (share: number, name: string, said: string) =>
    row({ id: `${id}${more}-${name}`, what: `${id}${more}: ${said}`, unit: 'ms' }, at(timed, 'ours', share), at(timed, 'theirs', share))
  return [of(0.5, 'p50', 'half within'), of(0.95, 'p95', '95 of 100 within'), of(1, 'max', 'the slowest')]
}
const at = (timed: Timed[], whose: 'ours' | 'theirs', share: number): number =>
  within(
    timed.flatMap((one) => one[whose] ?? []),
    share,
  )
const within = (times: number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN

/** Pairs of words that stand together in one document within this reach at least. */
async function askedOf({ db, texts, size }: SearchFirm, reach: Reach, each: number): Promise<Asked[]> {
  const share = sharesOf(Array.from({ length: SAMPLE }, (_, n) => texts.text((n * 7) % size.pool, size.least, size.most)))
  const bandOf = (word: string): Band | null =>
    (Object.keys(BANDS) as Band[]).find((band) => share(word) >= BANDS[band][0] && share(word) < BANDS[band][1]) ?? null
  const step = reach === 'few' ? 25 : 1
  const chance = chanceOf(reach === 'few' ? 11 : 12)
  const asked: Asked[] = []
  for (const [one, other] of PAIRS)
    for (let found = 0; found < each;) {
      const matter = Math.floor((chance() * size.matters) / step) * step
      const n = matter + size.matters * Math.floor((chance() * size.documents) / size.matters)
      const words = [...new Set(wordsOf(texts.text(n % size.pool, size.least, size.most)).map(({ word }) => word))].filter((word) =>
        /^[a-z]{4,}$/.test(word),
      )
      // the last word of a text may be cut; and plain full text leaves the commonest words out
      const said = await db.rows<{ word: string }>(
        `select word from unnest($1::text[]) word where length(to_tsvector('english', word)) > 0`,
        [words.slice(0, -1)],
      )
      const ofBand = (band: Band) => said.map(({ word }) => word).filter((word) => bandOf(word) === band)
      const [a, b] = [any(ofBand(one), chance), any(ofBand(other), chance)]
      if (!a || !b || a === b) continue
      asked.push({ pair: `${one}-${other}`, words: [a, b] })
      found += 1
    }
  return asked
    .map((one) => [chance(), one] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, one]) => one)
}
const any = (all: string[], chance: () => number): string | undefined => all[Math.floor(chance() * all.length)]

async function sideBySide({ ways, pid }: SearchFirm, secret: Secret, caller: Caller, asked: Asked[], oneIn: number) {
  const took = async (one: () => Promise<number>) => {
    const begun = performance.now()
    const found = await one()
    return { took: performance.now() - begun, found }
  }
  const ours =
    ({ words }: Asked) =>
    async () => {
      const view: SearchView = await caller.ok('search.run', { body: { words: words.join(' AND '), limit: LIMIT } })
      return view.hits.length
    }
  const theirs =
    ({ words }: Asked) =>
    async () =>
      (
        await ways.look(
          secret,
          () => {},
          (db) => db.rows('select * from plain.found($1, $2)', [words.join(' & '), LIMIT]),
        )
      ).length
  // all of them once before they count, so that each finds its pages warm; and not in turns, for one's pages would push out the other's
  const oursCpu = await cpuOfAll(pid, asked, ours)
  const timed: Timed[] = []
  for (const one of asked) {
    const mine = await took(ours(one))
    if (mine.found === 0) throw new Error(`nothing was found for ${one.words.join(' ')}`)
    timed.push({ pair: one.pair, ours: mine.took, theirs: null })
  }
  const plain = [...asked.keys()].filter((n) => n % oneIn === 0)
  const theirsCpu = await cpuOfAll(
    pid,
    plain.map((n) => asked[n]!),
    theirs,
  )
  for (const n of plain) timed[n]!.theirs = (await took(theirs(asked[n]!))).took
  return { timed, oursCpu, theirsCpu }
}

async function cpuOfAll(pid: number, asked: Asked[], ask: (one: Asked) => () => Promise<unknown>): Promise<number> {
  const before = cpuOf(pid) ?? NaN
  for (const one of asked) await ask(one)()
  return ((cpuOf(pid) ?? NaN) - before) / asked.length
}

const MIB = 1024 * 1024
/** What makes documents findable takes on the disk, beside the characters of their texts. */
export async function sizes({ db }: Pick<SearchFirm, 'db'>, id = 'search-size'): Promise<Row[]> {
  const parts = (await db.row<Record<string, number>>(`
    select (select sum(length) from app.texts) as text, pg_table_size('app.terms') as terms, pg_relation_size('app.terms_tokens') as gin,
      pg_relation_size('app.terms_pkey') + pg_relation_size('app.terms_of_matter') as keys,
      pg_total_relation_size('app.lexicon') as lexicon, (select sum(octet_length(sealed_card)) from app.terms)::bigint as cards,
      pg_total_relation_size('app.texts') as texts`))!
  const { text, terms, gin, keys, lexicon, cards, texts } = parts as Record<
    'text' | 'terms' | 'gin' | 'keys' | 'lexicon' | 'cards' | 'texts',
    number
  >
  const line = (part: string, what: string, value: number) => row({ id: `${id}-${part}`, what, unit: 'MiB' }, value / MIB, text / MIB)
  return [
    row(
      { id, what: 'tokens, cards, their indexes and the dictionary together, by the characters of the texts (the bar is 1.5)', unit: '×' },
      (terms + gin + keys + lexicon) / text,
    ),
    line('terms', 'the table of tokens and cards, beside the texts', terms),
    line('cards', 'of it the sealed cards', cards),
    line('gin', 'the index of tokens', gin),
    line('keys', 'its other indexes', keys),
    line('lexicon', 'the dictionary', lexicon),
    line('texts', 'not counted in: the sealed texts', texts),
  ]
}
