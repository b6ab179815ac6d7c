import { BrokenSeal } from '../../core/bytes.ts'
import { Refusal } from '../../platform/refusal.ts'

/** What is wrong, in a sentence, and with what: an entry, a leaf, a checkpoint, a matter, a version; ids only. */
export type Fault = { what: string; where: string }
export type OnProgress = (step: string, done: number, of: number) => void
export type Found = Fault[] & { readonly full: boolean }

export const MOST_FAULTS = 100

export const foundFaults = (): Found =>
  Object.defineProperty([] as Fault[], 'full', {
    get(this: Fault[]) {
      return this.length >= MOST_FAULTS
    },
  }) as Found

/** Null for a half that the key store does not hold, or that does not open, and for a matter's keys that need it. */
export function isGone(fault: unknown): null {
  if (fault instanceof Refusal && fault.code === 'matter.keyless') return null
  if (fault instanceof BrokenSeal || (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT')) return null
  throw fault
}
