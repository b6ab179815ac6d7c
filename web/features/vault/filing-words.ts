import type { DocumentView, LockedAs, Privilege } from '../../../src/contract/document.ts'
import type { PersonId } from '../../../src/contract/ids.ts'
import { counted, momentOf } from '../../lib/format.ts'

export const LOCKED_AS: Record<LockedAs, string> = { filed: 'Filed', served: 'Served', signed: 'Signed' }
export const LOCKED_MEANS: Record<LockedAs, string> = {
  filed: 'It stands with a court or an authority as it is.',
  served: 'It went to another party or its counsel as it is.',
  signed: 'It bears a signature, and is what was signed.',
}
export const PRIVILEGE: Record<Privilege, string> = {
  'none': 'None claimed',
  'attorney-client': 'Attorney-client',
  'work-product': 'Work product',
  'common-interest': 'Common interest',
  'other': 'Another',
}

/** `Ben Ames has it out since today at 10:42.` */
export const outWords = ({ by, at }: NonNullable<DocumentView['out']>, me: PersonId | undefined) =>
  `${by.id === me ? 'You have' : `${by.name} has`} it out since ${momentOf(at)}.`

export const files = (number: number) => counted(number, 'file')

/** Why a file stays as it is for this person, or null when it can be changed. */
export function heldWords({ locked, out }: DocumentView, me: PersonId | undefined): string | null {
  if (locked) return `It is locked as ${locked.as}. Unlock it first.`
  if (out && out.by.id !== me) return `${outWords(out, me)} Nobody else changes it until it is brought back.`
  return null
}
