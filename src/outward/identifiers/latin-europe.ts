import { isDay, isDayOfAnyCentury, pairAt, remainder, weighed } from './checks.ts'
import { isEvenly, type Scheme } from './scheme.ts'

const DNI_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE'
const TAX_CODE_MONTHS = 'ABCDEHLMPRST'
/** Letters that stand for digits where two people would have the same code, 0 to 9. */
const TAX_CODE_DIGITS = 'LMNPQRSTUV'
/** What a sign counts at the first, third … place: 0 to 9 as A to J, then K to Z. */
const ODD_VALUES = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

export const LATIN: readonly Scheme[] = [
  {
    // INSEE, RNIPP: sex, year, month, place, order, and what is wanted to 97; Corsica's 2A counts as 19, 2B as 18
    kind: 'fr-nir',
    shapes: [
      ...['N15', 'N6A1N8', 'N13 N2', 'N6A1N6 N2', 'N1 N2 N2 N2 N3 N3 N2', 'N1 N2 N2 N1A1 N3 N3 N2'],
      ...['N1 N2 N2 N5 N3 N2', 'N1 N4 N5 N3 N2', 'N1 N2 N2 N2 N6 N2'],
    ],
    joins: ' -./',
    fits: isNir,
    isChecked: true,
    isPlain: () => true,
  },
  {
    // Real Decreto 1553/2005: the letter is the remainder by 23
    kind: 'es-dni',
    shapes: ['N8A1', 'N8 A1', 'N2 N3 N3 A1', 'N2 N3 N3A1'],
    joins: ' -.',
    fits: (compact) => DNI_LETTERS[remainder(compact.slice(0, 8), 23)] === compact[8],
    isChecked: true,
    isPlain: (joins) => joins === '..-',
  },
  {
    // Orden INT/2058/2008: X, Y and Z count as 0, 1 and 2
    kind: 'es-nie',
    shapes: ['A1N7A1', 'A1 N7 A1', 'A1 N7A1', 'A1N7 A1', 'A1 N1 N3 N3 A1'],
    joins: ' -.',
    fits: (compact) =>
      'XYZ'.includes(compact[0]!) && DNI_LETTERS[remainder('XYZ'.indexOf(compact[0]!) + compact.slice(1, 8), 23)] === compact[8],
    isChecked: true,
    isPlain: (joins) => joins === '' || joins === '-' || joins === '--',
  },
  {
    // Decreto Ministeriale 23 December 1976, with the letters for digits of its article 6
    kind: 'it-tax-code',
    shapes: ['A6X2A1X2A1X3A1', 'A3 A3 X2A1X2 A1X3A1', 'A3 A3 X2A1X2 A1X3 A1'],
    joins: ' -',
    fits: isTaxCode,
    isChecked: true,
    isPlain: () => true,
  },
  {
    // Decreto-Lei 14/2013: weights 9 to 2 by 11, where 10 is written 0; people have 1, 2, 3 and 45
    kind: 'pt-nif',
    shapes: ['N9', 'N3 N3 N3'],
    joins: ' -.',
    fits: (digits) => digits[0] !== '0' && ((11 - (weighed(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10 === Number(digits[8]),
    isChecked: true,
  },
  {
    // Arrêté royal of 3 April 1984: what is wanted to 97, with a 2 before it for who was born in or after 2000
    kind: 'be-national',
    shapes: ['N2 N2 N2 N3 N2', 'N6 N3 N2', 'N6 N5', 'N11'],
    joins: ' -.',
    fits: isBelgian,
    isChecked: true,
    isPlain: (joins) => joins.length === 4 && (isEvenly(joins) || joins === '..-.' || joins === '..--'),
  },
]

function isNir(compact: string): boolean {
  if (!/^[1-478]\d{4}(?:\d\d|2[AB])\d{8}$/.test(compact)) return false
  const month = pairAt(compact, 3)
  // 20 to 42 and from 50: the month was not known
  if (month < 1 || (month > 12 && month < 20) || (month > 42 && month < 50)) return false
  const place = compact.slice(5, 7).replace('2A', '19').replace('2B', '18')
  return 97 - remainder(compact.slice(0, 5) + place + compact.slice(7, 13), 97) === pairAt(compact, 13)
}

function isTaxCode(compact: string): boolean {
  const digit = (at: number): number => {
    const letter = TAX_CODE_DIGITS.indexOf(compact[at]!)
    return letter >= 0 ? letter : /\d/.test(compact[at]!) ? Number(compact[at]) : NaN
  }
  const [year, day, place] = [digit(6) * 10 + digit(7), digit(9) * 10 + digit(10), digit(12) + digit(13) + digit(14)]
  const month = TAX_CODE_MONTHS.indexOf(compact[8]!) + 1
  if (Number.isNaN(year + day + place) || !isDayOfAnyCentury(year, month, day > 40 ? day - 40 : day)) return false
  const sum = [...compact.slice(0, 15)].reduce((sum, sign, at) => {
    const value = /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 65
    return sum + (at % 2 === 0 ? ODD_VALUES[value]! : value)
  }, 0)
  return String.fromCharCode(65 + (sum % 26)) === compact[15]
}

function isBelgian(digits: string): boolean {
  const [year, month, day] = [pairAt(digits, 0), pairAt(digits, 2), pairAt(digits, 4)]
  if (month > 12 || day > 31 || (month > 0 && day > 0 && !isDay(2000 + year, month, day) && !isDay(1900 + year, month, day))) return false
  const wanted = pairAt(digits, 9)
  const number = digits.slice(0, 9)
  return 97 - remainder(number, 97) === wanted || 97 - remainder(`2${number}`, 97) === wanted
}
