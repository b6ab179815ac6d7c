import { luhn, weighed } from './checks.ts'

/** First digits of issuers, from and to, and the lengths of their cards: ISO/IEC 7812 as the schemes publish it. */
const ISSUERS: readonly (readonly [from: string, to: string, lengths: readonly number[]])[] = [
  ['4', '4', [13, 16, 19]], // Visa
  ['51', '55', [16]], // Mastercard
  ['2221', '2720', [16]], // Mastercard since 2017
  ['34', '34', [15]], // American Express
  ['37', '37', [15]],
  ['300', '305', [14, 16]], // Diners Club
  ['36', '36', [14, 16]],
  ['38', '39', [14, 16]],
  ['6011', '6011', [16, 19]], // Discover
  ['644', '659', [16, 19]],
  ['3528', '3589', [16, 19]], // JCB
  ['62', '62', [16, 17, 18, 19]], // UnionPay
  ['8110', '8171', [16, 17, 18, 19]],
  ['5018', '5018', [12, 13, 14, 15, 16, 17, 18, 19]], // Maestro
  ['5020', '5020', [12, 13, 14, 15, 16, 17, 18, 19]],
  ['5038', '5038', [12, 13, 14, 15, 16, 17, 18, 19]],
  ['56', '58', [12, 13, 14, 15, 16, 17, 18, 19]],
  ['6304', '6304', [12, 13, 14, 15, 16, 17, 18, 19]],
  ['6759', '6763', [12, 13, 14, 15, 16, 17, 18, 19]],
  ['2200', '2204', [16, 17, 18, 19]], // Mir
  ['508', '508', [16]], // RuPay
  ['606', '608', [16]],
  ['9792', '9792', [16]], // Troy
]

/** A payment card: an issuer's first digits, its length, and the Luhn check of ISO/IEC 7812-1. */
export function isCard(digits: string): boolean {
  if (!luhn(digits)) return false
  const isIssued = ISSUERS.some(([from, to, lengths]) => {
    const first = digits.slice(0, from.length)
    return first >= from && first <= to && lengths.includes(digits.length)
  })
  return isIssued && !/^(\d)\1*$/.test(digits)
}

/** Lengths of an IBAN with its country and check digits: SWIFT's IBAN Registry, release 101. */
const IBAN_LENGTHS = lengthsOf(`
  NO15 BE16 DK18 FI18 FK18 FO18 GL18 NL18 SD18 MK19 SI19 AT20 BA20 EE20 KZ20 LT20 LU20 MN20 XK20 CH21 HR21 LI21 LV21
  BG22 BH22 CR22 DE22 GB22 GE22 IE22 ME22 RS22 VA22 AE23 GI23 IL23 IQ23 OM23 SO23 TL23 AD24 CZ24 ES24 MD24 PK24 RO24
  SA24 SE24 SK24 TN24 VG24 LY25 PT25 ST25 IS26 TR26 BI27 DJ27 FR27 GR27 IT27 MC27 MR27 SM27 AL28 AZ28 BY28 CY28 DO28
  GT28 HN28 HU28 LB28 NI28 PL28 SV28 BR29 EG29 PS29 QA29 UA29 JO30 KW30 MU30 YE30 MT31 SC31 LC32 RU33`)

function lengthsOf(table: string): Map<string, number> {
  return new Map(
    table
      .trim()
      .split(/\s+/)
      .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
  )
}

/** Characters of an IBAN that begins so; `null` where no country's does. */
export const ibanLength = (country: string): number | null => IBAN_LENGTHS.get(country) ?? null

/** ISO 13616-1: the first four to the end, letters as 10 to 35, and the remainder by 97 is 1. */
export function isIban(compact: string): boolean {
  if (compact.length !== ibanLength(compact.slice(0, 2))) return false
  let left = 0
  for (let at = 0; at < compact.length; at += 1) {
    const unit = compact.charCodeAt((at + 4) % compact.length)
    left = unit < 58 ? (left * 10 + unit - 48) % 97 : (left * 100 + unit - 55) % 97
  }
  return left === 1
}

/** An ABA routing number: the Federal Reserve's first digits, and 3, 7 and 1 in turn as weights. */
export function isRoutingNumber(digits: string): boolean {
  const first = Number(digits.slice(0, 2))
  const isAssigned = (first >= 1 && first <= 12) || (first >= 21 && first <= 32) || (first >= 61 && first <= 72) || first === 80
  return isAssigned && weighed(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0
}
