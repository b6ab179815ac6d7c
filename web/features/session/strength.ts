import { placeRefusal } from '../../lib/form.ts'
import { Refused } from '../../lib/refused.ts'

/** The server's word on a password: 0 to 4, and why it cannot be taken. */
export type Judgement = { score: number; fault: string | null }

export const ENOUGH = 12
const SCORES = ['Very easy to guess.', 'Easy to guess.', 'Could be guessed with some effort.', 'Hard to guess.', 'Very hard to guess.']

/** What stands below a new password: its length until that is enough, then how the server judges it. */
export function strengthWords(length: number, judged: Judgement | null): string {
  if (length === 0) return `At least ${ENOUGH} characters.`
  if (length < ENOUGH) return `${ENOUGH - length} more ${ENOUGH - length === 1 ? 'character' : 'characters'}.`
  return judged ? (judged.fault ?? SCORES[judged.score] ?? '') : 'Long enough.'
}

/** How much of the meter is filled, in percent: half of it by length, the rest by strength. */
export const meterOf = (length: number, judged: Judgement | null): number =>
  length < ENOUGH || !judged ? Math.min(25, (length / ENOUGH) * 25) : Math.max(25, judged.score * 25)

/** `placeRefusal`, where a refusal of the password itself stands at its field. */
export function placePassword(fault: unknown, fields: readonly string[] = []): ReturnType<typeof placeRefusal> {
  const placed = placeRefusal(fault, ['password', ...fields])
  if (!(fault instanceof Refused) || !['password.weak', 'password.reused'].includes(fault.code)) return placed
  return { fields: { password: fault.text, ...placed.fields }, text: null }
}
