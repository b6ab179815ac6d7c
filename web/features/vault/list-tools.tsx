import { IconFileZip, IconFolderPlus, IconLayoutGrid, IconList, IconTrash } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { MatterId } from '../../../src/contract/ids.ts'
import { filesShape, useFilesShape } from '../../lib/preferences.ts'
import { line } from '../../ui/icons.ts'

/** What concerns the list as a whole. */
export function ListTools({
  matter,
  onNewFolder,
  onBundle,
  says,
}: {
  matter: MatterId
  /** Undefined: not for this person. */ onNewFolder?: () => void
  /** Undefined: this person takes no copies. */ onBundle?: () => void
  says: string
}) {
  const isGrid = useFilesShape() === 'grid'
  return (
    <div className="listtools">
      <span className="meta">{says}</span>
      <span className="row push">
        {onNewFolder && (
          <button type="button" className="tool" onClick={onNewFolder}>
            <IconFolderPlus {...line} />
            New folder
          </button>
        )}
        {onBundle && (
          <button type="button" className="tool" onClick={onBundle}>
            <IconFileZip {...line} />
            Download as zip
          </button>
        )}
        <button type="button" className="tool" onClick={() => filesShape.set(isGrid ? 'list' : 'grid')}>
          {isGrid ? <IconList {...line} /> : <IconLayoutGrid {...line} />}
          {isGrid ? 'Show as list' : 'Show as grid'}
        </button>
        <Link className="tool" to={`/matters/${matter}?show=trash`}>
          <IconTrash {...line} />
          Trash
        </Link>
      </span>
    </div>
  )
}
