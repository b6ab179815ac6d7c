import type { EvidenceOf, OneField } from '../../../src/contract/evidence.ts'
import type { PersonId } from '../../../src/contract/ids.ts'
import { take } from '../../lib/ask.ts'

export type Wish = {
  of: EvidenceOf
  from?: string
  to?: string
  absent?: PersonId
  details: boolean
  show: ('from' | 'ground')[]
  /** Fields of single entries. */ conceal: OneField[]
  reveal: OneField[]
}

/** Has evidence made and hands the file to the browser to keep. Rejects with `Refused`, and with `AbortError` when the signal says so. */
export const makeEvidence = (wish: Wish, name: string, signal: AbortSignal): Promise<void> =>
  take(name, 'bundle.create', { body: wish, signal })
