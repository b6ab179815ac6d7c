import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openScanner } from '../../src/platform/scanner.ts'
import { EICAR } from './clamd.ts'

/** Debian's package clamav-daemon. */
export const CLAMD = '/usr/sbin/clamd'
export const hasClamd = existsSync(CLAMD)
/** `StreamMaxLength`, bytes. */
export const MOST = 1024 * 1024

/** Debian's clamd in a folder of its own, with a database of one signature, so that it starts without having been to the network. */
export class RealClamd {
  #child: ChildProcess | null = null
  dir = ''
  path = ''

  async open(): Promise<this> {
    this.dir = await mkdtemp(join(tmpdir(), 'subrosa-clamd-'))
    await chmod(this.dir, 0o755)
    this.path = join(this.dir, 'ctl')
    await mkdir(join(this.dir, 'signatures'))
    await mkdir(this.streams)
    // an extended signature (clamav-documentation, ndb): name, any kind of file, anywhere, these bytes
    await writeFile(join(this.dir, 'signatures/own.ndb'), `Own.Eicar:0:*:${Buffer.from(EICAR).toString('hex')}\n`)
    const settings = {
      LocalSocket: this.path,
      DatabaseDirectory: join(this.dir, 'signatures'),
      TemporaryDirectory: this.streams,
      StreamMaxLength: String(MOST),
      Foreground: 'yes',
    }
    const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`)
    await writeFile(join(this.dir, 'conf'), lines.join(''))
    await this.start()
    return this
  }
  /** Where it spools what it is handed. */
  get streams(): string {
    return join(this.dir, 'streams')
  }
  async start(): Promise<void> {
    this.#child = spawn(CLAMD, ['-c', join(this.dir, 'conf')], { stdio: 'ignore' })
    const scanner = openScanner({ at: { path: this.path }, away: 'hold' })
    for (let tries = 0; (await scanner.version()) === null; tries += 1) {
      if (tries > 300 || this.#child.exitCode !== null) throw new Error('clamd does not start')
      await pause(100)
    }
  }
  signal(name: NodeJS.Signals): void {
    this.#child!.kill(name)
  }
  async kill(): Promise<void> {
    const child = this.#child!
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  async close(): Promise<void> {
    await this.kill()
    await rm(this.dir, { recursive: true, force: true })
  }
}
