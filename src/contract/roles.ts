import { z } from 'zod'

/**
 * What a role may do, as sentences; the wall decides *which* matters, whatever a role says. The kind keeps duties
 * apart: a role of the firm's own holds `system` permissions or others, never both.
 */
export const PERMISSIONS = {
  'person.list': ['any', 'See who works in the firm'],
  'role.list': ['any', 'See the roles, what they may do and who holds them'],
  'token.manage': ['any', 'Hold access tokens for scripts'],
  'setting.read': ['any', 'Read the firm’s settings'],
  'approval.give': ['any', 'Be the second person for an act that needs two'],
  'person.invite': ['system', 'Invite people into the firm'],
  'person.read': ['system', 'See how a person signs in: factors, sessions, last use'],
  'person.change': ['system', 'Change a person’s name, address and roles'],
  'person.reset': ['system', 'Begin the renewal of a person’s password or second factor'],
  'person.leave': ['system', 'Let a person leave the firm, and take one back'],
  'person.provision': ['system', 'Let a directory keep people and groups (SCIM)'],
  'role.change': ['system', 'Make and change the firm’s own roles'],
  'group.change': ['system', 'Make groups of people and say which roles they bring'],
  'setting.change': ['system', 'Change the firm’s settings'],
  'storage.move': ['system', 'Say where sealed files are kept, and move them'],
  'key.rotate': ['system', 'See and replace the keys that the firm stands on'],
  'receiver.keep': ['system', 'Say where the ledger is sent to (SIEM), with a second person who agrees'],
  'clock.confirm': ['system', 'Say that the clock can be trusted again'],
  'integrity.keep': ['any', 'See whether every stored file is what came in, and have all of them checked'],
  'matrix.read': ['any', 'Read how each class of confidentiality is handled'],
  'grant.request': ['any', 'Ask for access to a matter'],
  'quarantine.release': ['any', 'Release a file in which malware was found, or that waits for the scanner'],
  'evidence.make': ['any', 'Make evidence of what one sees of the ledger, for a stranger to check'],
  'client.create': ['work', 'Take a client on'],
  'client.change': ['work', 'Change a client of matters within reach'],
  'client.list': ['work', 'See the clients of matters within reach'],
  'matter.create': ['work', 'Open a matter'],
  'matter.list': ['work', 'See the matters within reach'],
  'matter.read': ['work', 'Read a matter within reach'],
  'matter.change': ['work', 'Change, open and close a matter within reach'],
  'party.list': ['work', 'See the parties of a matter within reach'],
  'party.keep': ['work', 'Keep the parties of a matter within reach'],
  'recipient.list': ['work', 'See the recipients of a matter within reach'],
  'recipient.keep': ['work', 'Keep the recipients of a matter within reach, and their addresses'],
  'recipient.verify': ['work', 'Confirm that an address is a recipient’s, and say how'],
  'conflict.check': ['work', 'Hold names against the conflicts register'],
  'access.explain': ['work', 'See who reaches a matter within reach, and why'],
  'grant.approve': ['work', 'Grant access to a matter that one is responsible for'],
  'grant.break-glass': ['work', 'Go into a matter at once in an emergency, which is told and reviewed'],
  'team.join': ['work', 'Bring people onto the team of a matter within reach'],
  'team.leave': ['work', 'End a membership on the team of a matter within reach'],
  'document.upload': ['work', 'Add documents to a matter within reach'],
  'document.change': ['work', 'Move, rename, describe, take out, lock and trash documents of a matter within reach'],
  'document.unlock': ['work', 'Unlock a document that was filed, served or signed'],
  'document.destroy': ['work', 'Ask for documents to be destroyed for good, and be the second person who agrees'],
  'document.list': ['work', 'See the documents of a matter within reach'],
  'document.read': ['work', 'Open documents of a matter within reach'],
  'document.download': ['work', 'Take a copy of documents of a matter within reach'],
  'hold.keep': ['work', 'Place legal holds on matters within reach or of the register, and lift those of another'],
  'matter.destroy': ['work', 'Ask for a closed matter to be destroyed for good, and be the second person who agrees'],
  'entry.list': ['work', 'See the history of a matter within reach'],
  'ledger.read': ['oversight', 'Read the firm’s own ledger and its checkpoints'],
  'witness.keep': ['oversight', 'Say who witnesses the ledger, and let a witness go'],
  'ledger.oversee': ['oversight', 'See every entry of the ledger, without what is sealed in it'],
  'log-review.keep': ['oversight', 'Say which accesses are reviewed, how often and by whom'],
  'wall.keep': ['oversight', 'Raise walls, keep their papers, and be the second person who lifts one'],
  'register.read': ['oversight', 'See clients, matters and parties of the whole firm by name and number, and no content'],
  'client.merge': ['oversight', 'Merge clients'],
  'conflict.decide': ['oversight', 'Decide conflicts of interest, over the whole firm'],
  'grant.oversee': ['oversight', 'Find the matter that a request means, decide in an approver’s absence, and review emergencies'],
  'access.oversee': ['oversight', 'See what any person reaches, and why'],
  'matrix.change': ['oversight', 'Change how each class of confidentiality is handled'],
  'probe.run': ['oversight', 'Try the walls with a walled twin of a person'],
} as const satisfies Record<string, readonly ['any' | 'work' | 'oversight' | 'system', string]>
export type Permission = keyof typeof PERMISSIONS
export const Permission = z.enum(Object.keys(PERMISSIONS) as [Permission, ...Permission[]])
export const kindOf = (permission: Permission): 'any' | 'work' | 'oversight' | 'system' => PERMISSIONS[permission][0]
export const sentenceOf = (permission: Permission): string => PERMISSIONS[permission][1]

