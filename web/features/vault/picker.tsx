import { useRef } from 'react'
import type { MatterId } from '../../../src/contract/ids.ts'
import { fromInput } from './gather.ts'
import { addFiles } from './uploads.ts'

/** The browser’s own dialogs for files and for a folder. */
export function usePicker(matter: MatterId) {
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const take = ({ target }: React.ChangeEvent<HTMLInputElement>) => {
    if (target.files) addFiles(matter, '', fromInput(target.files))
    target.value = ''
  }
  return {
    addFiles: () => files.current?.click(),
    addFolder: () => folder.current?.click(),
    inputs: (
      <>
        <input ref={files} type="file" multiple hidden aria-label="Files to add" onChange={take} />
        <input ref={folder} type="file" hidden aria-label="Folder to add" {...{ webkitdirectory: '' }} onChange={take} />
      </>
    ),
  }
}
