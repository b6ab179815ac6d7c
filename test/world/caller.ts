import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import type { Call } from '../../src/contract/call.ts'
import { calls, type CallId } from '../../src/contract/calls.ts'
import type { DocumentView } from '../../src/contract/document.ts'
import type { ErrorAnswer } from '../../src/contract/errors.ts'
import type { Answer, Input } from '../../src/platform/route.ts'

/** What the tests' browser says of itself; a request that carries its cookie says the same. */
export const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

type Sent<C extends CallId> = {
  params?: Partial<Record<keyof NonNullable<Input<C>['params']>, string>>
  query?: Record<string, string | number>
  body?: unknown
}
/** What a browser keeps of being signed in. */
export type Visit = { cookie: string | null; jar: [string, string][] }
export type Reply = { status: number; headers: IncomingHttpHeaders; bytes: Buffer; json: unknown }

/** Speaks to a running door over real HTTP, as a browser of one person would: a cookie jar and a same-origin page. */
export class Caller {
  readonly url: string
  /** The session, as a browser keeps it. */
  cookie: string | null = null
  /** What else the browser keeps: the cookie by which it is known again, and a step's. */
  readonly jar = new Map<string, string>()
  /** Where it comes from, as the reverse proxy says; null: as it is. */
  address: string | null = null
  userAgent = USER_AGENT
  bearer: string | null = null
  /** Hears every reply; the world looks for canaries in them. */
  heard: (reply: Reply) => void = () => {}

  constructor(url: string) {
    this.url = url
  }

  get visit(): Visit {
    return { cookie: this.cookie, jar: [...this.jar] }
  }
  /** Goes on as whoever was signed in with these. */
  resume({ cookie, jar }: Visit): this {
    this.cookie = cookie
    for (const [name, value] of jar) this.jar.set(name, value)
    return this
  }

  async ask<C extends CallId>(id: C, sent: Sent<C> = {}): Promise<Reply> {
    const call = calls[id] as Call
    const path = `/api${call.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent((sent.params as Record<string, string>)[name]!))}`
    const query = sent.query
      ? `?${new URLSearchParams(Object.entries(sent.query).map(([name, value]): [string, string] => [name, String(value)]))}`
      : ''
    const body = sent.body === undefined ? undefined : Buffer.from(JSON.stringify(sent.body))
    return this.send(call.method, path + query, body ? { 'content-type': 'application/json' } : {}, body)
  }

  /** The answer of a call that must succeed. */
  async ok<C extends CallId>(id: C, sent: Sent<C> = {}): Promise<NonNullable<Answer<C>>> {
    const reply = await this.ask(id, sent)
    if (reply.status >= 300) throw new Error(`${id} answered ${reply.status}: ${reply.bytes.toString()}`)
    return reply.json as NonNullable<Answer<C>>
  }

  /** The code with which a call is refused; throws when it was not. */
  async refused<C extends CallId>(id: C, sent: Sent<C> = {}): Promise<string> {
    const reply = await this.ask(id, sent)
    if (reply.status < 400) throw new Error(`${id} was not refused: ${reply.status}`)
    return (reply.json as ErrorAnswer).error.code
  }

  async upload(matter: string, name: string, folder: string, bytes: Buffer): Promise<DocumentView> {
    const reply = await this.tryUpload(matter, name, folder, bytes)
    if (reply.status !== 201) throw new Error(`upload answered ${reply.status}: ${reply.bytes.toString()}`)
    return reply.json as DocumentView
  }
  tryUpload(matter: string, name: string, folder: string, bytes: Buffer): Promise<Reply> {
    return this.send(
      'POST',
      `/api/matters/${matter}/documents`,
      { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name), 'x-file-folder': encodeURIComponent(folder) },
      bytes,
    )
  }

  async send(method: string, path: string, headers: Record<string, string> = {}, body?: Buffer): Promise<Reply> {
    const own: Record<string, string> = { ...headers }
    if (this.bearer) own.authorization = `Bearer ${this.bearer}`
    else own.cookie = [...(this.cookie ? [this.cookie] : []), ...[...this.jar].map(([name, value]) => `${name}=${value}`)].join('; ')
    if (this.address) own['x-forwarded-for'] = this.address
    own['user-agent'] ??= this.userAgent
    if (!('sec-fetch-site' in own)) own['sec-fetch-site'] = 'same-origin'
    if (body) own['content-length'] = String(body.length)
    const reply = await exchange(this.url + path, method, own, body)
    for (const line of reply.headers['set-cookie'] ?? []) {
      const [name, value] = line.split(';')[0]!.split('=', 2) as [string, string]
      if (/^(__Host-)?subrosa$/.test(name)) this.cookie = value === '' ? null : `${name}=${value}`
      else if (value === '') this.jar.delete(name)
      else this.jar.set(name, value)
    }
    this.heard(reply)
    return reply
  }
}

function exchange(url: string, method: string, headers: Record<string, string>, body?: Buffer): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers, agent: false }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () => {
        const bytes = Buffer.concat(parts)
        const isJson = answer.headers['content-type']?.startsWith('application/json')
        resolve({
          status: answer.statusCode!,
          headers: answer.headers,
          bytes,
          json: isJson && bytes.length > 0 ? JSON.parse(bytes.toString()) : null,
        })
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}
