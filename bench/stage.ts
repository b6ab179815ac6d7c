import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { joinBase } from '../src/platform/base.ts'
import { readConfig } from '../src/platform/config.ts'
import { openKeyring } from '../src/platform/keyring.ts'
import type { Ready as BaselineReady } from './baseline-server.ts'
import type { Done, Order } from './client.ts'
import { found, start, type Firm } from './firm.ts'

type Options = { quick: boolean; corpus: string | null; /** a WebDAV or HTTP server to put beside ours */ peer: URL | null }

export type Baseline = { port: number; /** where its files are */ dir: string }
/** What stands beside ours in a transfer: a server that takes and gives files by their names. */
export type Other = {
  what: string
  to: { host?: string; port: number; authorization: string | null }
  method: 'POST' | 'PUT'
  path(name: string): string
  remove(name: string): Promise<void>
}

/** What figures share. Firm, baseline server and client are started by whoever needs them first, and ended with the stage. */
export type Stage = Options & {
  /** A temporary folder, removed at the end; PostgreSQL's user may pass through it. */
  dir: string
  /** A fresh folder below `dir`. */
  folder(name: string): Promise<string>
  /** The firm that stands: one person, one access token. */
  firm(): Promise<Firm>
  /** The small server without sealing, on the same PostgreSQL. */
  baseline(): Promise<Baseline>
  /** The peer that was named; else that small server. */
  other(): Promise<Other>
  /** Has the client process do one thing. */
  client(order: Order): Promise<Done>
  /** Something of a figure's own that must be ended even when the figure fails. */
  closing(step: () => Promise<unknown>): void
  end(): Promise<void>
}

export async function openStage(options: Options): Promise<Stage> {
  const dir = await mkdtemp(join(tmpdir(), 'subrosa-bench-'))
  await chmod(dir, 0o711)
  const steps: (() => Promise<unknown>)[] = [() => rm(dir, { recursive: true, force: true })]
  let count = 0
  let firm: Promise<Firm> | null = null
  let baseline: Promise<Baseline> | null = null
  let client: ChildProcess | null = null
  let ending: Promise<void> | null = null

  const stage: Stage = {
    ...options,
    dir,
    folder: async (name) => {
      const path = join(dir, `${name}-${(count += 1)}`)
      await mkdir(path, { mode: 0o711 })
      return path
    },
    firm: () => (firm ??= openFirm()),
    baseline: () => (baseline ??= openBaseline()),
    other: () => (options.peer ? Promise.resolve(peerAt(options.peer)) : ownOther(stage)),
    client: async (order) => {
      if (!client) {
        client = fork(join(import.meta.dirname, 'client.ts'))
        steps.push(() => ended(client!))
      }
      client.send(order)
      const [done] = (await once(client, 'message')) as [Done]
      if ('fault' in done) throw new Error(`the client: ${done.fault}`)
      return done
    },
    closing: (step) => void steps.push(step),
    end: () =>
      (ending ??= (async () => {
        for (const step of steps.splice(0).reverse()) await step().catch((fault: unknown) => console.error('while cleaning up:', fault))
      })()),
  }
  return stage

  async function openFirm(): Promise<Firm> {
    const running = await start(await stage.folder('firm'))
    steps.push(() => running.stop())
    return found(running, dir)
  }

  async function openBaseline(): Promise<Baseline> {
    const { data, keyring } = (await stage.firm()).place
    const config = readConfig({ data, keyring }, {})
    const base = await joinBase(config, await openKeyring(keyring, data))
    const child = fork(join(import.meta.dirname, 'baseline-server.ts'))
    steps.push(() => ended(child))
    const files = await stage.folder('baseline')
    child.send({ where: base!.migrator, dir: files })
    const [{ port }] = (await once(child, 'message')) as [BaselineReady]
    return { port, dir: files }
  }
}

async function ownOther(stage: Stage): Promise<Other> {
  const { port, dir } = await stage.baseline()
  return {
    what: 'a server that streams, fsyncs and keeps a row without sealing',
    to: { port, authorization: null },
    method: 'POST',
    path: (name) => `/files/${name}`,
    remove: (name) => rm(join(dir, name)),
  }
}

/** Takes files by PUT, gives them by GET and removes them by DELETE, as WebDAV does (RFC 4918). */
function peerAt(url: URL): Other {
  const authorization = url.username
    ? `Basic ${Buffer.from(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`).toString('base64')}`
    : null
  const path = (name: string) => `${url.pathname.replace(/\/$/, '')}/${name}`
  return {
    what: `the server at ${url.host}`,
    to: { host: url.hostname, port: Number(url.port || 80), authorization },
    method: 'PUT',
    path,
    remove: async (name) => {
      const { status } = await fetch(new URL(path(name), url.origin), { method: 'DELETE', headers: authorization ? { authorization } : {} })
      if (status > 299) throw new Error(`${url.host} did not remove ${name}: ${status}`)
    },
  }
}

/** Both processes end by themselves when their channel closes. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.disconnect()
  await gone
}
