import { stat } from 'node:fs/promises'
import { dirname, join as joinPath } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Call } from '../contract/call.ts'
import { calls, type CallId } from '../contract/calls.ts'
import type { Config } from '../platform/config.ts'
import { whoHolds } from '../platform/data-folder.ts'
import { openLog, type Log } from '../platform/log.ts'
import { socketPath } from '../platform/private-socket.ts'
import { Stop } from '../platform/refusal.ts'
import type { Running } from '../main.ts'
import { doorAt, exchange, exchangeBytes, exchangeText, isListening, Lost, Refused, type Send } from './exchange.ts'
import { tell } from './terminal.ts'

type Of<C extends CallId> = (typeof calls)[C]
type Part<K extends string, T> = [T] extends [undefined] ? unknown : { [key in K]: T }
/** What a call is sent, by the contract; of the query only what differs from its defaults. */
export type Sent<C extends CallId> =
  Of<C> extends Call<infer P, infer Q, infer B, infer _A> ? Part<'params', P> & Part<'body', B> & { query?: Partial<Q> } : never
export type Answered<C extends CallId> = Of<C> extends Call<infer _P, infer _Q, infer _B, infer A> ? A : never

/** The firm as a command sees it: the same calls as anyone's, over the private socket, with the rights of the token. */
export type Joined = {
  /** @throws Refused with the server's code and sentence, Lost when the server went away */
  ask<C extends CallId>(id: C, sent: Sent<C>): Promise<Answered<C>>
  /** The same call with a body of bytes. */
  send<C extends CallId>(id: C, sent: Sent<C>, headers: Record<string, string | number>, body: Send): Promise<Answered<C>>
  /** A call that gives bytes, as text. */
  read<C extends CallId>(id: C, sent: Sent<C>): Promise<string>
  /** A call that gives bytes, as they come. @throws Stop `export.broken` when they end before they are whole; what `take` throws */
  save<C extends CallId>(id: C, sent: Sent<C>, take: (parts: AsyncIterable<Buffer>) => Promise<void>): Promise<void>
  /** The set-up secret of a firm that this process opened itself. */
  setupSecret: string | null
  /** Settles when the firm that this process opened can be trusted no more. */
  fatal: Promise<string>
  isClosed(): boolean
  close(): Promise<void>
}

/** How long a server that holds the data folder may take until its socket answers. */
const PATIENCE_MS = 20_000

/**
 * Joins the firm that runs on this data folder, or opens it in this process, without network, until `close`.
 * Ctrl-C closes it before the process ends.
 * KNOWN: a command that joins a firm which another command opened loses it when that one is done, and says `server.lost`.
 * @throws Stop `data.empty`, `data.not_yours`, `data.in_use`, `server.impostor`, and what `openFirm` refuses
 */
export async function join(config: Config, token: string | null = null): Promise<Joined> {
  await refuseEmpty(config)
  for (const until = performance.now() + PATIENCE_MS; ; await pause(100)) {
    if (await isAnswering(config)) return speak(config, token, null)
    const holder = await whoHolds(config.data)
    if (!holder) {
      const running = await openAlone(config).catch(yieldToRival)
      if (running) return speak(config, token, running)
    } else if (performance.now() > until) throw inUse(config, holder.pid)
  }
}

/** Opens the firm in this process; nobody else may be running it. @throws Stop `data.in_use` */
export async function openHere(config: Config): Promise<Joined> {
  return speak(config, null, await openAlone(config))
}

const inUse = (config: Config, pid: number) =>
  new Stop(
    'data.in_use',
    `The data folder ${config.data} is in use by process ${pid}, and that one takes no commands now. Wait until it is done, or stop it.`,
  )

// another process took the folder between our look and our opening: join that one
function yieldToRival(fault: unknown): null {
  if (fault instanceof Stop && fault.code === 'data.in_use') return null
  throw fault
}

/** A command of a firm's must not make one up because a folder was misspelt. */
async function refuseEmpty({ data }: Config): Promise<void> {
  const found = await stat(joinPath(data, 'firm.json')).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'EACCES') throw notYours(data)
    if (fault.code === 'ENOENT' || fault.code === 'ENOTDIR') return null
    throw fault
  })
  if (!found)
    throw new Stop(
      'data.empty',
      `There is no firm in ${data}. Name its folder with --data or SUBROSA_DATA, or make one with: subrosa start`,
    )
}

const notYours = (data: string) =>
  new Stop('data.not_yours', `The data folder ${data} belongs to another user of this machine. Run this as that user.`)

