import type { RoleView } from '../../../src/contract/access.ts'
import { isGuarded, kindOf, type Permission } from '../../../src/contract/roles.ts'

/**
 * Why a permission cannot be chosen beside those that are, or null when it can. The server keeps the same rules: duties
 * are kept apart (`role.mixed`), and a role never comes to take two people behind their backs (`role.guarded`).
 */
export function whyNot(permission: Permission, chosen: readonly Permission[], role?: RoleView): string | null {
  if (chosen.includes(permission)) return null
  const kind = kindOf(permission)
  const kinds = new Set(chosen.map(kindOf))
  if (kind === 'system' && (kinds.has('work') || kinds.has('oversight')))
    return 'This role works on matters or oversees. One that runs the system does neither: make two roles.'
  if ((kind === 'work' || kind === 'oversight') && kinds.has('system'))
    return 'This role runs the system. One that works on matters or oversees does not: make two roles.'
  if (!role || !isGuarded([permission]) || role.permissions.includes(permission)) return null
  if (!role.guarded) return 'What is given by two people cannot come into a role that one person gives: make a new role.'
  return role.holders.length > 0
    ? 'Two people gave this role as it is, and someone holds it. It cannot grow by more of that: make a new role.'
    : null
}

/** Why a role that two people give cannot become one that one person gives, or null where it does not. */
export const lostGuard = (chosen: readonly Permission[], role?: RoleView): string | null =>
  role?.guarded && !isGuarded(chosen) ? 'Nothing of what two people give would be left in it. Make a new role for that.' : null
