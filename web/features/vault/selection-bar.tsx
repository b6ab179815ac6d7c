import { Button } from '@mantine/core'
import { IconFileZip, IconFolderSymlink, IconPencil, IconTrash, IconX } from '@tabler/icons-react'
import type { DocumentView } from '../../../src/contract/document.ts'
import { line } from '../../ui/icons.ts'
import { Bytes } from '../../ui/values.tsx'
import { ChosenActs } from '../destruction/chosen-acts.tsx'
import { files } from './filing-words.ts'

type Props = {
  chosen: readonly DocumentView[]
  onMove: () => void
  onTrash: () => void
  onRename: () => void
  /** Undefined: this person takes no copies. */ onBundle?: () => void
  onClear: () => void
}

/** What can be done with what is chosen; it comes only when something is. */
export function SelectionBar({ chosen, onMove, onTrash, onRename, onBundle, onClear }: Props) {
  return (
    <div className="selbar" role="region" aria-label="The chosen files">
      <span role="status">
        <b>{files(chosen.length)} chosen</b>{' '}
        <span className="meta hide-s">
          <Bytes of={chosen.reduce((sum, { size }) => sum + size, 0)} />
        </span>
      </span>
      <span className="row push">
        {chosen.length === 1 && (
          <Button size="xs" leftSection={<IconPencil {...line} size={14} />} onClick={onRename}>
            Rename
          </Button>
        )}
        <Button size="xs" leftSection={<IconFolderSymlink {...line} size={14} />} onClick={onMove}>
          Move
        </Button>
        {onBundle && (
          <Button size="xs" leftSection={<IconFileZip {...line} size={14} />} onClick={onBundle}>
            Zip<span className="vh">: download as zip</span>
          </Button>
        )}
        <Button size="xs" leftSection={<IconTrash {...line} size={14} />} onClick={onTrash}>
          Trash
        </Button>
        <ChosenActs chosen={chosen} />
        <button type="button" className="icon" aria-label="Choose nothing" title="Choose nothing (Esc)" onClick={onClear}>
          <IconX {...line} />
        </button>
      </span>
    </div>
  )
}
