import { Radio, Stack } from '@mantine/core'
import { Class } from '../../ui/class.tsx'
import type { MatterClass } from './api.ts'
import { CLASS_MEANS, MATTER_CLASSES } from './words.ts'

type Props = {
  label?: string
  description?: React.ReactNode
  offered?: readonly MatterClass[]
  value?: MatterClass | null
  onChange: (chosen: MatterClass) => void
  error?: React.ReactNode
}

export function ClassChoice({ label = 'Class', description, offered = MATTER_CLASSES, value, onChange, error }: Props) {
  return (
    <Radio.Group
      label={label}
      description={description}
      error={error}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen as MatterClass)}
    >
      <Stack gap="sm" mt="xs">
        {offered.map((name) => (
          <Radio key={name} value={name} label={<Class of={name} />} description={CLASS_MEANS[name]} />
        ))}
      </Stack>
    </Radio.Group>
  )
}
