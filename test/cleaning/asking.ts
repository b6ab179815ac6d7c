import { inflateRawSync, inflateSync } from 'node:zlib'
import { cleaned, inspect } from '../../src/platform/cleaning/cleaning.ts'
import type { Finding, FindingCode } from '../../src/platform/cleaning/findings.ts'
import { bytesIn } from '../../src/platform/cleaning/formats-here.ts'
import { STRICTEST, type Wish } from '../../src/platform/cleaning/wish.ts'
import { LIMITS } from '../../src/platform/reading/reading.ts'
import { zipEntries } from '../../src/platform/reading/zip.ts'
import { unpack } from '../../src/platform/reading/zip-unpack.ts'

/** What an inspection finds, by code; in the file itself, or with all that is in it. */
export async function told(bytes: Buffer, isWithin = false): Promise<Partial<Record<FindingCode, Finding>>> {
  const inspection = await inspect(bytes, '')
  if (!inspection.isKnown) throw new Error(`not inspected: ${inspection.reason}`)
  return Object.fromEntries(inspection.findings.filter(({ within }) => isWithin || within === '').map((one) => [one.code, one]))
}
export const codesIn = async (bytes: Buffer): Promise<string[]> => Object.keys(await told(bytes)).sort()

export async function copyOf(bytes: Buffer, wish: Partial<Wish> = {}): Promise<Buffer> {
  const made = await cleaned(bytes, '', { ...STRICTEST, ...wish })
  if (!made.isCleaned) throw new Error(`not cleaned: ${made.reason}`)
  return made.bytes
}

/** Members of an archive by name, in order. */
export async function membersOf(bytes: Buffer): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>()
  for (const entry of await zipEntries(bytesIn(bytes), LIMITS))
    found.set(entry.path, Buffer.concat(await Array.fromAsync(unpack(bytesIn(bytes), entry, LIMITS))))
  return found
}

/** Words that begin with CANARY anywhere in the bytes, as they are or packed by deflate at any place that says so, twice deep. */
export async function canaries(bytes: Buffer, depth = 0): Promise<string[]> {
  const texts = [bytes.toString('latin1'), bytes.toString('utf16le'), Buffer.from(bytes.subarray(1)).toString('utf16le')]
  const found = new Set(texts.flatMap((text) => text.match(/(?:CANARY-[a-z-]+|00CANA0\d)/g) ?? []))
  for (const hex of bytes.toString('latin1').match(/<[0-9a-f]{12,4000}>/gi) ?? [])
    for (const one of Buffer.from(hex.slice(1, -1), 'hex')
      .toString('latin1')
      .match(/CANARY-[a-z-]+/g) ?? [])
      found.add(one)
  if (depth < 2) for (const inner of packedIn(bytes)) for (const one of await canaries(inner, depth + 1)) found.add(one)
  return [...found].sort()
}

function packedIn(bytes: Buffer): Buffer[] {
  const out: Buffer[] = []
  const attempt = (unpacked: () => Buffer) => {
    try {
      out.push(unpacked())
    } catch {
      // not packed after all
    }
  }
  for (let at = bytes.indexOf('PK\x03\x04'); at >= 0; at = bytes.indexOf('PK\x03\x04', at + 4)) {
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
    attempt(() => inflateRawSync(bytes.subarray(start), { maxOutputLength: 1 << 26 }))
  }
  for (let at = bytes.indexOf('stream'); at >= 0; at = bytes.indexOf('stream', at + 6)) {
    const start = at + 6 + (bytes[at + 6] === 13 ? 2 : 1)
    attempt(() => inflateSync(bytes.subarray(start), { maxOutputLength: 1 << 26 }))
  }
  return out
}
