import { domainToASCII, domainToUnicode } from 'node:url'
import { isPlain, plainLook } from './skeleton.ts'

const LONGEST_LABEL = 63
const LONGEST = 253
/** Scripts that UAX #31, table 5, recommends, written as UTS #39, 5.1 joins them: Japanese, Korean and Chinese are one writing each. */
const WRITINGS = [
  'Latin|Cyrillic|Greek|Armenian|Arabic|Hebrew|Georgian|Devanagari|Bengali|Gurmukhi|Gujarati|Oriya|Tamil|Telugu|Kannada|Malayalam',
  'Sinhala|Thai|Lao|Tibetan|Myanmar|Ethiopic|Khmer|Thaana|Han,Hiragana,Katakana|Han,Hangul|Han,Bopomofo',
]
  .join('|')
  .split('|')
  .map((names) => new RegExp(`^[${['Common', 'Inherited', ...names.split(',')].map((name) => `\\p{scx=${name}}`).join('')}]+$`, 'u'))

/**
 * A mail domain in A-labels and small letters (UTS #46; RFC 1123, 2.1; RFC 5321, 2.3.5): two labels at least, of 63 letters at most, 253 in
 * all. Null for what is none: IP addresses, one label alone, an underscore, a dot at the end, Punycode that says nothing.
 */
export function readDomain(raw: string): string | null {
  // node:url reads a host as the URL standard does, with percent signs and paths: nothing of that comes to it
  if (raw.length > 4 * LONGEST || /[^a-z0-9.\-\x80-\uffff]/i.test(raw)) return null
  const domain = isPlain(raw) ? raw.toLowerCase() : domainToASCII(raw)
  const labels = domain.split('.')
  if (domain.length > LONGEST || labels.length < 2 || !labels.every(isLabel) || !/^[a-z]/.test(labels.at(-1)!)) return null
  return domain.includes('xn--') && !isPunycode(domain) ? null : domain
}

/** The same with its own letters (U-labels), however they look: for comparing, and for marking where two differ. */
export const unicodeOf = (domain: string): string => (domain.includes('xn--') ? domainToUnicode(domain) : domain)

/**
 * A domain as it may be shown: a label with its own letters where they are of one script and cannot be taken for plain ones, else as
 * its A-label. `pаypal.com` with a Cyrillic а is `xn--pypal-4ve.com`; `münchen.de` stays.
 */
export function shownDomain(domain: string): string {
  if (!domain.includes('xn--')) return domain
  const unicode = unicodeOf(domain).split('.')
  const isForeign = !isPlain(unicode.at(-1)!)
  return domain
    .split('.')
    .map((label, at) => (isSafe(unicode[at] ?? '', isForeign) ? unicode[at]! : label))
    .join('.')
}

const isLabel = (label: string): boolean =>
  label.length > 0 && label.length <= LONGEST_LABEL && /^[a-z0-9-]+$/.test(label) && !label.startsWith('-') && !label.endsWith('-')

const isPunycode = (domain: string): boolean => {
  const unicode = domainToUnicode(domain)
  const isTold = unicode.split('.').every((label) => !label.startsWith('xn--'))
  return isTold && domainToASCII(unicode) === domain
}

/** Under an ending of its own script, a word that could be a plain one is what it seems; elsewhere it is not. */
function isSafe(label: string, isForeign: boolean): boolean {
  if (isPlain(label)) return true
  if (!/^[\p{L}\p{M}\p{Nd}-]+$/u.test(label) || !WRITINGS.some((writing) => writing.test(label))) return false
  if (/^[\p{scx=Latin}\p{scx=Common}\p{scx=Inherited}]+$/u.test(label)) return ![...label].some(isDisguised)
  return isForeign || !isPlain(plainLook(label))
}

/** ı for i, ɑ for a: a letter of its own that looks like a plain one, and not merely a plain one with a mark. */
const isDisguised = (letter: string): boolean => {
  const bare = letter.normalize('NFD').replace(/\p{M}/gu, '')
  return bare !== '' && !isPlain(bare) && !KEPT.has(bare) && isPlain(plainLook(bare))
}
/** Letters of living alphabets that nobody takes for another beside them. */
const KEPT = new Set('ßæøœłđðþħŧ')
