import { notifications } from '@mantine/notifications'
import { sayRefusal } from './try.ts'

/** Time to think better of it. */
const UNDO_FOR = 10_000

type Offer = { id: string; /** What was done, as a sentence. */ said: string; undo: () => Promise<void>; undone: string }

/** Says what was done, and takes it back for whoever thinks better of it. */
export function offerUndo({ id, said, undo, undone }: Offer): void {
  const back = async () => {
    notifications.hide(id)
    try {
      await undo()
      notifications.show({ message: undone })
    } catch (fault) {
      sayRefusal(fault)
    }
  }
  notifications.show({
    id,
    autoClose: UNDO_FOR,
    message: (
      <span className="row">
        <span>{said}</span>
        <button type="button" className="plainlink" onClick={() => void back()}>
          Undo
        </button>
      </span>
    ),
  })
}
