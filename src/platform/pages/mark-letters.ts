/** Characters of a line that are taken. */
const LONGEST = 80
/** Letters that stand side by side, and how often a line goes on below: a page is so wide. */
const ACROSS = 60
const MOST_ROWS = 3
export const MOST_LINES = 6

/** Whatever turns the reading direction or shows nothing at all. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}]/u

/**
 * The lines of a watermark as they are drawn: spaces and line ends are one space, what the typeface lacks and what shows nothing
 * or turns the direction is its number in Unicode (`[U+05D0 U+05D1]`), what is long goes on in the next row or ends in `…`. No
 * row is empty; no line that shows anything is left out, up to six.
 */
export function rowsOf(lines: readonly string[], has: (codePoint: number) => boolean): string[] {
  return lines
    .map(plain)
    .filter((line) => line !== '')
    .slice(0, MOST_LINES)
    .flatMap((line) => cut(spelled(line, has)))
}

const plain = (line: string): string => line.toWellFormed().normalize('NFC').replace(/\s+/gu, ' ').trim()

function spelled(line: string, has: (codePoint: number) => boolean): string {
  const letters = [...line]
  const taken = letters.length > LONGEST ? [...letters.slice(0, LONGEST - 1), '…'] : letters
  let said = ''
  let lost: string[] = []
  const end = () => {
    if (lost.length > 0) said += `[${lost.join(' ')}]`
    lost = []
  }
  for (const letter of taken) {
    const point = letter.codePointAt(0)!
    if (UNSEEN.test(letter) || !has(point)) lost.push(`U+${point.toString(16).toUpperCase().padStart(4, '0')}`)
    else {
      end()
      said += letter
    }
  }
  end()
  return said
}

function cut(line: string): string[] {
  const letters = [...line]
  const rows = Array.from({ length: Math.ceil(letters.length / ACROSS) }, (_, at) => letters.slice(at * ACROSS, (at + 1) * ACROSS).join(''))
  const kept = rows.slice(0, MOST_ROWS).map((row) => row.trim())
  if (rows.length > MOST_ROWS) kept[MOST_ROWS - 1] += '…'
  return kept.filter((row) => row !== '')
}
