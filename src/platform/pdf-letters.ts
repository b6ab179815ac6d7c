/** A stretch of text as it is set; `missing`: it stands for characters that the typeface lacks. */
export type Run = { text: string; missing: boolean }

/** Of characters in a row that no typeface has, so many are named. */
const MOST_NAMED = 12

/**
 * The text in stretches that the typeface has letters for. What it has not, and what turns the reading direction or shows
 * nothing at all (Unicode Cc, Cf, Co, Cs, Cn), becomes one `?` each with the Unicode numbers behind: `?? [U+05D0 U+05D1]`.
 * Nothing is dropped. Composed where it can be (NFC); a run of empty lines becomes one.
 */
export function runsOf(text: string, has: (codePoint: number) => boolean): Run[] {
  const runs: Run[] = []
  let lost: number[] = []
  let plain = ''
  const endLost = () => {
    if (lost.length > 0) runs.push({ text: nameOf(lost), missing: true })
    lost = []
  }
  const endPlain = () => {
    if (plain !== '') runs.push({ text: plain, missing: false })
    plain = ''
  }
  for (const letter of tidy(text)) {
    const point = letter.codePointAt(0)!
    if (letter === '\n' || (!UNSEEN.test(letter) && has(point))) {
      endLost()
      plain += letter
    } else if (SPACE.test(letter)) {
      endLost()
      plain += ' '
    } else {
      endPlain()
      lost.push(point)
    }
  }
  endLost()
  endPlain()
  return runs
}

const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/u
const SPACE = /\p{Zs}/u

const tidy = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029\v\f]/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replaceAll('\t', ' ')
    // the typeface has only the one hyphen
    .replaceAll('\u2011', '-')

function nameOf(points: number[]): string {
  const marks = '?'.repeat(Math.min(points.length, 40))
  const numbers = points.slice(0, MOST_NAMED).map((point) => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`)
  const rest = points.length - numbers.length
  return `${marks} [${numbers.join(' ')}${rest > 0 ? ` and ${rest} more` : ''}]`
}
