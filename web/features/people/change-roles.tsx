import { Button, Drawer, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { RoleView } from '../../../src/contract/access.ts'
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
import { useMe } from '../session/api.ts'
import { useChangeRoles } from './api.ts'
import { LetsThem } from './lets-them.tsx'
import { Waiting } from './link-given.tsx'
import { RoleChoice } from './role-choice.tsx'
import { listed } from './words.ts'

type Done = { waiting: string[]; /** Whether something is changed already. */ others: boolean }
type Props = { person: PersonView; opened: boolean; onClose: () => void }

export function ChangeRoles({ person, opened, onClose }: Props) {
  return (
    <Drawer opened={opened} onClose={onClose} title={`Roles of ${person.name}`}>
      <Body person={person} onClose={onClose} />
    </Drawer>
  )
}

function Body({ person, onClose }: Omit<Props, 'opened'>) {
  const roles = useRoles()
  const isMe = useMe().data?.id === person.id
  const [done, setDone] = useState<Done | null>(null)
  if (done)
    return (
      <div className="stack lg">
        {done.others && <p className="soft">The other changes hold now.</p>}
        <Waiting roles={done.waiting} name={person.name} />
        <div>
          <Button onClick={onClose}>Close</Button>
        </div>
      </div>
    )
  if (roles.isPending) return <Lines count={6} />
  if (roles.error) return <Fault fault={roles.error} retry={() => void roles.refetch()} />
  const finish = (result: Done) => {
    if (result.waiting.length) return setDone(result)
    notifications.show({ message: `The roles of ${person.name} are changed.` })
    onClose()
  }
  return <Form person={person} list={roles.data} isMe={isMe} onDone={finish} />
}

type FormProps = { person: PersonView; list: Answer<'role.list'>; isMe: boolean; onDone: (done: Done) => void }

function Form({ person, list, isMe, onDone }: FormProps) {
  const change = useChangeRoles(person.id)
  const { form, submit, wrong } = useSent(
    {
      initialValues: { roles: person.roles, reason: '' },
      validate: (values) => ({
        ...faultsOf(calls['person.change'].body, values),
        ...(same(values.roles, person.roles) && { roles: 'Nothing is changed yet.' }),
      }),
    },
    async ({ roles, reason }) => {
      const { waiting } = await change.mutateAsync({ roles, reason: reason.trim() })
      onDone({ waiting, others: new Set(person.roles).symmetricDifference(new Set(roles)).size > waiting.length })
    },
    ['roles', 'reason'],
  )
  return (
    <form className="stack lg" onSubmit={submit} noValidate>
      <RoleChoice
        roles={list.roles}
        label="Roles"
        description="Roles add up. What a group brings is changed at the group."
        held={person.roles}
        forMyself={isMe}
        {...form.getInputProps('roles')}
      />
      <LetsThem roles={form.values.roles} list={list} />
      <Textarea
        label="Reason"
        description="It stands in the history."
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('reason')}
      />
      <p className="soft" aria-live="polite">
        {difference(person.roles, form.values.roles, list.roles, isMe)}
      </p>
      <Wrong>{wrong}</Wrong>
      <div>
        <Button type="submit" variant="filled" loading={form.submitting}>
          Change the roles
        </Button>
      </div>
    </form>
  )
}

const same = (some: readonly Role[], others: readonly Role[]) => new Set(some).symmetricDifference(new Set(others)).size === 0

/** `Gives Staff at once. Takes Lawyer at once. Compliance waits for a second person.` */
function difference(before: readonly Role[], after: readonly Role[], list: readonly RoleView[], isMe: boolean): string {
  const namesOf = (roles: RoleView[]) => listed(roles.map((role) => role.name))
  const given = list.filter((role) => after.includes(role.id) && !before.includes(role.id))
  const now = given.filter((role) => !role.guarded && !isMe)
  const later = given.filter((role) => role.guarded || isMe)
  const taken = list.filter((role) => before.includes(role.id) && !after.includes(role.id))
  return [
    now.length && `Gives ${namesOf(now)} at once.`,
    taken.length && `Takes ${namesOf(taken)} at once.`,
    later.length && `${namesOf(later)} ${later.length === 1 ? 'waits' : 'wait'} for a second person.`,
  ]
    .filter(Boolean)
    .join(' ')
}
