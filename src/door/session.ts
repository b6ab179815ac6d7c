import type { FastifyReply, FastifyRequest } from 'fastify'
import { readSecret, shown } from '../features/sign-in/secrets.ts'
import { now } from '../platform/clock.ts'
import type { Begun } from '../platform/route.ts'
import type { Secret } from '../platform/ways.ts'

/** The session; the browser itself, to be known again; what a step of a sign-in keeps for the next. */
type Cookie = 'subrosa' | 'subrosa-device' | 'subrosa-step'
/** `__Host-` binds a cookie to this host over https; on plain-http loopback browsers refuse that prefix. */
const nameOf = (cookie: Cookie, secure: boolean): string => (secure ? `__Host-${cookie}` : cookie)
/** As long as browsers keep a cookie at most. */
const DEVICE_SECONDS = 400 * 86_400
const STEP_SECONDS = 600

function cookieOf(request: FastifyRequest, cookie: Cookie, secure: boolean): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2)
    // over https only the name that no other host can plant
    if (value && name === nameOf(cookie, secure)) return value
  }
  return null
}

/** What a request presents: a bearer token before a cookie; nothing is ever taken from the URL. */
export function presented(request: FastifyRequest, secure: boolean): { secret: Secret | null; by: 'bearer' | 'cookie' } {
  const header = request.headers.authorization
  if (header !== undefined) {
    const match = /^Bearer ([\w-]+)$/i.exec(header)
    return { secret: match ? readSecret(match[1]!) : null, by: 'bearer' }
  }
  const value = cookieOf(request, 'subrosa', secure)
  return { secret: value === null ? null : readSecret(value), by: 'cookie' }
}

/** The secret by which this browser is known again; null when it has none. */
export function deviceOf(request: FastifyRequest, secure: boolean): Secret | null {
  const value = cookieOf(request, 'subrosa-device', secure)
  return value === null ? null : readSecret(value)
}
/** What an earlier step kept in this browser, as it was kept. */
export const keptBy = (request: FastifyRequest, secure: boolean): string | null => cookieOf(request, 'subrosa-step', secure)

const cookie = (name: Cookie, value: string, seconds: number, secure: boolean): string =>
  `${nameOf(name, secure)}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure ? '; Secure' : ''}`

export function setCookie(reply: FastifyReply, begun: Begun, secure: boolean): void {
  const seconds = Math.max(0, Math.floor((begun.endsAt.getTime() - now()) / 1000))
  void reply.header('set-cookie', cookie('subrosa', shown(begun.secret), seconds, secure))
  if (begun.device) void reply.header('set-cookie', cookie('subrosa-device', shown(begun.device), DEVICE_SECONDS, secure))
}

/** `text` is sealed and base64url; null forgets. */
export function keepCookie(reply: FastifyReply, text: string | null, secure: boolean): void {
  void reply.header('set-cookie', cookie('subrosa-step', text ?? '', text === null ? 0 : STEP_SECONDS, secure))
}

/** The session's cookie goes, and all that the page kept; the browser stays known, or each sign-in would be on a new device. */
export function clearCookie(reply: FastifyReply, secure: boolean): void {
  void reply.header('set-cookie', cookie('subrosa', '', 0, secure)).header('clear-site-data', '"cache", "storage"')
}
