import { Drawer, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import { type MatterPage, PARTY_ROLES, type PartyRole, type PartyView } from '../../../src/contract/matter.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { type PartyWish, useKeepParty } from './api.ts'
import { WhoFields } from './who-fields.tsx'
import { NOBODY, onLists, WHO_FIELDS, whoOf } from './who.ts'
import { PARTY } from './words.ts'

type Props = { matter: MatterPage; /** Null while closed. */ party: PartyView | 'new' | null; onClose: () => void }
type Values = Omit<PartyWish, 'role'> & { role: PartyRole | null }

/** Adds a party, or changes one. */
export function KeepParty({ matter, party, onClose }: Props) {
  return (
    <Drawer opened={party !== null} onClose={onClose} title={party && party !== 'new' ? party.name : 'Add a party'}>
      {party && <Form matter={matter} party={party === 'new' ? undefined : party} onClose={onClose} />}
    </Drawer>
  )
}

function Form({ matter, party, onClose }: { matter: MatterPage; party?: PartyView; onClose: () => void }) {
  const keep = useKeepParty(matter.id, party)
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm<Values>({
    initialValues: { ...whoOf(party ?? NOBODY), role: party?.role ?? null, actsFor: party?.actsFor ?? '' },
    validate: (values) => ({
      ...onLists(faultsOf(calls['party.add'].body, values), values),
      ...(values.role ? {} : { role: 'Choose the part they have.' }),
    }),
  })
  const send = form.onSubmit(async (values) => {
    setWrong(null)
    const role = values.role as PartyRole
    try {
      await keep.mutateAsync({ ...whoOf(values), role, actsFor: role === 'counsel' ? values.actsFor.trim() : '' })
      notifications.show({ message: `${values.name.trim()} is ${party ? 'changed' : 'added'}.` })
      onClose()
    } catch (fault) {
      const placed = placeRefusal(fault, [...WHO_FIELDS, 'role', 'actsFor'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <Select
        openOnFocus={false}
        label="Part in the matter"
        placeholder="Adverse, counsel, expert…"
        allowDeselect={false}
        data={PARTY_ROLES.map((role) => ({ value: role, label: PARTY[role] }))}
        data-autofocus={party ? undefined : true}
        {...form.getInputProps('role')}
      />
      <WhoFields form={form} label="Name" autoFocus={party !== undefined} />
      {form.values.role === 'counsel' && (
        <TextInput
          label="Acts for"
          description="May be left out."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('actsFor')}
        />
      )}
      <p className="meta">Every name here is checked for conflicts by itself. What the check finds goes to those who decide conflicts.</p>
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        {party ? 'Change the party' : 'Add the party'}
      </FormEnd>
    </form>
  )
}
