import { Modal, TextInput } from '@mantine/core'
import { calls } from '../../../src/contract/calls.ts'
import type { PersonView } from '../../../src/contract/person.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { useEdit } from './api.ts'

type Props = { person: PersonView; opened: boolean; onClose: () => void }

export function EditPerson({ person, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Name and address of ${person.name}`}>
      <Form person={person} onClose={onClose} />
    </Modal>
  )
}

function Form({ person, onClose }: Omit<Props, 'opened'>) {
  const edit = useEdit(person.id)
  const { form, submit, wrong } = useSent(
    {
      initialValues: { name: person.name, email: person.email },
      validate: (values) => faultsOf(calls['person.edit'].body, values),
    },
    async ({ name, email }) => {
      await edit.mutateAsync({ name: name.trim(), email: email.trim() })
      onClose()
    },
    ['name', 'email'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <TextInput label="Name" data-autofocus {...form.getInputProps('name')} />
      <TextInput
        label="E-mail"
        type="email"
        description="They sign in with it from now on. Open links die with the address from before, which is told of it."
        {...form.getInputProps('email')}
      />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Change
      </FormEnd>
    </form>
  )
}
