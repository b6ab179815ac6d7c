import type { FastifyReply, FastifyRequest } from 'fastify'
import { readSecret, shown } from '../features/people/secrets.ts'
import { now } from '../platform/clock.ts'
import type { Begun } from '../platform/route.ts'
import type { Secret } from '../platform/ways.ts'

/** `__Host-` binds the cookie to this host over https; on plain-http loopback browsers refuse that prefix. */
const nameOf = (secure: boolean): string => (secure ? '__Host-subrosa' : 'subrosa')

/** What a request presents: a bearer token before a cookie; nothing is ever taken from the URL. */
export function presented(request: FastifyRequest, secure: boolean): { secret: Secret | null; by: 'bearer' | 'cookie' } {
  const header = request.headers.authorization
  if (header !== undefined) {
    const match = /^Bearer ([\w-]+)$/i.exec(header)
    return { secret: match ? readSecret(match[1]!) : null, by: 'bearer' }
  }
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2)
    // over https only the name that no other host can plant
    if (value && name === nameOf(secure)) return { secret: readSecret(value), by: 'cookie' }
  }
  return { secret: null, by: 'cookie' }
}

export function setCookie(reply: FastifyReply, begun: Begun, secure: boolean): void {
  const seconds = Math.max(0, Math.floor((begun.endsAt.getTime() - now()) / 1000))
  void reply.header(
    'set-cookie',
    `${nameOf(secure)}=${shown(begun.secret)}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure ? '; Secure' : ''}`,
  )
}

export function clearCookie(reply: FastifyReply, secure: boolean): void {
  void reply
    .header('set-cookie', `${nameOf(secure)}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0${secure ? '; Secure' : ''}`)
    .header('clear-site-data', '"cache", "cookies", "storage"')
}
