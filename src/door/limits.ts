import type { FastifyRequest } from 'fastify'
import { Refusal } from '../platform/refusal.ts'

const MOST_BYTES = 256 * 1024
const MOST_DEPTH = 16
const MOST_MS = 30_000

/** A JSON body: at most 256 KiB, at most 16 levels deep, within half a minute. @throws Refusal `body.…` */
export async function readJson(request: FastifyRequest, speaks?: 'scim'): Promise<unknown> {
  const type = request.headers['content-type']
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > MOST_BYTES) throw new Refusal('body.too_large')
  const parts: Buffer[] = []
  let got = 0
  const late = setTimeout(() => request.raw.destroy(), MOST_MS)
  try {
    for await (const part of request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      got += part.length
      if (got > MOST_BYTES) throw new Refusal('body.too_large')
      parts.push(part)
    }
  } catch (fault) {
    // a sender who went away is no fault of ours
    throw fault instanceof Refusal ? fault : new Refusal('body.length', { cause: fault })
  } finally {
    clearTimeout(late)
  }
  if (got === 0) return {}
  if (!type || !(speaks === 'scim' ? /^application\/(?:scim\+)?json\b/i : /^application\/json\b/i).test(type))
    throw new Refusal('body.unsupported')
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

/** Counts brackets outside strings in one pass, before anything is built: neither nesting nor an open string costs more. */
function checkDepth(text: string): void {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i += 1) {
    const letter = text[i]
    if (inString) {
      if (letter === '\\') i += 1
      else if (letter === '"') inString = false
    } else if (letter === '"') inString = true
    else if (letter === '[' || letter === '{') depth += 1
    else if (letter === ']' || letter === '}') depth -= 1
    if (depth > MOST_DEPTH) throw new Refusal('body.too_deep')
  }
}
