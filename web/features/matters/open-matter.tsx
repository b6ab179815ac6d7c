import { Button, Drawer, Radio, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { z } from 'zod'
import { calls } from '../../../src/contract/calls.ts'
import type { ClientId } from '../../../src/contract/ids.ts'
import { Name } from '../../../src/contract/words.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { Class } from '../../ui/class.tsx'
import { Wrong } from '../../ui/fact.tsx'
import { useMe } from '../session/api.ts'
import { useClients, useOpenMatter, useTakeOnClient } from './api.ts'

const Title = z.object({ title: Name })
const CLASSES = [
  { name: 'confidential', means: 'What every client matter is at least.' },
  { name: 'privileged', means: 'Legal advice, and work done for a proceeding.' },
  { name: 'restricted', means: 'For the named few. The strictest handling.' },
] as const

type Values = { client: ClientId | null; newClient: string; title: string; class: (typeof CLASSES)[number]['name'] }

export function OpenMatter({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Drawer opened={opened} onClose={onClose} title="Open a matter">
      <OpenMatterForm onClose={onClose} />
    </Drawer>
  )
}

function OpenMatterForm({ onClose }: { onClose: () => void }) {
  const go = useNavigate()
  const mayTakeOn = useMe().data?.may.includes('client.create') ?? false
  const clients = useClients(true)
  const takeOn = useTakeOnClient()
  const open = useOpenMatter()
  const [choosesNew, setChoosesNew] = useState<boolean | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const isNew = mayTakeOn && (choosesNew ?? clients.data?.length === 0)
  const form = useForm<Values>({
    initialValues: { client: null, newClient: '', title: '', class: 'confidential' },
    validate: (values) => ({
      ...faultsOf(Title, values),
      ...(isNew
        ? renamed(faultsOf(calls['client.create'].body, { name: values.newClient }))
        : values.client
          ? {}
          : { client: 'Choose the client.' }),
    }),
  })

  const send = form.onSubmit(async (values) => {
    setWrong(null)
    try {
      const client = isNew ? (await takeOn.mutateAsync(values.newClient.trim())).id : (values.client as ClientId)
      form.setFieldValue('client', client)
      setChoosesNew(false) // the client stands now, even if the matter is refused
      const matter = await open.mutateAsync({ client, title: values.title.trim(), class: values.class })
      onClose()
      await go(`/matters/${matter.id}`)
    } catch (fault) {
      const placed = placeRefusal(fault, ['client', 'title', 'class'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })

  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <div className="stack xs">
        {isNew ? (
          <TextInput label="New client" data-autofocus {...form.getInputProps('newClient')} />
        ) : (
          <Select
            label="Client"
            placeholder={clients.isPending ? '' : 'Name of the client'}
            data={(clients.data ?? []).map((client) => ({ value: client.id, label: client.name }))}
            searchable
            nothingFoundMessage="No client within your reach has that name."
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
      <Radio.Group label="Class" {...form.getInputProps('class')}>
        <Stack gap="sm" mt="xs">
          {CLASSES.map(({ name, means }) => (
            <Radio key={name} value={name} label={<Class of={name} />} description={means} />
          ))}
        </Stack>
      </Radio.Group>
      <Wrong>{wrong}</Wrong>
      <div className="row">
        <Button type="submit" variant="filled" loading={form.submitting}>
          Open the matter
        </Button>
        <Button variant="subtle" onClick={onClose}>
          Not now
        </Button>
      </div>
    </form>
  )
}

const renamed = (faults: Record<string, string>): Record<string, string> => (faults.name ? { newClient: faults.name } : {})
