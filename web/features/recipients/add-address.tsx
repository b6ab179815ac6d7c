import { Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { ADDRESS_KINDS, type AddressKind } from '../../../src/contract/recipient.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { type Recipient, useAddAddress } from './api.ts'
import { KIND_WORDS } from './words.ts'

type Values = { kind: AddressKind; address: string }

/** One more address; where there is one of its kind it cools off, which is said before. */
export function AddAddress({ matter, recipient, onClose }: { matter: MatterPage; recipient: Recipient; onClose: () => void }) {
  const add = useAddAddress(matter.id, recipient.id)
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm<Values>({
    initialValues: { kind: 'email', address: '' },
    validate: (values) =>
      Object.keys(faultsOf(calls['address.add'].body, values)).length > 0 ? { address: 'That cannot be such an address.' } : {},
  })
  const send = form.onSubmit(async ({ kind, address }) => {
    setWrong(null)
    try {
      await add.mutateAsync({ kind, address: address.trim() })
      notifications.show({ message: `${KIND_WORDS[kind]} is added.` })
      onClose()
    } catch (fault) {
      const placed = placeRefusal(fault, ['address'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  const cools = recipient.addresses.some(({ kind }) => kind === form.values.kind)
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <Select
        openOnFocus={false}
        label="Kind"
        allowDeselect={false}
        data={ADDRESS_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind] }))}
        {...form.getInputProps('kind')}
      />
      <TextInput label="Address or number" autoFocus {...form.getInputProps('address')} />
      {cools && (
        <p className="meta">
          There is one already. A changed address is how files go astray: this one is not used for a day, and is confirmed anew, by a number
          that the firm had before.
        </p>
      )}
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Add the address
      </FormEnd>
    </form>
  )
}
