import { useRef } from 'react'
import type { MatterId } from '../../../src/contract/ids.ts'
import type { MatterClass } from '../matters/api.ts'
import { fromInput } from './gather.ts'
import { addFiles } from './uploads.ts'

/** The browser’s own dialogs for files and for a folder. */
export function usePicker(matter: MatterId) {
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const label = useRef<MatterClass | null>(null)
  const take = ({ target }: React.ChangeEvent<HTMLInputElement>) => {
    if (target.files) addFiles(matter, '', fromInput(target.files), label.current)
    target.value = ''
  }
  const choose = (input: React.RefObject<HTMLInputElement | null>, chosen: MatterClass | null) => {
    label.current = chosen
    input.current?.click()
  }
  return {
    addFiles: () => choose(files, null),
    addFolder: () => choose(folder, null),
    addFilesAs: (its: MatterClass) => choose(files, its),
    addFolderAs: (its: MatterClass) => choose(folder, its),
    inputs: (
      <>
        <input ref={files} type="file" multiple hidden aria-label="Files to add" onChange={take} />
        <input ref={folder} type="file" hidden aria-label="Folder to add" {...{ webkitdirectory: '' }} onChange={take} />
      </>
    ),
  }
}
