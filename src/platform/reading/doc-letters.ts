import type { Blocks } from './blocks.ts'
import type { Limits } from './reading.ts'

/** Takes text as Word keeps it, in pieces of any size, and gives paragraphs and rows. */
export type DocLetters = { take(text: string): void; isFull(): boolean; end(): void }

const DEEPEST_FIELD = 1_000
const FIELD = 0x13
const RESULT = 0x14
const FIELD_END = 0x15
const CELL = 0x07
const SIGNS: Record<number, string> = { 0x09: '\t', 0x0a: '\n', 0x0b: '\n', 0x1e: '-', 0x1f: '' }

/**
 * Marks in the text ([MS-DOC] 2.4.1, 2.8.25): 0D ends a paragraph, 0C a page, 07 a cell and, behind the last, its row; 13, 14 and
 * 15 hold a field's instruction and its result; other controls stand for pictures, notes and the like.
 */
export function docLetters(blocks: Blocks, limits: Limits): DocLetters {
  let text = ''
  let cells: string[] = []
  let wasCell = false
  // for each open field, whether its instruction is over
  const fields: boolean[] = []
  let instructions = 0

  const endParagraph = () => {
    if (cells.some((cell) => cell !== '')) return void (text += '\n')
    cells = []
    if (text.trim() !== '') blocks.add({ type: 'paragraph', text })
    text = ''
  }
  const endRow = () => {
    if (cells.some((cell) => cell !== '')) blocks.add({ type: 'table-row', cells: cells.slice(0, limits.columns) })
    cells = []
  }
  const endCell = () => {
    if (wasCell && text === '') {
      endRow()
      wasCell = false
      return
    }
    if (cells.length <= limits.columns) cells.push(text.trim())
    text = ''
    wasCell = true
  }
  const field = (code: number) => {
    if (code === FIELD && fields.length < DEEPEST_FIELD) {
      fields.push(false)
      instructions += 1
    } else if (code === RESULT && fields.at(-1) === false) {
      fields[fields.length - 1] = true
      instructions -= 1
    } else if (code === FIELD_END && fields.pop() === false) instructions -= 1
  }
  const mark = (code: number) => {
    if (code === 0x0d || code === 0x0c || code === 0x0e) {
      endParagraph()
      // an instruction that never ends would eat the rest
      fields.length = 0
      instructions = 0
    } else if (code === CELL) endCell()
    else if (code >= FIELD && code <= FIELD_END) field(code)
    else if (!instructions && SIGNS[code] !== undefined) text += SIGNS[code]
  }
  return {
    take: (piece) => {
      // runs of letters, and single marks between them
      for (const [run] of piece.matchAll(/[^\x00-\x1f]+|[\x00-\x1f]/g)) {
        const code = run.charCodeAt(0)
        if (code < 0x20) mark(code)
        else if (!instructions && text.length <= limits.text) text += run
        if (code >= 0x20) wasCell = false
      }
    },
    isFull: () => blocks.isFull() || text.length > limits.text,
    end: () => {
      endRow()
      endParagraph()
    },
  }
}
