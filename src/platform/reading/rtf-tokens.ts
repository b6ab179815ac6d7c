import { broken, hostile } from './fault.ts'

const DEEPEST = 2_000
const LONGEST_WORD = 64

/** `byte`: a letter in the code page of its font; `unit`: one of UTF-16, which gives how many letters behind it say the same. */
export type RtfHeard = {
  open(): void
  close(): void
  byte(byte: number): void
  unit(unit: number): number
  /** `\*`: the next word may be unknown, and its group is to be passed over then */
  star(): void
  word(word: string, value: number | null): void
  /** a letter that stands for itself, or that a sign stands for */
  symbol(text: string): void
  end(): void
}

const SIGNS: Record<string, string> = { '~': '\u00a0', '_': '-', '-': '', '\\': '\\', '{': '{', '}': '}', '|': '', ':': '' }
const letter = (byte: number): boolean => (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90)
const digit = (byte: number): boolean => byte >= 48 && byte <= 57

/**
 * Reads RTF byte by byte, in windows of any size and with a stack of its own.
 *
 * @throws ReadingFault `hostile` for groups over 2,000 deep; `broken` when it does not start as RTF, or ends before the group
 *   that it opened first
 */
export function rtfTokens(heard: RtfHeard): { take(window: Buffer): void; end(isLeft: boolean): void } {
  let depth = 0
  let isOver = false
  let state: 'text' | 'sign' | 'word' | 'number' | 'hex' = 'text'
  let word = ''
  let number = ''
  let hex = ''
  // letters to pass over: those that repeat a unit, and bytes of a picture
  let fallback = 0
  let raw = 0

  /** A letter in any form; those that only repeat a unit are not told. */
  const letterOf = (tell: () => void) => {
    if (fallback > 0) fallback -= 1
    else tell()
  }
  const tellWord = () => {
    const value = number === '' || number === '-' ? null : Number(number)
    state = 'text'
    if (word === 'bin') raw = Math.max(0, value ?? 0)
    else if (word === 'u' && value !== null) fallback = heard.unit(value & 0xffff)
    else if (fallback > 0) fallback -= 1
    else heard.word(word, value)
  }
  const text = (byte: number) => {
    if (byte === 92) state = 'sign'
    else if (byte === 123) {
      if (++depth > DEEPEST) throw hostile('it is nested too deep')
      fallback = 0
      heard.open()
    } else if (byte === 125) {
      fallback = 0
      heard.close()
      if (--depth === 0) isOver = true
    } else if (byte === 9) letterOf(() => heard.symbol('\t'))
    else if (byte >= 32) letterOf(() => heard.byte(byte))
  }
  const sign = (byte: number) => {
    if (letter(byte)) {
      state = 'word'
      word = String.fromCharCode(byte)
      number = ''
      return
    }
    state = 'text'
    const mark = String.fromCharCode(byte)
    if (mark === "'") {
      state = 'hex'
      hex = ''
    } else if (mark === '*') heard.star()
    else if (byte === 10 || byte === 13) heard.word('par', null)
    else if (Object.hasOwn(SIGNS, mark)) letterOf(() => heard.symbol(SIGNS[mark]!))
  }
  const step = (byte: number): void => {
    if (state === 'text') text(byte)
    else if (state === 'sign') sign(byte)
    else if (state === 'word' && letter(byte) && word.length < LONGEST_WORD) word += String.fromCharCode(byte)
    else if (state === 'word' && (byte === 45 || digit(byte))) {
      state = 'number'
      number = String.fromCharCode(byte)
    } else if (state === 'number' && digit(byte) && number.length < 11) number += String.fromCharCode(byte)
    else if (state === 'hex') {
      hex += String.fromCharCode(byte)
      if (hex.length < 2) return
      state = 'text'
      if (/^[0-9a-f]{2}$/i.test(hex)) letterOf(() => heard.byte(parseInt(hex, 16)))
    } else {
      tellWord()
      // a space belongs to the word; anything else is next, and may already be of a picture
      if (byte !== 32) {
        if (raw > 0) raw -= 1
        else text(byte)
      }
    }
  }
  let isFirst = true
  return {
    take: (window) => {
      if (isFirst && !window.toString('latin1', 0, 8).startsWith('{\\rtf')) throw broken('it does not start as its kind must')
      isFirst = false
      for (let at = 0; at < window.length && !isOver; at++) {
        if (raw > 0) {
          const passed = Math.min(raw, window.length - at)
          raw -= passed
          at += passed - 1
        } else step(window[at]!)
      }
    },
    end: (isLeft) => {
      if (isFirst || (!isOver && !isLeft)) throw broken('it breaks off')
      heard.end()
    },
  }
}
