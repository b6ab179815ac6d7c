import { DATA_TYPES, type DataType } from '../../contract/matrix.ts'
import { cards } from './detect-cards.ts'
import { ibans } from './detect-ibans.ts'
import { ninos, ssns } from './detect-identity.ts'
import { privilegeMarks } from './detect-privilege.ts'
import { childTerms, healthTerms } from './detect-terms.ts'

/** A kind of data and how often it was recognized. No value leaves this room. */
export type Found = { type: DataType; count: number }
/** Where something begins, and what it is: the same twice counts once. */
export type Hit = { at: number; key: string }

const DETECTORS: Record<DataType, (text: string) => Hit[]> = {
  'us-ssn': ssns,
  'uk-nino': ninos,
  'iban': ibans,
  'card': cards,
  'health': healthTerms,
  'child': childTerms,
  'privileged-marker': privilegeMarks,
}

/** A long text is read in pieces, each with what stands before and after it. */
const PIECE = 64 * 1024
const MARGIN = 1500

/** The kinds of data that a text holds, in small steps: between two of them whoever asks lets others have their turn. */
export function* detecting(text: string): Generator<void, Found[]> {
  const keys = new Map(DATA_TYPES.map((type) => [type, new Set<string>()]))
  for (let from = 0; from < text.length; from += PIECE) {
    const start = Math.max(0, from - MARGIN)
    const piece = text.slice(start, from + PIECE + MARGIN)
    for (const type of DATA_TYPES) {
      for (const { at, key } of DETECTORS[type](piece)) {
        const place = start + at
        if (place >= from && place < from + PIECE) keys.get(type)!.add(key === '' ? String(place) : key)
      }
      yield
    }
  }
  return DATA_TYPES.map((type) => ({ type, count: keys.get(type)!.size })).filter(({ count }) => count > 0)
}

/** The same at once. */
export function detect(text: string): Found[] {
  const work = detecting(text)
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}
