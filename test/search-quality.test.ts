import { beforeEach, expect, test } from 'vitest'
import { fileAll } from '../bench/search-quality/asking.ts'
import { corpusFiles, corpusFolder, readTexts } from '../bench/search-quality/corpus.ts'
import { exactly } from '../bench/search-quality/grep.ts'
import { judgedQueries, mean } from '../bench/search-quality/judged.ts'
import { recalled, scored } from '../bench/search-quality/scoring.ts'
import { Filed } from './world/filed.ts'
import { found, indexed } from './world/searching.ts'
import { useWorld } from './world/world.ts'

// A part of `npm run bench -- search-quality`, where the machine has the corpus.
const FILES =
  /^(?:1050446_2012|1080306_2002-12|1009304|30305|2135_|864264|49401|763744|740663|1025953|1040719|772370|859368|1139650|1376812|949491|90057|image-pdf-2|rectangles_no|missouri|word-docx|ca8_)/
const QUERIES =
  'escrow n-jagels relocation gross-up parachute jury p-escrow p-specific n-brady n-dell n-patriot x-mitigate w-disparag m-jury o-goodwin'.split(
    ' ',
  )

const folder = corpusFolder()
const world = useWorld()
const firm = new Filed(world)
beforeEach(() => firm.beginAnew())

test.skipIf(folder === null)(
  'real agreements and filings are found exactly as grep finds them, and ranked no worse than by PostgreSQL (skipped without the corpus)',
  { timeout: 300_000 },
  async () => {
    const files = await readTexts((await corpusFiles(folder!)).filter(({ name }) => FILES.test(name)))
    const names = new Set(files.map(({ name }) => name))
    const queries = (await judgedQueries())
      .filter(({ id }) => QUERIES.includes(id))
      .map((one) => ({ ...one, judged: Object.fromEntries(Object.entries(one.judged).filter(([name]) => names.has(name))) }))
    expect(files.length).toBe(22)
    expect(queries.length).toBe(QUERIES.length)
    expect(queries.filter(({ judged }) => Object.values(judged).every((grade) => grade < 2))).toEqual([])
    const matters = await fileAll(world.ada, files, async () => firm.matter, 60_000)
    const { ours, plain } = await world.asSuperuser(world.database, (db) => scored(db, world.ada, matters, files, queries))
    expect(mean([...ours.values()])).toBeGreaterThan(0.9)
    expect(mean([...ours.values()])).toBeGreaterThanOrEqual(mean([...plain.values()]))
    const wanted = exactly(files, queries, 8)
    const recall = await recalled(world.ada, matters, files, wanted)
    expect(recall.wrong).toEqual([])
    expect(recall.found).toBe(recall.there)
    expect(recall.there).toBeGreaterThan(wanted.length)
  },
)

test('a phrase ranks by how often it stands there, not by its words', async () => {
  const { file } = firm
  const apart = 'The default was long. Notice came of it. '.repeat(12)
  await file('Apart.txt', '', `${apart} A notice of default was never sent. ${apart}`)
  await file(
    'Phrase.txt',
    '',
    `${'A notice of default was sent, and another notice of default. '.repeat(4)} ${'The rent was late. '.repeat(60)}`,
  )
  await indexed(world.ada, firm.matter)
  expect(await found(world.ada, '"notice of default"', { matters: [firm.matter as never] })).toEqual(['Phrase.txt', 'Apart.txt'])
})

test('words that often stand together rank before those that do once', async () => {
  const { file } = firm
  const rest = 'The rent of the mill was paid on the first of May. '.repeat(30)
  await file('Once.txt', '', `The escrow agent was named. ${rest} ${'An agent came. '.repeat(5)} ${rest} ${'Escrow it was. '.repeat(5)}`)
  await file('Often.txt', '', `${'The escrow agent was named. '.repeat(6)} ${rest} ${rest}`)
  await indexed(world.ada, firm.matter)
  expect(await found(world.ada, 'agent escrow', { matters: [firm.matter as never] })).toEqual(['Often.txt', 'Once.txt'])
})

test('a phrase of a hundred words is searched for', async () => {
  const words = Array.from({ length: 100 }, (_, at) => `word${at}`).join(' ')
  await firm.file('Long.txt', '', `Before ${words} after`)
  await indexed(world.ada, firm.matter)
  expect(await found(world.ada, `"${words}"`, { matters: [firm.matter as never] })).toEqual(['Long.txt'])
})
