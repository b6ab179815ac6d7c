import type { IdentifierKind } from '../../../src/outward/identifiers/kinds.ts'
import { IBAN, SCHEMES } from '../../../src/outward/identifiers/schemes.ts'

/** Numbers from 0 to 1. */
export type Chance = () => number

/**
 * What the numbers of a kind look like: `#` a digit, `@` a letter, `ymd`, `dmy` and `century` a day of birth, other signs themselves. Which
 * of them are right is drawn until the rules hold; that the rules are right is shown by the numbers that issuers and standards publish.
 */
export const TEMPLATES: Partial<Record<IdentifierKind, readonly string[]>> = {
  'card': [
    '4###############',
    '51##############',
    '55##############',
    '2300############',
    '34#############',
    '37#############',
    '6011############',
    '36############',
  ],
  'us-ssn': ['#########'],
  'us-itin': ['9##7#####', '9##8#####', '9##5#####'],
  'us-ein': ['#########'],
  'us-routing': ['0########', '1########', '2########', '3########'],
  'us-medicare': ['#@##@##@@##', '#@@#@@#@@##'],
  'uk-nino': ['@@######A', '@@######B', '@@######C', '@@######D'],
  'uk-nhs': ['4#########', '9#########', '6#########'],
  'uk-utr': ['##########'],
  'uk-account': ['########'],
  'de-tax': ['###########'],
  'de-insurance': ['##dmy@###'],
  'de-document': ['L########', 'C01X#####', 'T2#######', 'L01X00T4#'],
  'at-insurance': ['####dmy'],
  'ch-insurance': ['756##########'],
  'fr-nir': ['1##05##########', '2##11##########', '2##032B########', '1##072A########'],
  'es-dni': ['########@'],
  'es-nie': ['X#######@', 'Y#######@', 'Z#######@'],
  'it-tax-code': ['@@@@@@##A##H###@', '@@@@@@##T##F###@', '@@@@@@##M##L###@'],
  'pt-nif': ['1########', '2########'],
  'nl-bsn': ['1########', '2########', '#########'],
  'be-national': ['ymd#####'],
  'ie-pps': ['#######@', '#######@A', '#######@B'],
  'se-personal': ['ymd####', '19ymd####'],
  'dk-cpr': ['dmy####'],
  'fi-hetu': ['dmy###@', 'dmy####'],
  'pl-pesel': ['ymd#####'],
  'ca-sin': ['#########'],
  'au-tfn': ['#########'],
  'au-medicare': ['2#########', '5#########'],
  'br-cpf': ['###########'],
  'in-aadhaar': ['############'],
  'in-pan': ['@@@P@####@'],
  'il-id': ['0########', '3########'],
}
const IBANS = ['DE##', 'GB##NWBK', 'FR##', 'ES##', 'IT##X', 'NL##ABNA', 'CH##', 'AT##', 'BE##']
const IBAN_SIZES: Record<string, number> = { DE: 22, GB: 22, FR: 27, ES: 24, IT: 27, NL: 18, CH: 21, AT: 20, BE: 16 }

export const GENERATED = [...Object.keys(TEMPLATES), 'iban'] as IdentifierKind[]

/** A number of a kind that its rules allow, without what stands between its groups, as long as its pattern asks. */
export function numberOf(kind: IdentifierKind, chance: Chance, length: number | null = null): string {
  if (kind === 'iban') return ibanOf(chance, length)
  const templates = TEMPLATES[kind]!
  for (let tries = 0; tries < 200_000; tries += 1) {
    const number = drawnFrom(templates[Math.floor(chance() * templates.length)]!, chance)
    if (length !== null && number.length !== length) continue
    if (SCHEMES.some((scheme) => scheme.kind === kind && scheme.fits(number, number))) return number
  }
  throw new Error(`no number of ${kind} with ${length} signs could be drawn`)
}

/** A number of the same form of which one digit is wrong, so that no rule of the kind holds. */
export function wrongOf(kind: IdentifierKind, chance: Chance, length: number | null = null): string {
  for (let tries = 0; tries < 10_000; tries += 1) {
    const number = numberOf(kind, chance, length)
    const wrong = withOneOther(number, chance)
    if (!(kind === 'iban' ? [IBAN] : SCHEMES).some((scheme) => isAlike(scheme.kind, kind) && scheme.fits(wrong, wrong))) return wrong
  }
  throw new Error(`${kind} has no wrong number`)
}

/** A wrong social security number may be a right taxpayer number: they have one form. */
const isAlike = (one: IdentifierKind, other: IdentifierKind): boolean =>
  one === other || (/^us-(?:ssn|itin)$/.test(one) && /^us-(?:ssn|itin)$/.test(other))

/** With one of its digits another. */
export function withOneOther(number: string, chance: Chance, at = -1): string {
  const places = [...number].flatMap((sign, index) => (/\d/.test(sign) ? [index] : []))
  const place = at >= 0 ? places[at % places.length]! : places[Math.floor(chance() * places.length)]!
  const other = (Number(number[place]) + 1 + Math.floor(chance() * 9)) % 10
  return number.slice(0, place) + String(other) + number.slice(place + 1)
}

/** `#` a digit, `@` a letter, the days of birth, and the rest as it is. */
export function drawnFrom(template: string, chance: Chance): string {
  const two = (from: number, to: number): string => String(from + Math.floor(chance() * (to - from + 1))).padStart(2, '0')
  return template
    .replace('ymd', () => `${two(40, 99)}${two(1, 12)}${two(1, 28)}`)
    .replace('dmy', () => `${two(1, 28)}${two(1, 12)}${two(40, 99)}`)
    .replace(/#/g, () => String(Math.floor(chance() * 10)))
    .replace(/@/g, () => String.fromCharCode(65 + Math.floor(chance() * 26)))
}

function ibanOf(chance: Chance, length: number | null): string {
  const fitting = IBANS.filter((start) => length === null || IBAN_SIZES[start.slice(0, 2)] === length)
  const start = fitting[Math.floor(chance() * fitting.length)]!
  const size = IBAN_SIZES[start.slice(0, 2)]!
  const account = drawnFrom(start.slice(4) + '#'.repeat(size - start.length), chance)
  const digits = (account + start.slice(0, 2) + '00').replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  const check = 98n - (BigInt(digits) % 97n)
  return `${start.slice(0, 2)}${String(check).padStart(2, '0')}${account}`
}
