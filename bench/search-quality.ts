import { joinBase } from '../src/platform/base.ts'
import { readConfig } from '../src/platform/config.ts'
import { openKeyring } from '../src/platform/keyring.ts'
import { connect, type Db } from '../src/platform/postgres.ts'
import type { Firm } from './firm.ts'
import { row, type Figure, type Row } from './measure.ts'
import { fileAll } from './search-quality/asking.ts'
import { corpusFiles, corpusFolder, readTexts } from './search-quality/corpus.ts'
import { exactly } from './search-quality/grep.ts'
import { heldOut, judgedQueries, mean, type Judged } from './search-quality/judged.ts'
import { settingName } from './search-quality/plain.ts'
import { recalled, scored, type Recall, type Scores } from './search-quality/scoring.ts'

const WAIT_MS = 10 * 60_000
/** Words, and phrases of three, that are taken from the texts and must be found exactly. */
const SOME = 200

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
    const names = new Set(files.map(({ name }) => name))
    const missing = queries.flatMap(({ judged }) => Object.keys(judged)).filter((name) => !names.has(name))
    if (missing.length > 0) throw new Error(`judged documents are not in ${folder}: ${missing.join(', ')}`)
    const firm = await stage.firm()
    const matters = await fileAll(firm.caller, files, (kind) => firm.matter(kind), WAIT_MS)
    const scores = await withBaseline(firm, (db) => scored(db, firm.caller, matters, files, queries))
    const wanted = exactly(files, queries, stage.quick ? SOME / 10 : SOME)
    const recall = await recalled(firm.caller, matters, files, wanted)
    return [...scoreRows(queries, scores), recallRow(recall, wanted.length)]
  },
}

/** As the login that owns the firm's database, in a session of its own. */
async function withBaseline<T>({ place }: Firm, ask: (db: Db) => Promise<T>): Promise<T> {
  const base = await joinBase(readConfig(place, {}), await openKeyring(place.keyring, place.data))
  const { db, end } = await connect(base!.migrator)
  try {
    return await ask(db)
  } finally {
    await end()
  }
}

function scoreRows(queries: readonly Judged[], { ours, plain, setting }: Scores): Row[] {
  const held = heldOut(queries)
  const rowOf = (id: string, what: string, its: readonly Judged[]): Row =>
    row(
      { id, unit: searchQuality.unit, what: `${what} (${its.length} searches)` },
      mean(its.map((one) => ours.get(one.id)!)),
      mean(its.map((one) => plain.get(one.id)!)),
    )
  const all = `${queries.length} searches; baseline: ${settingName(setting)}`
  return [
    row(searchQuality, mean([...ours.values()]), mean([...plain.values()]), all),
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

function recallRow({ there, found, wrong }: Recall, wanted: number): Row {
  for (const line of wrong) console.error(`  ${line}`)
  const what = 'of the documents in which grep finds an exact word or phrase, those that are found'
  const note = `${wanted} words and phrases, ${there} documents; of ${wrong.length} something is missed or too many are found`
  return row({ id: 'search-recall', unit: 'share', what }, found / there, 1, note)
}
