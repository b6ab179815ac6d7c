import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronRight } from '@tabler/icons-react'
import { Link, NavLink, Outlet, useOutletContext, useParams } from 'react-router'
import { PersonId } from '../../../src/contract/ids.ts'
import type { Me } from '../../../src/contract/session.ts'
import type { Answer } from '../../lib/ask.ts'
import { dateOf } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { useMe } from '../session/api.ts'
import { usePerson } from './api.ts'
import { EditPerson } from './edit-person.tsx'
import { InviteAgain } from './invite-again.tsx'
import { OverdueMarks, Standing } from './standing.tsx'

type Person = Answer<'person.read'>
type Here = { person: Person; me: Me }
export const usePersonHere = () => useOutletContext<Here>()

export function PersonPage() {
  useSection('People')
  const me = useMe().data
  const id = PersonId.safeParse(useParams().person)
  return me?.may.includes('person.list') && id.success ? <Reading id={id.data} me={me} key={id.data} /> : <Nothing />
}

function Reading({ id, me }: { id: PersonId; me: Me }) {
  const person = usePerson(id)
  if (person.isPending) return <Lines count={3} />
  if (person.data && !person.error) return <Page person={person.data} me={me} />
  return <Fault top fault={person.error} retry={() => void person.refetch()} />
}

function Page({ person, me }: Here) {
  const [editing, dialog] = useDisclosure()
  const [invitesAgain, again] = useDisclosure()
  const mayEdit = me.may.includes('person.change') && person.state !== 'left'
  return (
    <>
      <div className="mhead">
        <div className="row spread wrap">
          <nav className="crumbs" aria-label="Path">
            <Link to="/people">People</Link>
            <IconChevronRight {...line} size={12} />
            <span>{person.name}</span>
          </nav>
          <span className="meta">
            {person.state === 'invited' ? 'invited' : 'in the firm since'} {dateOf(person.createdAt)}
          </span>
        </div>
        <div className="row spread wrap">
          <div className="row wrap titleline">
            <h1 className="title">{person.name}</h1>
            <span className="marks">
              <Standing of={person} />
              <OverdueMarks of={person} />
            </span>
          </div>
          <div className="row acts">
            {mayEdit && <Button onClick={dialog.open}>Change name or address</Button>}
            {person.state === 'invited' && me.may.includes('person.invite') && (
              <Button onClick={again.open}>Send the invitation again</Button>
            )}
          </div>
        </div>
        <dl className="who">
          <div>
            <dt>E-mail</dt>
            <dd>{person.email}</dd>
          </div>
          <div>
            <dt>{person.state === 'left' ? 'Roles until they left' : 'Roles'}</dt>
            <dd>{person.roleNames.join(', ') || 'None'}</dd>
          </div>
        </dl>
        <Tabs person={person} me={me} />
      </div>
      <Outlet context={{ person, me } satisfies Here} />
      <InviteAgain person={person} opened={invitesAgain} onClose={again.close} />
      {mayEdit && <EditPerson person={person} opened={editing} onClose={dialog.close} />}
    </>
  )
}

/** Only what the reader may see or do; a single part needs no tabs. */
function Tabs({ person, me }: Here) {
  const base = `/people/${person.id}`
  const parts = [
    { to: base, name: 'Roles and matters', here: true },
    { to: `${base}/sign-in`, name: 'How they sign in', here: person.signIn !== null },
    { to: `${base}/leaving`, name: 'Leaving', here: mayLeave({ person, me }) },
    { to: `${base}/reach`, name: 'Reach', here: mayReach({ person, me }) },
    { to: `${base}/history`, name: 'History', here: me.may.includes('person.read') || me.may.includes('ledger.read') },
  ].filter((part) => part.here)
  if (parts.length < 2) return <span />
  return (
    <nav className="tabs" aria-label="Parts of the person">
      {parts.map((part) => (
        <NavLink key={part.to} to={part.to} end>
          {part.name}
        </NavLink>
      ))}
    </nav>
  )
}

/** Nobody lets themselves leave. */
export const mayLeave = ({ person, me }: Here) => me.may.includes('person.leave') && person.id !== me.id

/** What someone reaches is for themselves and for those who oversee it. */
export const mayReach = ({ person, me }: Here) => me.may.includes('access.oversee') || person.id === me.id
