import { Modal, MultiSelect, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import type { DocumentId, MatterId, PersonId } from '../../../src/contract/ids.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { usePeople } from '../people/api.ts'
import { files } from '../vault/filing-words.ts'
import { usePlaceHold } from './api.ts'

type Props = { matter: MatterId; /** Empty: the whole matter. */ documents?: DocumentId[]; opened: boolean; onClose: () => void }

export function PlaceHold({ opened, onClose, ...props }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Place a legal hold">
      <Form onClose={onClose} {...props} />
    </Modal>
  )
}

const FIELDS = ['trigger', 'triggeredOn', 'issuer', 'scope', 'reason', 'custodians']

function Form({ matter, documents = [], onClose }: Omit<Props, 'opened'>) {
  const place = usePlaceHold(matter)
  const people = usePeople().data ?? []
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm({
    initialValues: { trigger: '', triggeredOn: '', issuer: '', scope: '', reason: '', custodians: [] as PersonId[] },
    validate: (values) => ({
      ...faultsOf(calls['hold.place'].body, { documents, ...values }),
      ...(values.triggeredOn === '' && { triggeredOn: 'Give the date.' }),
    }),
  })
  const send = form.onSubmit(async (values) => {
    setWrong(null)
    try {
      const hold = await place.mutateAsync({ documents, ...values })
      notifications.show({ message: `Hold ${hold.number} stands.` })
      onClose()
    } catch (fault) {
      const placed = placeRefusal(fault, FIELDS)
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <p className="soft">
        {documents.length === 0 ? 'It holds the whole matter, with what is added later.' : `It holds ${files(documents.length)}.`} Nothing
        that is held is destroyed or leaves the matter, until someone else lifts the hold.
      </p>
      <TextInput label="What made it necessary" maxLength={500} data-autofocus {...form.getInputProps('trigger')} />
      <TextInput type="date" label="When that was" max="9999-12-31" {...form.getInputProps('triggeredOn')} />
      <TextInput label="Who asks for it" description="A court, an authority, the firm." maxLength={500} {...form.getInputProps('issuer')} />
      <Textarea
        label="What it covers, in words"
        description="People, sources and dates."
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('scope')}
      />
      <MultiSelect
        label="Custodians"
        description="Those who reach the matter are told."
        searchable
        data={people.map((person) => ({ value: person.id, label: person.name }))}
        {...form.getInputProps('custodians')}
      />
      <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...form.getInputProps('reason')} />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Place the hold
      </FormEnd>
    </form>
  )
}
