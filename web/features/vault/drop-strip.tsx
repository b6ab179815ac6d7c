import { IconCornerDownRight } from '@tabler/icons-react'
import { line } from '../../ui/icons.ts'
import { files } from './filing-words.ts'
import type { What } from './list-acts.ts'
import { lastName } from './tree.ts'

/** While rows are dragged: where they would fall, and the matter’s own floor to drop them on. */
export function DropStrip({ what, over }: { what: What; over: string | null }) {
  const things = what.kind === 'folder' ? `the folder ${lastName(what.path)}` : files(what.files.length)
  return (
    <div className="dropstrip" data-folder="" data-over={over === '' || undefined} role="status">
      <IconCornerDownRight {...line} />
      {over ? `Drop to move ${things} into ${over}` : `Drop here to move ${things} out of all folders`}
    </div>
  )
}
