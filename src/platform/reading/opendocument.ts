import { blocksWithin, type Blocks } from './blocks.ts'
import type { Bytes } from './bytes.ts'
import { broken, ReadingFault } from './fault.ts'
import { openParts, type Parts } from './ooxml.ts'
import type { Limits, TextReading } from './reading.ts'

/**
 * A package of OpenDocument (OASIS ODF 1.3 part 2): its parts. @throws ReadingFault `encrypted` for one under a password, in its
 * old form and its new one
 */
export async function openOpenDocument(bytes: Bytes, limits: Limits): Promise<Parts> {
  const parts = await openParts(bytes, limits)
  if (parts.has('encrypted-package')) throw new ReadingFault('encrypted', 'it is under a password')
  // older programs put a document type into it: it is looked at as bytes and not read as markup
  const manifest = parts.has('META-INF/manifest.xml') ? await parts.bytes('META-INF/manifest.xml') : Buffer.alloc(0)
  if (manifest.includes('encryption-data')) throw new ReadingFault('encrypted', 'it is under a password')
  if (!parts.has('content.xml')) throw broken('one of its parts is missing')
  return parts
}

/**
 * A text or a presentation of OpenDocument (OASIS ODF 1.3 part 3, 5 and 6) in its order, notes and comments before the paragraph
 * they stand at; then what stands on each page, above and below. What was deleted under tracked changes is not shown.
 */
export async function readOpenText(bytes: Bytes, limits: Limits): Promise<TextReading> {
  const parts = await openOpenDocument(bytes, limits)
  const blocks = blocksWithin(limits)
  await readStory(parts, 'content.xml', blocks, limits)
  if (parts.has('styles.xml') && !blocks.isFull()) await readStory(parts, 'styles.xml', blocks, limits)
  return blocks.reading()
}

type Paragraph = { text: string; level: number }
type Table = { cells: string[]; cell: string[] }
/** Text in these is not of the document. */
const PASSED_OVER = new Set(['tracked-changes', 'ruby-text', 'note-citation', 'binary-data'])

async function readStory(parts: Parts, part: string, blocks: Blocks, limits: Limits): Promise<void> {
  const paragraphs: Paragraph[] = []
  const tables: Table[] = []
  let lists = 0
  let passedOver = 0
  const say = (text: string) => {
    const last = paragraphs.at(-1)
    // what is over the limit is not gathered first
    if (last && !passedOver && last.text.length <= limits.text) last.text += text
  }
  const tell = ({ text, level }: Paragraph) => {
    if (text.trim() === '') return
    const table = tables.at(-1)
    if (table) table.cell.push(text)
    else if (level) blocks.add({ type: 'heading', level, text })
    else blocks.add({ type: lists ? 'list' : 'paragraph', text })
  }
  const endRow = ({ cells }: Table) => {
    const around = tables.at(-1)
    if (around) around.cell.push(cells.join('\t'))
    else if (cells.some((cell) => cell.trim() !== '')) blocks.add({ type: 'table-row', cells: cells.slice(0, limits.columns) })
  }
  await parts.xml(
    part,
    {
      open: (name, attributes) => {
        if (PASSED_OVER.has(name)) passedOver += 1
        else if (name === 'p') paragraphs.push({ text: '', level: 0 })
        else if (name === 'h') paragraphs.push({ text: '', level: levelOf(attributes['outline-level']) })
        else if (name === 'list-item') lists += 1
        else if (name === 'table-row') tables.push({ cells: [], cell: [] })
        else say(spaceOf(name, attributes.c))
      },
      close: (name) => {
        if (PASSED_OVER.has(name)) passedOver -= 1
        else if (name === 'p' || name === 'h') {
          const paragraph = paragraphs.pop()!
          if (!passedOver) tell(paragraph)
        } else if (name === 'list-item') lists -= 1
        else if (name === 'table-row') endRow(tables.pop()!)
        else if (name === 'table-cell') {
          const table = tables.at(-1)
          table?.cells.push(table.cell.join('\n'))
          if (table) table.cell = []
        }
      },
      // white space between markup is one space (part 3, 6.1.2)
      text: (text) => say(text.replace(/[ \t\r\n]+/g, ' ')),
    },
    blocks.isFull,
  )
}

const levelOf = (level: string | undefined): number => (/^[1-9]$/.test(level ?? '') ? Number(level) : 1)

/** Space that is kept as markup (part 3, 6.1.3 to 6.1.5). */
export function spaceOf(name: string, count: string | undefined): string {
  if (name === 's') return ' '.repeat(/^[0-9]{1,3}$/.test(count ?? '') ? Number(count) : 1)
  return name === 'tab' ? '\t' : name === 'line-break' ? '\n' : ''
}
