import { weighed } from './checks.ts'
import type { Scheme } from './scheme.ts'

const PPS_LETTERS = 'WABCDEFGHIJKLMNOPQRSTUV'

export const BRITISH: readonly Scheme[] = [
  {
    // HMRC, National Insurance Manual NIM39110
    kind: 'uk-nino',
    shapes: ['A2N6A1', 'A2 N2 N2 N2 A1', 'A2N2 N2 N2A1', 'A2 N6 A1', 'A2 N6A1', 'A2N6', 'A2 N2 N2 N2'],
    joins: ' -.',
    fits: (compact) => /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]?$/.test(compact),
    isChecked: false,
    isPlain: (joins, compact) => joins.length === 4 && compact.length === 9,
  },
  {
    // NHS Data Dictionary, NHS NUMBER: weights 10 to 2, by 11; a check digit of 10 is not given out
    kind: 'uk-nhs',
    shapes: ['N3 N3 N4', 'N10'],
    joins: ' -.',
    fits: (digits) => weighed(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 && !/^(\d)\1*$/.test(digits),
    isChecked: true,
  },
  {
    // HMRC, check digit of the UTR: its first digit, from the nine after it by 11
    kind: 'uk-utr',
    shapes: ['N10', 'N5 N5', 'N10A1', 'N5 N5A1'],
    joins: ' ',
    fits: (compact) =>
      /^\d{10}K?$/.test(compact) && '21987654321'[weighed(compact.slice(1), [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11] === compact[0],
    isChecked: true,
  },
  {
    kind: 'uk-account',
    shapes: ['N8', 'N4 N4'],
    joins: ' -',
    fits: (digits) => !/^(\d)\1*$/.test(digits),
    isChecked: false,
  },
  {
    // Department of Social Protection: weights 8 to 2 and 9 for a second letter, by 23; older second letters W, T and X do not count
    kind: 'ie-pps',
    shapes: ['N7A1', 'N7A2', 'N7 A1', 'N7 A2'],
    joins: ' -',
    fits: isPps,
    isChecked: true,
  },
]

function isPps(compact: string): boolean {
  const second = compact[8] ?? 'W'
  if (!/[ABHTWX]/.test(second)) return false
  const added = /[ABH]/.test(second) ? 9 * (second.charCodeAt(0) - 64) : 0
  return PPS_LETTERS[(weighed(compact, [8, 7, 6, 5, 4, 3, 2]) + added) % 23] === compact[7]
}
