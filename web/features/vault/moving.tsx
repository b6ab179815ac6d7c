import { useEffect, useMemo, useRef } from 'react'
import { useNavigate, useParams } from 'react-router'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { MatterId } from '../../../src/contract/ids.ts'
import { useHere } from '../matters/matter-page.tsx'
import { useMe } from '../session/api.ts'
import { createFolder, moveDocuments, moveFolder } from './filing.ts'
import type { What } from './list-acts.ts'
import { MoveDialog } from './move-dialog.tsx'
import { foldersOf, joined, lastName } from './tree.ts'

/** Moves files or a folder into a folder of their matter; empty for its floor. */
export async function move(matter: MatterId, what: What, folder: string): Promise<void> {
  if (what.kind === 'folder') return moveFolder(matter, what.path, joined(folder, lastName(what.path)))
  // what stands there already would be in its own way
  const ids = what.files.filter((document) => document.folder !== folder).map(({ id }) => id)
  await moveDocuments(matter, ids, folder)
}

type Props = { what: What | null; documents: readonly DocumentView[]; folders: readonly string[]; onClose: () => void }

export function Moving({ what, documents, folders, onClose }: Props) {
  const { matter } = useHere()
  const { document: openId } = useParams()
  const go = useNavigate()
  const mayAdd = useMe().data?.may.includes('document.upload') ?? false
  const asked = what !== null
  const moved = useRef<string | null>(null)
  useEffect(() => {
    if (what?.kind === 'files') moved.current = what.files[0]?.id ?? null
    if (what?.kind === 'folder') moved.current = null
  }, [what])
  // its row stands elsewhere now, and has lost the focus on the way
  const focusMoved = () =>
    // the dialog gives the focus back first
    window.setTimeout(() => {
      if (document.activeElement !== null && document.activeElement !== document.body) return
      document.querySelector<HTMLElement>(`[data-key='${moved.current}'] [data-go]`)?.focus()
    })
  const tree = useMemo(() => (asked ? foldersOf(documents, folders) : []), [asked, documents, folders])
  return (
    <MoveDialog
      what={what}
      matter={matter.id}
      mayAdd={mayAdd}
      folders={tree}
      createFolder={(path) => createFolder(matter.id, path)}
      move={(moved, folder) => move(matter.id, moved, folder)}
      onElsewhere={(ids) => ids.some((id) => id === openId) && void go(`/matters/${matter.id}`, { preventScrollReset: true })}
      onClose={onClose}
      onGone={focusMoved}
    />
  )
}
