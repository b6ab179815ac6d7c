import type { Source } from '../../platform/reading/reading.ts'

/*
 * What runs by itself must say so in its name. A program, a shortcut or an HTML application under the ending of something else, a
 * script under that of a document or a picture, and an Office file with macros under an ending that promises none, are put into
 * quarantine, whatever a scanner says. Under an ending of their own they are kept as they came and never run here.
 */
const PROGRAM = /\.(exe|dll|sys|scr|com|ocx|cpl|drv|efi|mui|ax|bin|elf|o|ko|run|out|appimage|so(\.\d+)*|dylib|bundle|class)$/i
const MACROS = /\.(docm|dotm|xlsm|xltm|xlam|xlsb|pptm|potm|ppsm|ppam)$/i
const DOCUMENT =
  /\.(pdf|docx?|dotx?|xlsx?|pptx?|ppsx?|rtf|od[tsp]|eml|msg|mbox|jpe?g|png|gif|webp|tiff?|bmp|heic|svg|mp[34]|mov|avi|wav|zip|7z|html?)$/i
const MACH_O = ['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe', 'bebafeca', 'cafebabf']
const SHORTCUT = '4c0000000114020000000000c000000000000046'
const TAIL = 256 * 1024

/** What a content is that its name hides, as quarantine names it; null when it hides nothing. */
export async function disguised(name: string, head: Buffer, content: Source): Promise<string | null> {
  const hex = head.toString('hex', 0, 20)
  // Windows leaves such marks at the end of a name out
  const plain = name.replace(/[. ]+$/, '')
  const hasEnding = /\.[^.]+$/.test(plain)
  if (isProgram(head, hex)) return hasEnding && !PROGRAM.test(plain) ? 'Disguised.Program' : null
  if (hex === SHORTCUT) return /\.lnk$/i.test(plain) ? null : 'Disguised.Shortcut'
  if (/^(efbbbf)?2321/.test(hex)) return DOCUMENT.test(plain) ? 'Disguised.Script' : null
  if (/<hta:application[\s>]/i.test(head.toString('latin1'))) return /\.hta$/i.test(plain) ? null : 'Disguised.HtmlApplication'
  if (hex.startsWith('504b0304') && !MACROS.test(plain) && DOCUMENT.test(plain) && !/\.zip$/i.test(plain))
    return (await hasMacros(content)) ? 'Disguised.Macros' : null
  return null
}

const isProgram = (head: Buffer, hex: string): boolean =>
  hex.startsWith('7f454c46') ||
  MACH_O.includes(hex.slice(0, 8)) ||
  // a text may begin with these two letters
  (hex.startsWith('4d5a') && (head.length < 64 || head.subarray(0, 64).some((byte) => byte < 9)))

/** By the archive's table of contents, which stands at its end. */
async function hasMacros(content: Source): Promise<boolean> {
  const tail = Buffer.concat(await Array.fromAsync(content.read(Math.max(0, content.size - TAIL), content.size)))
  return /(word|xl|ppt)\/vbaProject\.bin/i.test(tail.toString('latin1'))
}
