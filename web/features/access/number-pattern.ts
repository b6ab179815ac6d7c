import { dateOf } from '../../lib/format.ts'

const PIECE = /\{(year|yy|month|random|serial)(?::(\d{1,2}))?\}/g
const LETTERS = ['K7Q2MXR4TD9W', 'W3FH8PVN6CJK', 'T9DR5ZGB2LXM']

/** Why a pattern cannot be, or null; the server says so as well. */
export function patternFault(pattern: string): string | null {
  const rest = pattern.replace(PIECE, '')
  if (/[{}]/.test(rest)) return 'Between braces stand year, yy, month, random:6 or serial:4, and nothing else.'
  if (!/^[\p{L}\p{N}\-/. ]*$/u.test(rest)) return 'Outside of braces only letters, digits, spaces and - / . stand.'
  const pieces = [...pattern.matchAll(PIECE)]
  if (pieces.some(([, name, length]) => length && ['year', 'yy', 'month'].includes(String(name))))
    return 'Only random and serial take a length.'
  if (pieces.some(([, , length]) => length !== undefined && (Number(length) < 1 || Number(length) > 12))) return 'A length is 1 to 12.'
  const random = pieces.filter(([, name]) => name === 'random').reduce((sum, [, , length]) => sum + Number(length ?? 6), 0)
  if (!hasSerial(pattern) && random < 5) return 'At least five random letters, or a serial, so that no two numbers are alike.'
  return null
}

export const hasSerial = (pattern: string) => /\{serial(:\d+)?\}/.test(pattern)

/** Numbers as the pattern would give them now; a serial runs on, and what is random is random. */
export function examplesOf(pattern: string): string[] {
  const year = dateOf(new Date(performance.timeOrigin).toISOString()).slice(-4)
  const month = new Date(performance.timeOrigin).toISOString().slice(5, 7)
  return LETTERS.slice(0, hasSerial(pattern) ? 3 : 2).map((letters, index) =>
    pattern.replace(PIECE, (_, name: string, length?: string) => {
      if (name === 'random') return letters.slice(0, Number(length ?? 6))
      if (name === 'serial') return String(418 + index).padStart(Number(length ?? 4), '0')
      return { year, yy: year.slice(2), month }[name] ?? ''
    }),
  )
}
