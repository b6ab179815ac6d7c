import { Modal, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { calls } from '../../../src/contract/calls.ts'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { useCloseMatter, useReopenMatter } from './api.ts'

type Props = { matter: Pick<MatterPage, 'id' | 'number'>; opened: boolean; /** Opens a closed one. */ again?: boolean; onClose: () => void }

export function CloseMatter({ opened, ...props }: Props) {
  return (
    <Modal opened={opened} onClose={props.onClose} title={props.again ? 'Open the matter again' : 'Close the matter'}>
      <Form {...props} />
    </Modal>
  )
}

function Form({ matter, again = false, onClose }: Omit<Props, 'opened'>) {
  const close = useCloseMatter(matter.id)
  const reopen = useReopenMatter(matter.id)
  const { form, submit, wrong } = useSent(
    { initialValues: { reason: '' }, validate: (values) => faultsOf(calls['matter.close'].body, values) },
    async ({ reason }) => {
      await (again ? reopen : close).mutateAsync(reason.trim())
      notifications.show({ message: `${matter.number} is ${again ? 'open again' : 'closed'}.` })
      onClose()
    },
    ['reason'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <p className="soft">
        {again
          ? 'Files and parties can be added again. Who reaches it stays as it is.'
          : 'Nothing is added to a closed matter. Whoever reaches it can still read it, and it can be opened again.'}
      </p>
      <Textarea
        label="Reason"
        description="It stands in the history."
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
        {...form.getInputProps('reason')}
      />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        {again ? 'Open it again' : 'Close the matter'}
      </FormEnd>
    </form>
  )
}
