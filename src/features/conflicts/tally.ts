import type { Postings } from './postings.ts'

const STEPS = 512

let sums = new Float32Array(1024)
let stamps = new Uint32Array(1024)
let touched = new Int32Array(1024)
let stamp = 0

/**
 * Counts for each name what it shares with the asked one: for each asked word the likeness of the first word counted, so the
 * most alike has to come first. One at a time: the arrays are used again.
 */
export function openTally({
  names,
  size,
  isLive,
  lengthOf,
}: {
  names: Postings
  size: number
  isLive: (name: number) => boolean
  lengthOf: (name: number) => number
}) {
  if (sums.length < size) {
    sums = new Float32Array(size * 2)
    stamps = new Uint32Array(size * 2)
    touched = new Int32Array(size * 2)
  }
  let found = 0
  return {
    nextWord: (): void => void (stamp += 1),
    count(word: number, worth: number): void {
      names.each(word, (name) => {
        if (stamps[name] === stamp) return
        stamps[name] = stamp
        if (sums[name] === 0) touched[found++] = name
        sums[name]! += worth
      })
    },
    /** The names with the highest sums, at most so many; among equals those of the like number of words. Ends the tally. */
    best(most: number, words: number): number[] {
      let highest = 0
      for (let at = 0; at < found; at += 1) {
        const name = touched[at]!
        sums[name] = isLive(name) ? Math.max(0.001, sums[name]! - 0.05 * Math.abs(lengthOf(name) - words)) : 0
        highest = Math.max(highest, sums[name]!)
      }
      const stepOf = (sum: number): number => Math.min(STEPS - 1, Math.floor((sum / highest) * (STEPS - 1)))
      const steps = new Uint32Array(STEPS)
      for (let at = 0; at < found; at += 1) steps[stepOf(sums[touched[at]!]!)]! += 1
      let lowest = STEPS - 1
      for (let sum = steps[lowest]!; lowest > 0 && sum + steps[lowest - 1]! <= most;) sum += steps[--lowest]!
      const best: number[] = []
      for (let at = 0; at < found; at += 1) {
        const name = touched[at]!
        if (sums[name]! > 0 && stepOf(sums[name]!) >= lowest && best.length < most) best.push(name)
        sums[name] = 0
      }
      found = 0
      return best
    },
  }
}
