/** A file and the folder that it came in: `Pleadings/Drafts`, or empty. */
export type Found = { file: File; folder: string }

/** What stands in a drop, folders walked to their ends. Must be called while the drop event is being handled. */
export async function fromDrop(transfer: DataTransfer): Promise<Found[]> {
  const entries = [...transfer.items].filter((item) => item.kind === 'file').map((item) => item.webkitGetAsEntry())
  if (entries.some((entry) => entry === null)) return [...transfer.files].map((file) => ({ file, folder: '' }))
  const found: Found[] = []
  for (const entry of entries) if (entry) await walk(entry, '', found)
  return found
}

async function walk(entry: FileSystemEntry, folder: string, found: Found[]): Promise<void> {
  if (entry.isFile) {
    found.push({ file: await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)), folder })
    return
  }
  const inside = folder ? `${folder}/${entry.name}` : entry.name
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  // A reader answers a hundred entries at a time and an empty list at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return
    for (const one of some) await walk(one, inside, found)
  }
}

/** What was chosen in a file dialog; a chosen folder tells each file’s path. */
export const fromInput = (files: FileList): Found[] =>
  [...files].map((file) => ({ file, folder: file.webkitRelativePath.split('/').slice(0, -1).join('/') }))
