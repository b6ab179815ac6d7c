import type { Package } from './ooxml.ts'

export type DateForm = 'date' | 'time' | 'both'
/** Number formats that are built in and mean a date or a time (ECMA-376 part 1, 18.8.30). */
const BUILT_IN = new Map<number, DateForm>([
  ...[14, 15, 16, 17].map((id) => [id, 'date'] as const),
  ...[18, 19, 20, 21, 45, 46, 47].map((id) => [id, 'time'] as const),
  [22, 'both'],
])
const DAY = 86_400_000

/** The styles of cells that show a number as a date, by their place in the list. */
export async function datesOf(office: Package, part: string | undefined): Promise<Map<number, DateForm>> {
  const forms = new Map(BUILT_IN)
  const dates = new Map<number, DateForm>()
  if (!part) return dates
  let inCells = false
  let place = 0
  await office.xml(part, {
    open: (name, { numFmtId, formatCode }) => {
      if (name === 'numFmt') {
        const form = formOf(formatCode ?? '')
        if (form) forms.set(Number(numFmtId), form)
        else forms.delete(Number(numFmtId))
      } else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) {
        const form = forms.get(Number(numFmtId))
        if (form) dates.set(place, form)
        place += 1
      }
    },
    close: (name) => void (name === 'cellXfs' && (inCells = false)),
  })
  return dates
}

/** Of a format's first section, without quoted text, escapes, colours and conditions. */
function formOf(code: string): DateForm | null {
  const letters = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .split(';')[0]!
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .replace(/general/gi, '')
  const hasTime = /[hs]/i.test(letters)
  const hasDate = /[yd]/i.test(letters) || (/m/i.test(letters) && !hasTime)
  return hasDate ? (hasTime ? 'both' : 'date') : hasTime ? 'time' : null
}

/** A serial number as ISO 8601; as it stands when it is none. Day 60 of the 1900 system is a leap day that never was. */
export function dated(text: string, form: DateForm, is1904: boolean): string {
  const serial = Number(text)
  if (text.trim() === '' || !(serial >= 0 && serial < 2_958_466)) return text
  const days = is1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  const when = new Date(Date.UTC(1899, 11, 30) + Math.round(days * (DAY / 1000)) * 1000).toISOString()
  const time = when.slice(11, 19)
  return form === 'time' ? (serial < 1 ? time : text) : form === 'date' ? when.slice(0, 10) : `${when.slice(0, 10)} ${time}`
}
