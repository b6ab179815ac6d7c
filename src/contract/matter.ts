import { z } from 'zod'
import { call } from './call.ts'
import { ClientId, ConfirmationId, GroupId, MatterId, PartyId, PersonId } from './ids.ts'
import { TeamRole } from './roles.ts'
import { Email, Instant, MatterClass, Name, Words } from './words.ts'

export const Kind = z.enum(['person', 'organization'])
/** How a client or a party is called and reached. Every name in it is held against the conflicts register. */
const who = {
  name: Name,
  kind: Kind.default('organization'),
  formerNames: z.array(Name).max(50).default([]),
  aliases: z.array(Name).max(50).default([]),
  emails: z.array(Email).max(50).default([]),
  addresses: z.array(Words.max(500)).max(20).default([]),
}
const Who = z.object(who)
/** The same as it is shown, beside the name. */
const whoView = {
  kind: Kind,
  formerNames: z.array(z.string()),
  aliases: z.array(z.string()),
  emails: z.array(z.string()),
  addresses: z.array(z.string()),
}

export const ClientView = z.object({ id: ClientId, name: z.string(), class: MatterClass, createdAt: Instant })
export type ClientView = z.infer<typeof ClientView>
export const ClientPage = ClientView.extend({
  ...whoView,
  version: z.number().int(),
  /** Those within reach. */ matters: z.array(z.object({ id: MatterId, number: z.string(), title: z.string() })),
  may: z.object({ change: z.boolean(), merge: z.boolean() }),
})
export type ClientPage = z.infer<typeof ClientPage>

/** What brings someone to a matter: a place on its team, a grant for a time, or an emergency. */
export const Via = z.enum(['team', 'grant', 'break-glass'])
export const MemberView = z.object({
  person: PersonId,
  name: z.string(),
  role: TeamRole,
  via: Via,
  reason: z.string().nullable(),
  since: Instant,
  /** Null: until it is ended. */ until: Instant.nullable(),
})
export type MemberView = z.infer<typeof MemberView>

export const MatterStatus = z.enum(['intake', 'open', 'closed'])
export type MatterStatus = z.infer<typeof MatterStatus>
export const MatterView = z.object({
  id: MatterId,
  number: z.string(),
  title: z.string(),
  /** Its own class or its client's, whichever is stricter. */ class: MatterClass,
  status: MatterStatus,
  client: ClientView,
  responsible: z.object({ id: PersonId, name: z.string() }).nullable(),
  openedAt: Instant,
  /** Its client withholds its key: its title says so, and it has no number. */ isLocked: z.boolean(),
})
export type MatterView = z.infer<typeof MatterView>

/** The parts that someone can have in a matter; `client` for a joint client. */
export const PARTY_ROLES = ['client', 'adverse', 'co-party', 'counsel', 'witness', 'expert', 'court'] as const
export const PartyRole = z.enum(PARTY_ROLES)
export type PartyRole = z.infer<typeof PartyRole>
export const PartyView = z.object({
  id: PartyId,
  role: PartyRole,
  name: z.string(),
  ...whoView,
  /** For counsel: whom they act for. */ actsFor: z.string(),
  version: z.number().int(),
  addedAt: Instant,
})
export type PartyView = z.infer<typeof PartyView>
const partyWish = z.object({ ...who, role: PartyRole, actsFor: z.union([Name, z.literal('')]).default('') })

/** What must stand before a matter opens (catalogue S0-8); `ok: false` says what is missing in `text`. */
export const Gate = z.object({ gate: z.enum(['class', 'team', 'conflicts']), ok: z.boolean(), text: z.string() })

/** What this person may do here now; the page shows no control that is not in it. */
const MatterMay = z.object({
  upload: z.boolean(),
  download: z.boolean(),
  join: z.boolean(),
  leave: z.boolean(),
  history: z.boolean(),
  change: z.boolean(),
  open: z.boolean(),
  close: z.boolean(),
  reopen: z.boolean(),
  parties: z.boolean(),
  recipients: z.boolean(),
  groups: z.boolean(),
  wall: z.boolean(),
  explain: z.boolean(),
  approve: z.boolean(),
})

export const OpenedToView = z.object({ group: GroupId, name: z.string(), reason: z.string(), since: Instant, until: Instant.nullable() })

export const MatterPage = MatterView.extend({
  /** The matter's own, before the client's was asked. */ ownClass: MatterClass,
  type: z.string(),
  jurisdiction: z.string(),
  team: z.array(MemberView),
  /** Practice groups that it is open to, beyond the team. */ openedTo: z.array(OpenedToView),
  documents: z.number().int(),
  parties: z.number().int(),
  gates: z.array(Gate),
  /** Walls that this person keeps and that stand here; empty for everyone else. */
  walls: z.array(z.object({ id: z.uuid(), text: z.string() })),
  /** A lower class that waits for a second person. */
  lowering: z.object({ id: ConfirmationId, wanted: MatterClass, askedBy: z.string(), mayDecide: z.boolean() }).nullable(),
  /** The client's own key that it is under; what waits for a second person, and whether a change is under way. */
  ownRoot: z.object({ name: z.string().nullable(), asked: z.enum(['root.put', 'root.take']).nullable(), changing: z.boolean() }),
  version: z.number().int(),
  may: MatterMay,
})
export type MatterPage = z.infer<typeof MatterPage>

