import { blocksWithin, type Blocks } from './blocks.ts'
import type { Bytes } from './bytes.ts'
import { openPackage, type Package } from './ooxml.ts'
import type { Limits, TextReading } from './reading.ts'

/** The text of a presentation, slide by slide in its order, with each slide's notes behind it (ECMA-376 part 1, 19). */
export async function readPptx(bytes: Bytes, limits: Limits): Promise<TextReading> {
  const office = await openPackage(bytes, limits)
  const relations = await office.relations(office.main)
  const slides: string[] = []
  await office.xml(office.main, {
    // of `id` and `r:id` only the one with a prefix is a relation's
    open: (name, attributes) => {
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1]
      const slide = name === 'sldId' && id ? relations.get(id)?.target : undefined
      if (slide && office.has(slide)) slides.push(slide)
    },
  })
  const blocks = blocksWithin(limits)
  for (const slide of slides) {
    if (blocks.isFull()) break
    await readShapes(office, slide, blocks, limits)
    const notes = [...(await office.relations(slide)).values()].find(({ type }) => type === 'notesSlide')?.target
    if (notes && office.has(notes)) await readShapes(office, notes, blocks, limits)
  }
  return blocks.reading()
}

/** Placeholders that repeat what is on every slide. */
const FURNITURE = ['sldNum', 'dt', 'ftr', 'hdr', 'sldImg']

async function readShapes(office: Package, part: string, blocks: Blocks, limits: Limits): Promise<void> {
  let placeholder = ''
  let text = ''
  let isText = false
  let cells: string[] | null = null
  let cell: string[] = []
  const open = (name: string, { type }: Record<string, string>) => {
    if (name === 'sp') placeholder = ''
    else if (name === 'ph') placeholder = type ?? ''
    else if (name === 'tr') cells = []
    else if (name === 'tc') cell = []
    else if (name === 'p') text = ''
    else if (name === 't') isText = true
    else if (name === 'br') text += '\n'
  }
  const close = (name: string) => {
    if (name === 't') isText = false
    else if (name === 'tc') cells?.push(cell.join('\n'))
    else if (name === 'tr') {
      if (cells?.some((one) => one !== '')) blocks.add({ type: 'table-row', cells: cells.slice(0, limits.columns) })
      cells = null
    } else if (name === 'p' && text.trim() !== '' && !FURNITURE.includes(placeholder)) {
      if (cells) cell.push(text)
      else if (placeholder === 'title' || placeholder === 'ctrTitle') blocks.add({ type: 'heading', level: 1, text })
      else blocks.add({ type: 'paragraph', text })
    }
  }
  const say = (part: string) => void (isText && text.length <= limits.text && (text += part))
  await office.xml(part, { open, close, text: say }, blocks.isFull)
}
