import { isDay } from './checks.ts'
import type { Scheme } from './scheme.ts'

/** The first letters of the months in English, German, French, Spanish, Italian and Dutch, by month; marks left out. */
const MONTHS = [
  'jan|gen|ene',
  'feb|fev|fevr',
  'mar|mrz|maerz|maart|mrt',
  'apr|avr|abr',
  'may|mai|mag|mayo|mei',
  'jun|juin|giu',
  'jul|juil|lug',
  'aug|aou|ago',
  'sep|set',
  'oct|okt|ott',
  'nov',
  'dec|dez|dic',
].map((names) => names.split('|'))
/** Characters before a year that a day and a month may take. */
const REACH = 34
const NAME = String.raw`[a-z]{3,10}`
const DAY_FIRST = new RegExp(
  String.raw`(?<!\w)(\d{1,2})(?:st|nd|rd|th|er|[ºª°])?\.? ?(?:day of |de |of )?-?(${NAME})\.?,?[ -](?:de |del )?$`,
)
const MONTH_FIRST = new RegExp(String.raw`(?<!\w)(${NAME})\.? (\d{1,2})(?:st|nd|rd|th)?,? $`)

export const BIRTHDAYS: readonly Scheme[] = [
  {
    kind: 'date-of-birth',
    shapes: [
      ...['N2', 'N1'].flatMap((day) => ['N2', 'N1'].flatMap((month) => [`${day} ${month} N4`, `${day} ${month} N2`])),
      'N4 N2 N2',
      'N8',
    ],
    joins: ' -./',
    fits: (_, written) => isBirthday(written),
    isChecked: false,
  },
  {
    kind: 'date-of-birth',
    shapes: ['N4'],
    joins: '',
    fits: (digits) => isYear(Number(digits)),
    beginsAt: dayBefore,
    isChecked: false,
  },
]

/** Where the day and the month before a year begin, as in `12 March 1980`, `12. März 1980`, `March 12, 1980`. */
function dayBefore(text: string, at: number): number | null {
  const from = Math.max(0, at - REACH)
  // as long as the text itself, so that places stay
  const before = Array.from({ length: at - from }, (_, index) => plain(text[from + index]!)).join('')
  const dayFirst = DAY_FIRST.exec(before)
  const found = dayFirst ?? MONTH_FIRST.exec(before)
  if (!found) return null
  const [day, name] = dayFirst ? [found[1]!, found[2]!] : [found[2]!, found[1]!]
  const month = MONTHS.findIndex((names) => names.some((start) => name.startsWith(start))) + 1
  return month > 0 && isDay(2000, month, Number(day)) ? from + found.index : null
}

/** One letter small and without its mark, one space for each that there is. */
function plain(letter: string): string {
  const base = letter.toLowerCase().normalize('NFKD')[0]!
  return /\s/.test(base) ? ' ' : base
}

function isBirthday(written: string): boolean {
  const groups = (written.normalize('NFKC').match(/\d+/g) ?? []).map(Number)
  const [first, second, third] = groups.length === 1 ? split(groups[0]!) : groups
  if (first === undefined || second === undefined || third === undefined) return false
  if (isYear(first)) return isDay(first, second, third)
  const year = third < 100 ? 2000 : third
  return (third < 100 || isYear(third)) && (isDay(year, second, first) || isDay(year, first, second))
}

/** `19800312` or `12031980`. */
function split(digits: number): number[] {
  const [early, late] = [Math.floor(digits / 10_000), digits % 10_000]
  return isYear(early) ? [early, Math.floor(late / 100), late % 100] : [Math.floor(early / 100), early % 100, late]
}

/** Years in which those who are alive, or whose estate is still being wound up, were born. */
const isYear = (year: number): boolean => year >= 1895 && year <= 2035
