import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFirm, type Running } from '../../src/main.ts'
import { endServerProcesses } from '../../src/platform/cluster-processes.ts'
import { readConfig, type Config } from '../../src/platform/config.ts'
import { silentLog } from '../../src/platform/log.ts'
import { codeOf } from './build.ts'
import { CANARIES } from './canaries.ts'
import { Caller } from './caller.ts'

export type OwnFirm = {
  dir: string
  data: string
  /** its person's session, which outlives stops and restores */ cookie: string
  matter: string
  files: Map<string, Buffer>
}
export type Said = { code: number; out: string; err: string }

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')
const ENV = { PATH: process.env.PATH ?? '', HOME: tmpdir() }

/** A firm with the PostgreSQL that comes along, a matter and some files, stopped; in a folder of its own. */
export async function ownFirm(): Promise<OwnFirm> {
  const dir = await mkdtemp(join(tmpdir(), 'subrosa-own-'))
  await chmod(dir, 0o711)
  const data = join(dir, 'data')
  const files = new Map([
    [CANARIES.file, Buffer.from(`${CANARIES.content}\n`.repeat(400))],
    // exactly whole chunks: the last one, which says that nothing is cut off, is empty
    ['chunks.bin', randomBytes(2 * 16384)],
    ['large.bin', randomBytes(3_000_000)],
  ])
  const firm = await openFirm(configOf(data), { log: silentLog, network: true, web: null })
  try {
    const door = new Caller(firm.url!)
    const secret = firm.house.setup.secret!
    const enrolment = await door.ok('setup.enrol', { body: { secret, email: CANARIES.email } })
    await door.ok('setup.finish', {
      body: {
        secret,
        firm: 'Wren & Ames LLP',
        name: CANARIES.person,
        email: CANARIES.email,
        password: 'a long enough pass phrase',
        totpSecret: enrolment.totpSecret,
        code: codeOf(enrolment.totpSecret),
      },
    })
    const client = await door.ok('client.create', { body: { name: CANARIES.client } })
    const matter = await door.ok('matter.create', { body: { client: client.id, title: CANARIES.title } })
    for (const [name, bytes] of files) await door.upload(matter.id, name, CANARIES.folder, bytes)
    return { dir, data, cookie: door.cookie!, matter: matter.id, files }
  } finally {
    await firm.stop()
  }
}

export const configOf = (data: string): Config => readConfig({ data, port: '0' }, {})

/** A firm like it, to do harm to. */
export async function copyOf(firm: OwnFirm): Promise<OwnFirm> {
  const dir = await mkdtemp(join(tmpdir(), 'subrosa-own-'))
  await chmod(dir, 0o711)
  await cp(firm.dir, dir, { recursive: true, filter: (path) => !path.endsWith('.sock') })
  return { ...firm, dir, data: join(dir, 'data') }
}

/** What a killed command left running here ends first. */
export async function dropFirm(firm: OwnFirm): Promise<void> {
  await endServerProcesses(join(firm.data, 'postgres'))
  await rm(firm.dir, { recursive: true, force: true })
}

/** Runs it while `fn` does something as its person. */
export async function running<T>(firm: OwnFirm, fn: (door: Caller, firm: Running) => Promise<T>): Promise<T> {
  const opened = await openFirm(configOf(firm.data), { log: silentLog, network: true, web: null })
  try {
    const door = new Caller(opened.url!)
    door.cookie = firm.cookie
    return await fn(door, opened)
  } finally {
    await opened.stop()
  }
}

/** The command line, as a shell runs it. */
export const subrosa = (...args: string[]): Promise<Said> =>
  new Promise((resolve) =>
    execFile(process.execPath, [MAIN, ...args], { env: ENV, maxBuffer: 2 ** 26 }, (fault, out, err) =>
      resolve({ code: typeof fault?.code === 'number' ? fault.code : fault ? -1 : 0, out, err }),
    ),
  )
export const started = (...args: string[]): ChildProcess => spawn(process.execPath, [MAIN, ...args], { env: ENV, stdio: 'ignore' })

export async function filesUnder(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
export const bytesUnder = async (dir: string): Promise<Map<string, string>> =>
  new Map(
    await Promise.all(
      (await filesUnder(dir)).map(async (path) => [path.slice(dir.length), (await readFile(path)).toString('base64')] as const),
    ),
  )
