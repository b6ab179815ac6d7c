import { DEEDS } from '../../contract/deeds.ts'
import type { FORMATS, NumberedEntry } from '../../contract/entry.ts'

export type Format = (typeof FORMATS)[number]
export const MEDIA: Record<Format, string> = { csv: 'text/csv; charset=utf-8', jsonl: 'application/x-ndjson; charset=utf-8' }

const COLUMNS: Record<string, (entry: NumberedEntry) => string | number | null> = {
  'number': ({ number }) => number,
  'at': ({ at }) => at,
  'who': ({ actor }) => actor?.name ?? null,
  'who id': ({ actor }) => actor?.id ?? null,
  'deed': ({ deed }) => deed,
  'did': ({ deed }) => DEEDS[deed],
  'to what': ({ object }) => object,
  'document id': ({ document }) => document,
  'matter': ({ matter }) => matter?.title ?? null,
  'matter id': ({ matter }) => matter?.id ?? null,
  'number in the matter': ({ matterNumber }) => matterNumber,
  'details': ({ details }) => (Object.keys(details).length > 0 ? JSON.stringify(details) : null),
  'ground': ({ ground }) => ground,
  'via': ({ via }) => via,
  'address': ({ from }) => from?.address ?? null,
  'browser': ({ from }) => from?.browser ?? null,
  'device id': ({ from }) => from?.device ?? null,
  'session id': ({ from }) => from?.session ?? null,
  'proof': ({ proof }) => proof,
  'entry id': ({ id }) => id,
}

/** What stands before the first entry. */
export const headOf = (format: Format): string => (format === 'csv' ? lineOf(Object.keys(COLUMNS)) : '')
/** One entry: a line of RFC 4180 with the columns of the head, or a JSON object as `entry.read` gives it. */
export const entryLine = (format: Format, entry: NumberedEntry): string =>
  format === 'csv' ? lineOf(Object.values(COLUMNS).map((column) => column(entry))) : `${JSON.stringify(entry)}\n`

const lineOf = (cells: readonly (string | number | null)[]): string => `${cells.map(cell).join(',')}\r\n`

/** Text that a spreadsheet would take for a formula has an apostrophe before it (OWASP, CSV injection); JSON Lines has it as it is. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  const text = typeof value === 'string' && /^[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
