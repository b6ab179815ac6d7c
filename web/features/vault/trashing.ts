import type { DocumentView } from '../../../src/contract/document.ts'
import type { DocumentId, MatterId } from '../../../src/contract/ids.ts'
import { files } from './filing-words.ts'
import { restoreDocuments, trashDocuments } from './filing.ts'
import { sayRefusal } from './try.ts'
import { offerUndo } from './undo.tsx'

/** Puts files into the trash, and offers to take them out again; answers those that are there. */
export async function putIntoTrash(matter: MatterId, documents: readonly DocumentView[]): Promise<DocumentId[]> {
  const gone: DocumentId[] = []
  try {
    await trashDocuments(
      matter,
      documents.map(({ id }) => id),
      (ids) => gone.push(...ids),
    )
  } catch (fault) {
    sayRefusal(fault)
  }
  // they can be restored from the trash later too
  if (gone.length > 0)
    offerUndo({
      id: `trash ${gone[0]}`,
      said: `${files(gone.length)} put into the trash.`,
      undo: () => restoreDocuments(matter, gone),
      undone: `${files(gone.length)} restored.`,
    })
  return gone
}
