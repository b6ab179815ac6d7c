import { blocksWithin, type Blocks } from './blocks.ts'
import type { Bytes } from './bytes.ts'
import { openPackage, type Package } from './ooxml.ts'
import type { Limits, TextReading } from './reading.ts'

/**
 * A Word document as text, in reading order: body, then foot- and endnotes, then comments, then what stands above and below each
 * page (ECMA-376 part 1, 17). What was inserted under tracked changes is shown, what was deleted is not. A table inside of a table is text of its cell.
 */
export async function readDocx(bytes: Bytes, limits: Limits): Promise<TextReading> {
  const office = await openPackage(bytes, limits)
  const relations = [...(await office.relations(office.main)).values()]
  const partsOf = (...types: string[]) => types.flatMap((type) => relations.filter((one) => one.type === type).map(({ target }) => target))
  const levels = await levelsOf(office, partsOf('styles').filter(office.has)[0])
  const blocks = blocksWithin(limits)
  await readStory(office, office.main, levels, blocks, limits)
  for (const part of new Set(partsOf('footnotes', 'endnotes', 'comments', 'header', 'footer').filter(office.has)))
    await readStory(office, part, levels, blocks, limits)
  return blocks.reading()
}

/** Styles that head a section, by id; known by their names, which Word keeps in English, or by their outline level. */
async function levelsOf(office: Package, part: string | undefined): Promise<Map<string, number>> {
  const levels = new Map<string, number>()
  if (!part) return levels
  let style = ''
  await office.xml(part, {
    open: (name, { styleId, val }) => {
      if (name === 'style') style = styleId ?? ''
      const level = name === 'name' ? /^(?:heading ([1-9])|(title))$/i.exec(val ?? '') : null
      if (level) levels.set(style, Number(level[1] ?? 1))
      if (name === 'outlineLvl' && /^[0-8]$/.test(val ?? '') && !levels.has(style)) levels.set(style, Number(val) + 1)
    },
  })
  return levels
}

type Paragraph = { text: string; level: number; isList: boolean }
const IN_TEXT: Record<string, string> = { tab: '\t', br: '\n', cr: '\n', noBreakHyphen: '-' }

async function readStory(office: Package, part: string, levels: Map<string, number>, blocks: Blocks, limits: Limits): Promise<void> {
  const paragraphs: Paragraph[] = []
  const tables: { cells: string[]; cell: string[] }[] = []
  let isText = false
  // a drawing stands twice, for new and for old programs; a deleted paragraph mark is not a deleted text
  let passedOver = 0
  let inProperties = 0
  const say = (text: string) => {
    const last = paragraphs.at(-1)
    // what is over the limit is not gathered first
    if (last && last.text.length <= limits.text) last.text += text
  }
  const tell = ({ text, level, isList }: Paragraph) => {
    if (text.trim() === '') return
    const table = tables.at(-1)
    if (table) table.cell.push(text)
    else blocks.add(level ? { type: 'heading', level, text } : { type: isList ? 'list' : 'paragraph', text })
  }
  await office.xml(
    part,
    {
      open: (name, { val }) => {
        if (name === 'Fallback') passedOver += 1
        if (passedOver) return
        const paragraph = paragraphs.at(-1)
        if (name === 'p') paragraphs.push({ text: '', level: 0, isList: false })
        else if (name === 'tr') tables.push({ cells: [], cell: [] })
        else if (name === 't') isText = true
        else if (name === 'pPr' || name === 'rPr' || name === 'tcPr') inProperties += 1
        else if (paragraph && name === 'pStyle') paragraph.level = levels.get(val ?? '') ?? 0
        else if (paragraph && name === 'outlineLvl' && /^[0-8]$/.test(val ?? '')) paragraph.level = Number(val) + 1
        else if (paragraph && name === 'numPr') paragraph.isList = true
        else if (!inProperties && Object.hasOwn(IN_TEXT, name)) say(IN_TEXT[name]!)
      },
      close: (name) => {
        if (name === 'Fallback') passedOver -= 1
        if (passedOver) return
        if (name === 't') isText = false
        else if (name === 'pPr' || name === 'rPr' || name === 'tcPr') inProperties -= 1
        else if (name === 'p') tell(paragraphs.pop()!)
        else if (name === 'tc') {
          const table = tables.at(-1)
          table?.cells.push(table.cell.join('\n'))
          if (table) table.cell = []
        } else if (name === 'tr') {
          const { cells } = tables.pop()!
          const around = tables.at(-1)
          if (around) around.cell.push(cells.join('\t'))
          else if (cells.some((cell) => cell.trim() !== '')) blocks.add({ type: 'table-row', cells: cells.slice(0, limits.columns) })
        }
      },
      text: (text) => isText && !passedOver && say(text),
    },
    blocks.isFull,
  )
}
