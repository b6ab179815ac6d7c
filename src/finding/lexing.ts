import { askedIn, fieldOf } from './fields.ts'
import { allOf, MOST_LEAVES, type Nearness, type Note } from './joining.ts'
import type { Node } from './query.ts'
import { termOf } from './terms.ts'
import { sizeOf } from './written.ts'
import { wordsOf } from './words.ts'

/**
 * A piece of a search. A leaf's node is null where it cannot be looked for: it stays, so that an operator beside it does not take the
 * next one. `isSmall`: `and`, `or` in small letters.
 */
export type Token =
  | { kind: 'leaf'; node: Node | null; written: string; isSmall: boolean }
  | { kind: 'open' | 'close' }
  | { kind: 'and' | 'or' | 'not'; written: string }
  | ({ kind: 'near' } & Nearness)

const MOST_WORDS_APART = 255
const MOST_SHOWN = 40

const QUOTES = '"“”„‟«»＂'
const ENDS = `(?=[\\s()|${QUOTES}]|$)`
const SPACE = /\s+/y
const OPEN = /\(/y
const CLOSE = /\)/y
const BAR = /\|+/y
const QUOTED = new RegExp(`[${QUOTES}]([^${QUOTES}]*)([${QUOTES}]|$)`, 'y')
const OPERATOR = new RegExp(`(?:(AND|BUT(?=\\s+NOT${ENDS})|&&?)|(OR)|NOT|%)${ENDS}`, 'y')
const MINUS = /(?<=^|[\s(])-(?=[^\s-])/y
const NEAR = new RegExp(`(?:(w|near|within)?/|((?:pre|onear)/|\\+))(\\d+|s|p|sent|para)${ENDS}`, 'iy')
const FIELD = /(\p{L}+)(:|\s*(?:>=|<=|[<>=≥≤]))/uy
/** A run without spaces; `14(b)(2)` is one. */
const RUN = new RegExp(`(?:[^\\s()|${QUOTES}]|(?<=[\\p{L}\\p{N})])\\((?:\\p{L}|\\d{1,3}|[ivxlc]{1,6})\\))+`, 'iuy')
const SPAN_OF_DAYS = /(?:this|last|past)\s+(?:\d{1,4}\s+)?(?:day|week|month|year)s?(?![^\s()])/iy
const IN_PARENTHESES = /\(([^()]*)(?:\)|$)/y

/** A text, and how far it is read. */
type Reader = { text: string; at: number; today: string; note: Note }

/** The pieces of a search, in order, whatever is written. */
export function tokensOf(text: string, today: string, note: Note): Token[] {
  const tokens: Token[] = []
  const reader: Reader = { text, at: 0, today, note }
  while (reader.at < text.length) {
    if (taken(reader, SPACE)) continue
    const token = operatorAt(reader) ?? fieldAt(reader) ?? leafAt(reader)
    // what begins nothing is passed over
    if (token) tokens.push(token)
    else reader.at += 1
  }
  return withoutSmall(withinBounds(tokens, note), note)
}

/** A text for a note: short, without signs that change how it is shown. */
export function shown(text: string): string {
  const plain = text.replace(/[\p{C}\u2028\u2029]+/gu, '').trim()
  return plain.length > MOST_SHOWN ? `${plain.slice(0, MOST_SHOWN).toWellFormed()}…` : plain
}

/** What stands here, which is then read; `null`: something else. */
function taken(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.text)
  if (found) reader.at = pattern.lastIndex
  return found
}

function operatorAt(reader: Reader): Token | null {
  if (taken(reader, OPEN)) return { kind: 'open' }
  if (taken(reader, CLOSE)) return { kind: 'close' }
  if (taken(reader, BAR)) return { kind: 'or', written: '|' }
  if (taken(reader, MINUS)) return { kind: 'not', written: '-' }
  const near = taken(reader, NEAR)
  if (near) return nearnessOf(near, reader.note)
  const [written, and, or] = taken(reader, OPERATOR) ?? []
  if (!written) return null
  return { kind: and ? 'and' : or ? 'or' : 'not', written }
}

function nearnessOf([written, , before, reach]: RegExpExecArray, note: Note): Token {
  const isOrdered = before !== undefined
  if (/^[sp]/i.test(reach!)) return { kind: 'near', within: /^s/i.test(reach!) ? 'sentence' : 'paragraph', isOrdered, written }
  const words = Number(reach)
  const within = Math.min(Math.max(words, 1), MOST_WORDS_APART)
  if (within !== words) note(`“${shown(written)}” was read as ${within}: words are counted from 1 to ${MOST_WORDS_APART}.`)
  return { kind: 'near', within, isOrdered, written: shown(written) }
}

