import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { BrokenSeal } from '../../core/bytes.ts'
import { now } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Ask } from '../../platform/route.ts'
import { encodeRfc8187, takeStream } from '../../platform/streams.ts'

export type Shipment = {
  /** Whose session it is sent to: one session has a bounded number of streams. */
  session: string
  name: string
  size: number
  mediaType: string
  disposition: 'inline' | 'attachment'
  read(start: number, end: number): AsyncGenerator<Buffer>
  /** Whether the wall and the session still stand as they did when this began. */
  mayGoOn(): Promise<boolean>
  /** Told when the stored file turns out not to be what came in. */
  broken(fault: BrokenSeal): Promise<void>
  /** Told once, at the end, how many bytes went out. */
  delivered(bytes: number, whole: boolean): void
}

const ASK_EVERY_MS = 500
const WHOLE = 256 * 1024

/**
 * Answers with a document's bytes or one range of them (RFC 9110, 14). What a document holds never runs in our
 * origin: `nosniff`, a type from the allow list, and a sandbox without rights.
 * @throws Refusal `range.refused`, `streams.too_many`
 */
export async function sendBytes({ request, reply, house }: Ask, shipment: Shipment): Promise<FastifyReply> {
  const range = readRange(request.headers.range, shipment.size)
  const { start, end } = range ?? { start: 0, end: shipment.size }
  const isWhole = start === 0 && end === shipment.size
  takeStream(shipment.session, reply.raw)
  // a small one needs no stream, which costs more than its bytes; it has been read before anything is answered
  const small = end - start <= WHOLE ? Buffer.concat(await Array.fromAsync(sound(shipment, start, end, house.log))) : null
  void reply
    .code(range ? 206 : 200)
    .header('content-type', shipment.mediaType)
    .header('content-length', end - start)
    .header('accept-ranges', 'bytes')
    .header('content-disposition', `${shipment.disposition}; filename*=UTF-8''${encodeRfc8187(shipment.name)}`)
    .header('content-security-policy', "default-src 'none'; sandbox")
  if (range) void reply.header('content-range', `bytes ${start}-${end - 1}/${shipment.size}`)
  if (!small)
    return reply.send(
      Readable.from(watched(shipment, sound(shipment, start, end, house.log), isWhole), { objectMode: false, highWaterMark: 1024 * 1024 }),
    )
  // where the connection ended first, some of it may have gone out, and not all
  const over = () => shipment.delivered(small.length, isWhole && reply.raw.writableFinished)
  if (reply.raw.destroyed) over()
  else reply.raw.once('close', over)
  return reply.send(small)
}

/** What is read goes out while the wall stands as it did. */
async function* watched(shipment: Shipment, parts: AsyncGenerator<Buffer>, isWhole: boolean): AsyncGenerator<Buffer> {
  let sent = 0
  let asked = now()
  try {
    for await (const part of parts) {
      if (now() - asked >= ASK_EVERY_MS) {
        // a stream that is cut ends the connection: what arrived cannot be taken for the whole
        if (!(await shipment.mayGoOn())) throw new Error('the stream was cut: the wall or the session ended')
        asked = now()
      }
      sent += part.length
      yield part
    }
  } finally {
    shipment.delivered(sent, isWhole)
  }
}

/** The content, while it is what came in. @throws Refusal `document.broken` where its first part is not; BrokenSeal after that */
async function* sound(shipment: Shipment, start: number, end: number, log: Ask['house']['log']): AsyncGenerator<Buffer> {
  let read = 0
  try {
    for await (const part of shipment.read(start, end)) {
      read += part.length
      yield part
    }
  } catch (fault) {
    if (!(fault instanceof BrokenSeal)) throw fault
    log.error('a stored file does not match its seal', fault)
    await shipment.broken(fault).catch((cause: unknown) => log.error('couldn’t write down that a stored file is broken', cause))
    // before the first byte it can still be said; after it only the broken connection can
    throw read === 0 ? new Refusal('document.broken', { cause: fault }) : fault
  }
}

/** One range; null for none, or for what may be ignored (several ranges). @throws Refusal `range.refused` */
function readRange(header: string | undefined, size: number): { start: number; end: number } | null {
  const match = header === undefined ? null : /^bytes=(\d*)-(\d*)$/.exec(header.trim())
  if (!match || (match[1] === '' && match[2] === '')) return null
  const [, first, last] = match
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1)
  if (start >= size || start >= end) throw new Refusal('range.refused')
  return { start, end }
}
