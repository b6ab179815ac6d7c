import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { GroupView } from '../../../src/contract/access.ts'
import { useAct } from '../../app/acts.ts'
import { counted, naturally } from '../../lib/format.ts'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { listed } from '../people/words.ts'
import { useGroups } from './api.ts'
import { KeepGroup } from './keep-group.tsx'
import { useRolesHere } from './roles-page.tsx'

export function GroupsTab() {
  const { me } = useRolesHere()
  const groups = useGroups()
  const mayChange = me.may.includes('group.change')
  const [making, drawer] = useDisclosure()
  useAct(mayChange, 'Make a group', drawer.open)
  const make = (
    <Button variant="filled" leftSection={<IconPlus {...line} />} onClick={drawer.open}>
      Make a group
    </Button>
  )
  return (
    <>
      {groups.isPending && <Lines />}
      {groups.error && <Fault fault={groups.error} retry={() => void groups.refetch()} />}
      {groups.data?.length === 0 && (
        <section className="panel">
          <Empty title="No group yet" act={mayChange && make}>
            A group gives its roles to everyone in it. A directory can keep its groups here too.
          </Empty>
        </section>
      )}
      {groups.data && groups.data.length > 0 && (
        <>
          <section className="panel" aria-label="Groups">
            <ul className="folds">
              {groups.data
                .toSorted((a, b) => naturally(a.name, b.name))
                .map((group) => (
                  <Group key={group.id} group={group} mayChange={mayChange} />
                ))}
            </ul>
          </section>
          {mayChange && <div>{make}</div>}
        </>
      )}
      <KeepGroup opened={making} onClose={drawer.close} />
    </>
  )
}

const KEPT: Record<GroupView['keptBy'], string> = {
  firm: 'kept by hand',
  directory: 'kept by the directory',
  claims: 'kept by the identity provider',
}

function Group({ group, mayChange }: { group: GroupView; mayChange: boolean }) {
  const { list } = useRolesHere()
  const [changing, drawer] = useDisclosure()
  const roles = list.roles.filter((role) => group.roles.includes(role.id)).map((role) => role.name)
  return (
    <li>
      <details>
        <summary>
          <span>
            <b>{group.name}</b> <span className="soft">{roles.length ? `brings ${listed(roles)}` : 'brings no role'}</span>
          </span>
          <span className="meta tail">
            <span>{KEPT[group.keptBy]}</span>
            <span>{counted(group.members.length, 'person', 'people')}</span>
          </span>
        </summary>
        <div className="inside stack">
          {group.members.length === 0 ? (
            <p className="soft">Nobody is in it.</p>
          ) : (
            <ul className="people">
              {group.members
                .toSorted((a, b) => naturally(a.name, b.name))
                .map((member) => (
                  <li key={member.id}>
                    <Link to={`/people/${member.id}`}>{member.name}</Link>
                  </li>
                ))}
            </ul>
          )}
          {mayChange && (
            <div>
              <Button size="xs" onClick={drawer.open} aria-label={`Change the group ${group.name}`}>
                Change
              </Button>
              <KeepGroup group={group} opened={changing} onClose={drawer.close} />
            </div>
          )}
        </div>
      </details>
    </li>
  )
}
