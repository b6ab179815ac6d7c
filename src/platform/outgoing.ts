import { request as plainRequest } from 'node:http'
import { request } from 'node:https'
import { isSafe } from './network.ts'

/** What is sent to another's server, and how much of it is borne. Bytes and milliseconds. */
export type Sending = { method: 'GET' | 'POST'; type?: string; body?: string | Buffer; mostBytes: number; withinMs: number }
export type Received = { status: number; type: string; body: Buffer }

/** Nobody there, not in time, too much, or not by an address that is safe. `reason` is a word for a log; no text of the other side. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
  readonly reason: string
  constructor(reason: string, cause?: unknown) {
    super(`couldn’t reach a server: ${reason}`, { cause })
    this.reason = reason
  }
}

/**
 * Asks a server of somebody else's, over https or on this machine, with the certificate checked. Redirects are not followed, and
 * nothing of ours but the body is sent. `close` as the answer's headers say; one connection for each question. @throws Unreachable
 */
export function sendOut(address: string, { method, type, body, mostBytes, withinMs }: Sending): Promise<Received> {
  if (!isSafe(address)) return Promise.reject(new Unreachable('the address is neither https nor on this machine'))
  const url = new URL(address)
  const signal = AbortSignal.timeout(withinMs)
  const headers = { ...(type && { 'content-type': type }), ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) }
  return new Promise((resolve, reject) => {
    const fail = (fault: NodeJS.ErrnoException) => reject(new Unreachable(signal.aborted ? 'late' : (fault.code ?? 'broken'), fault))
    const sent = (url.protocol === 'https:' ? request : plainRequest)(url, { method, headers, signal, agent: false }, (reply) => {
      const parts: Buffer[] = []
      let size = 0
      reply.on('data', (part: Buffer) => {
        size += part.length
        if (size > mostBytes) reply.destroy(Object.assign(new Error('too long'), { code: 'long' }))
        else parts.push(part)
      })
      reply.on('error', fail)
      reply.on('end', () =>
        resolve({ status: reply.statusCode ?? 0, type: reply.headers['content-type'] ?? '', body: Buffer.concat(parts) }),
      )
    })
    sent.on('error', fail)
    sent.end(body)
  })
}
