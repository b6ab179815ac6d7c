import { TextInput } from '@mantine/core'

type Props = {
  /** What the first field is called. */ label?: string
  from: string
  to: string
  onFrom: (day: string) => void
  onTo: (day: string) => void
  /** What is wrong with it. */ wrong?: string | null
}

/** A first and a last day; without the last one, until now. */
export function Period({ label = 'From', from, to, onFrom, onTo, wrong }: Props) {
  return (
    <div className="walltwo">
      <TextInput type="date" label={label} max="9999-12-31" value={from} onChange={(event) => onFrom(event.target.value)} data-autofocus />
      <TextInput
        type="date"
        label="To"
        description="Left out: until now."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        max="9999-12-31"
        value={to}
        onChange={(event) => onTo(event.target.value)}
        error={wrong}
      />
    </div>
  )
}
