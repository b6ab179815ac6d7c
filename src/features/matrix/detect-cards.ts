import type { Hit } from './detect.ts'

/** Issuers by their first digits (ISO/IEC 7812-1) and the lengths that they use. `named`: only near a word for cards. */
const ISSUERS: [from: number, to: number, digits: number, lengths: number[], named: boolean][] = [
  [4, 4, 1, [16, 19], false],
  [4, 4, 1, [13], true],
  [51, 55, 2, [16], false],
  [2221, 2720, 4, [16], false],
  [34, 34, 2, [15], false],
  [37, 37, 2, [15], false],
  [6011, 6011, 4, [16, 17, 18, 19], false],
  [644, 649, 3, [16, 17, 18, 19], false],
  [65, 65, 2, [16, 17, 18, 19], false],
  [300, 305, 3, [14, 16], true],
  [3095, 3095, 4, [14, 16], true],
  [36, 36, 2, [14, 16], true],
  [38, 39, 2, [14, 16], true],
  [3528, 3589, 4, [16, 17, 18, 19], false],
  [62, 62, 2, [16, 17, 18, 19], false],
  [2200, 2204, 4, [16, 17, 18, 19], false],
  [50, 50, 2, [12, 13, 14, 15, 16, 17, 18, 19], true],
  [56, 58, 2, [12, 13, 14, 15, 16, 17, 18, 19], true],
  [67, 67, 2, [16, 18, 19], true],
]
const CARD_CONTEXT =
  /\b(?:credit|debit|payment|bank|charge)[\s-]+cards?\b|\bcards?\b|\bvisa\b|master\s?card|\bmaestro\b|\bamex\b|american express|\bdiners\b|\bdiscover\b|\bpan\b|\bcvv2?\b|\bcvc\b/i
const NOT_CARD =
  /\b(?:isbn(?:-1[03])?|ean|gtin|upc|imei|meid|iccid|tracking|parcel|waybill|consignment|order|invoice|ref(?:erence)?|ticket|serial|barcode|docket|case|transaction|utr|sha|hash|timestamp|id)\b[\s.:#]*(?:no\.?|number|num|id|#)?[\s.:#]*$/i

/**
 * Payment card numbers: an issuer's first digits, a length of theirs, the check digit (Luhn; ISO/IEC 7812-1, annex B).
 * Digits stand in groups as on cards, or together; where another number is named before them, they are that one.
 */
export function cards(text: string): Hit[] {
  const hits: Hit[] = []
  for (const match of text.matchAll(/(?<![\p{L}\d]|\d[-./ \u00a0]|[$€£])\d(?:[- \u00a0]?\d){11,18}(?![\p{L}\d]|[-./ \u00a0]\d)/gu)) {
    const written = match[0]
    const digits = written.replace(/\D/g, '')
    const issuer = ISSUERS.filter(([from, to, first, lengths]) => {
      const head = Number(digits.slice(0, first))
      return head >= from && head <= to && lengths.includes(digits.length)
    })
    if (issuer.length === 0 || !isGrouped(written) || /^(\d)\1+$/.test(digits) || !isLuhn(digits)) continue
    const before = text.slice(Math.max(0, match.index - 60), match.index)
    const after = text.slice(match.index + written.length, match.index + written.length + 40)
    const isNamed = CARD_CONTEXT.test(before) || CARD_CONTEXT.test(after)
    if (NOT_CARD.test(before) || (issuer.every(([, , , , named]) => named) && !isNamed)) continue
    hits.push({ at: match.index, key: digits })
  }
  return hits
}

/** Together; or in groups with one kind of gap: fours with the rest at the end, 4-6-5 or 4-6-4. */
function isGrouped(written: string): boolean {
  const gaps = new Set(written.match(/\D/g) ?? [])
  if (gaps.size === 0) return true
  if (gaps.size > 1) return false
  return /^(?:4-){2,4}[1-7]$|^4-6-[45]$/.test(
    written
      .split(/\D/)
      .map((group) => group.length)
      .join('-'),
  )
}

function isLuhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at])
    const counted = at % 2 === 1 ? digit * 2 : digit
    sum += counted > 9 ? counted - 9 : counted
  }
  return sum % 10 === 0
}
