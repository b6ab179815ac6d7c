import type { Role } from '../../../src/contract/roles.ts'
import type { Answer } from '../../lib/ask.ts'
import { counted } from '../../lib/format.ts'

/** What some roles allow together, in the contract’s order. */
export function LetsThem({ roles, list }: { roles: readonly Role[]; list: Answer<'role.list'> }) {
  const may = new Set(list.roles.filter((role) => roles.includes(role.id)).flatMap((role) => role.permissions))
  if (may.size === 0) return null
  return (
    <details>
      <summary className="soft">Together this lets them do {counted(may.size, 'thing')}</summary>
      <ul className="maylist">
        {list.permissions
          .filter((permission) => may.has(permission.id))
          .map((permission) => (
            <li key={permission.id}>{permission.words}</li>
          ))}
      </ul>
    </details>
  )
}
