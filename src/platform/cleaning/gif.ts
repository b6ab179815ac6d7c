import { broken } from '../reading/fault.ts'
import type { Found } from './findings.ts'

/** A block of a GIF (GIF89a, 15 to 26); `name`: of an application, or of what it is. */
type Block = { name: 'picture' | 'comment' | 'control' | (string & {}); bytes: Buffer }
/** Applications that say how pictures follow each other. */
const SHOWN = new Set(['picture', 'control', 'text', 'NETSCAPE2.0', 'ANIMEXTS1.0'])

/** @throws ReadingFault `broken` */
function blocksOf(bytes: Buffer): { head: Buffer; blocks: Block[]; rest: Buffer } {
  if (!/^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6)) || bytes.length < 13) throw broken('it does not start as its kind must')
  const colours = (flags: number): number => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0)
  const dataEnd = (from: number): number => {
    let at = from
    while (at < bytes.length && bytes[at] !== 0) at += bytes[at]! + 1
    if (at >= bytes.length) throw broken('it breaks off')
    return at + 1
  }
  const start = 13 + colours(bytes[10]!)
  const blocks: Block[] = []
  for (let at = start; at < bytes.length;) {
    if (bytes[at] === 0x3b) return { head: bytes.subarray(0, start), blocks, rest: bytes.subarray(at + 1) }
    let end: number
    let name = 'picture'
    if (bytes[at] === 0x2c) end = dataEnd(at + 10 + colours(bytes[at + 9] ?? 0) + 1)
    else if (bytes[at] === 0x21) {
      end = dataEnd(at + 2)
      const label = bytes[at + 1]
      name = label === 0xfe ? 'comment' : label === 0xf9 ? 'control' : label === 0x01 ? 'text' : bytes.toString('latin1', at + 3, at + 14)
    } else throw broken('a block of it is not where it must be')
    blocks.push({ name, bytes: bytes.subarray(at, end) })
    at = end
  }
  throw broken('it breaks off')
}

export function inspectGif(bytes: Buffer, found: Found): void {
  const { blocks, rest } = blocksOf(bytes)
  for (const { name, bytes: block } of blocks) {
    if (name === 'comment') found.add('picture-texts', block.toString('utf8', 3, 400))
    else if (name.startsWith('XMP Data')) found.add('xmp')
    else if (!SHOWN.has(name)) found.add('private-data', name)
  }
  if (rest.some((byte) => byte !== 0)) found.add('trailing-data', `${rest.length} bytes`)
}

/** The picture, bit for bit, without what is beside it. @throws ReadingFault */
export function strippedGif(bytes: Buffer): Buffer {
  const { head, blocks } = blocksOf(bytes)
  return Buffer.concat([head, ...blocks.filter(({ name }) => SHOWN.has(name)).map((one) => one.bytes), Buffer.from([0x3b])])
}
