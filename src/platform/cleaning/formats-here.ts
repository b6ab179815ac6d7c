import { bytesOf, type Bytes } from '../reading/bytes.ts'
import { kindOf, type Kind } from '../reading/kinds.ts'
import { isText } from '../reading/plain-text.ts'

/** Formats told apart here: those of the readers, and those of pictures. */
export type Format = Exclude<Kind, never> | 'pdf' | 'jpeg' | 'png' | 'gif' | 'tiff' | 'webp' | 'heic' | 'bmp' | 'txt'

export const bytesIn = (bytes: Buffer): Bytes =>
  bytesOf({
    size: bytes.length,
    read: async function* (start, end) {
      yield bytes.subarray(start, end)
    },
  })

/** By content; null when it is none of these. */
export async function formatOf(bytes: Buffer): Promise<Format | null> {
  const hex = bytes.toString('hex', 0, 12)
  if (hex.startsWith('ffd8ff')) return 'jpeg'
  if (hex.startsWith('89504e470d0a1a0a')) return 'png'
  if (/^4749463[8]3[79]61/.test(hex)) return 'gif'
  if (hex.startsWith('49492a00') || hex.startsWith('4d4d002a')) return 'tiff'
  if (/^52494646.{8}57454250/.test(hex)) return 'webp'
  if (/^ftyp(?:heic|heix|hevc|heim|heis|mif1|msf1|avif)/.test(bytes.toString('latin1', 4, 12))) return 'heic'
  const kind = await kindOf({
    size: bytes.length,
    read: async function* (start, end) {
      yield bytes.subarray(start, end)
    },
  })
  if (kind) return kind
  if (bytes.subarray(0, 1024).includes('%PDF-')) return 'pdf'
  if (hex.startsWith('424d') && bytes.length > 26) return 'bmp'
  return bytes.length > 0 && isText(bytes.subarray(0, 65_536)) ? 'txt' : null
}
