import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../platform/refusal.ts'

const PAGE_POLICY = (nonce: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'`

/** On every answer. `no-store` on all of it; the door's static files say otherwise for themselves. */
export function setHeaders(reply: FastifyReply, secure: boolean): void {
  void reply
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('x-frame-options', 'DENY')
    .header('cross-origin-opener-policy', 'same-origin')
    .header('cross-origin-resource-policy', 'same-origin')
    .header('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
    .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
  if (secure) void reply.header('strict-transport-security', 'max-age=31536000')
}

/** The page's own policy: no script but our files, no style but our files and this nonce's. */
export function setPagePolicy(reply: FastifyReply): string {
  const nonce = randomBytes(16).toString('base64')
  void reply.header('content-security-policy', PAGE_POLICY(nonce))
  return nonce
}

/**
 * Cross-site requests change nothing: a request that carries the cookie comes from our own pages, as the browser says
 * (`Sec-Fetch-Site`), or, where it does not say, by its `Origin`. Bearer requests carry no ambient right.
 * @throws Refusal `origin.refused`
 */
export function checkOrigin(request: FastifyRequest, origins: string[]): void {
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  if (site !== undefined ? site === 'same-origin' : origin !== undefined && origins.includes(origin)) return
  throw new Refusal('origin.refused')
}
