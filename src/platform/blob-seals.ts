import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { BrokenSeal } from '../core/bytes.ts'
import { CHUNK, HEADER, Opener, plainLength, SEALED_CHUNK, Sealer } from '../core/chunked.ts'
import { MISSING } from './blob-store.ts'

/** What a file is worked on in: a megabyte of content. */
export const BATCH = 1024 * 1024
const STRIDE = BATCH / CHUNK

export type Sealed = { size: number; sha256: string }
/**
 * What a content is known to be. `size` (bytes) is looked at before any of it is given; `sha256` (hex) where it is read from
 * beginning to end, before its last part is.
 */
export type Known = { size?: number; sha256?: string }

/**
 * Seals pieces, in order, into an empty file. A piece is spent when the next one is asked for. Hash and seal run while
 * what came before is being written. On the disk when this resolves; the caller closes the file.
 */
export async function sealInto(
  handle: FileHandle,
  key: Uint8Array,
  context: Uint8Array,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Sealed> {
  const sealer = new Sealer(key, context)
  const hash = createHash('sha256')
  let size = 0
  let writing = unheard(writeAll(handle, sealer.header))
  for await (const piece of pieces) {
    size += piece.length
    hash.update(piece)
    const sealed = sealer.push(piece)
    await writing
    writing = unheard(writeAll(handle, sealed))
  }
  await writing
  await writeAll(handle, sealer.end())
  await handle.datasync()
  return { size, sha256: hash.digest('hex') }
}

/** One small content, sealed. */
export function sealWhole(key: Uint8Array, context: Uint8Array, content: Uint8Array): { bytes: Buffer; sealed: Sealed } {
  const sealer = new Sealer(key, context)
  return {
    bytes: Buffer.concat([sealer.header, sealer.push(content), sealer.end()]),
    sealed: { size: content.length, sha256: createHash('sha256').update(content).digest('hex') },
  }
}

/** Awaited later, and its failure thrown then; until then nobody hears it, and that must not end the thread. */
function unheard<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {})
  return work
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten
}

/** The first of these paths that is there, for reading. @throws BrokenSeal when none is */
export async function openFirst(paths: string[]): Promise<FileHandle> {
  for (const path of paths) {
    try {
      return await open(path, 'r')
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') throw fault
    }
  }
  throw new BrokenSeal(MISSING)
}

/** Sealed bytes that can be read at any place. `ahead`: strides asked for beside the one awaited. */
export type SealedFile = {
  length: number
  ahead: number
  read(at: number, count: number): Promise<Buffer>
  /** Reads afresh; for what came over a network and was not what was sealed. */
  readAgain?(at: number, count: number): Promise<Buffer>
}
const fileOf = async (handle: FileHandle): Promise<SealedFile> => ({
  length: (await handle.stat()).size,
  ahead: 1,
  read: (at, count) => readExactly(handle, at, count),
})

/** Content from `start` to `end` (exclusive), at most `BATCH` at once, each part whole in a buffer of its own. @throws BrokenSeal */
export async function* openFrom(
  handle: FileHandle,
  key: Uint8Array,
  context: Uint8Array,
  start: number,
  end: number,
  known: Known = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield* openFile(await fileOf(handle), key, context, start, end, known)
}

/**
 * The same of any sealed bytes. @throws BrokenSeal, and what their reading throws
 */
export async function* openFile(
  file: SealedFile,
  key: Uint8Array,
  context: Uint8Array,
  start: number,
  end: number,
  known: Known = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { length } = file
  const size = plainLength(length)
  if (known.size !== undefined && known.size !== size) throw new BrokenSeal(`it holds ${size} bytes, and its version ${known.size}`)
  if (end > size) throw new BrokenSeal('the blob is shorter than its version')
  const opener = await orAgain(file, 0, HEADER, await file.read(0, HEADER), (header) => new Opener(key, context, header))
  const last = Math.floor(size / CHUNK)
  // whoever reads to the end opens the last chunk too, which may be empty: only it shows that nothing is cut off
  const stop = end === size ? last : Math.floor((end - 1) / CHUNK)
  const waiting: Promise<Buffer>[] = []
  const hash = known.sha256 !== undefined && start === 0 && end === size ? createHash('sha256') : null
  const first = Math.floor(start / CHUNK)
  for (let at = first, asked = first; at <= stop; at += STRIDE) {
    for (; asked <= stop && waiting.length <= file.ahead; asked += STRIDE) {
      const { from, count } = strideAt(asked, stop, length)
      waiting.push(unheard(file.read(from, count)))
    }
    const { from, count } = strideAt(at, stop, length)
    const part = await orAgain(file, from, count, await waiting.shift()!, (sealed) => openStride(opener, sealed, at, start, end))
    hash?.update(part)
    if (hash && at + STRIDE > stop && hash.digest('hex') !== known.sha256)
      throw new BrokenSeal('the content is not the one that was sealed: its checksum differs')
    if (part.length > 0) yield part
  }
}

/** Opens what was read; where reading afresh may bring something else, once more. @throws BrokenSeal */
async function orAgain<T>(file: SealedFile, at: number, count: number, sealed: Buffer, open: (sealed: Buffer) => T): Promise<T> {
  try {
    return open(sealed)
  } catch (fault) {
    if (!file.readAgain || !(fault instanceof BrokenSeal)) throw fault
    return open(await file.readAgain(at, count))
  }
}

/** The content of the chunks from `first` on, cut to what lies between `start` and `end`. */
function openStride(opener: Opener, sealed: Buffer, first: number, start: number, end: number): Uint8Array<ArrayBuffer> {
  const chunks = Math.ceil(sealed.length / SEALED_CHUNK)
  const from = Math.max(start, first * CHUNK)
  const part = new Uint8Array(Buffer.allocUnsafeSlow(Math.min(end, (first + chunks) * CHUNK) - from).buffer)
  for (let i = 0; i < chunks; i += 1) {
    const plain = opener.open(first + i, sealed.subarray(i * SEALED_CHUNK, (i + 1) * SEALED_CHUNK))
    const at = (first + i) * CHUNK
    part.set(plain.subarray(Math.max(0, from - at), Math.max(0, end - at)), Math.max(0, at - from))
  }
  return part
}

/** Where the chunks from `first` on stand, a stride of them or up to `stop`. */
const strideAt = (first: number, stop: number, length: number): { from: number; count: number } => {
  const from = HEADER + first * SEALED_CHUNK
  return { from, count: Math.min(HEADER + (Math.min(stop, first + STRIDE - 1) + 1) * SEALED_CHUNK, length) - from }
}

async function readExactly(handle: FileHandle, at: number, count: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(count)
  for (let have = 0; have < count;) {
    const { bytesRead } = await handle.read(bytes, have, count - have, at + have)
    if (bytesRead === 0) throw new BrokenSeal('the blob is cut off')
    have += bytesRead
  }
  return bytes
}
