import { blocksWithin } from './blocks.ts'
import type { Bytes } from './bytes.ts'
import type { Limits, TextReading } from './reading.ts'

const MOST = 32 * 1024 * 1024
const CONTROL = /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/g

/** Whether first bytes are those of a text in any encoding that is guessed here: no NUL but in UTF-16, and next to no control. */
export function isText(head: Buffer): boolean {
  if (head.length === 0) return false
  const wide = wideOf(head)
  const text = wide ? new TextDecoder(wide).decode(head, { stream: true }) : head.toString('latin1')
  return !text.includes('\0') && countOf(text, CONTROL) * 100 <= text.length
}

/** A text file, line by line. Its encoding is guessed, and any bytes at all give some text. */
export async function readText(bytes: Bytes, limits: Limits): Promise<TextReading> {
  const most = Math.min(bytes.size, MOST, limits.text * 4)
  const text = decoded(await bytes.at(0, most))
  const blocks = blocksWithin(limits)
  for (const line of text.slice(0, limits.text + 1).split(/\r\n|[\n\r\f\u2028\u2029]/)) {
    if (line.trim() !== '') blocks.add({ type: 'paragraph', text: line })
    if (blocks.isFull()) break
  }
  const reading = blocks.reading()
  return { ...reading, cut: reading.cut || most < bytes.size || text.length > limits.text }
}

/** By its mark; as UTF-16 by where its zeros are; as UTF-8 where nearly all of it is that; as windows-1252 otherwise. */
function decoded(bytes: Buffer): string {
  const wide = wideOf(bytes.subarray(0, 4096))
  // a last letter may be cut in two
  if (wide) return new TextDecoder(wide).decode(bytes, { stream: true })
  const text = new TextDecoder('utf-8').decode(bytes, { stream: true })
  const wrong = countOf(text, /\ufffd/g)
  if (wrong === 0 || countOf(text, /[^\x00-\x7f\ufffd]/g) > wrong * 10) return text
  return new TextDecoder('windows-1252').decode(bytes)
}

function wideOf(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  const mark = head.toString('hex', 0, 2)
  if (mark === 'fffe') return 'utf-16le'
  if (mark === 'feff') return 'utf-16be'
  const zeros = [0, 0]
  for (let at = 0; at < head.length; at++) if (head[at] === 0) zeros[at % 2]! += 1
  const pairs = head.length / 2
  if (zeros[1]! > pairs * 0.4 && zeros[0]! < pairs * 0.02) return 'utf-16le'
  return zeros[0]! > pairs * 0.4 && zeros[1]! < pairs * 0.02 ? 'utf-16be' : null
}

function countOf(text: string, pattern: RegExp): number {
  let count = 0
  for (const _ of text.matchAll(pattern)) count += 1
  return count
}
