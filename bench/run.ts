import { writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { addresses } from './addresses.ts'
import { act, look } from './calls.ts'
import { conflicts } from './conflicts.ts'
import { filesDown, filesUp, sizeOnDisk } from './files.ts'
import { importCorpus, importMany } from './import.ts'
import { barText, reaches, type Figure, type Row } from './measure.ts'
import { entries as ledgerEntries } from './ledger-entries.ts'
import { backlog, lag } from './ledger-sequence.ts'
import { large } from './ledger-large.ts'
import { verify as ledgerVerify } from './ledger-verify.ts'
import { gate } from './gate.ts'
import { list } from './list.ts'
import { pages } from './pages.ts'
import { pdfPage } from './pdf-page.ts'
import { manyMemory, memoryIdle, uploadMemory } from './memory.ts'
import { searchQuality } from './search-quality.ts'
import { searchIndexing } from './search-indexing.ts'
import { searchLarge } from './search-large.ts'
import { sessionLookup, timing } from './sign-in.ts'
import { thief } from './search-thief.ts'
import { openStage } from './stage.ts'
import { startFirst, startSecond } from './start.ts'
import { download, upload } from './transfer.ts'
import { walls } from './walls.ts'

// npm run bench                     every figure, a table, and bench/results.json
// npm run bench -- ID…              some of them
// npm run bench -- --list           what there is
// npm run bench -- --quick          fewer rounds and shorter waits; the notes say so
// npm run bench -- --corpus DIR     the files of import-corpus
// npm run bench -- --peer URL       transfers beside that WebDAV or HTTP server (PUT, GET, DELETE; http://name:password@host:port/folder/)
const FIGURES: Figure[] = [
  startFirst,
  startSecond,
  memoryIdle,
  importCorpus,
  importMany,
  upload,
  download,
  filesUp,
  filesDown,
  sizeOnDisk,
  uploadMemory,
  manyMemory,
  look,
  act,
  sessionLookup,
  timing,
  ...walls,
  conflicts,
  addresses,
  gate,
  list,
  pdfPage,
  ...pages,
  ledgerEntries,
  backlog,
  lag,
  ledgerVerify,
  large,
  thief,
  searchQuality,
  searchIndexing,
  ...searchLarge,
]
const RESULTS = join(import.meta.dirname, 'results.json')

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean' }, quick: { type: 'boolean', default: false }, corpus: { type: 'string' }, peer: { type: 'string' } },
})
const unknown = positionals.filter((id) => !FIGURES.some((figure) => figure.id === id))
if (unknown.length > 0) {
  console.error(`There is no figure ${unknown.join(', ')}. There are: ${FIGURES.map((figure) => figure.id).join(', ')}.`)
  process.exitCode = 2
} else if (options.list) {
  for (const { id, what, unit, bar } of FIGURES) console.log(`${id.padEnd(16)} ${what} [${unit}] ${barText(bar)}`.trimEnd())
} else {
  await bench(FIGURES.filter((figure) => positionals.length === 0 || positionals.includes(figure.id)))
}

async function bench(figures: Figure[]): Promise<void> {
  const stage = await openStage({
    quick: options.quick,
    corpus: options.corpus === undefined ? null : resolve(options.corpus),
    peer: options.peer === undefined ? null : new URL(options.peer),
  })
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => void stage.end().finally(() => process.exit(130)))
  const rows: Row[] = []
  console.log(
    `${'figure'.padEnd(16)}${'value'.padStart(10)} ${'unit'.padEnd(8)}${'baseline'.padStart(10)}${'ratio'.padStart(7)}  ${'bar'.padEnd(28)}load`,
  )
  try {
    for (const figure of figures) {
      const got = await figure.measure(stage).catch((fault: unknown) => {
        console.error(`${figure.id} could not be measured:`, fault)
        process.exitCode = 1
        return []
      })
      rows.push(...got)
      for (const row of got) print(row, row.id === figure.id ? figure : null)
    }
  } finally {
    await stage.end()
  }
  await writeFile(RESULTS, `${JSON.stringify(rows, null, 2)}\n`)
  console.log(`\nWritten to ${RESULTS}.`)
}

function print(row: Row, figure: Figure | null): void {
  const met = reaches(row, figure?.bar)
  const bar = met === null ? '' : `${met ? 'met' : 'MISSED'} ${barText(figure?.bar)}`
  console.log(
    `${row.id.padEnd(16)}${String(row.value).padStart(10)} ${row.unit.padEnd(8)}${String(row.baseline ?? '').padStart(10)}${String(row.ratio ?? '').padStart(7)}  ${bar.padEnd(28)}${loadavg()[0]!.toFixed(1)}`,
  )
  console.log(`  ${row.what}`)
}
