import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { ReadingFault } from './fault.ts'
import type { PartKind } from './formats.ts'
import type { ReadableKind } from './kinds.ts'
import { LIMITS, TEXT_LIMITS, type Limits, type Reading, type Source } from './reading.ts'
import type { Asked, Job, Told } from './reading-worker.ts'
import type { TextKind, Written } from './written.ts'

/**
 * Readers of what strangers made, each in a thread of its own with a limit of memory and time: at most two, one job at a time,
 * others wait in line. A reader that dies or stands still is ended and costs its job only. Files come to it in pieces by
 * message, and nothing is written to a disk.
 */
export type Readers = {
  /** @throws ReadingFault, and what the source throws. No message quotes the file */
  read(source: Source, kind: ReadableKind, limits?: Partial<Limits>): Promise<Reading>
  /** The same as one text with what the file says of itself, up to larger limits: what is searched is whole. */
  text(source: Source, kind: TextKind, limits?: Partial<Limits>): Promise<Written>
  /**
   * The bytes of an attachment (`eml`, `msg`) or of a message (`mbox`) by the index that `read` gave. A reader is held until
   * the last byte is taken or the stream is left: who takes none for `ms` loses it. Do not wait for another reading meanwhile.
   */
  attachment(source: Source, kind: 'eml' | 'msg' | 'mbox', index: number, limits?: Partial<Limits>): AsyncGenerator<Buffer>
  /** The same for an entry of a zip. What came before a fault was told is not to be kept: the checksum comes last. */
  archiveEntry(source: Source, index: number, limits?: Partial<Limits>): AsyncGenerator<Buffer>
  /** Ends all readers; jobs under way fail. */
  close(): Promise<void>
}

type Reader = {
  worker: Worker
  isFree: boolean
  idle: NodeJS.Timeout | undefined
  cause: NodeJS.ErrnoException | null
  end: () => Promise<unknown>
}

