import { Drawer, Select, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { PersonId } from '../../../src/contract/ids.ts'
import type { MatterPage } from '../../../src/contract/matter.ts'
import type { TeamRole } from '../../../src/contract/roles.ts'
import { naturally } from '../../lib/format.ts'
import { placeRefusal } from '../../lib/form.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { usePeople } from '../people/api.ts'
import { useBringOn } from './api.ts'
import { Days } from './days-fields.tsx'
import { daysFault, fromDay, isAhead, untilDay } from './days.ts'
import { TEAM_CHOICES } from './words.ts'

type Props = { matter: MatterPage; opened: boolean; onClose: () => void }

export function BringOn({ matter, opened, onClose }: Props) {
  return (
    <Drawer opened={opened} onClose={onClose} title="Bring someone onto the team">
      <Form matter={matter} onClose={onClose} />
    </Drawer>
  )
}

type Values = { person: PersonId | null; role: TeamRole; reason: string; from: string; until: string }

function Form({ matter, onClose }: Omit<Props, 'opened'>) {
  const people = usePeople()
  const bringOn = useBringOn(matter.id)
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm<Values>({
    initialValues: { person: null, role: 'member', reason: '', from: '', until: '' },
    validate: {
      person: (person) => (person ? null : 'Choose the person.'),
      until: (until, { from }) => daysFault(from, until),
    },
  })
  // someone who is in for a time may still be brought onto the team
  const here = new Set<string>(matter.team.filter((member) => member.via === 'team').map((member) => member.person))
  const others = (people.data ?? []).filter((person) => person.state === 'active' && !here.has(person.id))

  const send = form.onSubmit(async ({ person, role, reason, from, until }) => {
    setWrong(null)
    try {
      const member = await bringOn.mutateAsync({
        person: person as PersonId,
        role,
        reason: reason.trim() || undefined,
        from: fromDay(from),
        until: untilDay(until),
      })
      notifications.show({ message: isAhead(member.since) ? `${member.name} comes onto the team.` : `${member.name} is on the team.` })
      onClose()
    } catch (fault) {
      const placed = placeRefusal(fault, ['person', 'role', 'reason', 'from', 'until'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })

  if (people.data && others.length === 0) return <p className="soft">Everyone who works in the firm is on the team.</p>
  return (
    <form className="stack lg" onSubmit={send} noValidate>
      <Select
        openOnFocus={false}
        label="Person"
        placeholder="Name"
        searchable
        data={others.toSorted((a, b) => naturally(a.name, b.name)).map((person) => ({ value: person.id, label: person.name }))}
        nothingFoundMessage="Nobody outside the team has that name."
        data-autofocus
        {...form.getInputProps('person')}
      />
      <Select label="Part" allowDeselect={false} data={TEAM_CHOICES} {...form.getInputProps('role')} />
      <Textarea
        label="Reason"
        description="May be left out. It stands in the history."
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('reason')}
      />
      <Days form={form} />
      <FormEnd wrong={wrong} busy={form.submitting} onLeave={onClose}>
        Bring onto the team
      </FormEnd>
    </form>
  )
}
