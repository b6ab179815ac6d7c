import type { DocumentView } from '../../../src/contract/document.ts'
import { useIsHeld } from './held.ts'

/** Beside a document's name, while a legal hold stands on it. */
export function HeldMark({ of }: { of: Pick<DocumentView, 'id' | 'matter'> }) {
  return useIsHeld(of.matter)(of.id) ? <span className="tagmark">On hold</span> : null
}
