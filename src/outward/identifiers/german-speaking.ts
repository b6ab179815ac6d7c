import { ean13, isDay, isDayOfAnyCentury, mod11by10, pairAt, weighed } from './checks.ts'
import type { Scheme } from './scheme.ts'

/** Digits that a weight of the German insurance number yields are added up one by one. */
const INSURANCE_WEIGHTS = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]

export const GERMAN: readonly Scheme[] = [
  {
    // Bundeszentralamt für Steuern: ISO 7064 MOD 11,10; of the first ten digits one stands there twice or three times, the others once
    kind: 'de-tax',
    shapes: ['N11', 'N2 N3 N3 N3'],
    joins: ' -./',
    fits: (digits) => digits[0] !== '0' && hasOneRepeated(digits.slice(0, 10)) && mod11by10(digits),
    isChecked: true,
  },
  {
    // VKVV § 2 and § 4: area, day of birth (32 or 64 more where a day's numbers are used up), letter, serial number, check digit
    kind: 'de-insurance',
    shapes: ['N8A1N3', 'N2 N6 A1 N3', 'N2 N6 A1 N2 N1', 'N2 N2 N2 N2 A1 N3', 'N2 N6A1N3', 'N2 N6A1 N3', 'N8 A1 N3'],
    joins: ' -./',
    fits: isInsuranceNumber,
    isChecked: true,
    isPlain: () => true,
  },
  {
    // Passverordnung, annex 11: no vowels, nothing alike; the check digit of ICAO 9303 where it is written
    kind: 'de-document',
    shapes: ['A1X8', 'A1X8N1', 'A1X8N1A1', 'N10A1'],
    joins: '',
    fits: isDocumentNumber,
    isChecked: false,
  },
  {
    // Dachverband der Sozialversicherungsträger: weights 3 7 9 5 8 4 2 1 6 by 11 give the fourth digit; a day of birth follows
    kind: 'at-insurance',
    shapes: ['N4 N6', 'N10', 'N4 N2 N2 N2'],
    joins: ' -./',
    fits: (digits) =>
      digits[0] !== '0' &&
      weighed(digits, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === Number(digits[3]) &&
      pairAt(digits, 4) >= 1 &&
      pairAt(digits, 4) <= 31 &&
      pairAt(digits, 6) >= 1 &&
      pairAt(digits, 6) <= 15,
    isChecked: true,
    isPlain: (joins, digits) => joins === ' ' && isDayOfAnyCentury(pairAt(digits, 8), pairAt(digits, 6), pairAt(digits, 4)),
  },
  {
    // Zentrale Ausgleichsstelle: 756 for Switzerland, and the check digit of EAN-13
    kind: 'ch-insurance',
    shapes: ['N3 N4 N4 N2', 'N13'],
    joins: ' -.',
    fits: (digits) => digits.startsWith('756') && ean13(digits),
    isChecked: true,
    isPlain: () => true,
  },
]

function hasOneRepeated(digits: string): boolean {
  const counts = [...'0123456789'].map((digit) => digits.split(digit).length - 1).filter((count) => count > 1)
  return counts.length === 1 && counts[0]! <= 3 && !/(\d)\1\1/.test(digits)
}

function isInsuranceNumber(compact: string): boolean {
  const [area, day, month, year] = [0, 2, 4, 6].map((at) => pairAt(compact, at)) as [number, number, number, number]
  if (area < 2 || area > 89 || day > 95 || month > 12) return false
  if (month > 0 && day % 32 > 0 && !isDay(1900 + year, month, day % 32) && !isDay(2000 + year, month, day % 32)) return false
  const letter = String(compact.charCodeAt(8) - 64).padStart(2, '0')
  const digits = compact.slice(0, 8) + letter + compact.slice(9, 11)
  const sum = INSURANCE_WEIGHTS.reduce((sum, weight, at) => {
    const product = weight * Number(digits[at])
    return sum + Math.floor(product / 10) + (product % 10)
  }, 0)
  return sum % 10 === Number(compact[11])
}

function isDocumentNumber(compact: string): boolean {
  const isOld = /^\d{10}D$/.test(compact)
  if (!isOld && !/^[CF-HJ-NPRTV-Y][0-9CF-HJ-NPRTV-Z]{8}(?:\dD?)?$/.test(compact)) return false
  if (!isOld && compact.replace(/\D/g, '').length < 3) return false
  if (compact.length === 9) return true
  const sum = [...compact.slice(0, 9)].reduce((sum, sign, at) => sum + [7, 3, 1][at % 3]! * parseInt(sign, 36), 0)
  return sum % 10 === Number(compact[9])
}
