import { once } from 'node:events'
import { connect, isIP, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { connect as connectSafely, type TLSSocket } from 'node:tls'
import { faultOfConnection, NotTaken } from './not-taken.ts'

/** Where syslog goes over TLS. PEM texts; `ca`: trusted in place of the public ones; `certificate`: what is shown to the receiver. */
export type SyslogPlace = { host: string; port: number; ca: string | null; certificate: string | null; key: string | null }
const WHAT = 'The receiver'
/** A receiver that has not answered the end by then is told it once more, as TCP does. */
const PATIENCE_MS = 3000

/**
 * Sends bytes and ends the session. When it resolves, the receiver has read all of it.
 *
 * [Note: Syslog has no receipt]
 * RFC 5425 knows no answer to a message, and what TCP took may lie in a buffer of a receiver that is being stopped. So each batch is a
 * session of its own: we say that we are done (close_notify, section 4.4), and the receiver, which reads in order, says so too once
 * it has come to that. A receiver that was stopped before has data unread, or gets data when it is gone: its system answers with a
 * reset. That can come after its own goodbye; so our side of the connection stays open for longer than the way there and
 * back, and is tried. Whatever is in doubt is sent again.
 * @throws NotTaken
 */
export async function sendSyslog(place: SyslogPlace, bytes: Buffer, signal: AbortSignal): Promise<void> {
  const line = openLine(place, signal)
  const begun = performance.now()
  const broken = new Promise<never>((_, reject) => line.raw.once('error', reject))
  broken.catch(() => {})
  try {
    await Promise.race([once(line.raw, 'connect', { signal }), broken])
    const wayMs = performance.now() - begun
    const secure = secured(place, line.half)
    const failed = new Promise<never>((_, reject) => secure.once('error', reject))
    failed.catch(() => {})
    await Promise.race([once(secure, 'secureConnect', { signal }), failed, broken])
    await Promise.race([sayAndEnd(secure, bytes, line.raw, signal), failed, broken])
    await Promise.race([isGone(line.raw, wayMs, signal), broken])
  } catch (fault) {
    if (signal.aborted) throw new NotTaken('The receiver did not read everything in time.', fault)
    throw faultOfConnection(WHAT, fault)
  } finally {
    line.half.destroy()
    line.raw.destroy()
  }
}

/** A connection, and a view of it through which TLS can end its session without ending the connection. */
function openLine({ host, port }: SyslogPlace, signal: AbortSignal): { raw: Socket; half: Duplex } {
  const raw = connect({ host, port, allowHalfOpen: true, noDelay: true })
  signal.addEventListener('abort', () => raw.destroy(new Error('time is up')), { once: true })
  const half = new Duplex({
    read: () => void raw.resume(),
    write: (part: Buffer, _, done) => void raw.write(part, done),
    final: (done) => done(),
  })
  half.on('error', () => {})
  raw.on('data', (part: Buffer) => void (half.push(part) || raw.pause()))
  raw.once('end', () => half.push(null))
  raw.on('error', (fault) => half.destroy(fault))
  return { raw, half }
}

const secured = ({ host, ca, certificate, key }: SyslogPlace, socket: Duplex): TLSSocket =>
  connectSafely({
    socket,
    host,
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca && { ca }),
    ...(certificate && key && { cert: certificate, key }),
    minVersion: 'TLSv1.2',
    // said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED does not reach here
    rejectUnauthorized: true,
  })

/** All of it, then our goodbye, then theirs. @throws NotTaken when they leave before we have said all */
async function sayAndEnd(secure: TLSSocket, bytes: Buffer, raw: Socket, signal: AbortSignal): Promise<void> {
  let isSaid = false
  secure.resume()
  const theirs = once(secure, 'end', { signal }).then(() => {
    if (!isSaid) throw new NotTaken('The receiver ended the connection before it had read everything.')
  })
  theirs.catch(() => {})
  secure.write(bytes, () => {
    isSaid = true
    secure.end()
  })
  const nudge = setTimeout(() => raw.end(), PATIENCE_MS)
  // what goes slowly is not nudged while it goes
  secure.on('drain', () => nudge.refresh())
  await theirs.finally(() => clearTimeout(nudge))
}

/** Their system has closed as well, and no reset came on the way. */
async function isGone(raw: Socket, wayMs: number, signal: AbortSignal): Promise<void> {
  if (!raw.readableEnded) {
    raw.resume()
    await Promise.race([once(raw, 'end', { signal }), pause(PATIENCE_MS, undefined, { signal, ref: false })])
  }
  if (raw.writableEnded) return
  await pause(Math.min(1000, 10 + 2 * wayMs), undefined, { signal })
  await new Promise<void>((resolve, reject) => raw.write(Buffer.alloc(1), (fault) => (fault ? reject(fault) : resolve())))
}