/** A firm is run by the user who made it: root would give the database's files away, and that user could not start it again. */
export async function refuseForeign({ data }: Config): Promise<void> {
  const made = await stat(joinPath(data, 'firm.json')).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'EACCES') throw notYours(data)
    return null
  })
  if (made && process.geteuid && made.uid !== process.geteuid()) throw notYours(data)
}

async function openAlone(config: Config): Promise<Running> {
  await refuseForeign(config)
  const { openFirm } = await import('../main.ts')
  return openFirm(config, { log: quietLog, network: false, web: null })
}

/** What a command says of the firm that it opened for itself: faults only. */
export const quietLog: Log = { ...openLog((line) => process.stderr.write(line)), info: () => {}, warn: () => {} }

/** Whether a server of this data folder's owner listens on the private socket. */
async function isAnswering(config: Config): Promise<boolean> {
  const path = socketPath(config.data)
  const connected = await isListening(path)
  if (connected === 'forbidden') throw notYours(config.data)
  if (connected) await refuseImpostor(config, path)
  return connected
}

// a password is about to go through it, and a socket path that is too long for the data folder stands in /tmp
async function refuseImpostor({ data }: Config, path: string): Promise<void> {
  const [room, home] = await Promise.all([stat(dirname(path)), stat(joinPath(data, 'firm.json'))])
  if (process.platform !== 'win32' && (room.uid !== home.uid || room.mode & 0o077))
    throw new Stop(
      'server.impostor',
      `The folder ${dirname(path)} is not the server’s alone, so nothing is sent there. Remove it and start the server again.`,
    )
}

function speak(config: Config, token: string | null, running: Running | null): Joined {
  const door = doorAt(socketPath(config.data), token)
  let closing: Promise<void> | null = null
  const close = () => (closing ??= end())
  const end = async () => {
    door.agent.destroy()
    await running?.stop()
    stopWatching()
  }
  const stopWatching = closeOnSignals(close)
  const send = async <C extends CallId>(
    id: C,
    sent: Sent<C>,
    headers: Record<string, string | number>,
    body: Send,
  ): Promise<Answered<C>> => {
    const call = calls[id] as Call
    const answer = await exchange(door, { method: call.method, path: addressOf(call, sent), headers, body })
    return (call.answer ? call.answer.parse(answer) : undefined) as Answered<C>
  }
  return {
    send,
    read: (id, sent) => exchangeText(door, { method: calls[id].method, path: addressOf(calls[id] as Call, sent), headers: {}, body: null }),
    save: (id, sent, take) => {
      const { body, headers } = jsonOf(sent)
      return exchangeBytes(door, { method: calls[id].method, path: addressOf(calls[id] as Call, sent), headers, body }, take)
    },
    ask: (id, sent) => {
      const { body, headers } = jsonOf(sent)
      return send(id, sent, headers, body)
    },
    setupSecret: running?.house.setup.secret ?? null,
    fatal: running?.fatal ?? new Promise(() => {}),
    isClosed: () => closing !== null,
    close,
  }
}

function jsonOf(sent: object): { body: Buffer | null; headers: Record<string, string | number> } {
  if (!('body' in sent) || sent.body === undefined) return { body: null, headers: {} }
  const body = Buffer.from(JSON.stringify(sent.body))
  return { body, headers: { 'content-type': 'application/json', 'content-length': body.length } }
}

function addressOf(call: Call, sent: { params?: unknown; query?: object }): string {
  const params = (sent.params ?? {}) as Record<string, string>
  const path = call.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const query = new URLSearchParams(
    Object.entries(sent.query ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([name, value]): [string, string] => [name, String(value)]),
  )
  return `/api${path}${query.size > 0 ? `?${query}` : ''}`
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/** The first signal closes and then ends the process; a second one ends it at once. */
export function closeOnSignals(close: () => Promise<void>): () => void {
  let asked = 0
  const handlers = Object.entries(SIGNALS).map(([name, code]) => {
    const handler = () => {
      asked += 1
      if (asked > 1) process.exit(code)
      tell('Stopping …')
      void close().finally(() => process.exit(code))
    }
    process.on(name, handler)
    return () => process.off(name, handler)
  })
  return () => handlers.forEach((off) => off())
}

/** For work that may end anywhere: the first signal ends the process, and a PostgreSQL that it started with it. */
export function exitOnSignals(): () => void {
  const handlers = Object.entries(SIGNALS).map(([name, code]) => {
    const handler = () => process.exit(code)
    process.once(name, handler)
    return () => process.off(name, handler)
  })
  return () => handlers.forEach((off) => off())
}

export { Lost, Refused }
