import { NavLink, Outlet, useOutletContext } from 'react-router'
import type { Me } from '../../../src/contract/session.ts'
import type { Answer } from '../../lib/ask.ts'
import { count } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { useMe } from '../session/api.ts'
import { useGroups, useRoles } from './api.ts'

type Here = { list: Answer<'role.list'>; me: Me }
export const useRolesHere = () => useOutletContext<Here>()

export function RolesPage() {
  const me = useMe().data
  return me?.may.includes('role.list') ? <Roles me={me} /> : <Nothing />
}

function Roles({ me }: { me: Me }) {
  useSection('Roles')
  const roles = useRoles()
  const groups = useGroups().data
  const live = roles.data?.roles.filter((role) => role.retiredAt === null)
  return (
    <div className="page personpage">
      <div className="stack xs">
        <h1 className="title">Roles</h1>
        <p className="soft">A role says what a person may do. Which matters they may do it in, their teams say.</p>
      </div>
      <nav className="tabs underlined" aria-label="Parts of the roles">
        <NavLink to="/roles" end>
          Roles{live && <span className="n">{count(live.length)}</span>}
        </NavLink>
        <NavLink to="/roles/compare">Compare</NavLink>
        <NavLink to="/roles/groups">Groups{groups && <span className="n">{count(groups.length)}</span>}</NavLink>
      </nav>
      {roles.isPending && <Lines />}
      {roles.error && !roles.data && <Fault fault={roles.error} retry={() => void roles.refetch()} />}
      {roles.data && <Outlet context={{ list: roles.data, me } satisfies Here} />}
    </div>
  )
}
