import type { DocumentId, MatterId } from '../src/contract/ids.ts'
import { list as listMatters, MATTERS, viewById } from '../src/features/matters/matters.ts'
import { find, list as listDocuments } from '../src/features/vault/documents.ts'
import { documentById, documentsOf } from '../src/features/vault/queries.ts'
import type { Here } from '../src/platform/route.ts'
import type { Db } from '../src/platform/postgres.ts'
import type { Me, Secret } from '../src/platform/ways.ts'
import { largeFirm, SERVERS, type LargeFirm, type Server } from './large-firm.ts'
import { row, type Bar, type Figure, type Row } from './measure.ts'
import { FEW, fewMatter, groupedMatter, largeMatter, nth, PEOPLE, type Size } from './seed-walls.ts'
import type { Stage } from './stage.ts'
import { raising } from './walls-raise.ts'

// What the wall costs: the program's queries as a person, beside the same SQL as the superuser. `…-look`: whole requests.

/** Reaches: two hundred matters, all but those with a wall against it, two hundred by a practice group. */
const REACHES = { few: PEOPLE.few, all: PEOPLE.all, grouped: PEOPLE.grouped }
type Reach = keyof typeof REACHES

type Question = {
  id: string
  what: string
  /** The SQL alone. */ bare(db: Db, n: number): Promise<object[] | object | null>
  /** What the program does. */ whole?(here: Here, n: number): Promise<object | null>
  /** How many rows there are to be. */ rows: number
}

function questions(size: Size, reach: Reach, list: Asked): Question[] {
  // the newest are walled from nobody; of `few` the first twenty are not there
  const place = (n: number) => (reach === 'grouped' ? groupedMatter(size, n % (FEW - 1)) : fewMatter(size, 20 + (n % FEW)))
  const matter = (n: number) => nth('matter', place(n)) as MatterId
  const large = nth('matter', largeMatter(size)) as MatterId
  const documents = new Map<number, string>()
  const document = (n: number): DocumentId => (documents.get(place(n)) ?? nth('document', ofMatter(size, place(n)))) as DocumentId
  const count = 'select count(*) from app.documents where matter_id = $1'
  return [
    {
      id: 'matter',
      what: 'one matter by its id',
      rows: 1,
      bare: (db, n) => db.rows(MATTERS, [[matter(n)]]),
      whole: (here, n) => viewById(here, matter(n)),
    },
    {
      id: 'document',
      what: 'one document by its id',
      rows: 1,
      bare: (db, n) => documentById(db, document(n)),
      whole: (here, n) => find(here, document(n)),
    },
    {
      id: 'page',
      what: 'the first page of 50 matters',
      rows: 50,
      bare: (db) => db.rows(list.text, list.values),
      whole: (here) => listMatters(here, { params: undefined, query: { limit: 50 }, body: undefined }),
    },
    {
      id: 'page10',
      what: 'a page of 50 documents of a matter with ten',
      rows: Math.floor((size.documents - 10_000) / size.matters),
      bare: (db, n) => documentsOf(db, matter(n), null, 50),
      whole: (here, n) => listDocuments(here, { params: { matter: matter(n) }, query: { limit: 50 }, body: undefined }),
    },
    {
      id: 'page10000',
      what: 'a page of 50 documents of a matter with 10,000',
      rows: 50,
      bare: (db) => documentsOf(db, large, null, 50),
      whole: (here) => listDocuments(here, { params: { matter: large }, query: { limit: 50 }, body: undefined }),
    },
    { id: 'count10000', what: 'how many documents a matter with 10,000 has', rows: 1, bare: (db) => db.rows(count, [large]) },
    { id: 'matters', what: 'how many matters one reaches', rows: 1, bare: (db) => db.rows('select count(*) from app.matters') },
  ]
}

/** A document of the matter: documents are spread over the matters by multiplication. */
function ofMatter({ matters }: Size, matter: number): number {
  for (let n = 0; ; n += 1) if ((n * 7919) % matters === matter) return n
}

type Asked = { text: string; values: unknown[] | undefined }
/** The statement with which the program lists matters: what it asks first. */
async function listing(): Promise<Asked> {
  let asked: Asked | null = null
  const db = { rows: async (text: string, values?: unknown[]) => ((asked ??= { text, values }), []) } as unknown as Db
  await listMatters({ db, house: {} } as Here, { params: undefined, query: { limit: 50 }, body: undefined })
  return asked!
}

type Timed = { ours: number[]; theirs: number[] }
type Measured = { reach: Reach; question: Question; bare: Timed; whole: Timed | null }

const measured = new WeakMap<Stage, Map<Server, Promise<Measured[]>>>()
function measure(stage: Stage, server: Server): Promise<Measured[]> {
  const known = measured.get(stage) ?? new Map<Server, Promise<Measured[]>>()
  measured.set(stage, known)
  const got = known.get(server) ?? measureAll(stage, server)
  known.set(server, got)
  return got
}

async function measureAll(stage: Stage, server: Server): Promise<Measured[]> {
  const firm = await largeFirm(stage, server)
  const list = await listing()
  const all: Measured[] = []
  for (const reach of Object.keys(REACHES) as Reach[]) {
    const { secret } = await firm.session(REACHES[reach])
    await checkReach(firm, reach, secret)
    for (const question of questions(firm.size, reach, list)) {
      all.push({
        reach,
        question,
        bare: await bare(stage, firm, secret, question),
        whole: question.whole ? await whole(stage, firm, secret, question) : null,
      })
      const { bare: b, whole: w } = all.at(-1)!
      console.log(`  ${server} ${reach.padEnd(8)} ${question.id.padEnd(11)} bare ${told(b)}${w ? `   look ${told(w)}` : ''}`)
    }
  }
  return all
}

