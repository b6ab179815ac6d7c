import { Modal, Select, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { calls } from '../../../src/contract/calls.ts'
import type { ClientId } from '../../../src/contract/ids.ts'
import type { ClientPage } from '../../../src/contract/matter.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { useMe } from '../session/api.ts'
import { useClients, useMergeClient, useRegister } from './api.ts'

type Props = { client: ClientPage; opened: boolean; onClose: () => void }

/** Two clients that are one: this one goes into the other. */
export function MergeClient({ client, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Merge ${client.name} into another client`}>
      <Form client={client} onClose={onClose} />
    </Modal>
  )
}

function Form({ client, onClose }: Omit<Props, 'opened'>) {
  const go = useNavigate()
  const merge = useMergeClient(client.id)
  const [typed, setTyped] = useState('')
  const others = useOthers(client.id, typed)
  const { form, submit, wrong } = useSent(
    {
      initialValues: { into: null as ClientId | null, reason: '' },
      validate: (values) => ({
        ...faultsOf(calls['client.merge'].body, values),
        ...(values.into ? {} : { into: 'Choose the client that stays.' }),
      }),
    },
    async ({ into, reason }) => {
      const kept = await merge.mutateAsync({ into: into as ClientId, reason: reason.trim() })
      notifications.show({ message: `${client.name} is part of ${kept.name} now.` })
      onClose()
      await go(`/clients/${kept.id}`, { replace: true })
    },
    ['into', 'reason'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <p className="soft">Its matters and the walls on it go with it. A merge is not undone.</p>
      <Select
        openOnFocus={false}
        label="The client that stays"
        placeholder="Name of the client"
        searchable
        data={others}
        onSearchChange={setTyped}
        filter={({ options }) => options}
        nothingFoundMessage="No other client has that name."
        data-autofocus
        {...form.getInputProps('into')}
      />
      <Textarea
        label="Reason"
        description="It stands in the ledger."
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('reason')}
      />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Merge the clients
      </FormEnd>
    </form>
  )
}

/** From the firm’s register for those who may see it, else the clients within reach. */
function useOthers(client: ClientId, typed: string) {
  const may = useMe().data?.may ?? []
  const [find] = useDebouncedValue(typed.trim(), 250)
  const seesRegister = may.includes('register.read')
  const register = useRegister(find, seesRegister)
  const within = useClients(!seesRegister && may.includes('client.list'))
  return ((seesRegister ? register.data?.clients : within.data) ?? [])
    .filter((other) => other.id !== client)
    .filter((other) => seesRegister || other.name.toLowerCase().includes(find.toLowerCase()))
    .map((other) => ({ value: other.id, label: other.name }))
}
