import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { instantOf, isPast, zone } from '../people/leaving-time.ts'

type Props = { /** `Who had access on`. */ label: string; at: string | null; onChange: (at: string | null) => void }

/** A moment to look back to; null is now. */
export function Moment({ label, at, onChange }: Props) {
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const send = (event: React.FormEvent) => {
    event.preventDefault()
    if (Number.isNaN(Date.parse(typed))) return setWrong('Choose the date and time.')
    if (!isPast(typed)) return setWrong('That moment has not come yet.')
    setWrong(null)
    onChange(instantOf(typed))
  }
  return (
    <form className="moment" onSubmit={send} noValidate>
      <TextInput
        type="datetime-local"
        max="9999-12-31T23:59"
        label={label}
        title={`The time on this device, ${zone()}`}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        error={wrong}
      />
      <Button type="submit">Look</Button>
      {at !== null && (
        <Button
          variant="subtle"
          onClick={() => {
            setTyped('')
            setWrong(null)
            onChange(null)
          }}
        >
          Back to now
        </Button>
      )}
    </form>
  )
}
