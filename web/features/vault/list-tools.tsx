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
          <button type="button" className="tool" aria-label="Download as zip" onClick={onBundle}>
            <IconFileZip {...line} />
            <span>
              Download<span className="wide"> as zip</span>
            </span>
          </button>
        )}
        <button
          type="button"
          className="tool"
          aria-label={isGrid ? 'Show as list' : 'Show as grid'}
          onClick={() => filesShape.set(isGrid ? 'list' : 'grid')}
        >
          {isGrid ? <IconList {...line} /> : <IconLayoutGrid {...line} />}
          <span>
            <span className="wide">Show as </span>
            {isGrid ? 'list' : 'grid'}
          </span>
        </button>
        <Link className="tool" to={`/matters/${matter}?show=trash`}>
          <IconTrash {...line} />
          Trash
        </Link>
      </span>
    </div>
  )
}
