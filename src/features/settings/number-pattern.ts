/** What stands between the braces of a pattern for matter numbers, such as `{year}-{random:6}`. */
export const PIECE = /\{(year|yy|month|random|serial)(?::(\d{1,2}))?\}/g

/** Why a pattern cannot be, or null. Without a serial, enough is random that numbers can be neither counted nor guessed. */
export function patternFault(pattern: string): string | null {
  const rest = pattern.replace(PIECE, '')
  if (/[{}]/.test(rest)) return 'Between braces stand year, yy, month, random:6 or serial:4, and nothing else.'
  if (!/^[\p{L}\p{N}\-/. ]*$/u.test(rest)) return 'Outside of braces only letters, digits, spaces and - / . stand.'
  const pieces = [...pattern.matchAll(PIECE)]
  const random = pieces.filter((piece) => piece[1] === 'random').reduce((sum, piece) => sum + Number(piece[2] ?? 6), 0)
  const hasSerial = pieces.some((piece) => piece[1] === 'serial')
  if (pieces.some((piece) => ['year', 'yy', 'month'].includes(piece[1]!) && piece[2])) return 'Only random and serial take a length.'
  if (pieces.some((piece) => piece[2] === '0' || Number(piece[2] ?? 1) > 12)) return 'A length is 1 to 12.'
  if (!hasSerial && random < 5) return 'At least five random letters, or a serial, so that no two numbers are alike.'
  return null
}
