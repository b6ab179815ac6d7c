import { setImmediate } from 'node:timers/promises'
import { detecting, type Found } from './detect.ts'
import { decoded } from './text.ts'

/** `read`: how much of it was text that was read: all, its beginning, or none because it is no text. */
export type Looked = { found: Found[]; read: 'whole' | 'start' | 'no' }
/** Text is read to 4 MiB of letters; in UTF-16 that is twice as many bytes. */
const MOST_LETTERS = 4 * 1024 * 1024
const MOST_BYTES = 2 * MOST_LETTERS
/** Enough to tell that something is no text, and to keep nothing more of it. */
const HEAD = 4096

/**
 * Looks for kinds of data in a stream while someone else reads it: pass `bytes` on, and ask `done` once they have all been
 * read. What is kept of it is in memory only, and dropped by `done`.
 * KNOWN: formats other than text (PDF, Word, pictures) are not read, so nothing is found in them.
 */
export function lookFor(source: AsyncIterable<Buffer>): { bytes: AsyncIterable<Buffer>; done(): Promise<Looked> } {
  const kept: Buffer[] = []
  let size = 0
  let isText = true
  const bytes = async function* () {
    for await (const part of source) {
      if (size < HEAD && size + part.length >= HEAD) isText = decoded(Buffer.concat([...kept, part.subarray(0, HEAD)])) !== null
      if (!isText) kept.length = 0
      else if (size < MOST_BYTES) kept.push(Buffer.from(part.subarray(0, MOST_BYTES - size)))
      size += part.length
      yield part
    }
  }
  return {
    bytes: bytes(),
    done: async () => {
      const text = isText ? decoded(Buffer.concat(kept.splice(0))) : null
      if (text === null) return { found: [], read: 'no' }
      const work = detecting(text.slice(0, MOST_LETTERS))
      let step = work.next()
      for (; !step.done; step = work.next()) await setImmediate()
      return { found: step.value, read: size > MOST_BYTES || text.length > MOST_LETTERS ? 'start' : 'whole' }
    },
  }
}
