import { blocksWithin, type Blocks } from './blocks.ts'
import type { Bytes } from './bytes.ts'
import { broken, ReadingFault, tooMuch } from './fault.ts'
import type { Limits, TextReading } from './reading.ts'

const MOST = 64 * 1024 * 1024
const TEXT_PACKET = 8
const UNDONE = 0xf1
/** Bytes of a code from F0 on, both its ends counted. */
const SIZES = [4, 5, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6, 8, 8, 1]
/** WordPerfect's characters: the West European ones of set 1 from 23 on, and the signs of set 4. */
const LETTERS = 'ß\u0138ĸÁáÂâÄäÀàÅåÆæÇçÉéÊêËëÈèÍíÎîÏïÌìÑñÓóÔôÖöÒòÚúÛûÜüÙùŸÿÃãĐđØøÕõÝýÐðÞþĂăĀāĄąĆćČč'
const SIGNS = '●○■•*¶§¡¿«»£¥₧ƒªº½¼¢²ⁿ®©¤¾³‛’‘‟”“–—‹›○□†‡™℠℞●◦■▪□▫‒ﬀﬃﬄﬁﬂ…$₣₢₠₤‚„⅓⅔⅛⅜⅝⅞'
/** Letters of set 1 that stand for themselves as bytes 1 to 30. */
const SHORT = [35, 34, 30, 31, 27, 33, 29, 77, 76, 39, 38, 45, 41, 40, 47, 43, 49, 57, 56, 81, 80, 83, 82, 63, 62, 71, 70, 67, 73, 23]

/** WordPerfect 6 and later, which alone is read here; earlier ones keep their text in another form. */
export const isWordPerfect6 = (head: Buffer): boolean =>
  head.toString('hex', 0, 4) === 'ff575043' && head.toString('hex', 8, 11) === '010a02'

/**
 * A WordPerfect document of version 6 to X9 (WordPerfect File Format SDK: prefix area, document area): its text, then notes, headers
 * and boxes in the order they are kept in. What was deleted and may be brought back is not shown.
 *
 * @throws ReadingFault `encrypted` for one under a password
 */
export async function readWordPerfect(bytes: Bytes, limits: Limits): Promise<TextReading> {
  if (bytes.size > MOST) throw tooMuch('it is larger than is read')
  const file = await bytes.at(0, bytes.size)
  if (file.length < 26 || !isWordPerfect6(file)) throw broken('it does not start as its kind must')
  if (file.readUInt16LE(12) !== 0) throw new ReadingFault('encrypted', 'it is under a password')
  const start = file.readUInt32LE(4)
  if (start > file.length) throw broken('its text is not there')
  const blocks = blocksWithin(limits)
  tell(file.subarray(start), blocks, limits)
  for (const packet of packetsOf(file)) {
    if (blocks.isFull()) break
    tell(packet, blocks, limits)
  }
  return blocks.reading()
}

/** Texts that stand in the prefix area. */
function* packetsOf(file: Buffer): Generator<Buffer> {
  const index = file.readUInt16LE(14)
  const count = index + 14 <= file.length ? file.readUInt16LE(index + 2) : 0
  for (let at = index + 14, n = 1; n < count && at + 14 <= file.length; n++, at += 14) {
    const packet = file.subarray(file.readUInt32LE(at + 10), file.readUInt32LE(at + 10) + file.readUInt32LE(at + 6))
    if (file[at + 1] === TEXT_PACKET && packet.length >= 6) yield packet.subarray(packet.readUInt32LE(2))
  }
}

function tell(codes: Buffer, blocks: Blocks, limits: Limits): void {
  let text = ''
  let isUndone = false
  const say = (more: string) => {
    if (isUndone) return
    if (more === '\n') {
      if (text.trim() !== '') blocks.add({ type: 'paragraph', text })
      text = ''
    } else if (text.length <= limits.text) text += more
  }
  for (let at = 0; at < codes.length && !blocks.isFull();) {
    const code = codes[at]!
    if (code < 0xd0) {
      say(code < 0x80 ? letterOf(code) : single(code))
      at += 1
      continue
    }
    // a code that gives its own length, or has one by its number
    const size = code < 0xf0 ? (at + 4 <= codes.length ? codes.readUInt16LE(at + 2) : 4) : SIZES[code - 0xf0]!
    if (code === UNDONE) isUndone = codes[at + 1] === 0 || (isUndone && codes[at + 1] !== 1)
    else if (code === 0xf0 && at + 3 < codes.length) say(inSet(codes[at + 2]!, codes[at + 1]!))
    else if (code === 0xd0) say([1, 2, 3, 0x14].includes(codes[at + 1]!) ? ' ' : codes[at + 1] === 0x0a ? '\t' : '\n')
    else if (code === 0xe0) say('\t')
    at += Math.max(code < 0xf0 ? 4 : 1, size)
  }
  say('\n')
  if (text.trim() !== '') blocks.add({ type: 'paragraph', text })
}

const letterOf = (code: number): string => (code > 0x20 ? String.fromCharCode(code) : inSet(1, SHORT[code - 1] ?? -1))

function inSet(set: number, place: number): string {
  if (set === 0) return place >= 0x20 && place < 0x7f ? String.fromCharCode(place) : ' '
  return (set === 1 ? LETTERS[place - 23] : set === 4 ? SIGNS[place] : undefined) ?? '\ufffd'
}

/** Spaces, hyphens that are seen and ends of lines, soft and hard; other codes show nothing. */
function single(code: number): string {
  if (code <= 0x81 || code >= 0xcd) return ' '
  if (code === 0x84) return '-'
  return code === 0x87 || code === 0x8c || code >= 0xb4 ? '\n' : ''
}
