import type { Bucket } from './s3-client.ts'

const MIB = 1024 * 1024
/** Between 5 MiB and 10,000 parts (Amazon S3, multipart upload limits): 225 GiB in all, and a few parts of memory. */
const PART = 6 * MIB
const GROWS_EVERY = 2500
const MOST_PARTS = 10_000
const IN_FLIGHT = 2
const sizeOf = (number: number): number => PART * 2 ** Math.floor((number - 1) / GROWS_EVERY)

/**
 * Sends a stream under a key: in one request what is small, in parts what is not. It stands there whole when this resolves;
 * nothing is visible before. A part on its way, one waiting and one filling are all that is held in memory.
 * @throws Refusal `storage.away`; what the source throws. Parts that were sent are given up.
 */
export async function sendParts(bucket: Bucket, key: string, source: AsyncIterable<Buffer>): Promise<void> {
  const parts = partsOf(source)
  const first = await parts.next()
  const second = await parts.next()
  if (second.done) return bucket.put(key, first.value ?? Buffer.alloc(0))
  const upload = await bucket.beginParts(key)
  try {
    const etags = await sendAll(bucket, key, upload, [first.value as Buffer, second.value], parts)
    await bucket.endParts(key, upload, etags)
  } catch (fault) {
    await parts.return(undefined)
    // what cannot be given up now is at the next start: whoever asked left a mark
    await bucket.dropParts(key, upload).catch(() => {})
    throw fault
  }
}

async function sendAll(bucket: Bucket, key: string, upload: string, held: Buffer[], rest: AsyncGenerator<Buffer>): Promise<string[]> {
  const etags: string[] = []
  const flying = new Set<Promise<void>>()
  let number = 0
  const send = async (bytes: Buffer) => {
    const at = (number += 1)
    if (at > MOST_PARTS) throw new Error('the file is too large for the storage')
    if (flying.size >= IN_FLIGHT) await Promise.race(flying)
    const flight = bucket.putPart(key, upload, at, bytes).then((etag) => {
      etags[at - 1] = etag
      flying.delete(flight)
    })
    // awaited below; until then its failure must not end the process
    flight.catch(() => {})
    flying.add(flight)
  }
  try {
    for (const bytes of held.splice(0)) await send(bytes)
    for await (const bytes of rest) await send(bytes)
    await Promise.all(flying)
    return etags
  } finally {
    await Promise.allSettled(flying)
  }
}

/** The stream in parts of full size; only the last may be smaller. */
async function* partsOf(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let length = 0
  let number = 1
  for await (const piece of source) {
    held.push(piece)
    length += piece.length
    while (length >= sizeOf(number)) {
      const whole = Buffer.concat(held, length)
      const size = sizeOf(number)
      yield whole.subarray(0, size)
      // a copy: what is left must not hold all that went before it
      held = [Buffer.from(whole.subarray(size))]
      length -= size
      number += 1
    }
  }
  if (length > 0 || number === 1) yield Buffer.concat(held, length)
}
