import { Button, Checkbox, Drawer, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import { PERMISSIONS, permissionsOf, Role } from '../../../src/contract/roles.ts'
import type { Answer } from '../../lib/ask.ts'
import { fullTime } from '../../lib/format.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { Once } from '../../ui/copy.tsx'
import { Fact, Wrong } from '../../ui/fact.tsx'
import { useInvite } from './api.ts'
import { roleName } from './roles.ts'

type Invited = Answer<'person.create'>

export function Invite({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Drawer opened={opened} onClose={onClose} title="Invite a person">
      <Body onClose={onClose} />
    </Drawer>
  )
}

function Body({ onClose }: { onClose: () => void }) {
  const [invited, setInvited] = useState<Invited | null>(null)
  return invited ? <TheLink invited={invited} onClose={onClose} /> : <InviteForm onInvited={setInvited} />
}

function InviteForm({ onInvited }: { onInvited: (invited: Invited) => void }) {
  const invite = useInvite()
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm({
    initialValues: { name: '', email: '', roles: ['lawyer'] as Role[] },
    validate: (values) => ({
      ...faultsOf(calls['person.create'].body, values),
      ...(values.roles.length === 0 && { roles: 'Choose at least one role.' }),
    }),
  })
  const may = permissionsOf(form.values.roles)

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
      <Checkbox.Group label="Roles" description="Roles add up." {...form.getInputProps('roles')}>
        <div className="rolegrid">
          {Role.options.map((role) => (
            <Checkbox key={role} value={role} label={roleName(role)} />
          ))}
        </div>
      </Checkbox.Group>
      {may.size > 0 && (
        <Fact title="This lets them">
          <ul className="maylist">
            {[...may].map((permission) => (
              <li key={permission}>{PERMISSIONS[permission]}</li>
            ))}
          </ul>
        </Fact>
      )}
      <Wrong>{wrong}</Wrong>
      <div>
        <Button type="submit" variant="filled" loading={form.submitting}>
          Make the invitation
        </Button>
      </div>
    </form>
  )
}

function TheLink({ invited, onClose }: { invited: Invited; onClose: () => void }) {
  return (
    <div className="stack lg">
      <div className="stack xs">
        <p className="soft">
          Hand this link to {invited.name} by a way that reaches only them. It works once, until {fullTime(invited.invitation.endsAt)}, and
          is shown only now.
        </p>
      </div>
      <Once secret={invited.invitation.url} what="the link" />
      <div>
        <Button onClick={onClose}>Close</Button>
      </div>
    </div>
  )
}
