import type { FastifyRequest } from 'fastify'
import { Refusal } from '../platform/refusal.ts'

const MOST_BYTES = 256 * 1024
const MOST_DEPTH = 16

/** A JSON body: at most 256 KiB, at most 16 levels deep. @throws Refusal `body.…` */
export async function readJson(request: FastifyRequest): Promise<unknown> {
  const type = request.headers['content-type']
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > MOST_BYTES) throw new Refusal('body.too_large')
  const parts: Buffer[] = []
  let got = 0
  for await (const part of request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    got += part.length
    if (got > MOST_BYTES) throw new Refusal('body.too_large')
    parts.push(part)
  }
  if (got === 0) return {}
  if (!type || !/^application\/json\b/i.test(type)) throw new Refusal('body.unsupported')
  return parse(Buffer.concat(parts))
}

function parse(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    checkDepth(text)
    return JSON.parse(text, (key, value: unknown) => {
      if (key === '__proto__') throw new Refusal('body.malformed')
      return value
    })
  } catch (fault) {
    if (fault instanceof Refusal) throw fault
    throw new Refusal('body.malformed', { cause: fault })
  }
}

/** Counts brackets outside strings before anything is built, so that nesting costs nothing. */
function checkDepth(text: string): void {
  let depth = 0
  for (const [piece] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (piece === '[' || piece === '{') depth += 1
    else if (piece === ']' || piece === '}') depth -= 1
    if (depth > MOST_DEPTH) throw new Refusal('body.too_deep')
  }
}
