import { crc32 } from 'node:zlib'

/** The upper half of IBM code page 437, in which an archive's names stand where nothing else is said (APPNOTE.TXT, appendix D). */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

/**
 * A name in an archive: UTF-8 where it is flagged, or where Info-ZIP's Unicode field (0x7075) is of this very name, or where
 * it can be nothing else (macOS flags nothing); code page 437 otherwise. What is flagged as UTF-8 and is not holds U+FFFD.
 */
export function nameOf(raw: Buffer, isUtf8: boolean, unicode?: Buffer): string {
  if (isUtf8) return raw.toString('utf8')
  if (unicode && unicode.length > 5 && unicode[0] === 1 && unicode.readUInt32LE(1) === crc32(raw)) return unicode.toString('utf8', 5)
  const utf8 = raw.toString('utf8')
  if (!utf8.includes('\ufffd')) return utf8
  return Array.from(raw, (byte) => (byte < 128 ? String.fromCharCode(byte) : CP437[byte - 128]!)).join('')
}
