import { Checkbox } from '@mantine/core'
import type { RoleView } from '../../../src/contract/access.ts'
import type { Role } from '../../../src/contract/roles.ts'

type Props = {
  roles: RoleView[]
  label: string
  description?: string
  value?: Role[]
  onChange: (roles: Role[]) => void
  error?: React.ReactNode
  /** Those held already: none of them waits for anybody. */ held?: readonly Role[]
  /** For oneself, where every new role takes two. */ forMyself?: boolean
  /** A group never brings a guarded role. */ forGroup?: boolean
  /** Why nothing can be changed here. */ closed?: string | null
}

/** The roles of the firm with their sentences. */
export function RoleChoice({ roles, label, description, value = [], onChange, error, held = [], forMyself, forGroup, closed }: Props) {
  const offered = roles.filter((role) => role.retiredAt === null)
  return (
    <Checkbox.Group
      label={label}
      description={closed ?? description}
      error={error}
      value={value}
      onChange={(chosen) => onChange(chosen as Role[])}
    >
      <div className="rolechoice">
        {offered.map((role) => (
          <Checkbox
            key={role.id}
            value={role.id}
            disabled={Boolean(closed) || (forGroup && role.guarded)}
            label={
              <>
                {role.name}
                {forGroup && role.guarded && <em>given by two people, never by a group</em>}
                {!forGroup && (role.guarded || forMyself) && !held.includes(role.id) && <em>given by two people</em>}
              </>
            }
            description={role.words}
          />
        ))}
      </div>
    </Checkbox.Group>
  )
}
