import { Button, Drawer, Textarea } from '@mantine/core'
import { useState } from 'react'
import { calls } from '../../../src/contract/calls.ts'
import type { PersonView } from '../../../src/contract/person.ts'
import type { Role } from '../../../src/contract/roles.ts'
import type { Answer } from '../../lib/ask.ts'
import { faultsOf } from '../../lib/form.ts'
import { useSent } from '../../lib/sent.ts'
import { Wrong } from '../../ui/fact.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { useRoles } from '../access/api.ts'
import { useTakeBack } from './api.ts'
import { LinkGiven, Waiting } from './link-given.tsx'
import { RoleChoice } from './role-choice.tsx'

type Props = { person: PersonView; opened: boolean; onClose: () => void }
type Returned = Answer<'person.return'>

export function TakeBack({ person, opened, onClose }: Props) {
  const [back, setBack] = useState<Returned | null>(null)
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setBack(null)}
      closeOnClickOutside={back === null}
      title={`Take ${person.name} back`}
    >
      {back ? (
        <div className="stack lg">
          <LinkGiven link={back.invitation} name={person.name} email={person.email} />
          <Waiting roles={back.waiting} name={person.name} />
          <div>
            <Button onClick={onClose}>Close</Button>
          </div>
        </div>
      ) : (
        <Form person={person} onBack={setBack} />
      )}
    </Drawer>
  )
}

function Form({ person, onBack }: { person: PersonView; onBack: (back: Returned) => void }) {
  const roles = useRoles()
  const takeBack = useTakeBack(person.id)
  const { form, submit, wrong } = useSent(
    {
      initialValues: { roles: [] as Role[], reason: '' },
      validate: (values) => ({
        ...faultsOf(calls['person.return'].body, values),
        ...(values.roles.length === 0 && { roles: 'Choose at least one role.' }),
      }),
    },
    async ({ roles, reason }) => {
      onBack(await takeBack.mutateAsync({ roles, reason: reason.trim() }))
    },
    ['roles', 'reason'],
  )
  if (roles.isPending) return <Lines count={6} />
  if (roles.error) return <Fault fault={roles.error} retry={() => void roles.refetch()} />
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <RoleChoice roles={roles.data.roles} label="Roles" description="Roles add up." {...form.getInputProps('roles')} />
      <Textarea
        label="Reason"
        description="It stands in the history."
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('reason')}
      />
      <Wrong>{wrong}</Wrong>
      <div>
        <Button type="submit" variant="filled" loading={form.submitting}>
          Take back
        </Button>
      </div>
    </form>
  )
}
