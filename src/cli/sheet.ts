import type { RecoverySheet } from '../contract/firm.ts'

/** The recovery sheet as plain text; `rootKeyOf` (src/core/sheet.ts) reads it back. */
export function sheetText({ firm, words, check, printedAt }: RecoverySheet): string {
  const width = Math.max(...words.map((word) => word.length)) + 4
  const cell = (word: string, i: number) => `${String(i + 1).padStart(2)} ${word}`.padEnd(width + 2)
  const rows = Array.from({ length: words.length / 4 }, (_, row) =>
    words
      .slice(row * 4, row * 4 + 4)
      .map((word, k) => cell(word, row * 4 + k))
      .join('')
      .trimEnd(),
  )
  return `RECOVERY SHEET OF ${firm}

${rows.map((row) => `  ${row}`).join('\n')}

  Check: ${check}
  Printed: ${printedAt}

These words are the firm's root key. Whoever has them and a copy of the data can
read everything; without the root key nobody can. Keep this sheet locked away,
apart from the server and from every backup, and never in a mailbox.

If the keyring file is lost, put the root key back with:

  subrosa key recover --sheet FILE

where FILE is this text, or the words typed from it.
`
}
