import { Drawer } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { calls } from '../../../src/contract/calls.ts'
import type { ClientPage } from '../../../src/contract/matter.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { useChangeClient } from './api.ts'
import { ClassChoice } from './class-choice.tsx'
import { WhoFields } from './who-fields.tsx'
import { onLists, WHO_FIELDS, whoOf } from './who.ts'
import { isStricter, MATTER_CLASSES } from './words.ts'

type Props = { client: ClientPage; opened: boolean; onClose: () => void }

export function ChangeClient({ client, opened, onClose }: Props) {
  return (
    <Drawer opened={opened} onClose={onClose} title="Change the client">
      <Form client={client} onClose={onClose} />
    </Drawer>
  )
}

function Form({ client, onClose }: Omit<Props, 'opened'>) {
  const change = useChangeClient(client.id)
  const { version } = client
  const { form, submit, wrong } = useSent(
    {
      initialValues: { ...whoOf(client), class: client.class },
      validate: (values) => onLists(faultsOf(calls['client.change'].body, { ...values, version }), values),
    },
    async (values) => {
      await change.mutateAsync({ ...whoOf(values), class: values.class, version })
      notifications.show({ message: 'The client is changed.' })
      onClose()
    },
    [...WHO_FIELDS, 'class'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <WhoFields form={form} label="Name" autoFocus />
      <p className="meta">A new name is checked for conflicts by itself.</p>
      <ClassChoice
        description="A stricter class holds at once for every matter of this client. It is not lowered here."
        offered={MATTER_CLASSES.filter((name) => !isStricter(client.class, name))}
        {...form.getInputProps('class')}
      />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose} leave="Leave it as it was">
        Change the client
      </FormEnd>
    </form>
  )
}
