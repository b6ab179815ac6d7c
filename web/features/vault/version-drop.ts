import { notifications } from '@mantine/notifications'
import { useState } from 'react'

const holdsFiles = (event: React.DragEvent) => event.dataTransfer.types.includes('Files')

/** A part of the page on which one file is dropped to become a version. */
export function useVersionDrop(takes: boolean, onFile: (file: File) => void) {
  const [over, setOver] = useState(false)
  if (!takes) return { over: false, on: {} }
  const on = {
    'data-takes-files': true,
    'onDragOver': (event: React.DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      setOver(true)
    },
    'onDragLeave': (event: React.DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
    },
    'onDrop': (event: React.DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      setOver(false)
      const [file, ...others] = event.dataTransfer.files
      if (file && others.length === 0) onFile(file)
      else notifications.show({ message: 'A version is one file. Drop a single one here, or several on the list.' })
    },
  }
  return { over, on }
}
