import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconFolder } from '@tabler/icons-react'
import { Link } from 'react-router'
import { useAct } from '../../app/acts.ts'
import { fullTime } from '../../lib/format.ts'
import { Cite } from '../../ui/cite.tsx'
import { Fact } from '../../ui/fact.tsx'
import { line } from '../../ui/icons.ts'
import { useApprovals, useRoles } from '../access/api.ts'
import { ChangeRoles } from './change-roles.tsx'
import { usePersonHere } from './person-page.tsx'
import { capital, listed } from './words.ts'

export function PersonRolesTab() {
  return (
    <div className="page personpage persontab">
      <WhatWaits />
      <div className="halves">
        <Roles />
        <div className="stack">
          <Groups />
          <Matters />
        </div>
      </div>
    </div>
  )
}

/** What someone asked for this person and a second one has yet to decide, for those who may know of it. */
function WhatWaits() {
  const { person, me } = usePersonHere()
  const approvals = useApprovals(me.may.includes('approval.give') || me.may.includes('person.change')).data ?? []
  const its = approvals.filter((approval) => approval.person === person.id && approval.state === 'waiting')
  return its.map((approval) => (
    <Fact key={approval.id}>
      <p>
        <b>{approval.text}.</b> This waits for a second person. {approval.askedBy} asked for it; it lapses on {fullTime(approval.endsAt)}.{' '}
        <Link to="/approvals">What waits</Link>
      </p>
    </Fact>
  ))
}

function Roles() {
  const { person, me } = usePersonHere()
  const roles = useRoles(me.may.includes('role.list')).data?.roles ?? []
  const [changing, drawer] = useDisclosure()
  const mayChange = me.may.includes('person.change') && person.state !== 'left'
  useAct(mayChange, `Change the roles of ${person.name}`, drawer.open)
  const held = roles
    .map((role) => ({ ...role, by: role.holders.filter((holder) => holder.id === person.id).map((holder) => holder.by) }))
    .filter((role) => role.by.length > 0)
  const shown = held.length ? held : person.roleNames.map((name) => ({ name, words: '', by: [] }))
  return (
    <section className="panel" aria-labelledby="roles">
      <header>
        <h2 className="sub" id="roles">
          {person.state === 'left' ? 'Roles until they left' : 'Roles'}
        </h2>
        {mayChange && (
          <Button className="push" size="xs" onClick={drawer.open}>
            Change the roles
          </Button>
        )}
      </header>
      {shown.length === 0 && <p className="body soft">{person.name} holds no role and can do nothing here.</p>}
      <ul className="facts">
        {shown.map((role) => (
          <li key={role.name}>
            <b>{role.name}</b> <span className="meta">{byWords(role.by)}</span>
            {role.words && <p className="soft">{role.words}</p>}
          </li>
        ))}
      </ul>
      {mayChange && <ChangeRoles person={person} opened={changing} onClose={drawer.close} />}
    </section>
  )
}

/** How a role is held: null for a person's own, else the group that brings it. */
function byWords(by: (string | null)[]): string {
  const groups = by.filter((name) => name !== null)
  if (groups.length === 0) return ''
  return `${by.length > groups.length ? 'and ' : ''}brought by the ${groups.length === 1 ? 'group' : 'groups'} ${listed(groups)}`
}

function Groups() {
  const { person } = usePersonHere()
  return (
    <section className="panel" aria-labelledby="groups">
      <header>
        <h2 className="sub" id="groups">
          Groups
        </h2>
      </header>
      {person.groups.length === 0 ? (
        <p className="body soft">In no group.</p>
      ) : (
        <ul className="facts">
          {person.groups.map((group) => (
            <li key={group.id}>{group.name}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Matters() {
  const { person } = usePersonHere()
  return (
    <section className="panel" aria-labelledby="matters">
      <header>
        <h2 className="sub" id="matters">
          Matters
        </h2>
        <span className="meta push">the ones you know of yourself</span>
      </header>
      {person.matters.length === 0 ? (
        <p className="body soft">None that you know of yourself.</p>
      ) : (
        <ul className="facts">
          {person.matters.map((matter) => (
            <li key={matter.id} className="row">
              <IconFolder {...line} />
              <Link to={`/matters/${matter.id}`}>
                <Cite>{matter.title}</Cite>
              </Link>
              <span className="meta">{matter.number}</span>
              <span className="meta push">{capital(matter.role)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
