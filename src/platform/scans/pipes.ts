import { readSync, writeSync } from 'node:fs'
import { HEADER, SAYS, WANT } from './scan.ts'

// The reading process's side of its pipes: jobs and bytes come on 0, what it says goes to 3. It ends with the first.

const IN = 0
const OUT = 3
const BLOCK = 256 * 1024
const BLOCKS = 64

export function take(length: number): Buffer {
  const bytes = Buffer.alloc(length)
  for (let at = 0; at < length;) {
    const read = readSync(IN, bytes, at, length - at, null)
    if (read === 0) process.exit(0)
    at += read
  }
  return bytes
}

/** @param kind of SAYS, or of another process that speaks so */
export function say(kind: number, ...parts: Buffer[]): void {
  const header = Buffer.alloc(HEADER)
  header[0] = kind
  header.writeUInt32BE(
    parts.reduce((sum, { length }) => sum + length, 0),
    1,
  )
  const bytes = Buffer.concat([header, ...parts])
  for (let at = 0; at < bytes.length;) at += writeSync(OUT, bytes, at)
}

/** The file of a job: any bytes of it, at once. */
export type Bytes = { size: number; at(start: number, end: number): Buffer }

/** The blocks last used are kept, 16 MiB of them. */
export function bytesOf(size: number): Bytes {
  const kept = new Map<number, Buffer>()
  const block = (index: number): Buffer => {
    const bytes = kept.get(index) ?? wanted(index * BLOCK, Math.min(size, (index + 1) * BLOCK))
    // the one used last is the last to go
    kept.delete(index)
    kept.set(index, bytes)
    if (kept.size > BLOCKS) kept.delete(kept.keys().next().value!)
    return bytes
  }
  return {
    size,
    at: (start, end) => {
      const parts: Buffer[] = []
      for (let at = start; at < end;) {
        const index = Math.floor(at / BLOCK)
        const part = block(index).subarray(at - index * BLOCK, Math.min(end - index * BLOCK, BLOCK))
        parts.push(part)
        at += part.length
      }
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
    },
  }
}

/** Without keeping any of it twice. */
export function wholeOf({ size }: Bytes): Buffer {
  const whole = Buffer.alloc(size)
  for (let at = 0; at < size; at += WANT) wanted(at, Math.min(size, at + WANT)).copy(whole, at)
  return whole
}

function wanted(start: number, end: number): Buffer {
  const want = Buffer.alloc(10)
  want.writeUIntBE(start, 0, 6)
  want.writeUInt32BE(end - start, 6)
  say(SAYS.want, want)
  return take(end - start)
}
