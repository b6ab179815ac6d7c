import type { Role } from '../../../src/contract/roles.ts'

export const roleName = (role: Role) => `${role[0]?.toUpperCase()}${role.slice(1)}`
