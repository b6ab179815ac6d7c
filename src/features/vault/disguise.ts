import { isMachineCode, isScript, isShortcut } from '../../platform/reading/kinds.ts'
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
const TAIL = 256 * 1024

/** What a content is that its name hides, as quarantine names it; null when it hides nothing. */
export async function disguised(name: string, head: Buffer, content: Source): Promise<string | null> {
  // Windows leaves such marks at the end of a name out
  const plain = name.replace(/[. ]+$/, '')
  const hasEnding = /\.[^.]+$/.test(plain)
  if (isMachineCode(head)) return hasEnding && !PROGRAM.test(plain) ? 'Disguised.Program' : null
  if (isShortcut(head)) return /\.lnk$/i.test(plain) ? null : 'Disguised.Shortcut'
  if (isScript(head)) return DOCUMENT.test(plain) ? 'Disguised.Script' : null
  if (/<hta:application[\s>]/i.test(head.toString('latin1'))) return /\.hta$/i.test(plain) ? null : 'Disguised.HtmlApplication'
  if (head.toString('latin1', 0, 4) === 'PK\x03\x04' && !MACROS.test(plain) && DOCUMENT.test(plain) && !/\.zip$/i.test(plain))
    return (await hasMacros(content)) ? 'Disguised.Macros' : null
  return null
}

/** By the archive's table of contents, which stands at its end. */
async function hasMacros(content: Source): Promise<boolean> {
  const tail = Buffer.concat(await Array.fromAsync(content.read(Math.max(0, content.size - TAIL), content.size)))
  return /(word|xl|ppt)\/vbaProject\.bin/i.test(tail.toString('latin1'))
}
