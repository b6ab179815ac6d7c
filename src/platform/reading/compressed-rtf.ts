import { broken, tooMuch } from './fault.ts'

/** What every dictionary starts with ([MS-OXRTFCP] 2.1.3.1.1). */
const BEFORE = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
)
const DICTIONARY = 4096
const COMPRESSED = 0x75465a4c
const STORED = 0x414c454d

/**
 * The RTF of an Outlook message ([MS-OXRTFCP] 2.1, 3.1). Its checksum is not looked at: text that can be read is better than none.
 *
 * @throws ReadingFault `broken` when it is not of this form or breaks off; `too-much` beyond `most` bytes
 */
export function rtfOf(packed: Buffer, most: number): Buffer {
  if (packed.length < 16) throw broken('its text breaks off')
  const size = packed.readUInt32LE(4)
  if (size > most) throw tooMuch('its text is too long')
  const form = packed.readUInt32LE(8)
  if (form === STORED) return packed.subarray(16, 16 + size)
  if (form !== COMPRESSED) throw broken('its text is packed in a way that is not known here')
  const dictionary = Buffer.alloc(DICTIONARY)
  BEFORE.copy(dictionary)
  let write = BEFORE.length
  // a run is 17 bytes at most, of which two bytes and a bit tell
  const out = Buffer.alloc(Math.min(size, packed.length * 17))
  let length = 0
  const put = (byte: number) => {
    if (length < out.length) out[length] = byte
    length += 1
    dictionary[write] = byte
    write = (write + 1) % DICTIONARY
  }
  for (let at = 16; at < packed.length && length < out.length;) {
    const control = packed[at++]!
    for (let bit = 0; bit < 8 && at < packed.length; bit++) {
      if (!(control & (1 << bit))) {
        put(packed[at++]!)
        continue
      }
      if (at + 2 > packed.length) throw broken('its text breaks off')
      const token = packed.readUInt16BE(at)
      at += 2
      // the run that starts where it would be written ends all
      if (token >>> 4 === write) return out.subarray(0, Math.min(length, out.length))
      for (let n = 0; n < (token & 15) + 2; n++) put(dictionary[((token >>> 4) + n) % DICTIONARY]!)
    }
  }
  return out.subarray(0, Math.min(length, out.length))
}
