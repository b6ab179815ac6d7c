import { Button, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { fileNameFault } from '../../../src/contract/words.ts'
import { useTry } from './try.ts'

type Props = {
  /** The folder that it is made in; empty for the floor. */ under: string
  make: (name: string) => Promise<unknown>
  onClose: () => void
}

/** The name of a new folder. */
export function NewFolder({ under, make, onClose }: Props) {
  const [name, setName] = useState('')
  const { attempt, busy, wrong, setWrong } = useTry('path')
  const enter = async (event: React.FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const wanted = name.trim()
    const fault = fileNameFault(wanted)
    if (fault) return setWrong(fault)
    if (await attempt(() => make(wanted))) onClose()
  }
  return (
    <form className="stack" onSubmit={(event) => void enter(event)} noValidate>
      <TextInput
        label={under ? `New folder in ${under}` : 'New folder'}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={wrong}
        data-autofocus
        autoFocus
        autoComplete="off"
      />
      <div className="row">
        <Button type="submit" variant="filled" loading={busy}>
          Make the folder
        </Button>
        <Button variant="subtle" onClick={onClose}>
          Not now
        </Button>
      </div>
    </form>
  )
}

export function NewFolderDialog({ under, make, onClose }: Omit<Props, 'under'> & { /** Null: it is closed. */ under: string | null }) {
  return (
    <Modal opened={under !== null} onClose={onClose} title="New folder">
      {under !== null && <NewFolder under={under} make={make} onClose={onClose} />}
    </Modal>
  )
}
