import type { Bytes } from './bytes.ts'
import { openCfb } from './cfb.ts'
import { charsetOfPage, textOf } from './charset.ts'
import { ReadingFault } from './fault.ts'
import { openParts, type Parts } from './ooxml.ts'
import type { Limits } from './reading.ts'

const LONGEST = 2_000
export type Named = { title: string; author: string }
const NONE: Named = { title: '', author: '' }

/** Title and author as a package of Office Open XML (ECMA-376 part 2, 8.3) or OpenDocument (part 3, 4.3) says them; '' where it does not. */
export async function packageFacts(bytes: Bytes, limits: Limits): Promise<Named> {
  return orNone(async () => {
    const parts = await openParts(bytes, limits)
    const part = ['docProps/core.xml', 'meta.xml'].find(parts.has)
    return part ? elements(parts, part) : NONE
  })
}

async function elements(parts: Parts, part: string): Promise<Named> {
  const found: Record<string, string> = { 'title': '', 'creator': '', 'initial-creator': '' }
  let name = ''
  await parts.xml(part, {
    open: (tag) => void (name = tag),
    close: () => void (name = ''),
    text: (text) => {
      if (Object.hasOwn(found, name) && found[name]!.length < LONGEST) found[name]! += text
    },
  })
  // in an OpenDocument the creator is who changed it last
  return { title: tidy(found.title!), author: tidy(found['initial-creator'] || found.creator!) }
}

const TITLE = 2
const AUTHOR = 4
const CODE_PAGE = 1
const TEXT = 30
const WIDE_TEXT = 31

/** The same of a compound file ([MS-OLEPS] 2.21 PropertySetStream, 3.1 SummaryInformation). */
export async function compoundFacts(bytes: Bytes): Promise<Named> {
  return orNone(async () => {
    const stream = (await openCfb(bytes)).children!.get('\x05summaryinformation')
    if (!stream || stream.size > 1024 * 1024) return NONE
    const set = Buffer.concat(await Array.fromAsync(stream.read()))
    if (set.length < 48) return NONE
    const section = set.subarray(set.readUInt32LE(44))
    if (section.length < 8) return NONE
    const at = new Map<number, Buffer>()
    for (let n = 0; n < Math.min(section.readUInt32LE(4), 1_000) && 16 + n * 8 <= section.length; n++)
      at.set(section.readUInt32LE(8 + n * 8), section.subarray(section.readUInt32LE(12 + n * 8)))
    const page = at.get(CODE_PAGE)
    const charset = charsetOfPage(page && page.length >= 6 ? page.readUInt16LE(4) : 1252)
    return { title: propertyText(at.get(TITLE), charset), author: propertyText(at.get(AUTHOR), charset) }
  })
}

function propertyText(property: Buffer | undefined, charset: string): string {
  if (!property || property.length < 8) return ''
  const type = property.readUInt16LE(0)
  if (type !== TEXT && type !== WIDE_TEXT) return ''
  const size = Math.min(LONGEST, property.readUInt32LE(4)) * (type === TEXT ? 1 : 2)
  return tidy(textOf(property.subarray(8, 8 + size), type === TEXT ? charset : 'utf-16le').replace(/\0.*$/s, ''))
}

const tidy = (text: string): string => text.slice(0, LONGEST).toWellFormed().trim()

/** A file whose words about itself are broken is a file all the same; the text of it was read before. */
async function orNone(read: () => Promise<Named>): Promise<Named> {
  try {
    return await read()
  } catch (fault) {
    if (fault instanceof ReadingFault) return NONE
    throw fault
  }
}
