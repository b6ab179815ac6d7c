import { z } from 'zod'
import { call } from './call.ts'
import { ClientId, MatterId, PersonId } from './ids.ts'
import { TeamRole } from './roles.ts'
import { Instant, MatterClass, Name, Words } from './words.ts'

export const ClientView = z.object({ id: ClientId, name: z.string(), createdAt: Instant })
export type ClientView = z.infer<typeof ClientView>

export const MemberView = z.object({
  person: PersonId,
  name: z.string(),
  role: TeamRole,
  reason: z.string().nullable(),
  since: Instant,
})
export type MemberView = z.infer<typeof MemberView>

export const MatterView = z.object({
  id: MatterId,
  number: z.string(),
  title: z.string(),
  class: MatterClass,
  client: ClientView,
  openedAt: Instant,
})
export type MatterView = z.infer<typeof MatterView>

/** What this person may do here now; the page shows no control that is not in it. */
const MatterMay = z.object({ upload: z.boolean(), download: z.boolean(), join: z.boolean(), leave: z.boolean(), history: z.boolean() })

export const MatterPage = MatterView.extend({
  team: z.array(MemberView),
  documents: z.number().int(),
  may: MatterMay,
})
export type MatterPage = z.infer<typeof MatterPage>

const here = z.object({ matter: MatterId })

export const calls = {
  'client.create': call('POST /clients', 'Take a client on', { status: 201, body: z.object({ name: Name }), answer: ClientView }),
  'client.list': call('GET /clients', 'The clients of matters within reach, and those one took on oneself', {
    answer: z.object({ clients: z.array(ClientView) }),
  }),
  'matter.create': call('POST /matters', 'Open a matter; whoever opens it is its first team', {
    status: 201,
    body: z.object({ client: ClientId, title: Name, class: MatterClass.default('confidential') }),
    answer: MatterView,
  }),
  'matter.list': call('GET /matters', 'The matters within reach, newest first', { answer: z.object({ matters: z.array(MatterView) }) }),
  'matter.read': call('GET /matters/:matter', 'One matter with its team', { params: here, answer: MatterPage }),
  'team.join': call('POST /matters/:matter/team', 'Bring a person onto the team', {
    status: 201,
    params: here,
    body: z.object({ person: PersonId, role: TeamRole.default('member'), reason: Words.optional() }),
    answer: MemberView,
  }),
  'team.leave': call('DELETE /matters/:matter/team/:person', 'End a membership; it works from the next statement on', {
    status: 204,
    params: here.extend({ person: PersonId }),
  }),
}
