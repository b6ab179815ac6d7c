import type { FileRow as Row } from './tree.ts'
import { keyOf, useListActs } from './list-acts.ts'
import { RenameField } from './rename-field.tsx'

export type FileItem = {
  row: Row
  index: number
  /** It stands in the pane. */ current: boolean
  chosen: boolean
  /** What is dragged would fall into its folder. */ over: boolean
  onPick: (how: 'only' | 'toggle' | 'range') => void
}

/** What a file has in the list and in the grid alike: how it is chosen and dragged, and its name, which opens it or is being written. */
export function useFileItem({ row, index, current, chosen, over, onPick }: FileItem) {
  const { document } = row
  const { mayFile, renaming, rename, keepName } = useListActs()
  const writes = renaming === keyOf(row)
  const press = (event: React.MouseEvent) => {
    event.stopPropagation()
    onPick(!mayFile ? 'only' : event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only')
  }
  const item = {
    'data-folder': document.folder,
    'data-index': index,
    'data-key': document.id,
    'data-chosen': chosen || current || undefined,
    'data-over': over || undefined,
    'draggable': mayFile && !writes,
    'onClick': writes ? undefined : press,
    'onMouseDown': (event: React.MouseEvent) => {
      // a range is chosen, and no text
      if (event.shiftKey && !writes) event.preventDefault()
    },
  }
  const name = writes ? (
    <RenameField
      label={`New name of ${document.name}`}
      name={document.name}
      keep={(name) => keepName(row, name)}
      onEnd={() => rename(null)}
    />
  ) : (
    <button type="button" data-go aria-current={current || undefined} title={document.name} onClick={press}>
      {document.name}
    </button>
  )
  return { item, name, writes }
}
