import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { PersonView } from '../../../src/contract/person.ts'
import { useAct } from '../../app/acts.ts'
import { counted, naturally } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Filter } from '../../ui/filter.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { State } from '../../ui/state.tsx'
import { useMe } from '../session/api.ts'
import { usePeople } from './api.ts'
import { Invite } from './invite.tsx'
import { roleName } from './roles.ts'

export function PeoplePage() {
  const may = useMe().data?.may
  return may?.includes('person.list') ? <People mayInvite={may.includes('person.create')} /> : <Nothing />
}

function People({ mayInvite }: { mayInvite: boolean }) {
  useSection('People')
  const people = usePeople()
  const [inviting, drawer] = useDisclosure()
  const [filter, setFilter] = useState('')
  useAct(mayInvite, 'Invite a person', drawer.open)
  const found = (people.data ?? []).filter((person) =>
    `${person.name} ${person.email} ${person.roles.join(' ')}`.toLowerCase().includes(filter.trim().toLowerCase()),
  )
  const invited = people.data?.filter((person) => person.state === 'invited').length ?? 0

  return (
    <div className="page">
      <div className="row spread wrap">
        <div className="stack xs">
          <h1 className="title">People</h1>
          {people.data && (
            <p className="soft">
              {counted(people.data.length, 'person', 'people')}
              {invited > 0 && `, ${invited} of them invited and not here yet`}.
            </p>
          )}
        </div>
        <div className="row wrap acts">
          <Filter label="Filter the people" placeholder="Find a person" value={filter} onChange={setFilter} />
          {mayInvite && (
            <Button variant="filled" leftSection={<IconPlus {...line} />} onClick={drawer.open}>
              Invite a person
            </Button>
          )}
        </div>
      </div>
      {people.isPending && <Lines />}
      {people.error && <Fault fault={people.error} retry={() => void people.refetch()} />}
      {found.length > 0 && <PeopleTable people={found} />}
      {people.data && found.length === 0 && <p className="soft">Nobody in the firm answers to “{filter.trim()}”.</p>}
      <p className="meta">
        An administrator runs everything and reads no client content. Roles say what a person may do; matter teams say where.
      </p>
      <Invite opened={inviting} onClose={drawer.close} />
    </div>
  )
}

function PeopleTable({ people }: { people: PersonView[] }) {
  return (
    <section className="panel clip" aria-label="People">
      <table className="table peopletable">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Roles</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {people
            .toSorted((a, b) => naturally(a.name, b.name))
            .map((person) => (
              <tr key={person.id}>
                <th scope="row">
                  <span className="name">
                    <Avatar name={person.name} />
                    <span>
                      <b>{person.name}</b> <span className="meta">{person.email}</span>
                    </span>
                  </span>
                </th>
                <td>{person.roles.map(roleName).join(', ')}</td>
                <td>{person.state === 'active' ? <State kind="ok">Active</State> : <State kind="wait">Invited</State>}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}
