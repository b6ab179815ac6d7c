import { z } from 'zod'
import { call } from './call.ts'
import { ApprovalId, GroupId, PersonId } from './ids.ts'
import { Link } from './person.ts'
import { Permission, Role } from './roles.ts'
import { Email, Instant, Name, Words } from './words.ts'

export const RoleView = z.object({
  id: Role,
  name: z.string(),
  words: z.string(),
  builtIn: z.boolean(),
  permissions: z.array(Permission),
  /** Given by two people and never by a directory. */ guarded: z.boolean(),
  holders: z.array(z.object({ id: PersonId, name: z.string(), /** the group that brings it */ by: z.string().nullable() })),
  retiredAt: Instant.nullable(),
})
export type RoleView = z.infer<typeof RoleView>

export const ApprovalView = z.object({
  id: ApprovalId,
  kind: z.enum(['roles', 'factor', 'account']),
  /** The act in words: `Give Ruth Okafor the role Compliance`. */ text: z.string(),
  reason: z.string(),
  person: PersonId,
  askedBy: z.string(),
  askedAt: Instant,
  endsAt: Instant,
  state: z.enum(['waiting', 'approved', 'refused', 'withdrawn', 'lapsed']),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  /** In a firm where nobody else can decide: from when the one who asked may; null where a second person is there. */
  ripeAt: Instant.nullable(),
  mayDecide: z.boolean(),
  /** Whoever it is about may always refuse it. */ mayRefuse: z.boolean(),
  mine: z.boolean(),
})
export type ApprovalView = z.infer<typeof ApprovalView>

/** Settings of the firm; each change is an act with a reason, and every version is kept. */
export const SETTING_VALUES = {
  password: z.object({
    /** Days after which a new password is asked for; null: only when there is a reason to (NIST SP 800-63B-4). */
    rotationDays: z.number().int().min(30).max(730).nullable(),
    /** How many passwords from before cannot be chosen again. */ history: z.number().int().min(0).max(24),
    /** Small and capital letters, digits and signs are asked for (catalogue 5.12; NIST SP 800-63B-4 says not to). */
    composition: z.boolean().default(false),
  }),
  sessions: z.object({
    /** Minutes of idleness and hours in all, by role; the strictest of a person's roles holds. */
    limits: z.record(z.string(), z.object({ idleMinutes: z.number().int().min(5).max(60), hours: z.number().int().min(1).max(24) })),
    standard: z.object({ idleMinutes: z.number().int().min(5).max(60), hours: z.number().int().min(1).max(24) }),
    /** Roles whose holders sign in with a passkey and not with a code (catalogue: auth.mfa.admin). */ passkeyRoles: z.array(z.string()),
  }),
  sso: z.object({
    on: z.boolean(),
    label: Name.refine((label) => label.length <= 60, 'At most 60 characters.'),
    issuer: z.url().max(500),
    clientId: z.string().max(500),
    /** Written, never read back: the answer says `kept`. */ clientSecret: z.string().max(1000).optional(),
    /** `acr` or `amr` values of the provider that count as a second factor; with none, ours is asked for. */
    secondFactor: z.object({ acr: z.array(z.string().max(200)).max(20), amr: z.array(z.string().max(200)).max(20) }),
    /** `invited`: who signs in is in the firm already and has linked the account; `groups`: whoever is in a mapped group comes in. */
    joining: z.enum(['invited', 'groups']),
    groupsClaim: z.string().trim().min(1).max(100),
  }),
  matters: z.object({
    /** `{year}`, `{yy}`, `{month}`, `{random:6}`, `{serial:4}`; a serial tells how many there are. */
    numberPattern: z.string().trim().min(1).max(60),
    /** Types that are offered when a matter begins; others may be typed. */ types: z.array(Name).max(100),
    /** Hours that an emergency lasts at most, and in which its review is due. */
    breakGlassHours: z.number().int().min(1).max(24),
    reviewHours: z.number().int().min(1).max(168),
    /** Minutes after which an urgent request, and hours after which any, widens to the deputy and to those who oversee. */
    urgentMinutes: z.number().int().min(5).max(1440),
    widenHours: z.number().int().min(1).max(168),
    /** Days that a grant lasts at most, and how many before its end it is announced. */
    grantDays: z.number().int().min(1).max(365),
    warnDays: z.number().int().min(1).max(30),
  }),
  /** Checkpoints of the ledger that leave the firm by themselves. */
  checkpoints: z.object({
    /** To whom the newest goes by mail, and every how many days. */
    mailTo: z.array(Email).max(20),
    mailDays: z.number().int().min(1).max(366),
    /** A time-stamping authority (RFC 3161) over https; empty: none. Every so many hours, while the ledger grows. */
    stampUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]),
    stampHours: z.number().int().min(1).max(744),
  }),
  /** Languages that the firm’s documents are in, the main one first (ISO 639-1): the forms of their words are known, and scans are read in them. */
  search: z.object({
    languages: z
      .array(z.enum(['en', 'de', 'fr', 'es', 'it']))
      .min(1)
      .max(5),
  }),
  leaving: z.object({ /** Takes over what nobody else is on, when a directory lets someone leave. */ successor: PersonId.nullable() }),
}
export type SettingName = keyof typeof SETTING_VALUES
export const SettingName = z.enum(Object.keys(SETTING_VALUES) as [SettingName, ...SettingName[]])
export type SettingValue<N extends SettingName> = z.infer<(typeof SETTING_VALUES)[N]>

