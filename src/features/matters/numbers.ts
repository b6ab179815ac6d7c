import { randomInt } from 'node:crypto'
import { now } from '../../platform/clock.ts'
import type { Db } from '../../platform/postgres.ts'
import { PIECE } from '../settings/number-pattern.ts'

// no vowels and nothing that looks like something else: no words, no misreading
const LETTERS = 'BCDFGHJKLMNPQRSTVWXYZ23456789'

/**
 * A matter's number by the firm's pattern. `2026-KR4T9X` as it comes: the year and 29 random bits, so that a number can be
 * neither counted nor probed. A serial counts within what stands before it.
 */
export async function newNumber(db: Db, pattern: string): Promise<string> {
  const at = new Date(now())
  let number = ''
  let from = 0
  for (const piece of pattern.matchAll(PIECE)) {
    number += pattern.slice(from, piece.index)
    from = piece.index + piece[0].length
    const length = piece[2] ? Number(piece[2]) : piece[1] === 'serial' ? 4 : 6
    if (piece[1] === 'year') number += at.getUTCFullYear()
    else if (piece[1] === 'yy') number += String(at.getUTCFullYear() % 100).padStart(2, '0')
    else if (piece[1] === 'month') number += String(at.getUTCMonth() + 1).padStart(2, '0')
    else if (piece[1] === 'random') number += Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('')
    else {
      const { next } = (await db.row<{ next: number }>('select hidden.next_serial($1) as next', [number]))!
      number += String(next).padStart(length, '0')
    }
  }
  return number + pattern.slice(from)
}
