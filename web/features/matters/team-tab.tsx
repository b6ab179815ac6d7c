import { Button, Select, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { PersonId } from '../../../src/contract/ids.ts'
import type { MatterPage, MemberView } from '../../../src/contract/matter.ts'
import { dateOf } from '../../lib/format.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Wrong } from '../../ui/fact.tsx'
import { usePeople } from '../people/api.ts'
import { useMe } from '../session/api.ts'
import { useBringOn, useEndMembership } from './api.ts'
import { useHere } from './matter-page.tsx'

const ROLES = { responsible: 'Responsible', member: 'Member', assistant: 'Assistant' } as const

export function TeamTab() {
  const { matter } = useHere()
  return (
    <div className="page teampage">
      <section className="panel clip" aria-label="Team">
        <table className="table teamtable">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Role</th>
              <th scope="col" className="hide-s">
                Reason
              </th>
              <th scope="col">Since</th>
              {matter.may.leave && (
                <th scope="col">
                  <span className="vh">Do</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {matter.team.map((member) => (
              <Member key={member.person} matter={matter} member={member} />
            ))}
          </tbody>
        </table>
      </section>
      {matter.may.join && <BringOn matter={matter} />}
    </div>
  )
}

function Member({ matter, member }: { matter: MatterPage; member: MemberView }) {
  const myself = useMe().data?.id
  const go = useNavigate()
  const [asks, setAsks] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const end = useEndMembership(matter.id, myself)

  const endIt = () =>
    end.mutate(member.person, {
      onSuccess: () => {
        notifications.show({ message: `${member.name} is no longer on the team.` })
        if (member.person === myself) void go('/matters', { replace: true })
      },
      onError: (fault) => setWrong(placeRefusal(fault, []).text),
    })

  if (asks)
    return (
      <tr>
        <td colSpan={5}>
          <div className="row wrap asks">
            <span>
              {member.person === myself
                ? 'You leave the team; the matter is then out of your reach.'
                : `${member.name} leaves the team. It works at once; only a team member can bring them back.`}
            </span>
            <Wrong>{wrong}</Wrong>
            <span className="row push">
              <Button size="xs" variant="filled" loading={end.isPending} onClick={endIt} autoFocus>
                End the membership
              </Button>
              <Button size="xs" variant="subtle" onClick={() => (setAsks(false), setWrong(null))}>
                Keep it
              </Button>
            </span>
          </div>
        </td>
      </tr>
    )
  return (
    <tr>
      <th scope="row">
        <span className="name">
          <Avatar name={member.name} />
          {member.name}
        </span>
      </th>
      <td className="role">{ROLES[member.role]}</td>
      <td className="soft hide-s">{member.reason}</td>
      <td className="dim nowrap since">{dateOf(member.since)}</td>
      {matter.may.leave && (
        <td className="num end">
          <Button size="xs" variant="subtle" onClick={() => setAsks(true)} aria-label={`End membership of ${member.name}`}>
            End membership
          </Button>
        </td>
      )}
    </tr>
  )
}

function BringOn({ matter }: { matter: MatterPage }) {
  const people = usePeople()
  const bringOn = useBringOn(matter.id)
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm({
    initialValues: { person: null as PersonId | null, role: 'member' as keyof typeof ROLES, reason: '' },
    validate: { person: (person) => (person ? null : 'Choose the person.') },
  })
  const here = new Set<string>(matter.team.map((member) => member.person))
  const others = (people.data ?? []).filter((person) => person.state === 'active' && !here.has(person.id))

  const send = form.onSubmit(async ({ person, role, reason }) => {
    setWrong(null)
    try {
      const member = await bringOn.mutateAsync({ person: person as PersonId, role, ...(reason.trim() && { reason: reason.trim() }) })
      form.reset()
      notifications.show({ message: `${member.name} is on the team.` })
    } catch (fault) {
      const placed = placeRefusal(fault, ['person', 'role', 'reason'])
      form.setErrors(placed.fields)
      setWrong(placed.text)
    }
  })

  return (
    <section className="panel" aria-labelledby="bring">
      <header>
        <h2 className="sub" id="bring">
          Bring someone onto the team
        </h2>
      </header>
      {people.data && others.length === 0 ? (
        <p className="body soft">Everyone who works in the firm is on the team.</p>
      ) : (
        <form className="body stack bringon" onSubmit={send} noValidate>
          <Select
            label="Person"
            placeholder="Name"
            searchable
            data={others.map((person) => ({ value: person.id, label: person.name }))}
            nothingFoundMessage="Nobody outside the team has that name."
            {...form.getInputProps('person')}
          />
          <Select
            label="Role"
            allowDeselect={false}
            data={Object.entries(ROLES).map(([value, label]) => ({ value, label }))}
            {...form.getInputProps('role')}
          />
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
            <Button type="submit" loading={form.submitting}>
              Bring onto the team
            </Button>
          </div>
        </form>
      )}
    </section>
  )
}
