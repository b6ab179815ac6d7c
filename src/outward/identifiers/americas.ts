import { isCard, isRoutingNumber } from './banking.ts'
import { luhn, pairAt, weighed } from './checks.ts'
import { isEvenly, type Scheme } from './scheme.ts'

/** Numbers that were printed on specimens and belong to nobody. */
const SPECIMENS = ['078051120', '219099999', '457555462']
/** Prefixes that the IRS has not given out: the list of campuses in "How EINs are assigned". */
const NO_EIN = ['00', '07', '08', '09', '17', '18', '19', '28', '29', '49', '69', '70', '78', '79', '89', '96', '97']

export const AMERICAN: readonly Scheme[] = [
  {
    kind: 'card',
    shapes: [
      ...['N4 N4 N4 N4', 'N4 N6 N5', 'N4 N6 N4', 'N4 N4 N4 N4 N3', 'N4 N4 N4 N4 N2'],
      ...['N12', 'N13', 'N14', 'N15', 'N16', 'N17', 'N18', 'N19'],
    ],
    joins: ' -.',
    fits: isCard,
    isChecked: true,
    isPlain: isEvenly,
  },
  {
    // SSA, "Social Security Number Randomization": areas 000, 666 and 900 to 999 are not given out
    kind: 'us-ssn',
    shapes: ['N3 N2 N4', 'N9'],
    joins: ' -.',
    fits: (digits) => /^(?!000|666|9)\d{3}(?!00)\d\d(?!0000)\d{4}$/.test(digits) && !SPECIMENS.includes(digits),
    isChecked: false,
    isPlain: (joins) => joins === '--',
  },
  {
    // IRS, Internal Revenue Manual 3.21.263: 9, and as fourth and fifth digit 50 to 65, 70 to 88, 90 to 92 or 94 to 99
    kind: 'us-itin',
    shapes: ['N3 N2 N4', 'N9'],
    joins: ' -.',
    fits: (digits) => /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}$/.test(digits),
    isChecked: false,
    isPlain: (joins) => joins === '--',
  },
  {
    kind: 'us-ein',
    shapes: ['N2 N7', 'N9'],
    joins: '-',
    fits: (digits) => !NO_EIN.includes(digits.slice(0, 2)),
    isChecked: false,
  },
  { kind: 'us-routing', shapes: ['N9', 'N4 N4 N1'], joins: ' -', fits: isRoutingNumber, isChecked: true },
  {
    // CMS, "Understanding the MBI format"; dashes are for reading only
    kind: 'us-medicare',
    shapes: ['N1A1X1N1A1X1N1A2N2', 'N1A1X1N1 A1X1N1 A2N2'],
    joins: ' -',
    fits: (compact) =>
      /^[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y]{2}\d\d$/.test(compact),
    isChecked: false,
    isPlain: () => true,
  },
  {
    // Service Canada: Luhn; none begins with 0 or 8
    kind: 'ca-sin',
    shapes: ['N3 N3 N3', 'N9'],
    joins: ' -.',
    fits: (digits) => digits[0] !== '0' && digits[0] !== '8' && luhn(digits),
    isChecked: true,
  },
  {
    // Receita Federal: two check digits, each the weighted sum by 11, where 10 is written 0
    kind: 'br-cpf',
    shapes: ['N3 N3 N3 N2', 'N11'],
    joins: ' -.',
    fits: isCpf,
    isChecked: true,
    isPlain: (joins) => joins === '..-',
  },
]

function isCpf(digits: string): boolean {
  if (/^(\d)\1*$/.test(digits)) return false
  const first = ((weighed(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10
  const second = ((weighed(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10
  return pairAt(digits, 9) === first * 10 + second
}
