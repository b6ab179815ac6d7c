import { useEffect, useState } from 'react'
import { notifications } from '@mantine/notifications'
import type { MatterId } from '../../../src/contract/ids.ts'
import { fromDrop } from './gather.ts'
import { addFiles } from './uploads.ts'

/** The whole page takes files; over a folder’s row they go into that folder. A place that takes them for itself says so. */
export function DropTarget({ matter }: { matter: MatterId }) {
  const [over, setOver] = useState<string | null>(null)
  useEffect(() => {
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const onOver = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      if (isTaken(event.target)) return setOver(null)
      event.preventDefault()
      setOver(folderAt(event.target))
    }
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(null)
    }
    const onDrop = (event: DragEvent) => {
      if (!holdsFiles(event) || !event.dataTransfer || isTaken(event.target)) return
      event.preventDefault()
      setOver(null)
      const base = folderAt(event.target)
      fromDrop(event.dataTransfer)
        .then((found) => addFiles(matter, base, found))
        .catch(() => notifications.show({ message: 'The browser could not read what was dropped. Nothing of it was sent.' }))
    }
    const events = { dragover: onOver, dragleave: onLeave, drop: onDrop }
    for (const [name, run] of Object.entries(events)) window.addEventListener(name as 'drop', run)
    return () => {
      for (const [name, run] of Object.entries(events)) window.removeEventListener(name as 'drop', run)
    }
  }, [matter])
  if (over === null) return null
  return (
    <div className="dropping" role="status">
      <span>{over ? `Drop to add to ${over}` : 'Drop to add to the matter'}</span>
    </div>
  )
}

const isTaken = (target: EventTarget | null) => target instanceof Element && target.closest('[data-takes-files]') !== null
const folderAt = (target: EventTarget | null) =>
  target instanceof Element ? (target.closest<HTMLElement>('[data-folder]')?.dataset.folder ?? '') : ''
