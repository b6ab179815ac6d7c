import type { Readable } from 'node:stream'
import { startConfined, type Bounds, type Confined } from '../drawing/confined.ts'
import type { Source } from '../reading/reading.ts'
import { HEADER, LONGEST, SAYS, WANT } from './scan.ts'

/** What the process says, but for the bytes that it wants: a kind of SAYS, and what follows. */
export type Said = { kind: number; bytes: Buffer }
export type Why = 'took-too-long' | 'crashed'
/** What it is asked, as JSON; the bytes of the file are at its call, `size` of them. */
export type Asked = { size: number }

/**
 * A process that reads, one file at a time, others wait in line. It reads for one matter only, and is ended when it faults, when it
 * is late, when it has worked for long, when it is idle, and when the next file is another matter's.
 */
export type Lane = {
  /**
   * @param of whose the file is: what one process has seen is never read into another's
   * @param begin called when its turn has come, before the process was asked; and again when it is asked anew, since one that had
   * read others before may have ended by them
   * @param hear null: go on. What it throws ends the process, as `Ended` does
   * @throws what the source throws; Error when the lane was closed
   */
  ask<T>(job: Asked, source: Source, of: string, hear: (said: Said) => T | null, begin?: () => void): Promise<T | Why>
  close(): Promise<void>
}

/** It said what it must not: it is no more what it was. */
export class Ended extends Error {}

type Reader = { child: Confined; of: string; /** ms */ worked: number; isOver: boolean }
export type LaneSettings = {
  program: URL
  bounds: Bounds
  /** for one file */ ms: number
  /** then it is replaced */ worksMs: number
  idleMs: number
}

export function openLane({ program, bounds, ms, worksMs, idleMs }: LaneSettings): Lane {
  let reader: Reader | null = null
  let idle: NodeJS.Timeout | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let isClosed = false

  const end = () => {
    clearTimeout(idle)
    reader?.child.kill('SIGKILL')
    reader = null
  }
  const readerFor = (of: string): Reader => {
    clearTimeout(idle)
    if (reader && (reader.of !== of || reader.isOver || reader.worked > worksMs)) end()
    return (reader ??= start(program, bounds, of))
  }
  const askNow = async <T>(job: Asked, source: Source, of: string, hear: (said: Said) => T | null, begin: () => void): Promise<T | Why> => {
    begin()
    const own = readerFor(of)
    const isFresh = own.worked === 0
    const began = performance.now()
    let isLate = false
    const late = setTimeout(() => {
      isLate = true
      own.child.kill('SIGKILL')
    }, ms)
    try {
      return await converse(own, job, source, hear)
    } catch (fault) {
      end()
      if (isClosed || !(fault instanceof Ended)) throw fault
      if (isLate) return 'took-too-long'
      if (isFresh) return 'crashed'
    } finally {
      clearTimeout(late)
      own.worked += performance.now() - began
      if (reader) idle = setTimeout(end, idleMs).unref()
    }
    return askNow(job, source, of, hear, begin)
  }
  return {
    ask: (job, source, of, hear, begin = () => {}) => {
      const answer = turn.then(() => {
        if (isClosed) throw new Error('couldn’t read: the reading was closed')
        return askNow(job, source, of, hear, begin)
      })
      turn = answer.catch(() => {})
      return answer
    },
    close: async () => {
      isClosed = true
      end()
      await turn
    },
  }
}

function start(program: URL, bounds: Bounds, of: string): Reader {
  const child = startConfined(program, bounds)
  const reader: Reader = { child, of, worked: 0, isOver: false }
  const over = () => (reader.isOver = true)
  child.once('exit', over).once('error', over)
  // a pipe that breaks is told by the end of the process
  child.stdin!.on('error', () => {})
  ;(child.stdio[3] as Readable).on('error', () => {})
  return reader
}

/** Asks, and gives what is wanted, until `hear` has its answer. @throws Ended, and what the source throws */
async function converse<T>({ child, isOver }: Reader, job: Asked, source: Source, hear: (said: Said) => T | null): Promise<T> {
  const { promise: gone, reject } = Promise.withResolvers<never>()
  gone.catch(() => {})
  const over = () => reject(new Ended())
  if (isOver) over()
  child.once('exit', over).once('error', over)
  const inbox = listen(child.stdio[3] as Readable, gone)
  try {
    const asked = Buffer.from(JSON.stringify(job))
    const length = Buffer.alloc(4)
    length.writeUInt32BE(asked.length)
    child.stdin!.write(Buffer.concat([length, asked]))
    for (;;) {
      const said = await inbox.next()
      if (said.kind === SAYS.want) child.stdin!.write(await gather(source, said.bytes, gone))
      else {
        const answer = hear(said)
        if (answer !== null) return answer
      }
    }
  } finally {
    inbox.close()
    child.off('exit', over).off('error', over)
  }
}

/** The sayings, one after the other; the pipe waits while nobody takes them. @throws Ended */
function listen(from: Readable, gone: Promise<never>): { next(): Promise<Said>; close(): void } {
  let parts: Buffer[] = []
  let length = 0
  let wake = () => {}
  const take = (part: Buffer) => {
    parts.push(part)
    length += part.length
    from.pause()
    wake()
  }
  const atLeast = async (count: number): Promise<Buffer> => {
    while (length < count) {
      const more = new Promise<void>((resolve) => (wake = resolve))
      from.resume()
      await Promise.race([gone, more])
    }
    const whole = parts.length === 1 ? parts[0]! : Buffer.concat(parts)
    parts = [whole]
    return whole
  }
  from.on('data', take)
  return {
    next: async () => {
      const header = await atLeast(HEADER)
      const [kind, size] = [header[0]!, header.readUInt32BE(1)]
      if (size > LONGEST) throw new Ended()
      const whole = await atLeast(HEADER + size)
      const rest = whole.subarray(HEADER + size)
      parts = rest.length === 0 ? [] : [rest]
      length = rest.length
      return { kind, bytes: whole.subarray(HEADER, HEADER + size) }
    },
    close: () => void from.off('data', take),
  }
}

/** The bytes wanted; given up when the process is gone. @throws Ended, and what the source throws */
async function gather({ size, read }: Source, want: Buffer, gone: Promise<never>): Promise<Buffer> {
  if (want.length !== 10) throw new Ended()
  const [start, length] = [want.readUIntBE(0, 6), want.readUInt32BE(6)]
  if (length > WANT || start + length > size) throw new Ended()
  const parts: Buffer[] = []
  let got = 0
  const pieces = read(start, start + length)[Symbol.asyncIterator]()
  try {
    for (;;) {
      const { value, done } = await Promise.race([pieces.next(), gone])
      if (done) break
      parts.push(value)
      got += value.length
    }
  } finally {
    // a source that hangs is not waited for
    pieces.return?.().catch(() => {})
  }
  if (got !== length) throw new Error('couldn’t read a file: the source gave more or less than it was asked for')
  return Buffer.concat(parts)
}
