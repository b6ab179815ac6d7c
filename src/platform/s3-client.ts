import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import type { Readable } from 'node:stream'
import { Refusal, Stop } from './refusal.ts'
import type { S3Settings } from './s3-settings.ts'

/** What one object is. */
export type Head = { length: number; since: Date }
/**
 * The requests that a store needs, each bounded in time and in tries. Nothing that the server says of the bytes is believed
 * beyond their number: ETags and checksums of its own are not looked at.
 * @throws Refusal `storage.away` when it does not answer, refuses, or answers something else than was asked
 */
export type Bucket = {
  head(key: string): Promise<Head | null>
  /** Exactly these bytes of an object of that length; null when it is gone. */
  range(key: string, at: number, count: number, length: number): Promise<Buffer | null>
  put(key: string, bytes: Buffer): Promise<void>
  beginParts(key: string): Promise<string>
  putPart(key: string, upload: string, number: number, bytes: Buffer): Promise<string>
  endParts(key: string, upload: string, etags: readonly string[]): Promise<void>
  /** Gives an upload up; also one that is gone. */
  dropParts(key: string, upload: string): Promise<void>
  /** Uploads of a key that were begun and not ended. */
  begun(key: string): Promise<string[]>
  erase(key: string): Promise<void>
  /** Keys under a prefix, in order. */
  list(prefix: string): AsyncGenerator<string>
}

const TRIES = 3
const ATTEMPTS = 4
/** An answer that is not what was asked for. */
class WrongAnswer extends Error {}

/** @throws Stop `storage.away` when the bucket cannot be had */
export async function openBucket({
  endpoint,
  region,
  bucket: Bucket,
  credentials,
  pathStyle,
  ca,
  patienceMs,
}: S3Settings): Promise<Bucket> {
  const client = new S3Client({
    endpoint: endpoint.href,
    region,
    credentials,
    forcePathStyle: pathStyle,
    maxAttempts: ATTEMPTS,
    // other servers than Amazon's do not know the newer checksums, and none of them is what we rely on
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: Math.min(patienceMs, 10_000),
      socketTimeout: patienceMs,
      httpsAgent: { keepAlive: true, maxSockets: 32, ...(ca ? { ca } : {}) },
      httpAgent: { keepAlive: true, maxSockets: 32 },
    },
  })
  const bounded = () => ({ abortSignal: AbortSignal.timeout(patienceMs) })
  /** An answer that breaks off or is not what was asked for is asked for again; what is gone is null. */
  const tried = async <T>(ask: () => Promise<T>): Promise<T | null> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask()
      } catch (fault) {
        if (isGone(fault)) return null
        if (tries === TRIES || isRefused(fault)) throw away(fault)
      }
    }
  }
  const done = async <T>(ask: () => Promise<T>): Promise<T> => ask().catch((fault: unknown) => Promise.reject(away(fault)))

  await client.send(new HeadBucketCommand({ Bucket }), bounded()).catch((fault: unknown) => {
    throw new Stop(
      'storage.away',
      `The bucket ${Bucket} at ${endpoint.origin} cannot be had (${nameOf(fault)}). Make sure that the server runs, that the bucket is there, and that SUBROSA_S3_CREDENTIALS may use it.`,
      fault,
    )
  })
  return {
    head: async (Key) => {
      const ask = () => client.send(new HeadObjectCommand({ Bucket, Key }), bounded())
      // a bucket that is gone looks the same as an object that is; a missing one is asked for again, by its first byte
      const found = (await tried(ask)) ?? ((await tried(() => firstByte(Key))) && (await tried(ask)))
      if (!found) return null
      if (found.ContentLength === undefined) throw away(new WrongAnswer('no length'))
      return { length: found.ContentLength, since: found.LastModified ?? new Date(0) }
    },
    range: (Key, at, count, length) =>
      tried(async () => {
        const Range = `bytes=${at}-${at + count - 1}`
        const answer = await client.send(new GetObjectCommand({ Bucket, Key, Range }), bounded())
        if (answer.ContentRange !== `bytes ${at}-${at + count - 1}/${length}`) throw await wrong(answer.Body, 'another range')
        return exactly(answer.Body as Readable, count)
      }),
    put: (Key, Body) => done(async () => void (await client.send(new PutObjectCommand({ Bucket, Key, Body }), bounded()))),
    beginParts: (Key) =>
      done(async () => {
        const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }), bounded())
        if (!UploadId) throw new WrongAnswer('no upload')
        return UploadId
      }),
    putPart: (Key, UploadId, PartNumber, Body) =>
      done(async () => {
        const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }), bounded())
        if (!ETag) throw new WrongAnswer('no tag')
        return ETag
      }),
    endParts: (Key, UploadId, etags) =>
      done(async () => {
        const Parts = etags.map((ETag, at) => ({ ETag, PartNumber: at + 1 }))
        await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }), bounded())
      }),
    dropParts: async (Key, UploadId) =>
      void (await tried(() => client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }), bounded()))),
    begun: async (Prefix) => {
      const answer = await done(() => client.send(new ListMultipartUploadsCommand({ Bucket, Prefix }), bounded()))
      return (answer.Uploads ?? []).flatMap((one) => (one.Key === Prefix && one.UploadId ? [one.UploadId] : []))
    },
    erase: async (Key) => void (await tried(() => client.send(new DeleteObjectCommand({ Bucket, Key }), bounded()))),
    list: async function* (Prefix) {
      for (let StartAfter: string | undefined; ;) {
        const from = StartAfter
        const page =
          (await done(() => client.send(new ListObjectsV2Command({ Bucket, Prefix, StartAfter: from }), bounded()))).Contents ?? []
        for (const { Key } of page) {
          // one that comes twice, or out of order, is passed over
          if (!Key?.startsWith(Prefix) || (StartAfter !== undefined && Key <= StartAfter)) continue
          StartAfter = Key
          yield Key
        }
        if (page.length === 0 || StartAfter === from) return
      }
    },
  }

  async function firstByte(Key: string): Promise<true> {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=0-0' }), bounded())
    await Body?.transformToByteArray()
    return true
  }
}

/** So many bytes and no more are taken, whatever the server goes on to send. */
async function exactly(body: Readable, count: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of body as AsyncIterable<Buffer>) {
    length += part.length
    if (length > count) throw new WrongAnswer('a longer answer')
    parts.push(part)
  }
  if (length !== count) throw new WrongAnswer('another length')
  return Buffer.concat(parts, count)
}

type Body = { destroy?(): void } | undefined
/** What is not wanted is not read to its end. */
async function wrong(body: unknown, why: string): Promise<WrongAnswer> {
  ;(body as Body)?.destroy?.()
  return new WrongAnswer(why)
}

const statusOf = (fault: unknown): number | undefined => (fault as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
const nameOf = (fault: unknown): string => (fault instanceof Error ? fault.name : 'unknown')
/** A bucket that is gone says nothing of what was in it. */
const isGone = (fault: unknown): boolean => statusOf(fault) === 404 && nameOf(fault) !== 'NoSuchBucket'
const isRefused = (fault: unknown): boolean => [400, 401, 403].includes(statusOf(fault) ?? 0) || nameOf(fault) === 'NoSuchBucket'
const away = (cause: unknown): Refusal => (cause instanceof Refusal ? cause : new Refusal('storage.away', { cause }))
