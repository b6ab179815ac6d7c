import { Button, Select } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { PersonView } from '../../../src/contract/person.ts'
import type { Me } from '../../../src/contract/session.ts'
import { useAct } from '../../app/acts.ts'
import { count, counted, naturally } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Filter } from '../../ui/filter.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { useMe } from '../session/api.ts'
import { usePeople } from './api.ts'
import { InviteAgain } from './invite-again.tsx'
import { Invite } from './invite.tsx'
import { PeopleTable } from './people-table.tsx'
import { factorWords } from './words.ts'

export function PeoplePage() {
  const me = useMe().data
  return me?.may.includes('person.list') ? <People me={me} /> : <Nothing />
}

const isOverdue = (person: PersonView) => (person.signIn?.overdue.length ?? 0) > 0
const VIEWS = {
  working: {
    name: 'Working',
    holds: ({ state }: PersonView) => state === 'active' || state === 'leaving',
    empty: 'Nobody works here yet.',
  },
  overdue: { name: 'Overdue', holds: isOverdue, empty: 'Nothing is overdue.' },
  invited: { name: 'Invited', holds: ({ state }: PersonView) => state === 'invited', empty: 'Nobody is invited and still to come.' },
  left: { name: 'Left', holds: ({ state }: PersonView) => state === 'left', empty: 'Nobody has left the firm.' },
}
type View = keyof typeof VIEWS

function People({ me }: { me: Me }) {
  useSection('People')
  const people = usePeople()
  const mayInvite = me.may.includes('person.invite')
  const [inviting, drawer] = useDisclosure()
  const [again, setAgain] = useState<PersonView | null>(null)
  const [invitesAgain, dialog] = useDisclosure()
  const onAgain = (person: PersonView) => {
    setAgain(person)
    dialog.open()
  }
  useAct(mayInvite, 'Invite a person', drawer.open)
  return (
    <div className="page">
      <div className="row spread wrap">
        <div className="stack xs">
          <h1 className="title">People</h1>
          {people.data && <p className="soft">{summary(people.data)}</p>}
        </div>
        {mayInvite && (
          <div className="row acts">
            <Button variant="filled" leftSection={<IconPlus {...line} />} onClick={drawer.open}>
              Invite a person
            </Button>
          </div>
        )}
      </div>
      {people.isPending && <Lines />}
      {people.error && <Fault fault={people.error} retry={() => void people.refetch()} />}
      {people.data && <List people={people.data} onAgain={mayInvite ? onAgain : null} />}
      <p className="meta">
        An administrator runs everything and reads no client content. Roles say what a person may do; matter teams say where.
      </p>
      <Invite opened={inviting} onClose={drawer.close} />
      {again && <InviteAgain person={again} opened={invitesAgain} onClose={dialog.close} />}
    </div>
  )
}

/** `12 people, 11 with a second factor. Two things are overdue.` How people sign in is only said to those who may see it. */
function summary(people: PersonView[]): string {
  const working = people.filter(VIEWS.working.holds)
  const head = counted(working.length, 'person', 'people')
  if (!working.some((person) => person.signIn)) return `${head}.`
  const withFactor = working.filter((person) => factorWords(person.signIn?.factors ?? []) !== null).length
  const overdue = people.reduce((sum, person) => sum + (person.signIn?.overdue.length ?? 0), 0)
  const tail = overdue === 0 ? 'Nothing is overdue.' : overdue === 1 ? 'One thing is overdue.' : `${count(overdue)} things are overdue.`
  return `${head}, ${withFactor === working.length ? 'all' : count(withFactor)} with a second factor. ${tail}`
}

function List({ people, onAgain }: { people: PersonView[]; onAgain: ((person: PersonView) => void) | null }) {
  const [at, setAt] = useSearchParams()
  const [typed, setTyped] = useState('')
  const seesSignIn = people.some((person) => person.signIn)
  const views = (Object.keys(VIEWS) as View[]).filter((view) => view !== 'overdue' || seesSignIn)
  const view = views.find((name) => name === at.get('view')) ?? 'working'
  const roles = [...new Set(people.flatMap((person) => person.roleNames))].toSorted(naturally)
  const role = roles.find((name) => name === at.get('role')) ?? null
  const inView = people.filter(VIEWS[view].holds)
  const found = inView.filter((person) => (!role || person.roleNames.includes(role)) && answers(person, typed))

  const choose = (changed: { view?: View; role?: string | null }) => {
    const next = new URLSearchParams(at)
    for (const [name, value] of Object.entries(changed))
      if (value) next.set(name, value)
      else next.delete(name)
    return next
  }
  return (
    <>
      <div className="row spread wrap listbar">
        <nav className="tabs" aria-label="Which people">
          {views.map((name) => (
            <Link key={name} to={`?${choose({ view: name })}`} replace preventScrollReset aria-current={name === view ? 'page' : undefined}>
              {VIEWS[name].name}
              <span className="n">{count(people.filter(VIEWS[name].holds).length)}</span>
            </Link>
          ))}
        </nav>
        <div className="row wrap filters">
          <Select
            aria-label="Role"
            placeholder="Any role"
            clearable
            data={roles}
            value={role}
            onChange={(chosen) => setAt(choose({ role: chosen }), { replace: true, preventScrollReset: true })}
          />
          <Filter label="Filter the people" placeholder="Find a person" value={typed} onChange={setTyped} />
        </div>
      </div>
      {found.length > 0 && (
        <PeopleTable people={found.toSorted((a, b) => naturally(a.name, b.name))} seesSignIn={seesSignIn} onAgain={onAgain} />
      )}
      {found.length === 0 && (
        <p className="soft none" role="status">
          {inView.length === 0 ? VIEWS[view].empty : whyNone(typed.trim(), role)}
        </p>
      )}
    </>
  )
}

const answers = (person: PersonView, typed: string) =>
  `${person.name} ${person.email} ${person.roleNames.join(' ')}`.toLowerCase().includes(typed.trim().toLowerCase())

function whyNone(typed: string, role: string | null): string {
  if (!typed) return `Nobody here has the role ${role}.`
  return role ? `Nobody with the role ${role} answers to “${typed}”.` : `Nobody here answers to “${typed}”.`
}
