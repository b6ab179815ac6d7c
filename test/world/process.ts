import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { joinBase } from '../../src/platform/base.ts'
import { readConfig } from '../../src/platform/config.ts'
import { openKeyring } from '../../src/platform/keyring.ts'
import { connect } from '../../src/platform/postgres.ts'

const CLI = join(import.meta.dirname, '../../src/cli/main.ts')

/** A folder that root's PostgreSQL user can pass through too. */
export async function makeFolder(name: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), `subrosa-${name}-`))
  await chmod(dir, 0o711)
  return dir
}

/** The environment of a command: ours without the settings of the machine that runs the tests. */
const environment = (home: string): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SUBROSA_') && name !== 'DATABASE_URL')),
  HOME: home,
  XDG_STATE_HOME: join(home, 'state'),
})

export type Finished = { code: number | null; stdout: string; stderr: string }

/** Runs one command to its end, as a person in a shell would. */
export function run(home: string, args: string[], input = '', extra: Record<string, string> = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, ...args], {
      env: { ...environment(home), ...extra },
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (part: Buffer) => (stdout += part.toString()))
    child.stderr.on('data', (part: Buffer) => (stderr += part.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
    child.stdin.end(input)
  })
}

export type Served = {
  child: ChildProcess
  url: string
  setup: string | null
  log: () => string
  /** Every session as if its factor had been proved an hour ago; set in the database, as its owner. */
  stale(): Promise<void>
  /** And as if just now: a test may take longer than its five minutes. */
  fresh(): Promise<void>
  /** Says something in the database, as its owner: what a test cannot wait for. */
  sql(text: string): Promise<void>
  ended: Promise<number | null>
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts the server as its own process and waits for its one line of JSON. */
export async function serve(home: string, data: string, extra: Record<string, string> = {}): Promise<Served> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, 'start', '--data', data, '--port', '0', '--json'], {
    env: { ...environment(home), ...extra },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  child.stderr!.on('data', (part: Buffer) => (log += part.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).once('line', resolve)
    void ended.then((code) => reject(new Error(`the server ended with ${code}: ${log}`)))
  })
  // an earlier build would be served, and pages tested that nobody wrote
  if (log.includes('could not be built')) {
    child.kill()
    await ended
    throw new Error(log)
  }
  const { url, setup } = JSON.parse(line) as { url: string; setup: string | null }
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return ended
  }
  const sql = async (text: string) => {
    const config = readConfig({ data }, {})
    const base = await joinBase(config, await openKeyring(config.keyring, data))
    const { db, end } = await connect(base!.migrator)
    await db.run(text)
    await end()
  }
  const proved = (when: string) => sql(`update app.sessions set factor_at = ${when}`)
  return {
    child,
    url,
    setup,
    log: () => log,
    stale: () => proved(`now() - interval '1 hour'`),
    fresh: () => proved('now()'),
    sql,
    ended,
    stop,
  }
}

export const remove = (dir: string): Promise<void> => rm(dir, { recursive: true, force: true })

export type Witnessing = { url: string; vkey: string; log: () => string; stop(signal?: NodeJS.Signals): Promise<number | null> }

/** Starts `subrosa witness run` as its own process and waits for its one line of JSON. */
export async function serveWitnessing(home: string, dir: string, port = '0'): Promise<Witnessing> {
  const args = ['--disable-warning=ExperimentalWarning', CLI, 'witness', 'run', '--dir', dir, '--port', port, '--json']
  const child = spawn(process.execPath, args, { env: environment(home), stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  child.stderr!.on('data', (part: Buffer) => (log += part.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).once('line', resolve)
    void ended.then((code) => reject(new Error(`the witness ended with ${code}: ${log}`)))
  })
  const { url, vkey } = JSON.parse(line) as { url: string; vkey: string }
  return { url, vkey, log: () => log, stop: (signal = 'SIGTERM') => (child.kill(signal), ended) }
}
