import { pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import type { Bytes } from './bytes.ts'
import { broken, hostile, ReadingFault, tooMuch } from './fault.ts'
import { RATIO_FROM, type Limits } from './reading.ts'
import { packedOf, type ZipEntry } from './zip.ts'

/**
 * The bytes of an entry, unpacked. Nested archives are bytes like any others.
 *
 * @throws ReadingFault `encrypted`; `too-much` beyond the limit of a part; `hostile` when it unpacks to more than it declares
 *   or than `ratio` allows; `broken` when it is packed in a way not known here or its checksum is wrong (known at the end)
 */
export async function* unpack(bytes: Bytes, entry: ZipEntry, limits: Limits): AsyncGenerator<Buffer> {
  if (entry.isEncrypted) throw new ReadingFault('encrypted', 'it is under a password')
  if (entry.method !== 0 && entry.method !== 8) throw broken('it is packed in a way that is not known here')
  if (entry.size > limits.part) throw tooMuch('it unpacks to more than is taken')
  if (entry.size > RATIO_FROM && entry.size > entry.packed * limits.ratio) throw hostile('it unpacks to far more than it holds')
  const packed = await packedOf(bytes, entry)
  let size = 0
  let crc = 0
  for await (const part of entry.method === 0 ? packed : inflate(packed)) {
    size += part.length
    if (size > entry.size) throw hostile('it unpacks to more than it says')
    crc = crc32(part, crc)
    yield part
  }
  if (size !== entry.size || crc !== entry.crc) throw broken('its checksum is wrong')
}

async function* inflate(packed: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  // a fault of the source comes out of the stream; leaving it early ends the source too
  const stream = pipeline(packed, createInflateRaw(), () => {})
  try {
    for await (const part of stream) yield part as Buffer
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    throw code?.startsWith('Z_') ? broken('it cannot be unpacked') : fault
  }
}
