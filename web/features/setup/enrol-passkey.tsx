import { TextInput } from '@mantine/core'
import { platformOf } from '../../lib/platform.ts'

export const firstPasskeyName = () => platformOf(navigator.userAgent)

type Props = { name: string; onName: (name: string) => void; error?: string | null }

/** A passkey's name; the rest is the browser's. */
export const EnrolPasskey = ({ name, onName, error }: Props) => (
  <TextInput
    className="big"
    label="Name of the passkey"
    description="So that you know it again in your list."
    autoComplete="off"
    maxLength={100}
    data-autofocus
    value={name}
    onChange={(event) => onName(event.target.value)}
    error={error}
  />
)
