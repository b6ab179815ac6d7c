import { execFile } from 'node:child_process'
import { createHash, randomInt } from 'node:crypto'
import { cp, mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import { SUBROSA, surroundings, type Firm } from './firm.ts'
import { alternate, median, row, scatter, type Figure } from './measure.ts'
import type { Stage } from './stage.ts'

const CORPUS = resolve(import.meta.dirname, '../../shared/corpus')
type Imported = { matter: string; imported: number; failed: { path: string; code: string }[]; seconds: number }

export const importCorpus: Figure = {
  id: 'import-corpus',
  unit: 'files/s',
  bar: { least: 100 },
  what: 'text files through subrosa import, from the command to its end, beside a plain copy (read, write, fsync of file and folder) of the same files',
  measure: async (stage) => {
    const firm = await stage.firm()
    const { dir, from } = await corpus(stage)
    await checkWhole(firm, dir)
    const texts = await stage.folder('texts')
    const whole = await filesUnder(dir)
    const names = whole.filter((name) => name.endsWith('.txt'))
    for (const name of names) await cp(join(dir, name), join(texts, name))
    const inside: number[] = []
    const ours = async (round: number) => {
      const begun = performance.now()
      inside.push(names.length / (await bring(firm, texts, `texts ${round}`)).seconds)
      return (names.length * 1000) / (performance.now() - begun)
    }
    const theirs = async () => names.length / (await plainCopy(texts, await stage.folder('copy'), names))
    const runs = await alternate(stage.quick ? 3 : 5, ours, theirs)
    const note = `${names.length} of the ${whole.length} files of ${from}, all listed and byte-identical on download; ${scatter(runs.ours)} beside ${scatter(runs.theirs)}; without the command’s own start ${Math.round(median(inside))} files/s`
    return [row(importCorpus, median(runs.ours), median(runs.theirs), note)]
  },
}

const MANY = 100_000
export const importMany: Figure = {
  id: 'import-100k',
  unit: 'files/s',
  bar: { least: 500 },
  what: `${MANY} text files of 1 to 8 KB in 1,000 folders through subrosa import, from the command to its end, beside cp -r and sha256sum of the same files`,
  measure: async (stage) => {
    const firm = await stage.firm()
    const [from, to] = [await stage.folder('many'), await stage.folder('many-copy')]
    const count = stage.quick ? MANY / 20 : MANY
    for (let i = 0; i < count; i += 1) {
      const folder = join(from, `bundle ${Math.floor(i / 100)}`)
      if (i % 100 === 0) await mkdir(folder)
      await writeFile(
        join(folder, `letter ${i}.txt`),
        `Dear counsel, on item ${i} the parties agree as follows. `.repeat(randomInt(20, 150)),
      )
    }
    const begun = performance.now()
    const { imported } = await bring(firm, from, 'many small files')
    const ours = (imported * 1000) / (performance.now() - begun)
    if (imported !== count) throw new Error(`${imported} of ${count} files were imported`)
    const copied = performance.now()
    await promisify(execFile)('sh', [
      '-c',
      'cp -r "$1" "$2" && find "$2" -type f -print0 | xargs -0 sha256sum > /dev/null && sync -f "$2"',
      'sh',
      from,
      to,
    ])
    const theirs = (count * 1000) / (performance.now() - copied)
    return [row(importMany, ours, theirs, stage.quick ? `${count} files only` : 'one run each')]
  },
}

async function corpus(stage: Stage): Promise<{ dir: string; from: string }> {
  if (stage.corpus) return { dir: stage.corpus, from: stage.corpus }
  if (await stat(CORPUS).catch(() => null)) return { dir: CORPUS, from: '../shared/corpus' }
  const dir = await stage.folder('corpus')
  for (let i = 0; i < 167; i += 1) {
    await mkdir(join(dir, `folder ${i % 4}`), { recursive: true })
    await writeFile(join(dir, `folder ${i % 4}`, `agreement ${i}.txt`), `The parties agree, ${i} times over. `.repeat(randomInt(200, 1700)))
  }
  return { dir, from: 'a made-up set (there is no ../shared/corpus)' }
}

/** Paths of the files below a folder that are not empty, in order. */
async function filesUnder(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile()).map((entry) => relative(dir, join(entry.parentPath, entry.name)))
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(dir, name))).size))
  return names.filter((_, i) => sizes[i]! > 0).sort()
}

/** Empty files stay out, which the exit code 1 says; anything else that stays out is thrown. */
async function bring(firm: Firm, dir: string, matter: string): Promise<Imported> {
  const args = ['--client', firm.client, '--matter', matter, '--token-file', firm.tokenFile, '--data', firm.place.data, '--json']
  const done = await promisify(execFile)(SUBROSA, ['import', dir, ...args], { env: surroundings() }).catch(
    (fault: { code: number; stdout: string }) => {
      if (fault.code !== 1 || fault.stdout === '') throw fault
      return fault
    },
  )
  const told = JSON.parse(done.stdout) as Imported
  const unfit = told.failed.filter((one) => one.code !== 'document.empty')
  if (unfit.length > 0) throw new Error(`not imported: ${unfit.map((one) => one.path).join(', ')}`)
  return told
}

/** The whole folder goes in; every file must be listed, and come back as it was. @throws Error that names the first that does not */
async function checkWhole(firm: Firm, dir: string): Promise<void> {
  const { matter } = await bring(firm, dir, 'the whole corpus')
  const { documents } = await firm.caller.ok('document.list', { params: { matter }, query: { limit: 1000 } })
  const listed = new Map(documents.map((one) => [join(one.folder, one.name), one]))
  for (const name of await filesUnder(dir)) {
    const document = listed.get(name.normalize('NFC')) ?? listed.get(name)
    if (!document) throw new Error(`${name} is not listed`)
    const { bytes } = await firm.caller.ask('document.download', { params: { document: document.id } })
    if (sha256(bytes) !== sha256(await readFile(join(dir, name)))) throw new Error(`${name} came back as something else`)
  }
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** Seconds. */
async function plainCopy(from: string, to: string, names: string[]): Promise<number> {
  const begun = performance.now()
  for (const name of names) {
    const path = join(to, name)
    await mkdir(dirname(path), { recursive: true })
    const file = await open(path, 'wx')
    await file.writeFile(await readFile(join(from, name)))
    await file.sync()
    await file.close()
    const folder = await open(dirname(path), 'r')
    await folder.sync()
    await folder.close()
  }
  return (performance.now() - begun) / 1000
}
