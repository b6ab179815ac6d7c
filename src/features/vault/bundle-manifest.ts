import type { Left } from './bundles.ts'

/** One document of an archive, as it went out. */
export type Gone = { path: string; size: number; sha256: string; id: string; version: number; class: string; at: string }

const COLUMNS = ['path', 'size', 'sha256', 'id', 'version', 'class', 'at', 'left out'] as const

/** RFC 4180. A name that a spreadsheet would take for a formula has an apostrophe before it; `manifest.json` has it as it is. */
export function manifestCsv(gone: readonly Gone[], left: readonly Left[]): Buffer {
  const rows = [
    ...gone.map((one) => [one.path, one.size, one.sha256, one.id, one.version, one.class, one.at, '']),
    ...left.map((one) => [one.path, '', '', one.document, '', one.class, '', one.text]),
  ]
  return Buffer.from([COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join(''))
}

export const manifestJson = (about: { matter: string; bundle: string; at: string }, gone: readonly Gone[], left: readonly Left[]): Buffer =>
  Buffer.from(`${JSON.stringify({ ...about, documents: gone, leftOut: left }, null, 1)}\n`)

function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