const told = ({ ours, theirs }: Timed): string =>
  `p50 ${at(ours, 0.5).toFixed(2)} beside ${at(theirs, 0.5).toFixed(2)} p95 ${at(ours, 0.95).toFixed(2)} beside ${at(theirs, 0.95).toFixed(2)} ms (${ours.length})`

/** The wall stands: each reaches as many as the seeding gave them. @throws Error otherwise */
async function checkReach({ size, ways }: LargeFirm, reach: Reach, secret: Secret): Promise<void> {
  const seen = await ways.look(
    secret,
    () => {},
    (db) => db.row<{ n: number }>('select count(*) as n from app.matters'),
  )
  const due = reach === 'all' ? size.matters - 100 : FEW
  if (seen!.n !== due) throw new Error(`${reach} reaches ${seen!.n} matters, and not ${due}`)
}

/** Three hundred of each in turn, but no longer than some seconds and never fewer than five. */
async function inTurn(stage: Stage, ours: (n: number) => Promise<unknown>, theirs: (n: number) => Promise<unknown>): Promise<Timed> {
  const timed: Timed = { ours: [], theirs: [] }
  const took = async (one: () => Promise<unknown>, begun = performance.now()) => (await one(), performance.now() - begun)
  const begun = performance.now()
  // a prepared statement finds its plan in its first six runs
  for (let n = 0; n < 7 && performance.now() < begun + 5000; n += 1) await Promise.all([ours(n), theirs(n)])
  const until = performance.now() + (stage.quick ? 3000 : 10_000)
  for (let n = 0; n < (stage.quick ? 100 : 300) && (n < 5 || performance.now() < until); n += 1) {
    // whoever comes second finds the pages warm
    if (n % 2) timed.ours.push(await took(() => ours(n)))
    timed.theirs.push(await took(() => theirs(n)))
    if (n % 2 === 0) timed.ours.push(await took(() => ours(n)))
  }
  return timed
}

const bare = (stage: Stage, { ways, unwalled }: LargeFirm, secret: Secret, { id, bare: ask, rows }: Question): Promise<Timed> =>
  ways.look(
    secret,
    () => {},
    (person) =>
      unwalled(async (superuser) => {
        const got = await ask(person, 0)
        const count = Array.isArray(got) ? got.length : got ? 1 : 0
        if (count < rows) throw new Error(`${id} gave ${count} rows, and not ${rows}`)
        return inTurn(
          stage,
          (n) => ask(person, n),
          (n) => ask(superuser, n),
        )
      }),
  )

function whole(stage: Stage, { ways, unwalled, house }: LargeFirm, secret: Secret, { whole: run }: Question): Promise<Timed> {
  const work = async (db: Db, me: Me, n: number) => {
    if ((await run!({ house, db, me }, n)) === null) throw new Error('nothing there')
  }
  const ours = (n: number) =>
    ways.look(
      secret,
      () => {},
      (db, me) => work(db, me, n),
    )
  const theirs = (n: number) => unwalled(async (db) => work(db, (await db.row<Me>('select * from hidden.enter($1)', [secret]))!, n))
  return inTurn(stage, ours, theirs)
}

const at = (times: number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))]!
const times = (one: Timed): number => at(one.ours, 0.5) / at(one.theirs, 0.5)

function reads(
  server: Server,
  id: string,
  question: string,
  what: string,
  unit: string,
  bar: Bar,
  worst: (one: Measured) => number,
): Figure {
  const figure: Figure = {
    id,
    what,
    unit,
    bar,
    measure: async (stage) => {
      const { size, version } = await largeFirm(stage, server)
      const all = await measure(stage, server)
      const own = all.filter((one) => one.question.id === question)
      // the bar is for those two; what a practice group costs stands below it
      const barred = own.filter((one) => one.reach !== 'grouped')
      const note = `the worst of ${barred.map((one) => one.reach).join(', ')}; ${size.matters} matters, ${size.documents} documents, PostgreSQL ${version}`
      // the rest is said once, with the first figure
      const rest = question === 'matter' ? all : own
      return [row(figure, Math.max(...barred.map(worst)), null, note), ...rest.flatMap((one) => rowsOf(server, one))]
    },
  }
  return figure
}

function rowsOf(server: Server, { reach, question, bare: sql, whole: look }: Measured): Row[] {
  const id = `walls-${server}-${question.id}-${reach}`
  const line = (more: string, of: string, timed: Timed, share: number) =>
    row(
      { id: `${id}${more}`, what: `${question.what}, for ${reach}: ${of}, ${timed.ours.length} runs`, unit: 'ms' },
      at(timed.ours, share),
      at(timed.theirs, share),
    )
  return [
    line('-p50', 'the SQL alone, half within', sql, 0.5),
    line('-p95', 'the SQL alone, 95 of 100 within', sql, 0.95),
    ...(look
      ? [line('-look-p50', 'as a request, half within', look, 0.5), line('-look-p95', 'as a request, 95 of 100 within', look, 0.95)]
      : []),
  ]
}

export const walls: Figure[] = SERVERS.flatMap((server) => [
  reads(
    server,
    `walls-${server}-matter`,
    'matter',
    'one matter by its id behind the wall, half within: how many times the same SQL without row security',
    '×',
    { most: 2 },
    (one) => times(one.bare),
  ),
  reads(server, `walls-${server}-page`, 'page', 'a page of 50 matters as a request, 95 of 100 within', 'ms', { most: 50 }, (one) =>
    at(one.whole!.ours, 0.95),
  ),
  raising(server),
])