const here = z.object({ matter: MatterId })
/** Read; and then sent back with a change, so that nobody overwrites what they have not seen. */
const version = z.number().int().min(1)
const Label = z.union([Name, z.literal('')]).default('')

export const calls = {
  'client.create': call('POST /clients', 'Take a client on', {
    status: 201,
    body: z.object({ ...who, class: MatterClass.default('confidential') }),
    answer: ClientView,
  }),
  'client.list': call('GET /clients', 'The clients of matters within reach, and those one took on oneself', {
    answer: z.object({ clients: z.array(ClientView) }),
  }),
  'client.read': call('GET /clients/:client', 'One client with the matters within reach', {
    params: z.object({ client: ClientId }),
    answer: ClientPage,
  }),
  'client.change': call('POST /clients/:client', 'Change a client’s names, addresses and class; a class is only raised here', {
    params: z.object({ client: ClientId }),
    body: z.object({ ...who, class: MatterClass, version }),
    answer: ClientPage,
  }),
  'client.merge': call('POST /clients/:client/merge', 'Merge a client into another: its matters and walls go with it', {
    params: z.object({ client: ClientId }),
    body: z.object({ into: ClientId, reason: Words }),
    answer: ClientView,
  }),
  'matter.create': call('POST /matters', 'Begin a matter at intake; whoever begins it is its first team', {
    status: 201,
    body: z.object({
      client: ClientId,
      title: Name,
      class: MatterClass.default('confidential'),
      type: Label,
      jurisdiction: Label,
    }),
    answer: MatterView,
  }),
  'matter.list': call('GET /matters', 'The matters within reach, newest first', {
    query: z.object({ before: MatterId.optional(), limit: z.coerce.number().int().min(1).max(500).default(500) }),
    answer: z.object({ matters: z.array(MatterView), next: MatterId.nullable() }),
  }),
  'matter.read': call('GET /matters/:matter', 'One matter with its team', { params: here, answer: MatterPage }),
  'matter.change': call('POST /matters/:matter', 'Change title, type, jurisdiction; raise the class', {
    params: here,
    body: z.object({ title: Name, type: Label, jurisdiction: Label, class: MatterClass, version }),
    answer: MatterView,
  }),
  'matter.lower': call('POST /matters/:matter/class', 'Ask for a milder class; a second person on the matter decides', {
    status: 201,
    params: here,
    body: z.object({ class: MatterClass, reason: Words }),
    answer: z.object({ confirmation: ConfirmationId }),
  }),
  'matter.open': call('POST /matters/:matter/opening', 'Open a matter whose intake is complete', { params: here, answer: MatterView }),
  'matter.close': call('POST /matters/:matter/closure', 'Close a matter: nothing is added any more; who reaches it stays', {
    params: here,
    body: z.object({ reason: Words }),
    answer: MatterView,
  }),
  'matter.reopen': call('POST /matters/:matter/reopening', 'Open a closed matter again', {
    params: here,
    body: z.object({ reason: Words }),
    answer: MatterView,
  }),
  'matter.openTo': call('POST /matters/:matter/groups', 'Open a matter to a practice group, beyond its team', {
    status: 201,
    params: here,
    body: z.object({ group: GroupId, reason: Words, until: Instant.optional() }),
    answer: OpenedToView,
  }),
  'matter.closeTo': call('DELETE /matters/:matter/groups/:group', 'Close a matter to a practice group', {
    status: 204,
    params: here.extend({ group: GroupId }),
  }),
  'party.list': call('GET /matters/:matter/parties', 'Who is who in a matter', {
    params: here,
    answer: z.object({ parties: z.array(PartyView) }),
  }),
  'party.add': call('POST /matters/:matter/parties', 'Add a party; its names are checked for conflicts by themselves', {
    status: 201,
    params: here,
    body: partyWish,
    answer: PartyView,
  }),
  'party.change': call('POST /matters/:matter/parties/:party', 'Change a party', {
    params: here.extend({ party: PartyId }),
    body: partyWish.extend({ version }),
    answer: PartyView,
  }),
  'party.remove': call('DELETE /matters/:matter/parties/:party', 'Take a party out; the conflicts register keeps its names', {
    status: 204,
    params: here.extend({ party: PartyId }),
  }),
  'team.join': call('POST /matters/:matter/team', 'Bring a person onto the team, now or from a day on, for good or for a time', {
    status: 201,
    params: here,
    body: z.object({
      person: PersonId,
      role: TeamRole.default('member'),
      reason: Words.optional(),
      from: Instant.optional(),
      until: Instant.optional(),
    }),
    answer: MemberView,
  }),
  'team.change': call('POST /matters/:matter/team/:person', 'Change someone’s part on the team', {
    params: here.extend({ person: PersonId }),
    body: z.object({ role: TeamRole }),
    answer: MemberView,
  }),
  'team.leave': call('DELETE /matters/:matter/team/:person', 'End a membership; it works from the next statement on', {
    status: 204,
    params: here.extend({ person: PersonId }),
  }),
}
export { Who }
