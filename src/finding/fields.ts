import { datesOf, type Compared } from './dates.ts'
import { anyOf, type Note } from './joining.ts'
import { FIELDS, type Field, type Node } from './query.ts'
import { wordsOf } from './words.ts'

/** What a document can be, with other words for it. */
export const TYPES: Record<string, readonly string[]> = {
  pdf: [],
  word: ['doc', 'docx', 'odt', 'rtf'],
  sheet: ['sheets', 'spreadsheet', 'excel', 'xls', 'xlsx', 'ods'],
  slides: ['slide', 'presentation', 'powerpoint', 'ppt', 'pptx'],
  mail: ['mails', 'email', 'emails', 'eml', 'msg'],
  picture: ['pictures', 'image', 'images', 'photo', 'photos'],
  scan: ['scans', 'scanned'],
  text: ['txt'],
  archive: ['archives', 'zip'],
  page: ['pages', 'html', 'web'],
}
export const CLASS_NAMES: Record<string, readonly string[]> = {
  public: [],
  internal: [],
  confidential: [],
  privileged: [],
  restricted: [],
}
const OTHER_NAMES: Record<string, Field> = { title: 'name', folder: 'name', subject: 'name' }
const DATES = ['date', 'before', 'after'] as const

/** A field as a search names it: where it is looked for, or how a date is compared. */
export type Named = { field: Field } | { compared: Compared }

/** `null`: no such field. */
export function fieldOf(name: string, sign: string): Named | null {
  const plain = name.toLowerCase()
  const date = DATES.find((known) => known === plain)
  if (date) return { compared: comparedBy(date, sign) }
  if (sign !== ':') return null
  const field = FIELDS.find((known) => known === plain) ?? (Object.hasOwn(OTHER_NAMES, plain) ? OTHER_NAMES[plain] : undefined)
  return field ? { field } : null
}

function comparedBy(name: (typeof DATES)[number], sign: string): Compared {
  if (name === 'before') return '<'
  if (name === 'after') return '>'
  if (sign === '≥') return '>='
  if (sign === '≤') return '<='
  return sign === ':' || sign === '=' ? '' : (sign as Compared)
}

/**
 * A field with its value: a word, what stood within quotes or parentheses, there with OR between alternatives. `written`: both, for
 * notes. `null`: it cannot be looked for, and a note says why.
 */
export function askedIn(named: Named, value: string, written: string, today: string, note: Note): Node | null {
  const values = value.split(/(?:^|\s)(?:OR|\|\|?)(?:\s|$)/).filter((one) => one.trim() !== '')
  if (values.length === 0) note(`“${written}” was left out: nothing stands after it.`)
  return anyOf(
    values.map((one) =>
      'compared' in named ? dateIn(named.compared, one, written, today, note) : wordsIn(named.field, one, written, note),
    ),
    note,
  )
}

function dateIn(compared: Compared, value: string, written: string, today: string, note: Note): Node | null {
  const dates = datesOf(value.trim(), compared, today)
  if (dates === null) {
    note(`“${written}” was left out: write a day as 2025-03-01, a month as 2025-03, a year, or last month.`)
    return null
  }
  if (dates.isTurned) note(`“${written}” was read from the earlier day to the later.`)
  return { kind: 'date', from: dates.from, to: dates.to }
}

function wordsIn(field: Field, value: string, written: string, note: Note): Node | null {
  const words = wordsOf(value).map(({ word }) => word)
  if (words.length === 0) {
    note(`“${written}” was left out: there is no word in it.`)
    return null
  }
  if (field === 'type') return codesIn('type', TYPES, words, note)
  if (field === 'class') return codesIn('class', CLASS_NAMES, words, note)
  if (/[*?!]/.test(value)) note(`In “${written}” whole words are looked for; * ? and ! are not read there.`)
  return { kind: 'field', field, words }
}

/** Any of the codes: a document has one type and one class. */
function codesIn(field: 'type' | 'class', known: Record<string, readonly string[]>, words: readonly string[], note: Note): Node | null {
  const nodes = words.map((word): Node | null => {
    const code = Object.keys(known).find((name) => name === word || known[name]!.includes(word))
    if (code === undefined) note(`“${field}:${word}” was left out: write one of ${Object.keys(known).join(', ')}.`)
    return code === undefined ? null : { kind: 'field', field, words: [code] }
  })
  return anyOf(nodes, note)
}
