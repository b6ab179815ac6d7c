import { request as plainRequest } from 'node:http'
import { request } from 'node:https'
import { webhookSignature } from '../core/webhook.ts'
import { now } from './clock.ts'
import { isSafe } from './network.ts'
import { faultOfConnection, NotTaken } from './not-taken.ts'

/** `ca`: PEM, trusted in place of the public ones. */
export type WebhookPlace = { url: string; secret: string; ca: string | null }
const WHAT = 'The receiver'
const MOST_ANSWER = 64 * 1024

/**
 * Posts a signed body. When it resolves, the receiver has answered with a 2xx. Redirects are not followed: they would carry the ledger
 * elsewhere. What the receiver writes in its answer is read over and not kept.
 * @throws NotTaken
 */
export async function sendWebhook({ url, secret, ca }: WebhookPlace, body: Buffer, type: string, signal: AbortSignal): Promise<void> {
  if (!isSafe(url)) throw new NotTaken('The address is no https address, and the ledger goes over the network only where it is encrypted.')
  const status = await post(new URL(url), { secret, ca, type }, body, signal).catch((fault: unknown) => {
    if (signal.aborted) throw new NotTaken('The receiver did not answer in time.', fault)
    throw faultOfConnection(WHAT, fault)
  })
  if (status < 200 || status > 299) throw new NotTaken(`The receiver answered with HTTP ${status}.`)
}

type Sent = { secret: string; ca: string | null; type: string }
function post(url: URL, { secret, ca, type }: Sent, body: Buffer, signal: AbortSignal): Promise<number> {
  const headers = {
    'content-type': type,
    'content-length': body.length,
    'user-agent': 'Subrosa',
    'subrosa-signature': webhookSignature(secret, Math.floor(now() / 1000), body),
  }
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? request : plainRequest
    const options = {
      method: 'POST',
      headers,
      signal,
      agent: false,
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ...(ca && { ca }),
    } as const
    const sent = send(url, options, (reply) => {
      let size = 0
      reply.on('data', (part: Buffer) => {
        size += part.length
        if (size > MOST_ANSWER) reply.destroy(new NotTaken('The receiver answered with more than it should.'))
      })
      reply.on('error', reject)
      reply.on('end', () => resolve(reply.statusCode ?? 0))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
