import { Button, Drawer, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import type { Role } from '../../../src/contract/roles.ts'
import type { Answer } from '../../lib/ask.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { useRoles } from '../access/api.ts'
import { useInvite } from './api.ts'
import { LetsThem } from './lets-them.tsx'
import { LinkGiven, Waiting } from './link-given.tsx'
import { RoleChoice } from './role-choice.tsx'

type Invited = Answer<'person.invite'>

export function Invite({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [invited, setInvited] = useState<Invited | null>(null)
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setInvited(null)}
      closeOnClickOutside={invited === null}
      title={invited ? `${invited.name} is invited` : 'Invite a person'}
    >
      {invited ? <Done invited={invited} onClose={onClose} /> : <Form onInvited={setInvited} />}
    </Drawer>
  )
}

function Form({ onInvited }: { onInvited: (invited: Invited) => void }) {
  const roles = useRoles()
  const invite = useInvite()
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm({
    initialValues: { name: '', email: '', roles: ['lawyer'] as Role[] },
    validate: (values) => ({
      ...faultsOf(calls['person.invite'].body, values),
      ...(values.roles.length === 0 && { roles: 'Choose at least one role.' }),
    }),
  })

  const send = form.onSubmit(async ({ name, email, roles }) => {
    setWrong(null)
    try {
      onInvited(await invite.mutateAsync({ name: name.trim(), email: email.trim(), roles }))
    } catch (fault) {
      const placed = placeRefusal(fault, ['name', 'email', 'roles'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })

  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <TextInput label="Name" data-autofocus {...form.getInputProps('name')} />
      <TextInput label="E-mail" type="email" description="They sign in with it." {...form.getInputProps('email')} />
      {roles.isPending && <Lines count={4} />}
      {roles.error && <Fault fault={roles.error} retry={() => void roles.refetch()} />}
      {roles.data && (
        <>
          <RoleChoice roles={roles.data.roles} label="Roles" description="Roles add up." {...form.getInputProps('roles')} />
          <LetsThem roles={form.values.roles} list={roles.data} />
        </>
      )}
      <Wrong>{wrong}</Wrong>
      <div>
        <Button type="submit" variant="filled" loading={form.submitting}>
          Invite
        </Button>
      </div>
    </form>
  )
}

function Done({ invited, onClose }: { invited: Invited; onClose: () => void }) {
  return (
    <div className="stack lg">
      <LinkGiven link={invited.invitation} name={invited.name} email={invited.email} />
      <Waiting roles={invited.waiting} name={invited.name} />
      <div>
        <Button onClick={onClose}>Close</Button>
      </div>
    </div>
  )
}
