import { readConfig } from '../src/platform/config.ts'
import { joinBase } from '../src/platform/base.ts'
import { openKeyring } from '../src/platform/keyring.ts'
import { connect, type Db } from '../src/platform/postgres.ts'
import type { Caller } from '../test/world/caller.ts'
import { row, type Figure, type Row } from './measure.ts'
import { everyPage, fileAll, firstPage } from './search-quality/asking.ts'
import { corpusFiles, corpusFolder, readTexts, type ReadFile } from './search-quality/corpus.ts'
import { exactly, grep, grepped, without } from './search-quality/grep.ts'
import { heldOut, judgedQueries, mean, ndcg, type Judged } from './search-quality/judged.ts'
import { askPlain, fillPlain, SETTINGS, settingName, type Setting } from './search-quality/plain.ts'
import type { Firm } from './firm.ts'

const WAIT_MS = 10 * 60_000
/** Words, and phrases of three, taken from the texts for what must be found exactly. */
const SOME = 200

type Scores = { ours: Map<string, number>; plain: Map<string, number>; setting: Setting }

export const searchQuality: Figure = {
  id: 'search-quality',
  unit: 'nDCG@10',
  what: 'searches with judged documents over the corpus, through the API, beside ts_rank_cd of PostgreSQL over the same texts',
  bar: { goal: 1 },
  measure: async (stage) => {
    const folder = corpusFolder(stage.corpus)
    if (folder === null) {
      console.log('search-quality is skipped: there is no corpus beside the repository; name its folder with --corpus.')
      return []
    }
    const files = await readTexts(await corpusFiles(folder))
    const queries = await judgedQueries()
    const firm = await stage.firm()
    const matters = await fileAll(firm.caller, files, (kind) => firm.matter(kind), WAIT_MS)
    const scores = await withBaseline(firm, (db) => scored(db, firm.caller, matters, files, queries))
    return [...scoreRows(queries, scores), await recallRow(firm.caller, matters, files, queries)]
  },
}

async function withBaseline<T>({ place }: Firm, ask: (db: Db) => Promise<T>): Promise<T> {
  const base = await joinBase(readConfig(place, {}), await openKeyring(place.keyring, place.data))
  const { db, end } = await connect(base!.migrator)
  try {
    return await ask(db)
  } finally {
    await end()
  }
}

/** Every query on both sides; of the baseline's settings the one that does best over all of them. */
async function scored(
  db: Db,
  caller: Caller,
  matters: readonly string[],
  files: readonly ReadFile[],
  queries: readonly Judged[],
): Promise<Scores> {
  await fillPlain(db, files)
  const sames = new Map(files.map(({ name, same }) => [name, same]))
  const sameOf = (name: string) => sames.get(name) ?? name
  const missing = queries.flatMap(({ judged }) => Object.keys(judged)).filter((name) => !sames.has(name))
  if (missing.length > 0) throw new Error(`judged documents are not in the corpus: ${missing.join(', ')}`)
  const ours = new Map<string, number>()
  for (const { id, query, judged } of queries) ours.set(id, ndcg(await firstPage(caller, matters, query), judged, sameOf))
  const tried = []
  for (const setting of SETTINGS) {
    const plain = new Map<string, number>()
    // as many more as there can be of the same content
    for (const one of queries) plain.set(one.id, ndcg(await askPlain(db, one, setting, 20), one.judged, sameOf))
    tried.push({ setting, plain })
    if (process.env['EACH'] !== undefined) console.log(settingName(setting), mean([...plain.values()]).toFixed(4))
  }
  const best = tried.reduce((one, next) => (mean([...next.plain.values()]) > mean([...one.plain.values()]) ? next : one))
  return { ours, ...best }
}

function scoreRows(queries: readonly Judged[], { ours, plain, setting }: Scores): Row[] {
  const held = heldOut(queries)
  const rowOf = (name: string, what: string, its: readonly Judged[]): Row =>
    row(
      { ...searchQuality, id: name, what: `${what} (${its.length} searches)` },
      mean(its.map(({ id }) => ours.get(id)!)),
      mean(its.map(({ id }) => plain.get(id)!)),
    )
  return [
    row(
      searchQuality,
      mean([...ours.values()]),
      mean([...plain.values()]),
      `${queries.length} searches; baseline: ${settingName(setting)}`,
    ),
    rowOf(
      'search-held-out',
      'those that ranking is never tuned on',
      queries.filter(({ id }) => held.has(id)),
    ),
    rowOf(
      'search-tuned',
      'the other half',
      queries.filter(({ id }) => !held.has(id)),
    ),
    ...[...Map.groupBy(queries, ({ kind }) => kind)].map(([kind, its]) => rowOf(`search-${kind}`, `of kind ${kind}`, its)),
  ]
}

/** What is found exactly must be what grep finds, and no more. */
async function recallRow(caller: Caller, matters: readonly string[], files: readonly ReadFile[], queries: readonly Judged[]): Promise<Row> {
  const plain = grepped(files)
  let [there, found] = [0, 0]
  const wrong: string[] = []
  const wanted = exactly(files, queries, SOME)
  for (const words of wanted) {
    const should = grep(plain, words)
    const does = await everyPage(caller, matters, `"${words.join(' ')}"`)
    const [missed, false_] = [without(should, does), without(does, should)]
    there += should.size
    found += should.size - missed.length
    if (missed.length + false_.length > 0)
      wrong.push(`“${words.join(' ')}”: missed ${missed.join(', ') || 'none'}; too many ${false_.join(', ') || 'none'}`)
  }
  for (const line of wrong) console.error(`  ${line}`)
  const note = `${wanted.length} words and phrases, ${there} documents; ${wrong.length} of them with misses or false hits`
  return row(
    { id: 'search-recall', unit: 'share', what: 'of what grep finds of exact words and phrases in the texts, what is found' },
    found / there,
    1,
    note,
  )
}
