import type { Scheme } from './scheme.ts'

/** What may follow a group, by the signature of the next one; `schemes`: those whose number is whole here. */
export type Step = { next: Map<number, Step>; schemes: Scheme[] }

/** Letters and digits of a group; what is longer is no part of a number. */
export const LONGEST_GROUP = 20

/** A group's signature so far with one sign more: letters as 1, digits as 0, after a leading 1. */
export const signed = (signature: number, isLetter: boolean): number => (signature << 1) | (isLetter ? 1 : 0)

/** All shapes of the schemes as one tree. */
export function stepsOf(schemes: readonly Scheme[]): Step {
  const first: Step = { next: new Map(), schemes: [] }
  for (const scheme of schemes) {
    for (const shape of scheme.shapes) {
      let steps = [first]
      for (const group of shape.split(' ')) steps = steps.flatMap((step) => signaturesOf(group).map((signature) => after(step, signature)))
      for (const step of steps) if (!step.schemes.includes(scheme)) step.schemes.push(scheme)
    }
  }
  return first
}

function after(step: Step, signature: number): Step {
  const known = step.next.get(signature)
  if (known) return known
  const made: Step = { next: new Map(), schemes: [] }
  step.next.set(signature, made)
  return made
}

/** `A1X2`: a letter, then two signs of which each is a letter or a digit. */
function signaturesOf(group: string): number[] {
  let signatures = [1]
  for (const [, sign, count] of group.matchAll(/([NAX])(\d+)/g)) {
    const letters = sign === 'X' ? [false, true] : [sign === 'A']
    for (let times = Number(count); times > 0; times -= 1)
      signatures = signatures.flatMap((signature) => letters.map((isLetter) => signed(signature, isLetter)))
  }
  return signatures
}
