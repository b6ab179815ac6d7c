import { TextInput } from '@mantine/core'

type Props = { label: string; placeholder: string; value: string; onChange: (text: string) => void }

/** Narrows the list beside it while one types; `/` moves here. Nothing typed leaves the page. */
export const Filter = ({ label, placeholder, value, onChange }: Props) => (
  <TextInput
    className="filter"
    data-filter
    aria-label={label}
    placeholder={placeholder}
    value={value}
    onChange={(event) => onChange(event.target.value)}
  />
)
