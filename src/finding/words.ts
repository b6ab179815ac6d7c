/** A word as it is compared, and where it stands in its text: from `start` up to and without `end`, in UTF-16 units. */
export type Word = { word: string; start: number; end: number }

/** Letters that are compared; what is longer is cut. */
const LONGEST = 48
/** Scripts that set no space between words: each character is a word, and a run of them is asked for as a phrase. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}'
const WORD = new RegExp(`[${UNSPACED}]\\p{M}*|(?:(?![${UNSPACED}])[\\p{L}\\p{N}]\\p{M}*)+`, 'gu')
const IS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'u')
const PLAIN = /[a-z0-9]+/gi
/** What decomposition leaves as it is. */
const LETTERS: Record<string, string> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }

/**
 * The words of a text in order: runs of letters and digits, so that what stands on either side of an apostrophe, a hyphen or a point is
 * a word of its own. They are compared without case, without marks (é as e, ß as ss) and in compatibility form (NFKC, fullwidth as plain).
 */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  // a text of plain letters, as most are, is told apart much faster
  const pattern = isPlain(text) ? PLAIN : WORD
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const word = folded(found)
    // a mark that stands alone, as in torn Burmese or halfwidth Japanese, leaves nothing
    if (word !== '') words.push({ word, start: index, end: index + found.length })
  }
  return words
}

/** One word as it is compared. */
export function folded(word: string): string {
  const cut = word.length > LONGEST ? word.slice(0, LONGEST).toWellFormed() : word
  const lower = cut.toLowerCase()
  if (isPlain(lower)) return lower
  return lower
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßøæœłđðþı]/g, (letter) => LETTERS[letter]!)
    .normalize('NFC')
}

/** Whether each of its characters is a word, as in Chinese. */
export const isUnspaced = (word: string): boolean => IS_UNSPACED.test(word)

const isPlain = (text: string): boolean => /^[\0-\x7f]*$/.test(text)
