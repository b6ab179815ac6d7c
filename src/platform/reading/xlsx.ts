import type { Bytes } from './bytes.ts'
import { openPackage, type Package } from './ooxml.ts'
import type { Limits, SheetsReading } from './reading.ts'
import { dated, datesOf } from './xlsx-dates.ts'

const MOST_SHEETS = 200
type Left = { text: number; cells: number }
type Sheet = SheetsReading['sheets'][number]

/**
 * A workbook as tables of text, sheet by sheet (ECMA-376 part 1, 18): hidden sheets too, marked. Formulas are not worked out;
 * their last result is shown. Empty rows and cells between full ones are kept, so that a row's place is its number.
 */
export async function readXlsx(bytes: Bytes, limits: Limits): Promise<SheetsReading> {
  const office = await openPackage(bytes, limits)
  const relations = await office.relations(office.main)
  const partOf = (type: string) => [...relations.values()].find((one) => one.type === type && office.has(one.target))?.target
  const named: { name: string; part: string; isHidden: boolean }[] = []
  let is1904 = false
  await office.xml(office.main, {
    open: (tag, { name, id, state, date1904 }) => {
      if (tag === 'workbookPr') is1904 = date1904 === '1' || date1904 === 'true'
      const sheet = tag === 'sheet' && id ? relations.get(id) : undefined
      if (sheet?.type === 'worksheet' && office.has(sheet.target))
        named.push({ name: name ?? '', part: sheet.target, isHidden: (state ?? 'visible') !== 'visible' })
    },
  })
  const strings = await stringsOf(office, partOf('sharedStrings'), limits)
  const dates = await datesOf(office, partOf('styles'))
  const left = { text: limits.text, cells: limits.cells }
  const sheets: Sheet[] = []
  for (const { name, part, isHidden } of named.slice(0, MOST_SHEETS)) {
    const value = (type: string, style: string, text: string): string => {
      if (type === 's') return strings.texts[Number(text)] ?? ''
      if (type === 'b') return text === '1' ? 'TRUE' : 'FALSE'
      const form = type === '' || type === 'n' ? dates.get(Number(style || 0)) : undefined
      return form ? dated(text, form, is1904) : text
    }
    sheets.push({ name, isHidden, ...(await readSheet(office, part, value, left, limits)) })
  }
  return { kind: 'sheets', sheets, cut: strings.cut || named.length > MOST_SHEETS || sheets.some(({ cut }) => cut) }
}

/** The texts that cells point at. Reading hints (`rPh`) are left out. */
async function stringsOf(office: Package, part: string | undefined, limits: Limits): Promise<{ texts: string[]; cut: boolean }> {
  const texts: string[] = []
  if (!part) return { texts, cut: false }
  // a text may stand in none of the cells that are shown
  let left = limits.text * 4
  let text = ''
  let isText = false
  let inHint = false
  const isFull = () => left <= 0 || texts.length > limits.cells * 4
  await office.xml(
    part,
    {
      open: (name) => {
        if (name === 'si') text = ''
        else if (name === 'rPh') inHint = true
        else if (name === 't') isText = !inHint
      },
      close: (name) => {
        if (name === 't') isText = false
        else if (name === 'rPh') inHint = false
        else if (name === 'si' && !isFull()) texts.push(text)
      },
      text: (piece) => {
        if (!isText || isFull()) return
        text += piece
        left -= piece.length
      },
    },
    isFull,
  )
  return { texts, cut: isFull() }
}

type Value = (type: string, style: string, text: string) => string

async function readSheet(office: Package, part: string, value: Value, left: Left, limits: Limits): Promise<Pick<Sheet, 'rows' | 'cut'>> {
  const rows: string[][] = []
  let cut = false
  let row = 0
  let column = 0
  let cell = { type: '', style: '' }
  let text = ''
  let isText = false
  const put = () => {
    const shown = value(cell.type, cell.style, text).toWellFormed()
    if (shown === '') return
    if (row > limits.rows || column > limits.columns || shown.length > left.text) return void (cut = true)
    const room = Math.max(0, row - rows.length) + Math.max(0, column - (rows[row - 1]?.length ?? 0))
    if (room > left.cells) return void ((cut = true), (left.cells = 0))
    left.cells -= room
    while (rows.length < row) rows.push([])
    const cells = rows[row - 1]!
    while (cells.length < column) cells.push('')
    cells[column - 1] = shown
    left.text -= shown.length
  }
  await office.xml(
    part,
    {
      open: (name, { r, t, s }) => {
        if (name === 'row') {
          row = /^[0-9]{1,7}$/.test(r ?? '') ? Math.max(1, Number(r)) : row + 1
          column = 0
        } else if (name === 'c') {
          column = columnOf(r) ?? column + 1
          cell = { type: t ?? '', style: s ?? '' }
          text = ''
        } else if (name === 'v' || name === 't') isText = true
      },
      close: (name) => {
        if (name === 'v' || name === 't') isText = false
        else if (name === 'c' && row > 0) put()
      },
      text: (piece) => void (isText && text.length <= limits.text && (text += piece)),
    },
    // columns beyond the last that is shown cut a row, not the sheet
    () => row > limits.rows || left.cells <= 0 || left.text <= 0,
  )
  return { rows, cut: cut || row > limits.rows || left.cells <= 0 || left.text <= 0 }
}

/** `AB12` stands in column 28; null when it does not say. */
function columnOf(place: string | undefined): number | null {
  const letters = /^([A-Z]{1,3})[0-9]+$/.exec(place ?? '')?.[1]
  return letters ? [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) : null
}
