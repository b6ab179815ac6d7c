import { TextInput } from '@mantine/core'

type Props = { form: { getInputProps: (field: string) => object }; /** Without, it begins now. */ begins?: boolean }

/** From a day on and until a day; each may be left out. */
export function Days({ form, begins = true }: Props) {
  return (
    <div className="pair">
      {begins && <TextInput type="date" label="From" description="Left out: from now on." {...form.getInputProps('from')} />}
      <TextInput type="date" label="Until" description="Left out: until it is ended." {...form.getInputProps('until')} />
    </div>
  )
}