/** What a person does in person and no access token does for them. */
export const IN_PERSON: readonly Permission[] = [
  'token.manage',
  'approval.give',
  'person.invite',
  'person.change',
  'person.reset',
  'person.leave',
  'role.change',
  'group.change',
  'setting.change',
  'storage.move',
  'key.rotate',
  'receiver.keep',
  'clock.confirm',
  'log-review.keep',
  'wall.keep',
  'client.merge',
  'conflict.decide',
  'grant.approve',
  'grant.break-glass',
  'grant.oversee',
  'matrix.change',
  'probe.run',
  'document.destroy',
  'hold.keep',
  'matter.destroy',
  'quarantine.release',
  'witness.keep',
  'evidence.make',
]
/** Oversight over the whole firm by name, or over its walls: given by two people, like what runs the system. */
const WHOLE: readonly Permission[] = [
  'ledger.oversee',
  'log-review.keep',
  'approval.give',
  'wall.keep',
  'register.read',
  'client.merge',
  'conflict.decide',
  'grant.oversee',
  'access.oversee',
  'matrix.change',
  'probe.run',
  'matter.destroy',
  'quarantine.release',
  'witness.keep',
]

const any: Permission[] = ['person.list', 'role.list', 'token.manage', 'matrix.read', 'grant.request']
const work: Permission[] = [
  ...any,
  'client.list',
  'matter.list',
  'matter.read',
  'party.list',
  'recipient.list',
  'recipient.keep',
  'recipient.verify',
  'access.explain',
  'document.upload',
  'document.change',
  'document.list',
  'document.read',
  'document.download',
  'entry.list',
]
const lead: Permission[] = [
  ...work,
  'client.create',
  'client.change',
  'matter.create',
  'matter.change',
  'party.keep',
  'conflict.check',
  'grant.approve',
  'team.join',
  'team.leave',
  'document.destroy',
  'hold.keep',
  'evidence.make',
]
const oversight: Permission[] = [...any, 'setting.read', 'ledger.read', 'ledger.oversee', 'evidence.make']

/** Roles combine; none means everything. An administrator runs the system and reads no client content. */
export const ROLES = {
  partner: [
    ...lead,
    'document.unlock',
    'approval.give',
    'setting.read',
    'ledger.read',
    'wall.keep',
    'grant.break-glass',
    'matrix.change',
    'matter.destroy',
    'witness.keep',
  ],
  lawyer: lead,
  paralegal: work,
  staff: work,
  compliance: [
    ...oversight,
    'log-review.keep',
    'approval.give',
    'wall.keep',
    'register.read',
    'client.merge',
    'conflict.check',
    'conflict.decide',
    'grant.oversee',
    'access.oversee',
    'matrix.change',
    'probe.run',
    'hold.keep',
    'matter.destroy',
    'quarantine.release',
    'integrity.keep',
    'witness.keep',
  ],
  records: work,
  administrator: [
    ...any,
    'setting.read',
    'approval.give',
    'person.invite',
    'person.read',
    'person.change',
    'person.reset',
    'person.leave',
    'person.provision',
    'role.change',
    'group.change',
    'setting.change',
    'key.rotate',
    'receiver.keep',
    'clock.confirm',
    'quarantine.release',
    'storage.move',
    'integrity.keep',
  ],
  auditor: [...oversight, 'integrity.keep'],
} as const satisfies Record<string, readonly Permission[]>
export type BuiltInRole = keyof typeof ROLES
export const BuiltInRole = z.enum(Object.keys(ROLES) as [BuiltInRole, ...BuiltInRole[]])
/** A built-in role's name, or the id of one of the firm's own. */
export const Role = z.union([BuiltInRole, z.uuid()])
export type Role = z.infer<typeof Role>
export const isBuiltIn = (role: string): role is BuiltInRole => role in ROLES

/** What the built-in roles among these allow together. What a person may do is PostgreSQL's to say: `Me.permissions`. */
export const permissionsOf = (roles: readonly Role[]): Set<Permission> =>
  new Set(roles.flatMap((role) => (isBuiltIn(role) ? (ROLES[role] as readonly Permission[]) : [])))

/**
 * Given by two people and never by a directory: what runs the system, oversees the whole firm, or is the second person
 * (who could make one alone would need none). The same list stands in `hidden.is_guarded` (a test binds them).
 */
export const isGuarded = (permissions: readonly Permission[]): boolean =>
  permissions.some((permission) => kindOf(permission) === 'system' || WHOLE.includes(permission))
/** Whether a role of the firm's own may hold these together. */
export const isMixed = (permissions: readonly Permission[]): boolean => {
  const kinds = new Set(permissions.map(kindOf))
  return kinds.has('system') && (kinds.has('work') || kinds.has('oversight'))
}

/** The role of a person on a matter's team. */
export const TeamRole = z.enum(['responsible', 'deputy', 'member', 'assistant'])
export type TeamRole = z.infer<typeof TeamRole>
