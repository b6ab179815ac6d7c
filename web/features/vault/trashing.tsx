import { notifications } from '@mantine/notifications'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { DocumentId, MatterId } from '../../../src/contract/ids.ts'
import { files } from './filing-words.ts'
import { restoreDocuments, trashDocuments } from './filing.ts'
import { sayRefusal } from './try.ts'

/** Time to think better of it; they can be restored from the trash later too. */
const UNDO_FOR = 10_000

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
  if (gone.length > 0) offerUndo(matter, gone)
  return gone
}

function offerUndo(matter: MatterId, gone: DocumentId[]): void {
  const id = `trash ${gone[0]}`
  const undo = async () => {
    notifications.hide(id)
    try {
      await restoreDocuments(matter, gone)
      notifications.show({ message: `${files(gone.length)} restored.` })
    } catch (fault) {
      sayRefusal(fault)
    }
  }
  notifications.show({
    id,
    autoClose: UNDO_FOR,
    message: (
      <span className="row">
        <span>{files(gone.length)} put into the trash.</span>
        <button type="button" className="plainlink" onClick={() => void undo()}>
          Undo
        </button>
      </span>
    ),
  })
}
