import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { RoleView } from '../../../src/contract/access.ts'
import { useAct } from '../../app/acts.ts'
import { counted, dateOf, naturally } from '../../lib/format.ts'
import { line } from '../../ui/icons.ts'
import { Panel } from '../../ui/panel.tsx'
import { Asks } from '../people/asks.tsx'
import { useRetireRole } from './api.ts'
import { Sentences } from './kinds.tsx'
import { KeepRole } from './keep-role.tsx'
import { useRolesHere } from './roles-page.tsx'

/** Built-in roles in the contract's order, then the firm's own by name. */
export const inOrder = (roles: readonly RoleView[]) => [
  ...roles.filter((role) => role.builtIn),
  ...roles.filter((role) => !role.builtIn).toSorted((a, b) => naturally(a.name, b.name)),
]

export function RolesTab() {
  const { list, me } = useRolesHere()
  const mayChange = me.may.includes('role.change')
  const [making, drawer] = useDisclosure()
  useAct(mayChange, 'Make a role', drawer.open)
  const live = inOrder(list.roles.filter((role) => role.retiredAt === null))
  const own = live.filter((role) => !role.builtIn)
  const retired = list.roles.filter((role) => role.retiredAt !== null)
  return (
    <>
      <Panel id="builtin" title="Built in">
        <ul className="folds">
          {live
            .filter((role) => role.builtIn)
            .map((role) => (
              <Role key={role.id} role={role} mayChange={false} />
            ))}
        </ul>
      </Panel>
      <section className="panel" aria-labelledby="own">
        <header>
          <h2 className="sub" id="own">
            The firm’s own
          </h2>
          {mayChange && (
            <Button className="push" size="xs" leftSection={<IconPlus {...line} />} onClick={drawer.open}>
              Make a role
            </Button>
          )}
        </header>
        {own.length === 0 && (
          <p className="body soft">
            None yet. A role of the firm’s own holds just what a task needs
            {mayChange ? '; make one when a built-in role gives too much' : ''}.
          </p>
        )}
        <ul className="folds">
          {own.map((role) => (
            <Role key={role.id} role={role} mayChange={mayChange} />
          ))}
        </ul>
      </section>
      {retired.length > 0 && (
        <p className="meta">
          Retired: {retired.map((role) => `${role.name} (${dateOf(role.retiredAt ?? '')})`).join(', ')}. Nobody holds them.
        </p>
      )}
      <KeepRole list={list} opened={making} onClose={drawer.close} />
    </>
  )
}

function Role({ role, mayChange }: { role: RoleView; mayChange: boolean }) {
  const { list } = useRolesHere()
  return (
    <li>
      <details>
        <summary>
          <span>
            <b>{role.name}</b> <span className="soft">{role.words}</span>
          </span>
          <span className="meta tail">
            {role.guarded && <em>given by two people</em>}
            <span>{heldBy(role)}</span>
          </span>
        </summary>
        <div className="inside stack">
          <Sentences of={role.permissions} permissions={list.permissions} />
          <Holders role={role} />
          {role.guarded && <p className="meta">Given by two people, and never by a group or a directory.</p>}
          {mayChange && <Own role={role} />}
        </div>
      </details>
    </li>
  )
}

const holdersOf = ({ holders }: RoleView) => new Set(holders.map((holder) => holder.id)).size
const heldBy = (role: RoleView) => (holdersOf(role) === 0 ? 'nobody' : counted(holdersOf(role), 'person', 'people'))
function lossWords(role: RoleView): string {
  if (holdersOf(role) === 0) return 'Nobody holds it. It cannot be given any more.'
  return holdersOf(role) === 1 ? 'One person holds it and loses it at once.' : `${heldBy(role)} hold it and lose it at once.`
}

function Holders({ role }: { role: RoleView }) {
  if (role.holders.length === 0) return <p className="soft">Nobody holds it.</p>
  return (
    <div>
      <h3 className="meta">Held by</h3>
      <ul className="people">
        {role.holders
          .toSorted((a, b) => naturally(a.name, b.name))
          .map((holder) => (
            <li key={`${holder.id} ${holder.by}`}>
              <Link to={`/people/${holder.id}`}>{holder.name}</Link>
              {holder.by && <span className="meta"> by the group {holder.by}</span>}
            </li>
          ))}
      </ul>
    </div>
  )
}

function Own({ role }: { role: RoleView }) {
  const { list, me } = useRolesHere()
  const [changing, drawer] = useDisclosure()
  const [retires, setRetires] = useState(false)
  const retire = useRetireRole()
  const retireIt = async () => {
    await retire.mutateAsync(role.id)
    notifications.show({ message: `The role ${role.name} is retired.` })
  }
  if (role.holders.some((holder) => holder.id === me.id))
    return <p className="meta">You hold it yourself, so another administrator changes it.</p>
  if (retires)
    return (
      <Asks act="Retire the role" keep="Keep it" run={retireIt} onKeep={() => setRetires(false)}>
        {lossWords(role)}
      </Asks>
    )
  return (
    <div className="row">
      <Button size="xs" onClick={drawer.open} aria-label={`Change the role ${role.name}`}>
        Change
      </Button>
      <Button size="xs" variant="subtle" onClick={() => setRetires(true)} aria-label={`Retire the role ${role.name}`}>
        Retire
      </Button>
      <KeepRole list={list} role={role} opened={changing} onClose={drawer.close} />
    </div>
  )
}
