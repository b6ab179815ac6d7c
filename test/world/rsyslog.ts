import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const PROGRAM = '/usr/sbin/rsyslogd'
const FIXTURES = join(import.meta.dirname, '../fixtures')
/** Debian's rsyslog with its TLS driver (packages rsyslog and rsyslog-gnutls). */
export const HAS_RSYSLOG =
  existsSync(PROGRAM) && ['x86_64', 'aarch64'].some((cpu) => existsSync(`/usr/lib/${cpu}-linux-gnu/rsyslog/lmnsd_gtls.so`))
export const CA = join(FIXTURES, 'mail-ca.pem')

export type Line = { at: string; host: string; app: string; id: string; data: string; text: string }

/** A real rsyslog of our own: its folder, its port, its process, ended by its id. What it takes it writes to its disk before it reads on. */
export class Rsyslog {
  #child: ChildProcess | null = null
  #dir = ''
  port = 0

  async open(): Promise<this> {
    this.#dir = await mkdtemp(join(tmpdir(), 'subrosa-rsyslog-'))
    this.port = await freePort()
    await writeFile(
      join(this.#dir, 'rsyslog.conf'),
      `global(workDirectory="${this.#dir}" defaultNetstreamDriver="gtls" maxMessageSize="64k" parser.escapeControlCharactersOnReceive="off"
  defaultNetstreamDriverCAFile="${CA}" defaultNetstreamDriverCertFile="${join(FIXTURES, 'mail-localhost.pem')}" defaultNetstreamDriverKeyFile="${join(FIXTURES, 'mail-localhost.key.pem')}")
module(load="imtcp" StreamDriver.Name="gtls" StreamDriver.Mode="1" StreamDriver.AuthMode="anon")
template(name="whole" type="list") { constant(value="{") property(outname="at" name="timereported" dateFormat="rfc3339" format="jsonf") constant(value=",")
  property(outname="host" name="hostname" format="jsonf") constant(value=",") property(outname="app" name="app-name" format="jsonf") constant(value=",")
  property(outname="id" name="msgid" format="jsonf") constant(value=",") property(outname="data" name="structured-data" format="jsonf") constant(value=",")
  property(outname="text" name="msg" format="jsonf") constant(value="}\\n") }
input(type="imtcp" port="${this.port}" address="127.0.0.1" ruleset="all")
ruleset(name="all" queue.type="direct") { action(type="omfile" file="${join(this.#dir, 'taken')}" template="whole" asyncWriting="off" flushOnTXEnd="on") }
`,
    )
    await this.start()
    return this
  }

  async start(): Promise<void> {
    const child = spawn(PROGRAM, ['-n', '-f', join(this.#dir, 'rsyslog.conf'), '-i', join(this.#dir, 'pid')], { stdio: 'ignore' })
    this.#child = child
    for (const end = performance.now() + 60_000; performance.now() < end; await pause(50)) {
      if (child.exitCode !== null) throw new Error(`rsyslogd ended with ${child.exitCode}`)
      if (await listens(this.port)) return
    }
    throw new Error('rsyslogd does not listen')
  }

  /** `SIGSTOP` only holds it. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    if (signal !== 'SIGSTOP') await ended
  }

  async close(): Promise<void> {
    await this.stop('SIGKILL')
    await rm(this.#dir, { recursive: true, force: true })
  }

  /** What it has taken, in the order in which it came. */
  async lines(): Promise<Line[]> {
    const text = await readFile(join(this.#dir, 'taken'), 'utf8').catch(() => '')
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line)
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => (socket.destroy(), resolve(true)))
    socket.once('error', () => resolve(false))
  })
