import type { FileRow as Row } from './tree.ts'
import { Class } from '../../ui/class.tsx'
import { line } from '../../ui/icons.ts'
import { Bytes } from '../../ui/values.tsx'
import { useFileItem, type FileItem } from './file-item.tsx'
import { Choose, iconOf, Marks } from './file-row.tsx'
import { usePicture } from './pictures.ts'

/** One file of the grid: what it shows first, its name, and what is out of the ordinary with it. */
export function FileCard({ count, ...file }: FileItem & { count: number }) {
  const { row, index, chosen, onPick } = file
  const { document } = row
  const { item, name } = useFileItem(file)
  return (
    <div role="listitem" className="filecard goes" aria-posinset={index + 1} aria-setsize={count} {...item}>
      <Picture row={row} />
      <span className="name">
        {name}
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
