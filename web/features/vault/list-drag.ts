import { useEffect, useRef, useState } from 'react'
import type { What } from './list-acts.ts'
import type { Rows } from './selection.ts'
import { inside, parentOf, type Row } from './tree.ts'

/** Whether something would change by it: a folder does not go into itself, and nothing to where it is. */
const fits = (what: What, folder: string) =>
  what.kind === 'folder'
    ? !inside(what.path, folder) && parentOf(what.path) !== folder
    : what.files.some((document) => document.folder !== folder)

/** Rows dragged onto a folder, or onto the floor; `over` is the folder that they would fall into. */
export function useRowDrag(rows: Rows, whatOf: (row: Row) => What, onDrop: (what: What, folder: string) => void) {
  const dragged = useRef<What | null>(null)
  const [dragging, setDragging] = useState<What | null>(null)
  const [over, setOver] = useState<string | null>(null)
  const end = () => {
    dragged.current = null
    setDragging(null)
    setOver(null)
  }
  useEffect(() => {
    if (!dragging) return
    // a row that was scrolled out of the page is not told that its drag has ended; the pointer moves again only then
    const forget = () => end()
    window.addEventListener('pointermove', forget)
    return () => window.removeEventListener('pointermove', forget)
  }, [dragging])

  const folderAt = (target: EventTarget) => (target as Element).closest<HTMLElement>('[data-folder]')?.dataset.folder
  const on = {
    onDragStart: (event: React.DragEvent) => {
      const index = (event.target as Element).closest?.<HTMLElement>('[data-index]')?.dataset.index
      const row = index === undefined ? undefined : rows[Number(index)]
      if (!row) return
      const what = whatOf(row)
      // a mark and nothing of the files: what is dragged can be dropped on other programs
      event.dataTransfer.setData('application/x-subrosa-rows', '')
      event.dataTransfer.effectAllowed = 'move'
      dragged.current = what
      // the browser takes the picture of the row first
      requestAnimationFrame(() => dragged.current && setDragging(what))
    },
    onDragOver: (event: React.DragEvent) => {
      const folder = folderAt(event.target)
      const may = dragged.current !== null && folder !== undefined && fits(dragged.current, folder)
      if (may) event.preventDefault()
      setOver(may ? folder : null)
    },
    onDrop: (event: React.DragEvent) => {
      const [what, folder] = [dragged.current, folderAt(event.target)]
      if (!what || folder === undefined || !fits(what, folder)) return
      event.preventDefault()
      end()
      onDrop(what, folder)
    },
    onDragEnd: end,
  }
  return { on, over, dragging }
}
