import type { Bytes } from './bytes.ts'
import { openOpenDocument, spaceOf } from './opendocument.ts'
import type { Limits, SheetsReading } from './reading.ts'

const MOST_SHEETS = 200
type Sheet = SheetsReading['sheets'][number]
type Cell = { text: string; value: string; times: number }

/**
 * A workbook of OpenDocument as tables of text (OASIS ODF 1.3 part 3, 9), cells as they are shown. Empty cells between full ones
 * are kept; empty rows are not, and one that is repeated stands once.
 */
export async function readOds(bytes: Bytes, limits: Limits): Promise<SheetsReading> {
  const parts = await openOpenDocument(bytes, limits)
  const sheets: Sheet[] = []
  const left = { text: limits.text, cells: limits.cells }
  let cut = false
  let row: string[] | null = null
  let cell: Cell | null = null
  // a cell may hold a drawing that holds a table
  let depth = 0
  const isFull = () => left.text <= 0 || left.cells <= 0 || sheets.length > MOST_SHEETS
  const put = ({ text, value, times }: Cell) => {
    const shown = (text.trim() || value).toWellFormed()
    if (shown === '') return void (row!.length + times <= limits.columns && row!.push(...Array<string>(times).fill('')))
    for (let n = 0; n < times; n++) {
      if (row!.length >= limits.columns || isFull() || shown.length > left.text) return void (cut = true)
      row!.push(shown)
      left.text -= shown.length
      left.cells -= 1
    }
  }
  const endRow = () => {
    const sheet = sheets.at(-1)
    while (row?.at(-1) === '') row.pop()
    if (sheet && row?.length) {
      if (sheet.rows.length < limits.rows) sheet.rows.push(row)
      else sheet.cut = cut = true
    }
    row = null
  }
  await parts.xml(
    'content.xml',
    {
      open: (name, attributes) => {
        if (name === 'table' && depth++ === 0) sheets.push({ name: attributes.name ?? '', isHidden: false, rows: [], cut: false })
        else if (depth > 1) return
        else if (name === 'table-row') row = []
        else if (name === 'table-cell' || name === 'covered-table-cell') cell = cellOf(attributes)
        else if (cell && name === 'p' && cell.text !== '') cell.text += '\n'
        else if (cell) cell.text += spaceOf(name, attributes.c)
      },
      close: (name) => {
        if (name === 'table') depth -= 1
        else if (depth > 1) return
        else if (name === 'table-row') endRow()
        else if ((name === 'table-cell' || name === 'covered-table-cell') && row && cell) {
          put(cell)
          cell = null
        }
      },
      text: (text) => {
        if (cell && cell.text.length <= limits.text) cell.text += text.replace(/[ \t\r\n]+/g, ' ')
      },
    },
    isFull,
  )
  return { kind: 'sheets', sheets: sheets.slice(0, MOST_SHEETS), cut: cut || isFull() }
}

/** `value` stands for a cell that shows nothing; a cell that is repeated to fill its row is counted no further than a sheet is wide. */
function cellOf(attributes: Record<string, string>): Cell {
  const times = attributes['number-columns-repeated'] ?? '1'
  return {
    text: '',
    value: attributes['date-value'] ?? attributes['office:value'] ?? '',
    times: /^[0-9]{1,5}$/.test(times) ? Math.min(16_384, Math.max(1, Number(times))) : 1,
  }
}
