import type { Node } from './query.ts'
import { folded, isUnspaced, wordsOf } from './words.ts'

/** Letters that must stand before the first `*`, `!` or `?`: fewer would begin too many words. */
const LEAST_LETTERS = 2
const LONGEST_PATTERN = 64
/** Parts of one written word, as in `co-operat*`. */
const MOST_PARTS = 8

/** Why a written word with `*`, `!` or `?` cannot be looked for. */
export const FEW_LETTERS = 'at least two letters must stand before the first *, ! or ?'
const TOO_LONG = 'it is too long'

/**
 * What one written word asks for. One that falls into several (`O'Brien`, `ben@ames.example`, a run of Chinese) is a phrase of them;
 * `negligen*` and `negligen!` are a prefix, `wom?n` a pattern; `co-operat*` is both parts, one right after the other. A text: why it
 * cannot be looked for. `null`: there is no word in it.
 */
export function termOf(term: string): Node | string | null {
  if (!/[*?!]/.test(term)) return plainOf(term)
  const parts = term.replace(/!+(?![\p{L}\p{N}*?!])/gu, '*').match(/[\p{L}\p{N}\p{M}*?]+/gu) ?? []
  if (parts.length > MOST_PARTS) return TOO_LONG
  const nodes: Node[] = []
  for (const part of parts) {
    const node = partOf(part)
    if (typeof node === 'string') return node
    if (node) nodes.push(node)
  }
  if (nodes.every((node) => node.kind === 'phrase')) return plainOf(term)
  return nodes.reduce((left, right) => ({ kind: 'near', within: 1, isOrdered: true, left, right }))
}

function plainOf(term: string): Node | null {
  const words = wordsOf(term).map(({ word }) => word)
  if (words.length === 0) return null
  return words.length === 1 ? { kind: 'word', word: words[0]! } : { kind: 'phrase', words }
}

function partOf(part: string): Node | string | null {
  // of a script without spaces each sign is a word, which nothing more can follow
  if (!/[*?]/.test(part) || isUnspaced(part)) {
    const words = wordsOf(part).map(({ word }) => word)
    return words.length === 0 ? null : { kind: 'phrase', words }
  }
  const pattern = part
    .split(/([*?])/)
    .map((piece) => (piece === '*' || piece === '?' ? piece : folded(piece)))
    .join('')
    .replace(/\*+/g, '*')
  if ([...pattern.replace(/[*?].*$/su, '')].length < LEAST_LETTERS) return FEW_LETTERS
  if (pattern.length > LONGEST_PATTERN) return TOO_LONG
  return /^[^*?]*\*$/.test(pattern) ? { kind: 'prefix', prefix: pattern.slice(0, -1) } : { kind: 'pattern', pattern }
}

/**
 * Whether a word is as the pattern says. It goes back to the last `*` only, so that it takes at most letters × pattern steps, both of
 * which are short, whatever the pattern.
 */
export function likeness(pattern: string): (word: string) => boolean {
  const wanted = [...pattern]
  const begins = pattern.replace(/[*?].*$/su, '')
  return (word) => {
    if (!word.startsWith(begins)) return false
    const letters = [...word]
    let [at, in_, star, mark] = [0, 0, -1, 0]
    while (at < letters.length) {
      if (in_ < wanted.length && wanted[in_] !== '*' && (wanted[in_] === '?' || wanted[in_] === letters[at])) [at, in_] = [at + 1, in_ + 1]
      else if (wanted[in_] === '*') [star, mark, in_] = [in_, at, in_ + 1]
      else if (star >= 0) [mark, at, in_] = [mark + 1, mark + 1, star + 1]
      else return false
    }
    return wanted.slice(in_).every((left) => left === '*')
  }
}
