import { isDayOfAnyCentury, pairAt } from './checks.ts'
import type { Scheme } from './scheme.ts'

/** Of numbers without a common rule, as many forms as are in use: a word must stand by them. */
export const DOCUMENTS: readonly Scheme[] = [
  {
    // ICAO 9303-4: nine letters and digits at most; shapes of the states of Europe, America and India
    kind: 'passport',
    shapes: ['N8', 'N9', 'A1N6', 'A1N7', 'A1N8', 'A2N6', 'A2N7', 'A3N6', 'N2A2N5', 'A1X8', 'A2X6N1', 'A1 N7', 'A1 N8', 'A2 N7', 'N3 N3 N3'],
    joins: ' -',
    fits: (compact) => compact.replace(/\D/g, '').length >= 4 && !isCalendarDay(compact),
    isChecked: false,
  },
  {
    // Of the United Kingdom (DVLA, five letters of the name, six digits of the birth), Germany, France, Italy, the Netherlands, and US states
    kind: 'driving-licence',
    shapes: [
      ...['A1X4N6X2N1A2', 'A1X4 N6 X2N1A2', 'A1X4 N6 X2 N1A2', 'A1N3X5N2', 'N12', 'N10', 'A2N7A1', 'A1N1X7A1', 'A2N7', 'N9A1', 'N9'],
      ...['N7', 'N8', 'A1N7', 'A1N8', 'A1N12', 'A1N13', 'A1N14', 'A1N3 N3 N2 N3 N1', 'A1N4 N4 N4', 'A1N3 N4 N4', 'A1N4 N5 N5', 'N3 N3 N3'],
    ],
    joins: ' -',
    fits: (compact) => compact.replace(/\D/g, '').length >= 5 && !isCalendarDay(compact),
    isChecked: false,
  },
]

/** `20190312`: a day rather than a number. */
const isCalendarDay = (compact: string): boolean =>
  /^(?:19|20)\d{6}$/.test(compact) && isDayOfAnyCentury(pairAt(compact, 2), pairAt(compact, 4), pairAt(compact, 6))
