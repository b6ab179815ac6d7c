import { IconCheck, IconFile, IconFileText, IconFileTypePdf, IconFileZip, IconMail, IconPhoto, IconTable } from '@tabler/icons-react'
import type { DocumentView } from '../../../src/contract/document.ts'
import { shortName } from '../../lib/format.ts'
import { Class } from '../../ui/class.tsx'
import { line } from '../../ui/icons.ts'
import { Bytes, When } from '../../ui/values.tsx'
import { HeldMark } from '../destruction/held-mark.tsx'
import { indent } from './folder-row.tsx'
import { useFileItem, type FileItem } from './file-item.tsx'
import { useListActs } from './list-acts.ts'
import { LOCKED_AS } from './filing-words.ts'
import { isHeld, scanMark } from './scan-words.ts'

export const iconOf = ({ shown, mediaType }: DocumentView) => {
  if (mediaType.startsWith('message/') || mediaType.includes('outlook') || mediaType === 'application/mbox') return IconMail
  if (mediaType.includes('spreadsheet')) return IconTable
  if (mediaType === 'application/zip') return IconFileZip
  return { text: IconFileText, pdf: IconFileTypePdf, image: IconPhoto, read: IconFileText, no: IconFile }[shown]
}

/** One file of the list. */
export function FileRow(file: FileItem) {
  const { row, index, chosen, onPick } = file
  const { document } = row
  const { item, name, writes } = useFileItem(file)
  return (
    <tr className="goes" aria-rowindex={index + 2} {...item}>
      <th scope="row">
        <span className="name" style={indent(row.depth)}>
          {name}
          {/* it stands first on the screen, and after the name for who goes by keys */}
          <Choose document={document} chosen={chosen} onChoose={() => onPick('toggle')} />
          {!writes && <Marks document={document} />}
        </span>
      </th>
      <td>
        <Class of={document.class} />
      </td>
      <td className="num dim hide-s">
        <Bytes of={document.size} />
      </td>
      <td className="hide-s">
        <When at={document.at} />
      </td>
      <td className="dim hide-s nowrap" title={document.by.name}>
        {shortName(document.by.name)}
      </td>
    </tr>
  )
}

/** The icon of its kind; under the pointer, and while it is chosen, a box to tick. By keyboard the row is chosen with Space. */
export function Choose({ document, chosen, onChoose }: { document: DocumentView; chosen: boolean; onChoose: () => void }) {
  const Icon = iconOf(document)
  if (!useListActs().mayFile) return <Icon {...line} />
  return (
    <button
      type="button"
      className="choose"
      role="checkbox"
      aria-checked={chosen}
      aria-label={`Choose ${document.name}`}
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation()
        onChoose()
      }}
    >
      <Icon {...line} className="kind" />
      <span className="tick">{chosen && <IconCheck {...line} size={12} stroke={3} />}</span>
    </button>
  )
}

/** What is out of the ordinary with it. */
export function Marks({ document }: { document: DocumentView }) {
  const { out, locked, scan } = document
  return (
    <>
      <HeldMark of={document} />
      {isHeld(scan) && <span className="tagmark wait">{scanMark(scan)}</span>}
      {locked && <span className="tagmark">{LOCKED_AS[locked.as]}</span>}
      {out && (
        <span className="tagmark wait" title={`${out.by.name} has it out`}>
          Out: {shortName(out.by.name)}
        </span>
      )}
    </>
  )
}
