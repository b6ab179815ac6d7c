import { z } from 'zod'

/** What a role may do in words of the API; the wall decides *which* matters, whatever a role says. */
export const PERMISSIONS = {
  'person.list': 'See who works in the firm',
  'person.create': 'Invite people into the firm',
  'token.manage': 'Hold access tokens for scripts',
  'client.create': 'Take a client on',
  'client.list': 'See the clients of matters within reach',
  'matter.create': 'Open a matter',
  'matter.list': 'See the matters within reach',
  'matter.read': 'Read a matter within reach',
  'team.join': 'Bring people onto the team of a matter within reach',
  'team.leave': 'End a membership on the team of a matter within reach',
  'document.upload': 'Add documents to a matter within reach',
  'document.list': 'See the documents of a matter within reach',
  'document.read': 'Open documents of a matter within reach',
  'document.download': 'Take a copy of documents of a matter within reach',
  'entry.list': 'See the history of a matter within reach',
  'ledger.read': 'Read the firm’s own ledger and its checkpoints',
  'ledger.oversee': 'See every entry of the ledger, without what is sealed in it',
  'clock.confirm': 'Say that the clock can be trusted again',
} as const
export type Permission = keyof typeof PERMISSIONS
export const Permission = z.enum(Object.keys(PERMISSIONS) as [Permission, ...Permission[]])

/** What a person does in person and no access token does for them. */
export const IN_PERSON: readonly Permission[] = ['person.create', 'token.manage', 'clock.confirm']

const work: Permission[] = [
  'person.list',
  'token.manage',
  'client.list',
  'matter.list',
  'matter.read',
  'document.upload',
  'document.list',
  'document.read',
  'document.download',
  'entry.list',
]
const lead: Permission[] = [...work, 'client.create', 'matter.create', 'team.join', 'team.leave']

/** Roles combine; none means everything. An administrator runs the system and reads no client content. */
export const ROLES = {
  partner: [...lead, 'ledger.read'],
  lawyer: lead,
  paralegal: work,
  staff: work,
  compliance: ['person.list', 'token.manage', 'ledger.read', 'ledger.oversee'],
  records: work,
  administrator: ['person.list', 'person.create', 'token.manage', 'clock.confirm'],
  auditor: ['person.list', 'token.manage', 'ledger.read', 'ledger.oversee'],
} as const satisfies Record<string, readonly Permission[]>
export type Role = keyof typeof ROLES
export const Role = z.enum(Object.keys(ROLES) as [Role, ...Role[]])

export const permissionsOf = (roles: readonly Role[]): Set<Permission> =>
  new Set(roles.flatMap((role) => ROLES[role] as readonly Permission[]))

/** The role of a person on a matter's team. */
export const TeamRole = z.enum(['responsible', 'member', 'assistant'])
