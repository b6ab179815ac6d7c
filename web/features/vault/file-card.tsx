import type { FileRow as Row } from './tree.ts'
import { Class } from '../../ui/class.tsx'
import { line } from '../../ui/icons.ts'
import { Bytes } from '../../ui/values.tsx'
import { Choose, iconOf, Marks } from './file-row.tsx'
import { keyOf, useListActs } from './list-acts.ts'
import { usePicture } from './pictures.ts'
import { RenameField } from './rename-field.tsx'

type Props = {
  row: Row
  index: number
  count: number
  /** It stands in the pane. */ current: boolean
  chosen: boolean
  /** What is dragged would fall into its folder. */ over: boolean
  onPick: (how: 'only' | 'toggle' | 'range') => void
}

/** One file of the grid: what it shows first, its name, and what is out of the ordinary with it. */
export function FileCard({ row, index, count, current, chosen, over, onPick }: Props) {
  const { document } = row
  const { mayFile, renaming, rename, keepName } = useListActs()
  const writes = renaming === keyOf(row)
  const press = (event: React.MouseEvent) => {
    event.stopPropagation()
    onPick(!mayFile ? 'only' : event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only')
  }
  return (
    <div
      role="listitem"
      className="filecard goes"
      data-folder={document.folder}
      data-index={index}
      data-key={document.id}
      data-chosen={chosen || current || undefined}
      data-over={over || undefined}
      aria-posinset={index + 1}
      aria-setsize={count}
      draggable={mayFile && !writes}
      onClick={writes ? undefined : press}
      onMouseDown={(event) => {
        // a range is chosen, and no text
        if (event.shiftKey && !writes) event.preventDefault()
      }}
    >
      <Picture row={row} />
      <span className="name">
        {writes ? (
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
        )}
        <Choose document={document} chosen={chosen} onChoose={() => onPick('toggle')} />
      </span>
      <span className="cardfacts">
        <Class of={document.class} />
        <span className="dim">
          <Bytes of={document.size} />
        </span>
        <Marks document={document} />
      </span>
    </div>
  )
}

/** Its small picture; the sign of its kind until that is here, and where there is none. */
function Picture({ row: { document } }: { row: Row }) {
  const url = usePicture(document)
  const Icon = iconOf(document)
  return (
    <span className="cardpicture" aria-hidden="true">
      {url ? <img src={url} alt="" draggable={false} /> : <Icon {...line} size={40} stroke={1} />}
    </span>
  )
}
