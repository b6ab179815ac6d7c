import type { Hit } from './detect.ts'

/**
 * The account part by country, as the IBAN registry has it (ISO 13616; SWIFT, IBAN Registry release 99): `4a14n` is four
 * letters and fourteen digits, `c` is either. The whole is four longer.
 */
const BBANS: Record<string, string> = {
  AD: '8n12c',
  AE: '19n',
  AL: '8n16c',
  AT: '16n',
  AZ: '4a20c',
  BA: '16n',
  BE: '12n',
  BG: '4a6n8c',
  BH: '4a14c',
  BI: '23n',
  BR: '23n1a1c',
  BY: '4c4n16c',
  CH: '5n12c',
  CR: '18n',
  CY: '8n16c',
  CZ: '20n',
  DE: '18n',
  DJ: '23n',
  DK: '14n',
  DO: '4c20n',
  EE: '16n',
  EG: '25n',
  ES: '20n',
  FI: '14n',
  FK: '2a12n',
  FO: '14n',
  FR: '10n11c2n',
  GB: '4a14n',
  GE: '2a16n',
  GI: '4a15c',
  GL: '14n',
  GR: '7n16c',
  GT: '24c',
  HN: '4a20n',
  HR: '17n',
  HU: '24n',
  IE: '4a14n',
  IL: '19n',
  IQ: '4a15n',
  IS: '22n',
  IT: '1a10n12c',
  JO: '4a4n18c',
  KW: '4a22c',
  KZ: '3n13c',
  LB: '4n20c',
  LC: '4a24c',
  LI: '5n12c',
  LT: '16n',
  LU: '3n13c',
  LV: '4a13c',
  LY: '21n',
  MC: '10n11c2n',
  MD: '20c',
  ME: '18n',
  MK: '3n10c2n',
  MN: '16n',
  MR: '23n',
  MT: '4a5n18c',
  MU: '4a19n3a',
  NI: '4a20n',
  NL: '4a10n',
  NO: '11n',
  OM: '3n16c',
  PK: '4a16c',
  PL: '24n',
  PS: '4a21c',
  PT: '21n',
  QA: '4a21c',
  RO: '4a16c',
  RS: '18n',
  RU: '14n15c',
  SA: '2n18c',
  SC: '4a20n3a',
  SD: '14n',
  SE: '20n',
  SI: '15n',
  SK: '20n',
  SM: '1a10n12c',
  SO: '19n',
  ST: '21n',
  SV: '4a20n',
  TL: '19n',
  TN: '20n',
  TR: '6n16c',
  UA: '6n19c',
  VA: '18n',
  VG: '4a16n',
  XK: '16n',
  YE: '4a4n18c',
}
const CLASSES: Record<string, string> = { n: '[0-9]', a: '[A-Z]', c: '[A-Z0-9]' }
const FORMS = new Map(
  Object.entries(BBANS).map(([country, bban]) => {
    const body = bban.replace(/(\d+)([nac])/g, (_, times: string, kind: string) => `${CLASSES[kind]}{${times}}`)
    const length = 4 + [...bban.matchAll(/\d+/g)].reduce((sum, [n]) => sum + Number(n), 0)
    return [country, { form: new RegExp(`^${country}[0-9]{2}${body}$`), length }]
  }),
)

/** Bank account numbers (ISO 13616): the country's length and form, and the check digits (ISO 7064, mod 97-10). */
export function ibans(text: string): Hit[] {
  const hits: Hit[] = []
  for (const match of text.matchAll(/(?<![\p{L}\d])[A-Z]{2}\d{2}(?=[ \u00a0\u202f-]?[A-Z\d])/giu)) {
    const iban = readIban(text, match.index, match[0].slice(0, 2))
    if (iban) hits.push({ at: match.index, key: iban })
  }
  return hits
}

/** Small letters are read where the text says what it is: a key or a hash in them may come out even by chance. */
function readIban(text: string, at: number, country: string): string | null {
  const known = FORMS.get(country.toUpperCase())
  if (!known) return null
  let letters = ''
  let end = at
  while (letters.length < known.length && end < text.length) {
    const letter = text[end]!
    if (/[A-Za-z0-9]/.test(letter)) letters += letter
    else if (!/[ \u00a0\u202f-]/.test(letter) || !/[A-Za-z0-9]/.test(text[end + 1] ?? '')) return null
    end += 1
  }
  if (letters.length < known.length || /[\p{L}\d]/u.test(text[end] ?? '')) return null
  const iban = letters.toUpperCase()
  if (iban !== letters && !/\biban\b/i.test(text.slice(Math.max(0, at - 40), at))) return null
  return known.form.test(iban) && isChecked(iban) ? iban : null
}

function isChecked(iban: string): boolean {
  let rest = 0
  for (const letter of iban.slice(4) + iban.slice(0, 4)) {
    const value = parseInt(letter, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}
