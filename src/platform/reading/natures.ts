import type { FileKind } from './extracted.ts'
import type { Kind } from './kinds.ts'
import { isText } from './plain-text.ts'

/** What a file is as people name it, and how its text is come by; `none`: not at all. */
export type Nature = { kind: FileKind; way: 'pdf' | 'picture' | 'text' | 'program' | 'none' | 'read' }

const WORDS: Record<Kind, FileKind> = {
  eml: 'mail',
  msg: 'mail',
  mbox: 'mail',
  docx: 'word',
  odt: 'word',
  doc: 'word',
  rtf: 'word',
  wpd: 'word',
  xlsx: 'sheet',
  ods: 'sheet',
  pptx: 'slides',
  odp: 'slides',
  zip: 'archive',
  html: 'page',
  locked: 'other',
  ole: 'other',
  executable: 'other',
}
/** First bytes of other archives: 7z, RAR, gzip, bzip2, xz. */
const ARCHIVES = /^(377abcaf271c|526172211a07|1f8b08|425a68|fd377a585a00)/
const HEIC = /^ftyp(heic|heix|hevc|heim|heis|mif1|msf1|avif)/

/**
 * By first bytes (4 KiB do) and the kind that `kindOf` gave. The name tells apart only what the content does not: a table that is
 * kept as text, and Office files of before 2007 other than Word's.
 */
export function natureOf(head: Buffer, kind: Kind | null, name = ''): Nature {
  if (kind === 'executable') return { kind: 'other', way: 'program' }
  if (kind === 'ole' || kind === 'locked') return { kind: oldOffice(name), way: kind === 'ole' ? 'none' : 'read' }
  if (kind) return { kind: WORDS[kind], way: 'read' }
  if (head.subarray(0, 1024).includes('%PDF-')) return { kind: 'pdf', way: 'pdf' }
  if (isPicture(head)) return { kind: 'picture', way: 'picture' }
  if (isWordPerfect(head)) return { kind: 'word', way: 'none' }
  if (ARCHIVES.test(head.toString('hex', 0, 8))) return { kind: 'archive', way: 'none' }
  if (isText(head)) return { kind: /\.(csv|tsv)$/i.test(name) ? 'sheet' : 'text', way: 'text' }
  return { kind: 'other', way: 'none' }
}

function oldOffice(name: string): FileKind {
  if (/\.(xls|xlt|xls[xmb])$/i.test(name)) return 'sheet'
  if (/\.(ppt|pps|pot|ppt[xm])$/i.test(name)) return 'slides'
  return /\.(doc|dot|doc[xm])$/i.test(name) ? 'word' : 'other'
}

/** Pictures that may be scans: PNG, JPEG, GIF, BMP, TIFF, WebP, HEIC and AVIF. */
const isPicture = (head: Buffer): boolean =>
  /^(89504e470d0a1a0a|ffd8ff|49492a00|4d4d002a|49492b00|4d4d002b|47494638)/.test(head.toString('hex', 0, 8)) ||
  /^RIFF.{4}WEBP/s.test(head.toString('latin1', 0, 12)) ||
  (head.toString('latin1', 0, 2) === 'BM' && head.length > 18 && head.readUInt32LE(6) === 0 && [12, 40, 108, 124].includes(head[14]!)) ||
  HEIC.test(head.toString('latin1', 4, 12))

/** Before version 6, which is not read. */
const isWordPerfect = (head: Buffer): boolean => head.toString('hex', 0, 4) === 'ff575043'
