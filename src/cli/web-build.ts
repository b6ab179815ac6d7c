import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { progress, tell } from './terminal.ts'

const ROOT = join(import.meta.dirname, '../..')
const DIST = join(ROOT, 'web/dist')
const BUILT_FROM = join(DIST, '.built-from')
const VITE = join(ROOT, 'node_modules/vite/bin/vite.js')
const LOCK = join(ROOT, 'node_modules/.cache/subrosa-web.lock')

/**
 * The folder of the web app, built first when its sources are not those of the last build; null when there is none and
 * none can be made, with a sentence that says so. Ends with `signal`.
 */
export async function prepareWeb(signal: AbortSignal): Promise<string | null> {
  const sources = await digestOfSources()
  if (await isBuiltFrom(sources)) return DIST
  if (!(await exists(VITE)))
    return standing('The web app cannot be built here: its tools are not installed (npm ci without --omit=dev brings them).', false)
  if (!(await isWritable())) return standing(`The web app cannot be built here: ${join(ROOT, 'web')} is not this user’s to write.`, true)
  const release = await takeTurn(signal)
  try {
    if (await isBuiltFrom(sources)) return DIST
    const fault = await build(signal)
    if (fault !== null) return signal.aborted ? null : standing(`The web app could not be built:\n${fault}`, true)
    await writeFile(BUILT_FROM, `${sources}\n`)
    return DIST
  } finally {
    await release()
  }
}

/** What an earlier build left, or nothing; and a sentence about it. */
async function standing(why: string, isOld: boolean): Promise<string | null> {
  const stands = await exists(join(DIST, 'index.html'))
  if (!stands) tell(`${why} Only the API is served.`)
  else if (isOld) tell(`${why} The one that was built before is served.`)
  return stands ? DIST : null
}

/** SHA-256 over names and contents of all that the build is made from. */
async function digestOfSources(): Promise<string> {
  const files = [
    ...(await filesUnder('web')),
    ...(await filesUnder('src/contract')),
    ...(await filesUnder('src/core')),
    'package-lock.json',
  ].sort()
  const hash = createHash('sha256')
  const contents = await Promise.all(files.map((name) => readFile(join(ROOT, name))))
  files.forEach((name, i) => hash.update(`${name}\0${contents[i]!.length}\0`).update(contents[i]!))
  return hash.digest('hex')
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { withFileTypes: true }).catch(() => [])
  const below = await Promise.all(
    entries.map(async (entry) => {
      const name = `${folder}/${entry.name}`
      if (entry.isDirectory()) return name === 'web/dist' || entry.name === 'node_modules' ? [] : filesUnder(name)
      return entry.isFile() ? [name] : []
    }),
  )
  return below.flat()
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )
const isBuiltFrom = async (sources: string): Promise<boolean> => (await readFile(BUILT_FROM, 'utf8').catch(() => '')).trim() === sources
const isWritable = (): Promise<boolean> =>
  Promise.all(['web', 'node_modules'].map((name) => access(join(ROOT, name), constants.W_OK))).then(
    () => true,
    () => false,
  )

/** One build at a time: two first starts at once would write into each other's folder. */
async function takeTurn(signal: AbortSignal): Promise<() => Promise<void>> {
  await mkdir(join(LOCK, '..'), { recursive: true })
  for (;;) {
    try {
      const handle = await open(LOCK, 'wx')
      await handle.writeFile(String(process.pid))
      await handle.close()
      return () => rm(LOCK, { force: true })
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
    }
    const pid = Number(await readFile(LOCK, 'utf8').catch(() => ''))
    if (pid > 0 && !isAlive(pid)) await rm(LOCK, { force: true })
    else await pause(200, undefined, { signal })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Null when it was built; otherwise the last of what the build said. */
async function build(signal: AbortSignal): Promise<string | null> {
  const line = progress()
  const begun = performance.now()
  const show = () => line.show(`Building the web app, once: ${Math.round((performance.now() - begun) / 1000)} s`)
  if (!process.stderr.isTTY) tell('Building the web app, once. This takes some seconds.')
  const ticking = setInterval(show, 200)
  const said: Buffer[] = []
  const child = spawn(process.execPath, [VITE, 'build', '--config', join(ROOT, 'web/vite.config.ts'), '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = () => child.kill('SIGTERM')
  signal.addEventListener('abort', end)
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => said.push(piece))
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null))
    child.once('close', resolve)
  })
  clearInterval(ticking)
  signal.removeEventListener('abort', end)
  line.end()
  if (code === 0) tell(`The web app is built (${((performance.now() - begun) / 1000).toFixed(1)} s).`)
  return code === 0 ? null : Buffer.concat(said).toString('utf8').trim().split('\n').slice(-15).join('\n') || `vite ended with ${code}`
}
