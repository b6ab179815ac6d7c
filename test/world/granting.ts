import { beforeAll, beforeEach } from 'vitest'
import type { RequestView } from '../../src/contract/grant.ts'
import type { MatterId, PersonId } from '../../src/contract/ids.ts'
import { remind } from '../../src/features/grants/reminders.ts'
import { idOf } from './asking.ts'
import { wallWords } from './bodies.ts'
import type { Caller, Reply } from './caller.ts'
import { ownMatter } from './joining.ts'
import { useWorld } from './world.ts'

type Name = 'ada' | 'ben' | 'cora' | 'ruth' | 'sam'
type Matter = { id: MatterId; number: string; title: string }

/** The small firm, and how its people ask for access, let each other in, and are kept out. Nobody has a notice when a test begins. */
export function useGranting() {
  const world = useWorld()
  const ids = {} as Record<Name, PersonId>
  beforeAll(async () => {
    for (const name of ['ada', 'ben', 'cora', 'ruth', 'sam'] as const) ids[name] = await idOf(world[name])
  })
  const sql = <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
    world.asSuperuser(world.database, (db) => db.rows<T>(text, values))
  const quiet = () => sql('delete from app.notices')
  beforeEach(async () => {
    await world.refresh()
    await quiet()
  })

  /** What the clerk does by itself every minute, and at once when someone asks. */
  const round = (): Promise<void> => remind(world.firm.house)
  let made = 0
  return {
    world,
    ids,
    sql,
    quiet,
    round,
    /** Three processes that come upon the same work. */
    rounds: () => Promise.all([round(), remind({ ...world.firm.house }), remind({ ...world.firm.house })]),
    /** A matter that only Ada is on. */
    newMatter: async (): Promise<Matter> => {
      const title = `Elm v. Fen ${++made}`
      const id = await ownMatter(world.ada, title)
      return { id, title, number: (await world.ada.ok('matter.read', { params: { matter: id } })).number }
    },
    join: (matter: MatterId, person: PersonId, role: string, more: object = {}) =>
      world.ada.ok('team.join', { params: { matter }, body: { person, role, ...more } }),
    setRoles: (person: PersonId, roles: string[]) => sql('update app.people set roles = $2 where id = $1', [person, roles]),
    raise: (matter: MatterId, person: PersonId, more: object = {}): Promise<Reply> =>
      world.ruth.ask('wall.raise', { body: { kind: 'exclusion', matters: [{ matter }], people: [{ person }], ...wallWords, ...more } }),
    lift: (matter: MatterId) =>
      sql('update app.walls set lifted_at = now() where id in (select wall_id from app.wall_targets where matter_id = $1)', [matter]),
    ask: async (by: Caller, about: string, more: object = {}): Promise<Reply> => {
      const reply = await by.ask('grant.request', { body: { about, reason: 'Covers for Ben', ...more } })
      await round()
      return reply
    },
    breakIn: async (by: Caller, about: string, more: object = {}): Promise<Reply> => {
      const reply = await by.ask('grant.break-glass', { body: { about, reason: 'The hearing is in an hour', ...more } })
      await round()
      return reply
    },
    newest: async (by: Caller): Promise<RequestView> => (await by.ok('grant.list')).requests.toSorted((a, b) => (a.id < b.id ? 1 : -1))[0]!,
    approve: (by: Caller, request: string, more: object = {}): Promise<Reply> =>
      by.ask('grant.approve', { params: { request }, body: { days: 7, ...more } }),
    refuse: (by: Caller, request: string): Promise<Reply> =>
      by.ask('grant.refuse', { params: { request }, body: { reason: 'Not needed' } }),
    renew: (by: Caller, matter: MatterId, days: number, person = ids.cora): Promise<Reply> =>
      by.ask('grant.renew', { params: { matter, person }, body: { days, reason: 'The trial goes on' } }),
    /** The status of a matter's page. */
    readStatus: async (by: Caller, matter: MatterId): Promise<number> => (await by.ask('matter.read', { params: { matter } })).status,
    /** As if a request had been made so long ago. */
    age: (request: string, interval: string) =>
      sql(
        `update app.requests set made_at = made_at - $2::interval, widens_at = widens_at - $2::interval, review_due_at = review_due_at - $2::interval
         where id = $1`,
        [request, interval],
      ),
    /** As if what a request brought had begun so long ago. */
    shift: (request: string, interval: string) =>
      sql('update app.team_members set starts_at = starts_at - $2::interval, ends_at = ends_at - $2::interval where request_id = $1', [
        request,
        interval,
      ]),
  }
}

/** All of a reply but its date and its request id, whose length is fixed. */
export const shapeOf = (reply: Reply) => {
  const { 'date': _, 'x-request-id': request, ...headers } = reply.headers
  return { status: reply.status, headers, requestId: String(request).length, bytes: reply.bytes.toString('hex') }
}
