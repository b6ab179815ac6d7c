import { fileNameFault } from '../../contract/words.ts'

const DEEPEST = 32
const LONGEST = 200
/** Names that Windows gives to devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i
const UNSEEN = /[\p{Cc}\u2028\u2029\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]/gu

/**
 * A path of a stranger's archive as folders and a name that may stand here: no way up or out, no device, no mark that turns or
 * hides what is read. Null: nothing of it is left, or it is deeper than `room` folders.
 */
export function safePath(path: string, room = DEEPEST): { folders: string[]; name: string } | null {
  const names = path
    .toWellFormed()
    .replace(/^[a-z]:/i, '')
    .split(/[/\\]/)
    .filter((name) => !/^\.{0,2}$/.test(name.trim()))
    .map(safeName)
  const name = names.pop()
  if (!name || names.includes(null) || names.length > room) return null
  return { folders: names as string[], name }
}

/** One name, NFC, at most 200 bytes of UTF-8, its ending kept; null when nothing is left of it. */
export function safeName(name: string): string | null {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[/\\]/g, '-')
    .replaceAll(UNSEEN, '')
    .trim()
    .replace(/[. ]+$/, '')
  const short = shortened(DEVICE.test(plain) ? `_${plain}` : plain)
  return fileNameFault(short) === null ? short : null
}

/** `Report.pdf` as `Report (2).pdf`; the first keeps its name. */
export function numbered(name: string, n: number): string {
  if (n === 1) return name
  const [stem, ending] = parts(name)
  return `${stem} (${n})${ending}`
}
/** What is one name for whoever reads it: in another Unicode form, or in other letters of the same word. */
export const folded = (name: string): string => name.normalize('NFKC').toUpperCase().toLowerCase()

/** `Mail.eml` as `Mail`. */
export const stemOf = (name: string): string => parts(name)[0]

function parts(name: string): [stem: string, ending: string] {
  const at = name.lastIndexOf('.')
  return at > 0 && name.length - at <= 12 ? [name.slice(0, at), name.slice(at)] : [name, '']
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST) return name
  const [stem, ending] = parts(name)
  let kept = ''
  for (const letter of stem) {
    if (Buffer.byteLength(kept + letter + ending) > LONGEST) break
    kept += letter
  }
  return kept.trimEnd() + ending
}
