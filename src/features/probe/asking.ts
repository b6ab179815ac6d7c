import { Agent, request as httpRequest } from 'node:http'
import type { Question } from './questions.ts'

/** `headers`: as they came, in their order, names in lower case. `ms`: from the first byte that was sent to the last that came. */
export type Answer = { status: number; headers: [name: string, value: string][]; bytes: Buffer; ms: number }

/** Over this a page would not wait either. */
const MOST_MS = 60_000

/** One person's connection to the firm's own door, over its private socket; one question after the other. */
export class Line {
  readonly #socketPath: string
  readonly #authorization: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  /** How many questions were asked. */
  asked = 0

  constructor(socketPath: string, secret: string) {
    this.#socketPath = socketPath
    this.#authorization = `Bearer ${secret}`
  }

  /** @throws Error when the door is gone */
  ask({ method, path, headers, body }: Question): Promise<Answer> {
    this.asked += 1
    return new Promise((resolve, reject) => {
      const began = performance.now()
      const request = httpRequest({
        socketPath: this.#socketPath,
        agent: this.#agent,
        method,
        path,
        timeout: MOST_MS,
        headers: {
          'host': 'localhost',
          'user-agent': 'Subrosa probe',
          'authorization': this.#authorization,
          'sec-fetch-site': 'same-origin',
          ...headers,
          ...(body && { 'content-length': body.length }),
        },
      })
      request.on('timeout', () => request.destroy(new Error(`${method} was not answered within a minute`)))
      request.on('error', reject)
      request.once('response', (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.once('error', reject)
        response.once('end', () => {
          const ms = performance.now() - began
          resolve({ status: response.statusCode!, headers: pairsIn(response.rawHeaders), bytes: Buffer.concat(parts), ms })
        })
      })
      request.end(body ?? undefined)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

const pairsIn = (raw: string[]): [string, string][] =>
  raw.flatMap((name, at): [string, string][] => (at % 2 === 0 ? [[name.toLowerCase(), raw[at + 1]!]] : []))
