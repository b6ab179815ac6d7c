import type { HoldView } from '../../../src/contract/destruction.ts'
import type { DocumentId, MatterId } from '../../../src/contract/ids.ts'
import { useHolds } from './api.ts'

export const standing = (holds: readonly HoldView[]) => holds.filter((hold) => hold.lifted === null)

/** Whether a document is held, by itself or with its matter. */
export function useIsHeld(matter: MatterId): (document: DocumentId) => boolean {
  const holds = standing(useHolds(matter).data ?? [])
  return (document) => holds.some((hold) => hold.whole || hold.documents.includes(document))
}