function fieldAt(reader: Reader): Token | null {
  const [start, found] = [reader.at, taken(reader, FIELD)]
  if (!found) return null
  const named = fieldOf(found[1]!, found[2]!.trim())
  if (!named) return unknownField(reader, found, start)
  taken(reader, SPACE)
  const value = valueAt(reader, 'compared' in named)
  const written = reader.text.slice(start, reader.at)
  return leaf(askedIn(named, value, shown(written), reader.today, reader.note), written)
}

/** `foo:bar` is read as both words; what is no field at all, as `10:05` or an address, is left to be read as a word. */
function unknownField(reader: Reader, [, name, sign]: RegExpExecArray, start: number): null | Token {
  const next = reader.text[reader.at]
  if (sign !== ':' || next === undefined || /[\s/()]/.test(next)) {
    reader.at = start
    return null
  }
  const value = leafAt(reader)
  const written = reader.text.slice(start, reader.at)
  reader.note(`There is no field “${shown(name!)}”: “${shown(written)}” was read as words.`)
  return leaf(allOf([meant(termNode(name!, reader.note)), value?.kind === 'leaf' ? meant(value.node) : null]), written)
}

/** What stands after a field; nothing where an operator stands there. */
function valueAt(reader: Reader, isDate: boolean): string {
  const quoted = taken(reader, QUOTED)
  if (quoted) return quoted[1]!
  const inside = taken(reader, IN_PARENTHESES)
  // quotes within hold nothing together: all the words are looked for
  if (inside) return inside[1]!.replace(new RegExp(`[${QUOTES}]`, 'g'), ' ')
  const start = reader.at
  if (operatorAt(reader)) {
    reader.at = start
    return ''
  }
  return ((isDate && taken(reader, SPAN_OF_DAYS)) || taken(reader, RUN))?.[0] ?? ''
}

function leafAt(reader: Reader): Token | null {
  const quoted = taken(reader, QUOTED)
  if (!quoted) {
    const run = taken(reader, RUN)?.[0]
    if (run === undefined) return null
    const node = termNode(run, reader.note)
    return { kind: 'leaf', node, written: run, isSmall: isSmall(node) }
  }
  const [written, inside = '', end] = quoted
  if (end === '') reader.note('A quotation mark was not closed: the phrase was read up to the end.')
  if (inside.includes('*')) reader.note(`“${shown(inside)}” was read as it stands: within quotes * is not read.`)
  const words = wordsOf(inside).map(({ word }) => word)
  if (words.length === 0) reader.note('Quotes with no word between them were left out.')
  return leaf(words.length === 0 ? null : { kind: 'phrase', words }, written)
}

function termNode(term: string, note: Note): Node | null {
  const node = termOf(term)
  if (typeof node !== 'string') return node
  note(`“${shown(term)}” was left out: ${node}.`)
  return null
}

const isSmall = (node: Node | null): boolean => node?.kind === 'word' && /^(?:and|or)$/.test(node.word)
/** Such a word where it is looked for: as it stands. */
const meant = (node: Node | null): Node | null => (node?.kind === 'word' && isSmall(node) ? { kind: 'phrase', words: [node.word] } : node)
const leaf = (node: Node | null, written: string): Token => ({ kind: 'leaf', node, written, isSmall: false })

function withinBounds(tokens: readonly Token[], note: Note): Token[] {
  let size = 0
  return tokens.map((token) => {
    if (token.kind !== 'leaf' || token.node === null) return token
    size += sizeOf(token.node)
    if (size <= MOST_LEAVES) return token
    note(`Only the first ${MOST_LEAVES} words and phrases are looked for.`)
    return { ...token, node: null }
  })
}

/**
 * Operators are written in capitals. `and` and `or` in small letters are words that nearly every document has: beside others they are
 * passed over, as if only a space stood there, and the note tells how to ask for either. `not` is a word that counts.
 */
function withoutSmall(tokens: readonly Token[], note: Note): Token[] {
  const isAlone = !tokens.some((token) => token.kind === 'leaf' && token.node !== null && !token.isSmall)
  const kept = tokens.flatMap((token, index) => {
    if (isAlone || token.kind !== 'leaf' || !token.isSmall) return [token]
    // one that an operator stands before is what it is for: `NOT or b` does not leave b out
    const isMeant = /^(?:and|or|not|near)$/.test(tokens[index - 1]?.kind ?? '')
    return isMeant ? [leaf(meant(token.node), token.written)] : []
  })
  const words = tokens.flatMap((token) => (token.kind === 'leaf' ? [token.written.toLowerCase()] : []))
  if (!isAlone && words.includes('or'))
    note('“or” in small letters was passed over, and all the words are looked for: write OR for either.')
  if (words.length > 1 && words.includes('not')) note('“not” was read as a word: write NOT to leave out what follows.')
  return kept
}
