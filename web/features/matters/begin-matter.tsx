import { Autocomplete, Drawer, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { calls } from '../../../src/contract/calls.ts'
import type { ClientId } from '../../../src/contract/ids.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { useMe } from '../session/api.ts'
import { type MatterClass, useBeginMatter, useClients, useTakeOnClient } from './api.ts'
import { ClassChoice } from './class-choice.tsx'
import { useMatterTypes } from './matter-types.ts'
import { WhoFields } from './who-fields.tsx'
import { NOBODY, onLists, WHO_FIELDS, whoOf, type WhoWish } from './who.ts'

type Props = { opened: boolean; onClose: () => void; /** Chosen already. */ client?: ClientId }
type Values = WhoWish & { client: ClientId | null; title: string; class: MatterClass; type: string; jurisdiction: string }

export function BeginMatter({ opened, onClose, client }: Props) {
  return (
    <Drawer opened={opened} onClose={onClose} title="Begin a matter">
      <Form onClose={onClose} client={client} />
    </Drawer>
  )
}

function Form({ onClose, client: chosen }: Omit<Props, 'opened'>) {
  const go = useNavigate()
  const mayTakeOn = useMe().data?.may.includes('client.create') ?? false
  const clients = useClients(true)
  const types = useMatterTypes()
  const takeOn = useTakeOnClient()
  const begin = useBeginMatter()
  const [choosesNew, setChoosesNew] = useState<boolean | null>(chosen ? false : null)
  const [wrong, setWrong] = useState<string | null>(null)
  const isNew = mayTakeOn && (choosesNew ?? clients.data?.length === 0)
  const form = useForm<Values>({
    initialValues: { ...NOBODY, client: chosen ?? null, title: '', class: 'confidential', type: '', jurisdiction: '' },
    validate: (values) => ({
      ...without(faultsOf(calls['matter.create'].body, values), 'client'),
      ...(isNew
        ? onLists(without(faultsOf(calls['client.create'].body, { ...whoOf(values), class: 'confidential' }), 'class'), values)
        : values.client
          ? {}
          : { client: 'Choose the client.' }),
    }),
  })

  const send = form.onSubmit(async (values) => {
    setWrong(null)
    try {
      const client = isNew ? (await takeOn.mutateAsync({ ...whoOf(values), class: 'confidential' })).id : (values.client as ClientId)
      form.setFieldValue('client', client)
      setChoosesNew(false) // the client stands now, even if the matter is refused
      const { title, class: its, type, jurisdiction } = values
      const matter = await begin.mutateAsync({
        client,
        title: title.trim(),
        class: its,
        type: type.trim(),
        jurisdiction: jurisdiction.trim(),
      })
      onClose()
      await go(`/matters/${matter.id}`)
    } catch (fault) {
      const placed = placeRefusal(fault, ['client', 'title', 'class', 'type', 'jurisdiction', ...WHO_FIELDS])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })

  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <p className="soft">It begins at intake. It opens when its class and team stand and its names are checked for conflicts.</p>
      <div className="stack">
        {isNew ? (
          <WhoFields form={form} label="New client" autoFocus />
        ) : (
          <Select
            openOnFocus={false}
            label="Client"
            placeholder={clients.isPending ? '' : 'Name of the client'}
            data={(clients.data ?? []).map((client) => ({ value: client.id, label: client.name }))}
            searchable
            nothingFoundMessage="No client within your reach has that name."
            data-autofocus={chosen ? undefined : true}
            {...form.getInputProps('client')}
          />
        )}
        {mayTakeOn && (clients.data?.length ?? 0) > 0 && (
          <div>
            <button type="button" className="plainlink meta" onClick={() => setChoosesNew(!isNew)}>
              {isNew ? 'Choose a client of the firm' : 'Take a new client on'}
            </button>
          </div>
        )}
      </div>
      <TextInput
        label="Title"
        description="As lawyers cite it: Orchard v. Mill, In re Hallam Estate."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        {...form.getInputProps('title')}
      />
      <div className="pair">
        <Autocomplete label="Type" data={types} {...form.getInputProps('type')} />
        <TextInput label="Jurisdiction" {...form.getInputProps('jurisdiction')} />
      </div>
      <ClassChoice {...form.getInputProps('class')} />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Begin the matter
      </FormEnd>
    </form>
  )
}

const without = (faults: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(faults).filter(([field]) => field !== name))
