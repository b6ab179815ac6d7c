import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { InUse, takeDataFolder, whoHolds } from './data-folder.ts'

vi.setConfig({ testTimeout: 300_000 })

const isRoot = process.getuid?.() === 0
const cleanups: (() => unknown)[] = []
const dead = JSON.stringify({ pid: 2 ** 22 + 1, started: 1, boot: null, once: 'of a process that is gone' })

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

describe('the folder', () => {
  test('is made with its rooms, closed to others whatever the umask', async () => {
    const dir = join(newFolder(), 'new', 'data')
    const before = process.umask(0o077)
    const folder = await takeDataFolder(dir).finally(() => process.umask(before))
    expect(readdirSync(dir).sort()).toEqual(['blobs', 'keystore', 'lock', 'run'])
    expect(modes(dir, 'blobs', 'blobs/incoming', 'keystore', 'lock')).toEqual([0o700, 0o700, 0o700, 0o600])
    const passable = isRoot ? 0o711 : 0o700
    expect(modes(dir, '.', '..', 'run')).toEqual([passable, passable, passable])
    await folder.release()
    await (await takeDataFolder(dir)).release()
  })

  test('a file is refused', async () => {
    const file = join(newFolder(), 'file')
    writeFileSync(file, '')
    await expect(takeDataFolder(file)).rejects.toThrow(/is a file/)
  })

  test('a folder with other files is refused and left as it is', async () => {
    const dir = newFolder()
    chmodSync(dir, 0o755)
    writeFileSync(join(dir, 'thesis.doc'), '')
    await expect(takeDataFolder(dir)).rejects.toThrow(/holds other files and no Subrosa data/)
    expect(readdirSync(dir)).toEqual(['thesis.doc'])
    expect(modes(dir, '.')).toEqual([0o755])
  })

  test('a folder that everyone can write to is refused', async () => {
    const dir = newFolder()
    chmodSync(dir, 0o1777)
    await expect(takeDataFolder(dir)).rejects.toThrow(/Everyone on this machine can write/)
    expect(modes(dir, '.')).toEqual([0o1777])
  })

  test('an empty folder, a freshly mounted disk and one of ours are taken', async () => {
    for (const names of [[], ['lost+found'], ['firm.json', 'notes.txt']]) {
      const dir = newFolder()
      for (const name of names) writeFileSync(join(dir, name), '')
      await (await takeDataFolder(dir)).release()
    }
  })

  test('a folder that cannot be written to is refused with a sentence', async (context) => {
    if (!isRoot) return context.skip("needs root, to make a folder that is somebody else's")
    const dir = newFolder()
    chmodSync(dir, 0o755)
    const child = start(dir, { uid: 65_534, gid: 65_534 })
    expect(await child.says()).toMatch(/^couldn't write to the data folder .*(EACCES|permission)/)
  })
})

describe('the lock', () => {
  test('names the process that holds it, and lets no other in', async () => {
    const dir = newFolder()
    expect(await whoHolds(dir)).toBeNull()
    expect(await whoHolds(join(dir, 'missing'))).toBeNull()
    const child = start(dir)
    expect(await child.says()).toBe('won')
    expect(await whoHolds(dir)).toEqual({ pid: child.process.pid })
    const refused = await takeDataFolder(dir).catch((error) => error)
    expect(refused).toBeInstanceOf(InUse)
    expect(refused).toMatchObject({ pid: child.process.pid, message: expect.stringContaining(dir) })
  })

  test('of a killed process is taken over', async () => {
    const dir = newFolder()
    const child = start(dir)
    expect(await child.says()).toBe('won')
    await child.kill()
    expect(await whoHolds(dir)).toBeNull()
    await takeDataFolder(dir)
    expect(await whoHolds(dir)).toEqual({ pid: process.pid })
  })

  test('is held once within one process too', async () => {
    const dir = newFolder()
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => takeDataFolder(dir)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('of an id that another process has by now is stale, and so is one of before a restart', async (context) => {
    if (process.platform !== 'linux') return context.skip('start times are known on Linux only')
    const mine = { pid: process.pid, boot: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(), once: 'x' }
    for (const lock of [
      { ...mine, started: 1 },
      { ...mine, started: null, boot: 'another boot' },
      { pid: process.pid, started: 1 },
    ]) {
      const dir = newFolder()
      writeFileSync(join(dir, 'lock'), JSON.stringify(lock))
      expect(await whoHolds(dir)).toBeNull()
      await (await takeDataFolder(dir)).release()
    }
  })

  test('that a power cut left empty is stale', async () => {
    const dir = newFolder()
    writeFileSync(join(dir, 'lock'), '')
    await takeDataFolder(dir)
    expect(await whoHolds(dir)).toEqual({ pid: process.pid })
  })

  test('is given back once, and only when it is still ours', async () => {
    const dir = newFolder()
    const folder = await takeDataFolder(dir)
    await folder.release()
    await folder.release()
    expect(existsSync(join(dir, 'lock'))).toBe(false)
    const child = start(dir)
    expect(await child.says()).toBe('won')
    await folder.release()
    expect(await whoHolds(dir)).toEqual({ pid: child.process.pid })
  })

  test('takeovers that were killed halfway hinder nobody, and are swept away', async () => {
    const dir = newFolder()
    const claim = (content: string) => createHash('sha256').update(content).digest('hex').slice(0, 16)
    writeFileSync(join(dir, 'lock'), dead)
    writeFileSync(join(dir, `lock.${claim(dead)}`), `${dead} `)
    writeFileSync(join(dir, `lock.${claim(dead)}.${claim(`${dead} `)}`), dead)
    writeFileSync(join(dir, 'lock.4194305-00ff.new'), '')
    await takeDataFolder(dir)
    expect(readdirSync(dir).filter((name) => name.startsWith('lock'))).toEqual(['lock'])
    expect(await whoHolds(dir)).toEqual({ pid: process.pid })
  })

  test.each(['a fresh folder', 'a stale lock', 'a stale lock', 'a stale claim'])(
    'of twenty processes that start at once on %s, one wins',
    async (on) => {
      const dir = newFolder()
      if (on !== 'a fresh folder') writeFileSync(join(dir, 'lock'), dead)
      if (on === 'a stale claim')
        writeFileSync(join(dir, `lock.${createHash('sha256').update(dead).digest('hex').slice(0, 16)}`), `${dead} `)
      const children = Array.from({ length: 20 }, () => start(dir, {}, true))
      for (const child of children) expect(await child.says()).toBe('ready')
      for (const child of children) child.process.stdin!.write('go\n')
      const answers = await Promise.all(children.map((child) => child.says()))
      expect(answers.filter((answer) => answer === 'won')).toHaveLength(1)
      expect(answers.filter((answer) => answer.startsWith('InUse'))).toHaveLength(19)
      expect(await whoHolds(dir)).toEqual({ pid: children[answers.indexOf('won')]!.process.pid })
    },
  )
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'subrosa-test-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function modes(dir: string, ...names: string[]): number[] {
  return names.map((name) => statSync(join(dir, name)).mode & 0o7777)
}

// A process that takes the folder (after a "go", if it shall wait), says how it went, and stays.
function start(dir: string, user: { uid?: number; gid?: number } = {}, waits = false) {
  const script = `
    import { takeDataFolder } from '${import.meta.dirname}/data-folder.ts'
    process.stdin.resume()
    if (${waits}) { console.log('ready'); await new Promise(go => process.stdin.once('data', go)) }
    await takeDataFolder(${JSON.stringify(dir)}).then(() => console.log('won'), error => console.log(error.name === 'InUse' ? 'InUse ' + error.pid : error.message))`
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', script], {
    ...user,
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  const waiting: ((line: string) => void)[] = []
  let rest = ''
  child.stdout!.on('data', (chunk) => {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop()!
    for (const line of parts) waiting.length > 0 ? waiting.shift()!(line) : lines.push(line)
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const kill = () => {
    child.kill('SIGKILL')
    return ended
  }
  cleanups.push(kill)
  return {
    process: child,
    kill,
    says: () => (lines.length > 0 ? Promise.resolve(lines.shift()!) : new Promise<string>((resolve) => waiting.push(resolve))),
  }
}
