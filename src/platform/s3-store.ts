import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { BrokenSeal } from '../core/bytes.ts'
import { Sealer } from '../core/chunked.ts'
import { BATCH, openFile, type SealedFile } from './blob-seals.ts'
import { headOf, MISSING, pathOf, type BlobStore, type Lock } from './blob-store.ts'
import { isSame, summing, type Sum } from './disk-store.ts'
import { writeWhole } from './durable.ts'
import { openBucket, type Bucket } from './s3-client.ts'
import { sendParts } from './s3-parts.ts'
import { Refusal } from './refusal.ts'
import type { S3Settings } from './s3-settings.ts'

/** What a whole read begins with: header and first chunks in one request. */
const FIRST = 128 * 1024
const AHEAD = 3
/** Of what is only copied here there is a version already, elsewhere. */
const COPYING = '.copying'

/**
 * Blobs in a bucket, each under its final key from the start: an object appears there whole or not at all, and nobody asks
 * for it before its version is committed. A mark on the local disk, written before the first byte goes out, names what is
 * being sent; `settle` goes by these marks, and so touches nothing in the bucket that this firm did not begin.
 * @throws Stop `storage.away`
 */
export async function openS3Store(settings: S3Settings, dir: string): Promise<BlobStore> {
  const bucket = await openBucket(settings)
  const marks = join(dir, 'incoming', 's3')
  await mkdir(marks, { recursive: true, mode: 0o700 })
  const top = `${settings.prefix}blobs/`
  const keyOf = (id: string) => top + pathOf(id)
  const mark = (name: string) => writeWhole(join(marks, name), '', 0o600)
  const unmark = (name: string) => rm(join(marks, name), { force: true })

  const fileOf = async (id: string): Promise<SealedFile> => {
    const head = await bucket.head(keyOf(id))
    if (!head) throw new BrokenSeal(MISSING)
    const { length } = head
    const bytesAt = async (at: number, count: number): Promise<Buffer> => {
      const bytes = await bucket.range(keyOf(id), at, count, length)
      if (!bytes) throw new BrokenSeal(MISSING)
      return bytes
    }
    let first: Promise<Buffer> | null = null
    const read = async (at: number, count: number): Promise<Buffer> => {
      if (at + count > Math.min(FIRST, length)) return bytesAt(at, count)
      return (await (first ??= bytesAt(0, Math.min(FIRST, length)))).subarray(at, at + count)
    }
    return { length, ahead: AHEAD, read, readAgain: bytesAt }
  }
  const sealed = async function* (id: string): AsyncGenerator<Buffer> {
    const { length, readAgain } = await fileOf(id)
    for (let at = 0; at < length; at += BATCH) yield await readAgain!(at, Math.min(BATCH, length - at))
  }

  return {
    kind: 's3',
    label: settings.bucket,
    receive: async (id, lock, source) => {
      await mark(id)
      try {
        const { pieces, received, sealedLength } = sealing(lock, source)
        await sendParts(bucket, keyOf(id), pieces)
        await confirm(bucket, keyOf(id), sealedLength())
        return received()
      } catch (fault) {
        await removeAll(bucket, keyOf(id)).then(() => unmark(id), leftToSettle)
        throw fault
      }
    },
    keep: unmark,
    discard: (id) => removeAll(bucket, keyOf(id)).then(() => unmark(id), leftToSettle),
    erase: async (id) => {
      await removeAll(bucket, keyOf(id))
      await unmark(id)
    },
    find: (id) => bucket.head(keyOf(id)),
    read: async function* (id, { key, context }, start, end, known) {
      for await (const part of openFile(await fileOf(id), key, context, start, end, known)) yield Buffer.from(part.buffer)
    },
    sealed,
    adopt: async (id, source) => {
      await mark(id + COPYING)
      const sent = summing()
      await sendParts(bucket, keyOf(id), seen(source, sent.see))
      const [written, back] = [sent.end(), summing()]
      for await (const part of sealed(id)) back.see(part)
      await refuseOther(bucket, keyOf(id), id, written, back.end())
      await unmark(id + COPYING)
      return written.size
    },
    settle: async (isVersion) => {
      const counts = { kept: 0, removed: 0 }
      for (const name of await readdir(marks)) {
        const id = name.split('.', 1)[0]!
        if (name.endsWith('.new')) await unmark(name)
        else if (await isVersion(id)) {
          for (const upload of await bucket.begun(keyOf(id))) await bucket.dropParts(keyOf(id), upload)
          await unmark(name)
          counts.kept += 1
        } else {
          await removeAll(bucket, keyOf(id))
          await unmark(name)
          counts.removed += 1
        }
      }
      return counts
    },
    list: async function* () {
      for await (const key of bucket.list(top)) yield key.slice(top.length)
    },
  }
}

/** What was begun under a key and what stands there, both away. */
async function removeAll(bucket: Bucket, key: string): Promise<void> {
  for (const upload of await bucket.begun(key)) await bucket.dropParts(key, upload)
  await bucket.erase(key)
}
/** The mark stays, and the next start removes what could not be removed now. */
const leftToSettle = (fault: unknown): void => {
  if (!(fault instanceof Refusal)) throw fault
}

/** What was acknowledged is there, in full: the server is asked, and not only its answer to the sending believed. */
async function confirm(bucket: Bucket, key: string, length: number): Promise<void> {
  const head = await bucket.head(key)
  if (head?.length !== length)
    throw new Refusal('storage.away', { cause: new Error(`sent ${length} bytes, and ${head?.length ?? 'nothing'} lies there`) })
}

async function refuseOther(bucket: Bucket, key: string, id: string, sent: Sum, back: Sum): Promise<void> {
  if (isSame(sent, back)) return
  await bucket.erase(key)
  throw new Error(`couldn’t copy blob ${id}: the storage gave back other bytes`)
}

async function* seen(source: AsyncIterable<Buffer>, see: (part: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const part of source) {
    see(part)
    yield part
  }
}

/** Seals what passes, a batch at a time. `received` and `sealedLength` hold once `pieces` has ended. */
function sealing({ key, context }: Lock, source: AsyncIterable<Buffer>) {
  const sum = summing()
  const head = headOf()
  let [size, length] = [0, 0]
  const count = (bytes: Buffer): Buffer => {
    length += bytes.length
    return bytes
  }
  async function* pieces(): AsyncGenerator<Buffer> {
    const sealer = new Sealer(key, context)
    yield count(sealer.header)
    for await (const part of source) {
      head.see(part, size)
      size += part.length
      sum.see(part)
      for (let at = 0; at < part.length; at += BATCH) yield count(sealer.push(part.subarray(at, at + BATCH)))
    }
    yield count(sealer.end())
  }
  return { pieces: pieces(), received: () => ({ ...sum.end(), head: head.bytes() }), sealedLength: () => length }
}
