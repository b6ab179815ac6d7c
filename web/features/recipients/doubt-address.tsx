import { Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { placeRefusal } from '../../lib/form.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { type Address, type Recipient, useDoubt } from './api.ts'

type Props = { matter: MatterPage; recipient: Recipient; address: Address; onClose: () => void }

/** One person's doubt is enough: what confirms the address falls. */
export function DoubtAddress({ matter, recipient, address, onClose }: Props) {
  const doubt = useDoubt(matter.id, recipient.id, address.id)
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm({
    initialValues: { reason: '' },
    validate: { reason: (text) => (text.trim() ? null : 'Say what made you doubt it.') },
  })
  const send = form.onSubmit(async ({ reason }) => {
    setWrong(null)
    try {
      await doubt.mutateAsync(reason.trim())
      notifications.show({ message: 'It is not confirmed any more.' })
      onClose()
    } catch (fault) {
      setWrong(placeRefusal(fault, []).text)
    }
  })
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <Textarea label="What made you doubt it" autoFocus autosize minRows={2} {...form.getInputProps('reason')} />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Let what confirms it fall
      </FormEnd>
    </form>
  )
}
