import { Select } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCheck } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import type { RoleView } from '../../../src/contract/access.ts'
import { line } from '../../ui/icons.ts'
import { byKind, KINDS, type Offered } from './kinds.tsx'
import { useRolesHere } from './roles-page.tsx'
import { inOrder } from './roles-tab.tsx'

/** Permissions by roles: one table, and on a narrow window two roles side by side. */
export function CompareTab() {
  const { list } = useRolesHere()
  const narrow = useMediaQuery('(max-width: 60rem)')
  const roles = inOrder(list.roles.filter((role) => role.retiredAt === null))
  return narrow ? <Two roles={roles} permissions={list.permissions} /> : <Table roles={roles} permissions={list.permissions} />
}

type Props = { roles: RoleView[]; permissions: readonly Offered[] }

function Table({ roles, permissions }: Props) {
  return (
    <section className="panel across" aria-label="Permissions by role" tabIndex={0}>
      <table className="table compare">
        <thead>
          <tr>
            <th scope="col">May</th>
            {roles.map((role) => (
              <th key={role.id} scope="col">
                {role.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {byKind(permissions).map(({ kind, its }) => (
            <Fragment key={kind}>
              <tr className="day">
                <th scope="rowgroup" colSpan={roles.length + 1}>
                  {KINDS[kind]}
                </th>
              </tr>
              {its.map((permission) => (
                <tr key={permission.id}>
                  <th scope="row">{permission.words}</th>
                  {roles.map((role) => (
                    <td key={role.id}>
                      <Holds role={role} permission={permission} />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Holds({ role, permission }: { role: RoleView; permission: Offered }) {
  if (!role.permissions.includes(permission.id)) return <span className="vh">No</span>
  return (
    <>
      <IconCheck {...line} />
      <span className="vh">Yes</span>
    </>
  )
}

function Two({ roles, permissions }: Props) {
  const [left, setLeft] = useState<string>(roles[0]?.id ?? '')
  const [right, setRight] = useState<string>(roles[1]?.id ?? '')
  const pair = [left, right].flatMap((id) => roles.filter((role) => role.id === id))
  const data = roles.map((role) => ({ value: String(role.id), label: role.name }))
  return (
    <div className="stack">
      <div className="row pick">
        <Select label="One role" data={data} value={left} allowDeselect={false} onChange={(id) => id && setLeft(id)} />
        <Select label="Another" data={data} value={right} allowDeselect={false} onChange={(id) => id && setRight(id)} />
      </div>
      <Table roles={left === right ? pair.slice(0, 1) : pair} permissions={permissions} />
    </div>
  )
}
