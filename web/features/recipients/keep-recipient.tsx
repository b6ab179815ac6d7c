import { Drawer, Radio, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import type { RecipientId } from '../../../src/contract/ids.ts'
import type { MatterPage } from '../../../src/contract/matter.ts'
import type { NewAddress } from '../../../src/contract/recipient.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { type Recipient, useKeep, type Wish } from './api.ts'
import { PlaceFields, placeFaults } from './place-fields.tsx'

type Props = {
  matter: MatterPage
  /** Null while closed. */ recipient: Recipient | 'new' | null
  onClose: () => void
  onKept: (recipient: RecipientId) => void
}
type Values = Omit<Wish, 'part' | 'side'> & {
  part: Wish['part'] | null
  side: Wish['side'] | null
  email: string
  phone: string
  post: string
}

/** Adds a recipient with what the firm knows of them, or changes how one is called and placed. */
export function KeepRecipient({ matter, recipient, onClose, onKept }: Props) {
  return (
    <Drawer opened={recipient !== null} onClose={onClose} title={recipient && recipient !== 'new' ? recipient.name : 'Add a recipient'}>
      {recipient && <Form matter={matter} recipient={recipient === 'new' ? undefined : recipient} onClose={onClose} onKept={onKept} />}
    </Drawer>
  )
}

function Form({ matter, recipient, onClose, onKept }: Omit<Props, 'recipient'> & { recipient?: Recipient }) {
  const keep = useKeep(matter.id, recipient)
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm<Values>({
    initialValues: {
      ...{ kind: recipient?.kind ?? 'person', name: recipient?.name ?? '', office: recipient?.office ?? '' },
      ...{ part: recipient?.part ?? null, side: recipient?.side ?? null, actsFor: recipient?.actsFor ?? '' },
      ...{ email: '', phone: '', post: '' },
    },
    validate: (values) => faultsIn(values),
  })
  const isPerson = form.values.kind === 'person'
  const send = form.onSubmit(async (values) => {
    setWrong(null)
    try {
      const kept = await keep.mutateAsync(wishOf(values))
      notifications.show({ message: `${kept.name} is ${recipient ? 'changed' : 'added'}.` })
      onClose()
      onKept(kept.id)
    } catch (fault) {
      const placed = placeRefusal(fault, ['name', 'office', 'actsFor'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <Radio.Group label="Kind" {...form.getInputProps('kind')}>
        <div className="row wrap kinds4">
          <Radio value="person" label="Person" />
          <Radio value="organization" label="Office or organization" />
        </div>
      </Radio.Group>
      <TextInput label="Name" data-autofocus {...form.getInputProps('name')} />
      {isPerson && (
        <TextInput
          label="Where they work"
          description="A law firm, a court, a company. May be left out."
          {...form.getInputProps('office')}
        />
      )}
      <PlaceFields form={form} />
      {!recipient && (
        <>
          <TextInput label="E-mail" type="email" autoComplete="off" {...form.getInputProps('email')} />
          <TextInput
            label="Telephone"
            description="As the firm knows it from somewhere else than a letter that asks for something: it can confirm the e-mail address."
            {...form.getInputProps('phone')}
          />
          <TextInput label="Postal address" {...form.getInputProps('post')} />
        </>
      )}
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        {recipient ? 'Change the recipient' : 'Add the recipient'}
      </FormEnd>
    </form>
  )
}

const addressesOf = ({ email, phone, post }: Values): NewAddress[] =>
  (
    [
      ['email', email],
      ['phone', phone],
      ['post', post],
    ] as const
  )
    .filter(([, address]) => address.trim())
    .map(([kind, address]) => ({ kind, address: address.trim() }))
const wishOf = (values: Values): Wish & { addresses: NewAddress[] } => ({
  kind: values.kind,
  name: values.name.trim(),
  office: values.kind === 'person' ? values.office.trim() : '',
  part: values.part!,
  side: values.side!,
  actsFor: values.actsFor.trim(),
  addresses: addressesOf(values),
})
function faultsIn(values: Values): Record<string, string> {
  const { part, side } = placeFaults(values)
  const wish = { ...wishOf(values), part: values.part ?? 'other', side: values.side ?? 'neither' }
  const named = faultsOf(calls['recipient.create'].body, wish)
  const own: Record<string, string> = { ...(part && { part }), ...(side && { side }) }
  for (const [path, text] of Object.entries(named)) {
    const at = /^addresses\.(\d+)/.exec(path)
    own[at ? wish.addresses[Number(at[1])]!.kind : path] ??= at ? ADDRESS_FAULT[wish.addresses[Number(at[1])]!.kind] : text
  }
  return own
}
const ADDRESS_FAULT = {
  email: 'That is no e-mail address.',
  phone: 'A telephone number has 5 to 15 digits.',
  post: 'At most 500 characters.',
} as const
