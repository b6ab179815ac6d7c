import { open, realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { MatterView } from '../contract/matter.ts'
import { readConfig, type Config } from '../platform/config.ts'
import { Stop } from '../platform/refusal.ts'
import { EXIT } from './exit.ts'
import { importFiles, type Line, type Tally } from './import-files.ts'
import { findMatter } from './import-place.ts'
import { walk, type Found } from './import-walk.ts'
import { example, withPlace, type Place } from './options.ts'
import { asPerson } from './person.ts'
import { bytes, duration, print, printJson, progress, safe, tell } from './terminal.ts'

type Options = Place & { client: string; matter: string; tokenFile?: string; parallel: string; manifest?: string }

export function addImport(program: Command): void {
  const command = withPlace(program.command('import'))
    .description('Bring a folder tree (or one file) into a matter; run again, it continues and duplicates nothing')
    .argument('<path>', 'the folder; its own name is not kept, the folders below it are')
    .requiredOption('--client <C>', 'the client’s name or id; a name that is not there is taken on')
    .requiredOption('--matter <M>', 'the matter’s name or id; a name that is not there is opened')
    .option('--token-file <T>', 'act with the access token in this file (default: the session of subrosa login)')
    .option('--manifest <F>', 'write path, size, SHA-256 and id of what stands in the matter then into this file, a line of JSON each')
    .option('--parallel <N>', 'files at once, 1 to 32', '16')
  example(command, 'subrosa import ~/scans/orchard --client "Orchard Ltd" --matter "Orchard v. Mill"').action(bring)
}

async function bring(path: string, options: Options): Promise<void> {
  const config = readConfig(options)
  const most = readParallel(options.parallel)
  await refuseOwnData(path, config)
  const { files, leftOut } = await walk(path)
  if (files.length + leftOut.length === 0) throw new Stop('usage.path', `There are no files in ${path}.`)
  const tally: Tally = { imported: 0, already: 0, bytes: 0, failed: leftOut, manifest: [], passed: 0 }
  const begun = performance.now()
  await asPerson(config, async (firm) => {
    const matter = await findMatter(firm, options.client, options.matter)
    const manifest = options.manifest === undefined ? null : await openManifest(options.manifest)
    const line = progress()
    const watch = watchOf(files, tally, begun)
    const seconds = () => (performance.now() - begun) / 1000
    try {
      await importFiles(firm, matter.id, files, most, tally, () => line.show(watch()))
    } catch (fault) {
      tell(
        `Broken off after ${seconds().toFixed(0)} s with ${tally.imported} of ${files.length} files imported. The same command continues.`,
      )
      throw fault
    } finally {
      line.end()
      await manifest?.(tally.manifest)
    }
    conclude(matter, tally, seconds(), options.json === true)
  })
  process.exitCode = tally.failed.length > 0 ? EXIT.notWhole : EXIT.done
}

/** The firm's own sealed files and keys are no documents of anyone's. */
async function refuseOwnData(path: string, config: Config): Promise<void> {
  const [root, data, keyring] = await Promise.all([path, config.data, config.keyring].map((one) => realpath(one).catch(() => resolve(one))))
  const isIn = (inner: string, outer: string) => `${inner}/`.startsWith(outer === '/' ? '/' : `${outer}/`)
  if (isIn(data!, root!) || isIn(root!, data!) || isIn(keyring!, root!))
    throw new Stop('usage.path', `${path} holds the firm’s own data folder or keyring. Name the folder of the documents alone.`)
}

/** Opened before anything is imported; nothing that stands there is overwritten. It names client files: readable to its user alone. */
async function openManifest(path: string): Promise<(lines: Line[]) => Promise<void>> {
  const handle = await open(path, 'wx', 0o600).catch((fault: NodeJS.ErrnoException) => {
    throw new Stop(
      'usage.manifest',
      `--manifest: ${path} ${fault.code === 'EEXIST' ? 'is there already' : `cannot be made (${fault.code})`}.`,
      fault,
    )
  })
  return async (lines) => {
    const inOrder = lines.toSorted((a, b) => (a.path < b.path ? -1 : 1))
    await handle.writeFile(inOrder.map((one) => `${JSON.stringify(one)}\n`).join(''))
    await handle.sync()
    await handle.close()
  }
}

function readParallel(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 32)
    throw new Stop('usage.parallel', `--parallel: ${text} is not a number from 1 to 32.`)
  return count
}

/** What a file costs besides its bytes, as so many bytes: for the estimate. */
const PER_FILE = 100_000

function watchOf(files: Found[], tally: Tally, begun: number): () => string {
  const total = files.reduce((sum, file) => sum + file.size, 0)
  const before = tally.failed.length
  return () => {
    const seconds = (performance.now() - begun) / 1000
    const done = tally.imported + tally.already + tally.failed.length - before
    const share = (done * PER_FILE + tally.passed) / (files.length * PER_FILE + total)
    const left = share > 0 ? `, ${duration((seconds * (1 - share)) / share)} left` : ''
    return `${done} of ${files.length} files, ${bytes(tally.passed)} of ${bytes(total)}, ${(done / seconds).toFixed(0)} files/s, ${bytes(tally.passed / seconds)}/s${left}`
  }
}

function conclude(matter: MatterView, tally: Tally, seconds: number, json: boolean): void {
  const failed = tally.failed.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const { imported, already } = tally
  if (json)
    return printJson({
      matter: matter.id,
      client: matter.client.id,
      imported,
      already,
      failed,
      bytes: tally.bytes,
      seconds: Number(seconds.toFixed(3)),
    })
  print(
    `${imported} imported${already > 0 ? `, ${already} stood there already` : ''}: ${bytes(tally.bytes)} in ${duration(seconds)} (${(imported / seconds).toFixed(0)} files/s), into ${safe(matter.title)} of ${safe(matter.client.name)} (${matter.number}).`,
  )
  if (failed.length === 0) return
  tell(`${failed.length} not imported:`)
  for (const one of failed) tell(`  ${safe(one.path)}: ${safe(one.text)}`)
}
