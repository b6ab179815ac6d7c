import { Agent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { pipeline } from 'node:stream/promises'
import type { ErrorAnswer } from '../contract/errors.ts'
import { Stop } from '../platform/refusal.ts'

export type Door = { agent: Agent; socketPath: string; headers: Record<string, string> }
/** The private socket, with connections that are kept; `token` is whom to act as. */
export const doorAt = (socketPath: string, token: string | null): Door => ({
  agent: new Agent({ keepAlive: true, maxSockets: 64 }),
  socketPath,
  headers: token ? { authorization: `Bearer ${token}` } : {},
})

/** A body: none, bytes at hand, or a source that is read as the socket takes it; what the source throws is thrown on. */
export type Send = null | Buffer | (() => AsyncIterable<Buffer>)
type Question = { method: string; path: string; headers: Record<string, string | number>; body: Send }

/** The server's no. */
export class Refused extends Error {
  readonly code: string
  readonly status: number
  readonly reference: string | null
  /** What is wrong with which field of what was sent. */
  readonly fields: Record<string, string>
  constructor(status: number, answer: Partial<ErrorAnswer>) {
    super(answer.error?.text ?? (status === 431 ? 'The folder path is too long.' : `The server answered ${status} and no more.`))
    this.code = answer.error?.code ?? (status === 431 ? 'name.refused' : 'fault')
    this.status = status
    this.reference = answer.error?.reference ?? null
    this.fields = answer.error?.fields ?? {}
  }
}

/** The connection ended before the answer: whether the server did what was asked is not known. */
export class Lost extends Stop {
  constructor(cause: unknown) {
    super('server.lost', 'The server went away before it answered. Start it, and give the command again.', cause)
  }
}

/** Whether anyone answers on a socket of this machine; `forbidden` when this user may not ask. */
export const isListening = (path: string): Promise<boolean | 'forbidden'> =>
  new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => (socket.destroy(), resolve(true)))
    socket.once('error', (fault: NodeJS.ErrnoException) => resolve(fault.code === 'EACCES' ? 'forbidden' : false))
  })

/** One request over the private socket; the parsed answer, or undefined when there is none. @throws Refused, Lost */
export async function exchange(door: Door, question: Question): Promise<unknown> {
  const text = await exchangeText(door, question)
  return text === '' ? undefined : parsed(text)
}

/** The same, with the answer as it comes. */
export async function exchangeText(door: Door, { method, path, headers, body }: Question): Promise<string> {
  const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    let own: unknown = null
    const request = httpRequest({
      socketPath: door.socketPath,
      agent: door.agent,
      method,
      path,
      headers: { host: 'localhost', ...door.headers, ...headers },
    })
    request.on('error', (fault) => reject(own ?? new Lost(fault)))
    request.once('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.once('error', (fault) => reject(new Lost(fault)))
      response.once('end', () => {
        resolve({ status: response.statusCode!, text: Buffer.concat(parts).toString('utf8') })
        // it answered before it had the whole body: the rest is of no use to it
        if (!request.writableFinished) request.destroy()
      })
    })
    if (typeof body !== 'function') request.end(body ?? undefined)
    else pump(body, request, (fault) => (own = fault))
  })
  if (status >= 400) throw new Refused(status, (text === '' ? {} : (parsed(text) ?? {})) as Partial<ErrorAnswer>)
  return text
}

/** One request whose answer is taken as it comes. @throws Refused, Lost, Stop `export.broken`; what `take` throws */
export async function exchangeBytes(
  door: Door,
  { method, path, headers, body }: Question & { body: null | Buffer },
  take: (parts: AsyncIterable<Buffer>) => Promise<void>,
): Promise<void> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const { socketPath, agent } = door
    httpRequest({ socketPath, agent, method, path, headers: { host: 'localhost', ...door.headers, ...headers } })
      .once('error', (fault) => reject(new Lost(fault)))
      .once('response', resolve)
      .end(body ?? undefined)
  })
  async function* parts(): AsyncGenerator<Buffer> {
    try {
      yield* response as AsyncIterable<Buffer>
    } catch (fault) {
      throw new Stop(
        'export.broken',
        'The archive broke off and was not kept. The history of the matter says how far it came; the server’s log says why.',
        fault,
      )
    }
  }
  if (response.statusCode! < 400) return take(parts())
  const text = Buffer.concat(await Array.fromAsync(parts())).toString('utf8')
  throw new Refused(response.statusCode!, (parsed(text) ?? {}) as Partial<ErrorAnswer>)
}

/** Streams a source into the request. `broke` is told what the source itself threw before the request is torn down. */
function pump(body: () => AsyncIterable<Buffer>, request: ClientRequest, broke: (fault: unknown) => void): void {
  async function* source() {
    try {
      yield* body()
    } catch (fault) {
      broke(fault)
      throw fault
    }
  }
  // a failure reaches whoever waits as the request's own 'error'
  pipeline(source, request).catch(() => {})
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