/** @param memoryMb of each reader's heap; buffers are held by the limits of the formats */
export function openReaders({ most = 2, memoryMb = 256, idleMs = 10_000 } = {}): Readers {
  const readers = new Set<Reader>()
  const waiting: (() => void)[] = []

  const take = async (): Promise<Reader> => {
    for (;;) {
      const free = [...readers].find(({ isFree }) => isFree) ?? (readers.size < most ? start() : null)
      if (free) {
        free.isFree = false
        clearTimeout(free.idle)
        free.worker.ref()
        return free
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }
  const start = (): Reader => {
    const compiled = getCompileCacheDir()
    const worker = new Worker(new URL('./reading-worker.ts', import.meta.url), {
      name: 'reading',
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
      // compiled code is kept for it as for us; nothing else of our environment is its business
      env: compiled ? { NODE_COMPILE_CACHE: dirname(compiled) } : {},
      stdout: true,
      stderr: true,
    })
    const forget = () => {
      clearTimeout(reader.idle)
      readers.delete(reader)
      waiting.shift()?.()
    }
    const reader: Reader = { worker, isFree: true, idle: undefined, cause: null, end: () => (forget(), worker.terminate()) }
    worker.on('error', (cause: NodeJS.ErrnoException) => (reader.cause = cause))
    worker.once('exit', () => readers.has(reader) && forget())
    readers.add(reader)
    return reader
  }
  const release = (reader: Reader) => {
    if (!readers.has(reader)) return
    reader.isFree = true
    // an idle thread keeps no process alive
    reader.worker.unref()
    reader.idle = setTimeout(() => void reader.end(), idleMs).unref()
    waiting.shift()?.()
  }

  async function* run(source: Source, job: Job): AsyncGenerator<Buffer, Reading | Written | null> {
    const reader = await take()
    const inbox = listen(reader)
    const ask = (asked: Asked, handed: ArrayBuffer[] = []) => reader.worker.postMessage(asked, handed)
    let isOver = false
    const late = () => void reader.end()
    // a reading has one clock, a stream one for each piece
    let clock = setTimeout(late, job.limits.ms)
    const rewind = () => {
      clearTimeout(clock)
      clock = setTimeout(late, job.limits.ms)
    }
    try {
      ask({ job })
      for (;;) {
        const told = await inbox.next()
        if (told === 'end' || 'reading' in told || 'written' in told || 'fault' in told) isOver = true
        if (told === 'end') return null
        if ('reading' in told) return told.reading
        if ('written' in told) return told.written
        if ('fault' in told) throw new ReadingFault(told.fault.code, told.fault.message)
        if ('want' in told) {
          const bytes = await gather(source, ...told.want, inbox.gone)
          ask({ bytes }, [bytes.buffer])
        } else {
          rewind()
          yield Buffer.from(told.part.buffer)
          rewind()
          ask('more')
        }
      }
    } finally {
      clearTimeout(clock)
      inbox.close()
      // left in the middle, it may still be at work on what nobody wants
      if (isOver) release(reader)
      else await reader.end()
    }
  }

  return {
    read: async (source, kind, limits) => {
      const job = run(source, { work: 'read', kind, size: source.size, limits: { ...LIMITS, ...limits } })
      return (await job.next()).value as Reading
    },
    text: async (source, kind, limits) => {
      const job = run(source, { work: 'text', kind, size: source.size, limits: { ...TEXT_LIMITS, ...limits } })
      return (await job.next()).value as Written
    },
    attachment: (source, kind, index, limits) => stream(run, source, kind, index, limits),
    archiveEntry: (source, index, limits) => stream(run, source, 'zip', index, limits),
    close: async () => void (await Promise.all([...readers].map(({ end }) => end()))),
  }
}

type Run = (source: Source, job: Job) => AsyncGenerator<Buffer, Reading | Written | null>
async function* stream(run: Run, source: Source, kind: PartKind, index: number, limits?: Partial<Limits>): AsyncGenerator<Buffer> {
  yield* run(source, { work: 'part', kind, index, size: source.size, limits: { ...LIMITS, ...limits } })
}

/** What a reader says, one after the other; once it is gone, why. */
function listen(reader: Reader): { next(): Promise<Told>; gone: Promise<never>; close(): void } {
  const told: Told[] = []
  let wake = () => {}
  const { promise: gone, reject } = Promise.withResolvers<never>()
  gone.catch(() => {})
  const take = (one: Told) => (told.push(one), wake())
  const exit = () => reject(faultOf(reader.cause))
  reader.worker.on('message', take).once('exit', exit)
  return {
    next: async () => {
      if (told.length === 0) await Promise.race([gone, new Promise<void>((resolve) => (wake = resolve))])
      return told.shift()!
    },
    gone,
    close: () => void reader.worker.off('message', take).off('exit', exit),
  }
}

/** A reader that was ended from outside had taken too long; one that ended by itself was at its limits or has a bug. */
function faultOf(cause: NodeJS.ErrnoException | null): ReadingFault {
  if (!cause) return new ReadingFault('took-too-long', 'its reader stood still')
  if (cause.code === 'ERR_WORKER_OUT_OF_MEMORY') return new ReadingFault('too-much', 'it takes more memory than a reader has')
  return new ReadingFault('broken', `its reader died (${cause.name})`)
}

/** The bytes wanted, in memory of their own; given up when the reader is gone. @throws what the source throws */
async function gather({ read }: Source, start: number, end: number, gone: Promise<never>): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(new ArrayBuffer(end - start))
  const source = read(start, end)[Symbol.asyncIterator]()
  let at = 0
  try {
    for (;;) {
      const { value, done } = await Promise.race([source.next(), gone])
      if (done) break
      if (at + value.length > bytes.length) throw new Error('couldn’t read a file: the source gave more than it was asked for')
      bytes.set(value, at)
      at += value.length
    }
  } finally {
    // a source that hangs is not waited for
    source.return?.().catch(() => {})
  }
  if (at < bytes.length) throw new Error('couldn’t read a file: the source gave less than it was asked for')
  return bytes
}
