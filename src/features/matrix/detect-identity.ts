import type { Hit } from './detect.ts'

/** What stands around a match on its line and those beside it. */
const around = (text: string, at: number, length: number, before: number, after: number): [string, string] => [
  text.slice(Math.max(0, at - before), at),
  text.slice(at + length, at + length + after),
]

const SSN_CONTEXT =
  /\b(?:ssns?|social[\s-]+security|soc\.?\s*sec\.?|(?:individual )?taxpayer identification|tax(?:payer)? id|tin)\b|\bss ?(?:#|no\b|number)/i
/** Numbers of other things that are written alike. */
const NOT_SSN =
  /\b(?:part|item|catalog(?:ue)?|model|sku|invoice|order|tracking|case|docket|ref(?:erence)?|policy|claim|account|routing|aba|ein|phone|tel|fax|zip|isbn|serial|lot|po|vin|range|bates|exhibit|batch|type)\b[\s.:#]*(?:no\.?|number|num|#)?[\s.:#]*$/i

/**
 * US social security numbers. Impossible ones (SSA: area 000, 666, 900 to 999; group 00; serial 0000) and those that
 * were printed in advertising are none. With dashes they stand alone; with spaces or nothing between, near a word for them.
 */
export function ssns(text: string): Hit[] {
  const hits: Hit[] = []
  const pattern =
    /(?<![\p{L}\d]|\d[-.\u2013 \u00a0]|[$€£])(\d{3})([-\u2010\u2011\u2013 \u00a0]?)(\d{2})\2(\d{4})(?![\p{L}\d]|[-.\u2013]\d|[ \u00a0]\d)/gu
  for (const match of text.matchAll(pattern)) {
    const [whole, area, gap, group, serial] = match as unknown as string[]
    if (!isPossibleSsn(area!, group!, serial!)) continue
    const [before, after] = around(text, match.index, whole!.length, 80, 40)
    const isNamed = SSN_CONTEXT.test(before) || SSN_CONTEXT.test(after)
    const isDashed = /[^ \u00a0]/.test(gap!)
    // a letter and a dash before it: a number of some other kind, unless it is named
    if (!isNamed && (!isDashed || NOT_SSN.test(before) || /\p{L}[-\u2013]$/u.test(before))) continue
    if (!isDashed && NOT_SSN.test(before)) continue
    hits.push({ at: match.index, key: `${area}${group}${serial}` })
  }
  return hits
}

const ADVERTISED = new Set(['078051120', '219099999', '457555462'])
const isPossibleSsn = (area: string, group: string, serial: string): boolean =>
  area !== '000' && area !== '666' && area < '900' && group !== '00' && serial !== '0000' && !ADVERTISED.has(area + group + serial)

const NINO_CONTEXT = /\b(?:ni ?nos?|ni (?:no|number|#)|nat(?:ional|\.)? ins(?:urance|\.)?|n\.i\.|insurance number|hmrc|paye)\b/i
const NOT_NINO =
  /\b(?:part|item|catalogue|model|sku|invoice|order|serial|batch|lot|type|ref(?:erence)?|licen[cs]e|plate|flight|reg(?:istration)?|grid)\b[\s.:#]*(?:no\.?|number|#)?[\s.:#]*$/i

/**
 * UK national insurance numbers (HMRC NIM39110): neither D, F, I, Q, U nor V in either place, no O in the second, not the
 * prefixes BG, GB, KN, NK, NT, TN and ZZ; six digits; A to D, which may be missing near a word for them.
 */
export function ninos(text: string): Hit[] {
  const hits: Hit[] = []
  const pattern =
    /(?<![\p{L}\d])((?!BG|GB|KN|NK|NT|TN|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z])([ -]?)(\d{2})([ -]?)(\d{2})\4(\d{2})(?:[ -]?([A-D]))?(?![\p{L}\d]|[-.]\d)/giu
  for (const match of text.matchAll(pattern)) {
    const [whole, prefix, , one, , two, three, suffix] = match as unknown as string[]
    const [before, after] = around(text, match.index, whole!.length, 60, 30)
    const isNamed = NINO_CONTEXT.test(before) || NINO_CONTEXT.test(after)
    if (!isNamed && (!suffix || whole !== whole!.toUpperCase() || NOT_NINO.test(before) || /\p{L}-$/u.test(before))) continue
    hits.push({ at: match.index, key: `${prefix}${one}${two}${three}`.toUpperCase() })
  }
  return hits
}
