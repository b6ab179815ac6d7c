import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { BrokenSeal } from '../core/bytes.ts'
import { plainLength } from '../core/chunked.ts'
import { openFirst, openFrom } from './blob-seals.ts'
import { BATCH } from './blob-seals.ts'
import { openAway, sealAway } from './blob-workers.ts'
import { syncFolder } from './durable.ts'
import { Refusal } from './refusal.ts'

/**
 * What has arrived of uploads that are not whole yet: under `uploads/<upload>/` one sealed file for every piece, named by the
 * place at which it begins. Each is a whole message with a salt of its own: an upload that goes on with other bytes than it began
 * with never seals two contents under one nonce. A piece has its name once it is on the disk; what a crash cut off has none.
 */
export type UploadParts = {
  /** How many bytes, from the first, are on the disk. */
  arrived(upload: string): Promise<number>
  /**
   * Seals a stream as what follows `from`, which is what has arrived. When it resolves all of it is on the disk; when the stream
   * throws, what came before is, and the fault is thrown. One at a time for an upload. @throws Refusal `disk.full`
   */
  take(upload: string, key: Buffer, from: number, source: AsyncIterable<Buffer>): Promise<void>
  /** All that has arrived, in order. @throws BrokenSeal */
  read(upload: string, key: Buffer): AsyncGenerator<Buffer>
  /** Ends an upload's pieces; they are off the disk when this resolves. */
  end(upload: string): Promise<void>
  /** The uploads of which something has arrived. */
  list(): Promise<string[]>
}

/** What a crash can take from an upload. */
const PIECE = 8 * 1024 * 1024

export async function openParts(dir: string): Promise<UploadParts> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const folderOf = (upload: string) => join(dir, upload)

  const pieces = async (upload: string): Promise<{ at: number; size: number }[]> => {
    const names = await readdir(folderOf(upload)).catch(noneIfMissing)
    const starts = names.filter((name) => /^\d+$/.test(name)).map(Number)
    const found: { at: number; size: number }[] = []
    let next = 0
    for (const at of starts.sort((a, b) => a - b)) {
      if (at !== next) break
      const size = await sizeOf(join(folderOf(upload), String(at)))
      if (size === 0) break
      found.push({ at, size })
      next += size
    }
    return found
  }
  const arrived = async (upload: string) => (await pieces(upload)).reduce((sum, { size }) => sum + size, 0)

  return {
    arrived,
    take: async (upload, key, from, source) => {
      const folder = folderOf(upload)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await syncFolder(dir)
      const kept = new Set((await pieces(upload)).map(({ at }) => String(at)))
      for (const name of await readdir(folder)) if (!kept.has(name)) await rm(join(folder, name), { force: true })
      const cutting = new Cutting(source)
      try {
        for (let at = from; await cutting.hasMore(); at += cutting.given) await sealPiece(folder, at, key, contextOf(upload, at), cutting)
      } catch (fault) {
        throw isFull(fault) ? new Refusal('disk.full', { cause: fault }) : fault
      }
      if (cutting.fault) throw cutting.fault.why
    },
    read: async function* (upload, key) {
      for (const { at, size } of await pieces(upload)) {
        const path = join(folderOf(upload), String(at))
        if (size > BATCH) yield* openAway({ paths: [path], key, context: contextOf(upload, at) }, 0, size)
        else {
          await using handle = await openFirst([path])
          for await (const part of openFrom(handle, key, contextOf(upload, at), 0, size)) yield Buffer.from(part.buffer)
        }
      }
    },
    end: async (upload) => {
      await rm(folderOf(upload), { recursive: true, force: true })
      await syncFolder(dir)
    },
    list: () => readdir(dir),
  }
}

const contextOf = (upload: string, at: number): Buffer => Buffer.from(`subrosa part v1 ${upload} ${at}`)
const noneIfMissing = (fault: NodeJS.ErrnoException): string[] => {
  if (fault.code === 'ENOENT') return []
  throw fault
}
const isFull = (fault: unknown): boolean =>
  fault instanceof Error && 'code' in fault && (fault.code === 'ENOSPC' || fault.code === 'EDQUOT')
/** Of the content; 0 for what is no whole message. */
async function sizeOf(path: string): Promise<number> {
  try {
    return plainLength((await stat(path)).size)
  } catch (fault) {
    if (fault instanceof BrokenSeal) return 0
    throw fault
  }
}

async function sealPiece(folder: string, at: number, key: Buffer, context: Buffer, cutting: Cutting): Promise<void> {
  const path = join(folder, `${at}.new`)
  await (await open(path, 'wx', 0o600)).close()
  const sealing = sealAway({ path, key, context })
  try {
    for await (const part of cutting.piece()) await sealing.push(part)
    await sealing.end()
  } catch (fault) {
    await rm(path, { force: true })
    throw fault
  } finally {
    sealing.giveUp()
  }
  await rename(path, join(folder, String(at)))
  await syncFolder(folder)
}

/** A stream cut into pieces. Its fault ends the piece under way, which is still whole up to there, and is kept. */
class Cutting {
  fault: { why: unknown } | null = null
  /** Of the last piece. */
  given = 0
  readonly #parts: AsyncIterator<Buffer>
  #held: Buffer | null = null

  constructor(source: AsyncIterable<Buffer>) {
    this.#parts = source[Symbol.asyncIterator]()
  }

  async hasMore(): Promise<boolean> {
    while (!this.fault && !this.#held?.length) {
      try {
        const next = await this.#parts.next()
        if (next.done) return false
        this.#held = next.value
      } catch (why) {
        this.fault = { why }
      }
    }
    return !!this.#held?.length
  }

  async *piece(): AsyncGenerator<Buffer> {
    this.given = 0
    while (this.given < PIECE && (await this.hasMore())) {
      const part = this.#held!.subarray(0, PIECE - this.given)
      this.#held = this.#held!.subarray(part.length)
      this.given += part.length
      yield part
    }
  }
}
