import { isDay, isDayOfAnyCentury, luhn, pairAt, remainder, weighed } from './checks.ts'
import type { Scheme } from './scheme.ts'

const HETU_SIGNS = '0123456789ABCDEFHJKLMNPRSTUVWXY'
/** Centuries of a PESEL by what is added to its month: 80 is 1800, 0 is 1900 and so on. */
const PESEL_CENTURIES = [1900, 2000, 2100, 2200, 1800]

export const NORTHERN: readonly Scheme[] = [
  {
    // Rijksdienst voor Identiteitsgegevens, the eleven-proof: weights 9 to 2, and the last digit taken away
    kind: 'nl-bsn',
    shapes: ['N9', 'N4 N2 N3', 'N3 N3 N3'],
    joins: ' -.',
    fits: (digits) => weighed(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 && digits !== '000000000',
    isChecked: true,
  },
  {
    // Skatteverket, SKV 704: day of birth (60 more for a coordination number), birth number, Luhn
    kind: 'se-personal',
    shapes: ['N6 N4', 'N8 N4', 'N10', 'N12'],
    joins: '-',
    fits: isSwedish,
    isChecked: true,
    isPlain: (joins) => joins === '-',
  },
  {
    // CPR-kontoret: a day of birth and four digits, without a check since 2007
    kind: 'dk-cpr',
    shapes: ['N6 N4', 'N10'],
    joins: ' -',
    fits: (digits) => isDayOfAnyCentury(pairAt(digits, 4), pairAt(digits, 2), pairAt(digits, 0)),
    isChecked: false,
  },
  {
    // Digi- ja väestötietovirasto: day of birth, a sign for the century, serial number, and the remainder by 31
    kind: 'fi-hetu',
    shapes: ['N6 N3X1', 'N6A1N3X1'],
    joins: '-',
    fits: isFinnish,
    isChecked: true,
    isPlain: () => true,
  },
  {
    // Ustawa o ewidencji ludności, article 15: weights 1 3 7 9 by 10, and the century in the month
    kind: 'pl-pesel',
    shapes: ['N11'],
    joins: '',
    fits: (digits) =>
      weighed(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0 &&
      isDay(PESEL_CENTURIES[Math.floor(pairAt(digits, 2) / 20)]! + pairAt(digits, 0), pairAt(digits, 2) % 20, pairAt(digits, 4)),
    isChecked: true,
  },
]

function isSwedish(digits: string): boolean {
  const short = digits.slice(-10)
  const day = pairAt(short, 4) % 60
  const [year, month] = [pairAt(short, 0), pairAt(short, 2)]
  if (digits.length === 12 && (!/^(?:18|19|20)/.test(digits) || !isDay(pairAt(digits, 0) * 100 + year, month, day))) return false
  return isDayOfAnyCentury(year, month, day) && luhn(short)
}

function isFinnish(compact: string): boolean {
  const bare = compact.length === 11 ? compact.slice(0, 6) + compact.slice(7) : compact
  if (compact.length === 11 && !/^\d{6}[A-FU-Y]/.test(compact)) return false
  const serial = Number(bare.slice(6, 9))
  if (serial < 2 || !isDayOfAnyCentury(pairAt(bare, 4), pairAt(bare, 2), pairAt(bare, 0))) return false
  return HETU_SIGNS[remainder(bare.slice(0, 9), 31)] === bare[9]
}
