import { Button, Checkbox, Drawer, Radio, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { GroupView } from '../../../src/contract/access.ts'
import { calls } from '../../../src/contract/calls.ts'
import type { PersonId } from '../../../src/contract/ids.ts'
import type { Role } from '../../../src/contract/roles.ts'
import { naturally } from '../../lib/format.ts'
import { faultsOf, placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { usePeople } from '../people/api.ts'
import { RoleChoice } from '../people/role-choice.tsx'
import { useChangeGroup, useMakeGroup } from './api.ts'
import { useRolesHere } from './roles-page.tsx'

type Props = { /** The one that is changed; a new one without. */ group?: GroupView; opened: boolean; onClose: () => void }

/** Makes a group, or changes one. Members that a directory or the identity provider keeps are changed there. */
export function KeepGroup({ group, opened, onClose }: Props) {
  return (
    <Drawer opened={opened} onClose={onClose} title={group ? `The group ${group.name}` : 'Make a group'}>
      <Form group={group} onClose={onClose} />
    </Drawer>
  )
}

function Form({ group, onClose }: Omit<Props, 'opened'>) {
  const { list, me } = useRolesHere()
  const make = useMakeGroup()
  const change = useChangeGroup()
  const [made, setMade] = useState<GroupView | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm({
    initialValues: {
      name: group?.name ?? '',
      roles: group?.roles ?? ([] as Role[]),
      keptBy: group?.keptBy ?? ('firm' as GroupView['keptBy']),
      members: group?.members.map((member) => member.id) ?? ([] as PersonId[]),
    },
    validate: ({ name, roles }) => faultsOf(calls['group.create'].body, { name, roles }),
  })
  const isIn = group?.members.some((member) => member.id === me.id) ?? false
  const byHand = form.values.keptBy === 'firm'
  const send = form.onSubmit(async ({ name, roles, keptBy, members }) => {
    setWrong(null)
    try {
      const wish = { name: name.trim(), roles }
      const its = group ?? made ?? (await make.mutateAsync({ ...wish, keptBy: keptBy === 'claims' ? 'claims' : 'firm' }))
      if (!group) setMade(its) // it stands now, even if its members are refused
      if (group || made || (byHand && members.length)) await change.mutateAsync({ group: its.id, ...wish, ...(byHand && { members }) })
      notifications.show({ message: `The group ${wish.name} is ${group ? 'changed' : 'made'}.` })
      onClose()
    } catch (fault) {
      const placed = placeRefusal(fault, ['name', 'roles', 'members'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <TextInput
        label="Name"
        description={group?.keptBy === 'directory' ? 'The directory says what it is called.' : undefined}
        disabled={group?.keptBy === 'directory'}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <RoleChoice
        roles={list.roles}
        label="Roles that it brings"
        description="Whoever is in the group holds them as long as they are."
        forGroup
        closed={isIn ? 'You are in this group yourself, so another administrator says what it brings.' : null}
        {...form.getInputProps('roles')}
      />
      {!group && (
        <Radio.Group label="Who keeps its members" {...form.getInputProps('keptBy')}>
          <div className="rolechoice">
            <Radio value="firm" label="You, by hand" />
            <Radio
              value="claims"
              label="The identity provider"
              description="Whoever it says is in a group of this very name, at each sign-in. A directory makes its groups itself."
            />
          </div>
        </Radio.Group>
      )}
      {byHand && <Members me={me.id} {...form.getInputProps('members')} />}
      {group && !byHand && (
        <p className="soft">
          {group.keptBy === 'directory' ? 'The directory' : 'The identity provider'} keeps its members. They are changed there.
        </p>
      )}
      <Wrong>{wrong}</Wrong>
      <div>
        <Button type="submit" variant="filled" loading={form.submitting}>
          {group ? 'Change the group' : 'Make the group'}
        </Button>
      </div>
    </form>
  )
}

type MembersProps = { me: PersonId; value?: PersonId[]; onChange: (members: PersonId[]) => void; error?: React.ReactNode }

/** Who is in the group: those of before first, then the others by name. */
function Members({ me, value = [], onChange, error }: MembersProps) {
  const people = usePeople().data ?? []
  const [first] = useState(() => new Set<string>(value))
  const [typed, setTyped] = useState('')
  const offered = people
    .filter((person) => person.state !== 'left' || first.has(person.id))
    .filter((person) => person.name.toLowerCase().includes(typed.trim().toLowerCase()))
    .toSorted((a, b) => Number(first.has(b.id)) - Number(first.has(a.id)) || naturally(a.name, b.name))
  return (
    <Checkbox.Group
      label="Members"
      description={value.length === 0 ? 'Nobody yet.' : `${value.length} chosen.`}
      error={error}
      value={value}
      onChange={(chosen) => onChange(chosen as PersonId[])}
    >
      <TextInput
        aria-label="Find a person"
        placeholder="Find a person"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      <div className="members" role="group" aria-label="People">
        {offered.map((person) => (
          <Checkbox
            key={person.id}
            value={person.id}
            label={person.name}
            disabled={person.id === me && !first.has(me)}
            description={person.id === me && !first.has(me) ? 'You. Another administrator puts you in.' : undefined}
          />
        ))}
        {offered.length === 0 && <p className="meta">Nobody has that name.</p>}
      </div>
    </Checkbox.Group>
  )
}
