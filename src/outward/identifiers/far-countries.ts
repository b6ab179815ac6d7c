import { luhn, verhoeff, weighed } from './checks.ts'
import type { Scheme } from './scheme.ts'

export const FAR: readonly Scheme[] = [
  {
    // Australian Taxation Office: weights 1 4 3 7 5 8 6 9 10 by 11
    kind: 'au-tfn',
    shapes: ['N9', 'N3 N3 N3', 'N8', 'N3 N3 N2'],
    joins: ' -',
    fits: (digits) => weighed(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10].slice(0, digits.length)) % 11 === 0 && !/^0+$/.test(digits),
    isChecked: true,
  },
  {
    // Services Australia: begins with 2 to 6; weights 1 3 7 9 by 10 give the ninth digit; an issue number and a person's follow
    kind: 'au-medicare',
    shapes: ['N10', 'N11', 'N4 N5 N1', 'N4 N5 N1 N1', 'N4 N5 N2'],
    joins: ' -/',
    fits: (digits) => /^[2-6]\d{8}[1-9]/.test(digits) && weighed(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(digits[8]),
    isChecked: true,
  },
  {
    // UIDAI: Verhoeff; none begins with 0 or 1
    kind: 'in-aadhaar',
    shapes: ['N4 N4 N4', 'N12'],
    joins: ' -',
    fits: (digits) => digits[0]! > '1' && verhoeff(digits),
    isChecked: true,
  },
  {
    // Income Tax Department: the fourth letter is the kind of holder; the last letter's rule is not published
    kind: 'in-pan',
    shapes: ['A5N4A1'],
    joins: '',
    fits: (compact) => /^[A-Z]{3}[ABCFGHJKLPT][A-Z](?!0000)\d{4}[A-Z]$/.test(compact),
    isChecked: false,
  },
  {
    // Population and Immigration Authority: Luhn over nine digits
    kind: 'il-id',
    shapes: ['N9', 'N8 N1'],
    joins: '-',
    fits: (digits) => luhn(digits) && !/^0+$/.test(digits),
    isChecked: true,
  },
]