export const SettingView = z.object({
  name: SettingName,
  value: z.record(z.string(), z.unknown()),
  /** 0: as it comes. */ version: z.number().int(),
  setBy: z.string().nullable(),
  setAt: Instant.nullable(),
  reason: z.string().nullable(),
})
export type SettingView = z.infer<typeof SettingView>

/** `firm`: by hand; `directory`: over SCIM; `claims`: by what the identity provider says at each sign-in. */
export const GroupKeeper = z.enum(['firm', 'directory', 'claims'])
export const GroupView = z.object({
  id: GroupId,
  name: z.string(),
  roles: z.array(Role),
  members: z.array(z.object({ id: PersonId, name: z.string() })),
  keptBy: GroupKeeper,
})
export type GroupView = z.infer<typeof GroupView>

const roleWish = z.object({
  name: Name,
  words: z.union([Words.max(500), z.literal('')]).default(''),
  permissions: z.array(Permission).min(1),
})

export const calls = {
  'role.list': call('GET /roles', 'The roles, what each may do, and who holds it', {
    answer: z.object({
      roles: z.array(RoleView),
      permissions: z.array(z.object({ id: Permission, words: z.string(), kind: z.enum(['any', 'work', 'oversight', 'system']) })),
    }),
  }),
  'role.create': call('POST /roles', 'Make a role of the firm’s own', { status: 201, body: roleWish, answer: RoleView }),
  'role.change': call('POST /roles/:role', 'Change a role of the firm’s own', {
    params: z.object({ role: z.uuid() }),
    body: roleWish,
    answer: RoleView,
  }),
  'role.retire': call('DELETE /roles/:role', 'Retire a role of the firm’s own; who holds it holds it no more', {
    status: 204,
    params: z.object({ role: z.uuid() }),
  }),
  'approval.list': call('GET /approvals', 'What waits for a second person, what one asked for, and what was decided', {
    answer: z.object({ approvals: z.array(ApprovalView) }),
  }),
  'approval.decide': call('POST /approvals/:approval', 'Decide as the second person', {
    params: z.object({ approval: ApprovalId }),
    body: z.object({ approve: z.boolean() }),
    answer: z.object({ approval: ApprovalView, link: Link.nullable() }),
  }),
  'approval.withdraw': call('DELETE /approvals/:approval', 'Withdraw what one asked for', {
    status: 204,
    params: z.object({ approval: ApprovalId }),
  }),
  'setting.list': call('GET /settings', 'The firm’s settings, with who set them and why', {
    answer: z.object({
      settings: z.array(SettingView),
      /** Which lists a new password is held against. */
      passwordLists: z.array(z.object({ name: z.string(), entries: z.number().int().nullable(), loaded: z.boolean(), detail: z.string() })),
      mail: z.boolean(),
      /** What an identity provider is told to send people back to. */ ssoRedirect: z.string(),
      scimBase: z.string(),
    }),
  }),
  'setting.change': call('POST /settings/:setting', 'Change a setting', {
    params: z.object({ setting: SettingName }),
    body: z.object({ value: z.record(z.string(), z.unknown()), reason: Words }),
    answer: SettingView,
  }),
  'group.list': call('GET /groups', 'Groups of people, and the roles they bring', { answer: z.object({ groups: z.array(GroupView) }) }),
  'group.create': call('POST /groups', 'Make a group', {
    status: 201,
    body: z.object({ name: Name, roles: z.array(Role).default([]), keptBy: GroupKeeper.exclude(['directory']).default('firm') }),
    answer: GroupView,
  }),
  'group.change': call('POST /groups/:group', 'Change a group’s name, roles and, where the firm keeps it, its members', {
    params: z.object({ group: GroupId }),
    body: z.object({ name: Name, roles: z.array(Role), members: z.array(PersonId).optional() }),
    answer: GroupView,
  }),
}
