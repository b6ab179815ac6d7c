import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { z } from 'zod'
import { Name } from '../../../src/contract/words.ts'
import { faultsOf } from '../../lib/form.ts'

const Firm = z.object({ firm: Name })

export function FirmStep({ firm, onDone }: { firm: string; onDone: (firm: string) => void }) {
  const form = useForm({ initialValues: { firm }, validate: (values) => faultsOf(Firm, values) })
  return (
    <form className="stack lg" onSubmit={form.onSubmit((values) => onDone(values.firm.trim()))} noValidate>
      <div className="stack xs">
        <h1 className="title">The firm</h1>
        <p className="soft">The name as it stands on your letterhead. Everyone who signs in sees it.</p>
      </div>
      <TextInput className="big" label="Name of the firm" autoComplete="organization" autoFocus {...form.getInputProps('firm')} />
      <div className="row wrap acts">
        <Button type="submit" variant="filled" size="lg">
          Go on to yourself
        </Button>
      </div>
    </form>
  )
}
