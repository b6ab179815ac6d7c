import fc from 'fast-check'
import { uuidv7 } from '../src/core/ids.ts'
import { newSecret, secretHash } from '../src/features/sign-in/secrets.ts'
import type { Db } from '../src/platform/postgres.ts'
import type { Firm, Term } from './wall.model.ts'

const term = (): fc.Arbitrary<Term> =>
  fc.record({ from: fc.constantFrom(-48, -24, 24), to: fc.constantFrom(null, null, -1, 12, 48) }).map(({ from, to }) => ({
    from,
    to: to !== null && to <= from ? null : to,
  }))
const side = fc.constantFrom<'a' | 'b'>('a', 'b')
const some = <T>(one: fc.Arbitrary<T>, most: number, key?: (one: T) => string) =>
  key ? fc.uniqueArray(one, { maxLength: most, selector: key }) : fc.array(one, { maxLength: most })

/** Random firms: persons, groups, clients with matters, teams and grants, openings to groups, walls, dates. */
export const firms: fc.Arbitrary<Firm> = fc
  .record({
    people: fc.integer({ min: 2, max: 5 }),
    matters: fc.integer({ min: 1, max: 5 }),
    clients: fc.integer({ min: 1, max: 3 }),
    groups: fc.integer({ min: 0, max: 3 }),
  })
  .chain(({ people, matters, clients, groups }) => {
    const person = fc.nat(people - 1)
    const matter = fc.nat(matters - 1)
    const group = groups === 0 ? fc.constant(0) : fc.nat(groups - 1)
    const none = groups === 0
    return fc
      .record({
        owners: fc.array(fc.nat(clients - 1), { minLength: matters, maxLength: matters }),
        groups: fc.array(fc.uniqueArray(person, { maxLength: people }), { minLength: groups, maxLength: groups }),
        team: some(fc.record({ person, matter, term: term() }), 14, (one) => `${one.person}/${one.matter}`),
        openings: some(fc.record({ group, matter, term: term() }), none ? 0 : 6, (one) => `${one.group}/${one.matter}`),
        walls: some(
          fc.record({
            term: term(),
            lifted: fc.boolean(),
            withholds: fc.boolean(),
            targets: fc.uniqueArray(
              fc.oneof(
                fc.record({ matter, client: fc.constant(null), side }),
                fc.record({ matter: fc.constant(null), client: fc.nat(clients - 1), side }),
              ),
              { minLength: 1, maxLength: 3, selector: (one) => `${one.matter}/${one.client}` },
            ),
            screened: fc.uniqueArray(
              none
                ? fc.record({ person, group: fc.constant(null), side })
                : fc.oneof(fc.record({ person, group: fc.constant(null), side }), fc.record({ person: fc.constant(null), group, side })),
              { maxLength: 3, selector: (one) => `${one.side}/${one.person}/${one.group}` },
            ),
            acknowledged: fc.uniqueArray(person, { maxLength: people }),
          }),
          3,
        ),
        classes: fc.array(fc.constantFrom('confidential' as const, 'privileged' as const, 'restricted' as const), {
          minLength: matters,
          maxLength: matters,
        }),
      })
      .map(({ owners, team, openings, walls, ...rest }) => ({
        ...rest,
        people,
        clients: Array.from({ length: clients }, (_, client) => owners.flatMap((owner, at) => (owner === client ? [at] : []))),
        team: team.map(({ term: dates, ...one }) => ({ ...one, ...dates })),
        openings: openings.map(({ term: dates, ...one }) => ({ ...one, ...dates })),
        walls: walls.map(({ term: dates, ...one }) => ({ ...one, ...dates })),
      }))
  })

export type Made = { people: string[]; secrets: string[]; clients: string[]; matters: string[]; documents: string[] }
const BYTES = Buffer.alloc(40, 1)
const id = () => uuidv7(Date.now())
const at = (hours: number | null) => (hours === null ? null : new Date(Date.now() + hours * 3_600_000))

/** Writes a firm as the owner of the tables would: definitions only, walls last, so that what was there before them stays written. */
export async function makeFirm(db: Db, firm: Firm, roles: string[]): Promise<Made> {
  const people = Array.from({ length: firm.people }, id)
  const secrets = people.map(() => newSecret())
  const matters = firm.classes.map(id)
  const clients = firm.clients.map(id)
  const groups = firm.groups.map(id)
  const documents: string[] = []
  const maker = (await db.row<{ id: string }>('select id from app.people order by id limit 1'))!.id
  for (const [i, one] of people.entries()) {
    await db.run(
      'insert into app.people (id, sealed_name, sealed_email, email_token, roles, joined_at) values ($1, $2, $2, $3, $4, now())',
      [one, BYTES, Buffer.from(one), roles],
    )
    await db.run(
      `insert into app.sessions (id, person_id, secret_hash, kind, ends_at) values ($1, $2, $3, 'browser', now() + interval '1 hour')`,
      [id(), one, secretHash(secrets[i]!)],
    )
  }
  for (const client of clients)
    await db.run('insert into app.clients (id, sealed_name, created_by) values ($1, $2, $3)', [client, BYTES, maker])
  for (const [i, matter] of matters.entries()) {
    const client = clients[firm.clients.findIndex((its) => its.includes(i))]
    const [folder, document, version] = [id(), id(), id()]
    documents.push(document)
    for (const [text, values] of [
      [
        `insert into app.matters (id, client_id, sealed_number, number_token, sealed_title, class, created_by) values ($1, $2, $3, $4, $3, $5, $6)`,
        [matter, client, BYTES, Buffer.from(matter), firm.classes[i], maker],
      ],
      [`insert into app.matter_keys (matter_id, purpose, version, wrapped) values ($1, 'half', 1, $2)`, [matter, BYTES]],
      ['insert into app.register (matter_id, sealed_card) values ($1, $2)', [matter, BYTES]],
      [
        `insert into app.parties (id, matter_id, role, sealed_details, added_by) values ($1, $2, 'adverse', $3, $4)`,
        [id(), matter, BYTES, maker],
      ],
      [
        'insert into app.folders (id, matter_id, sealed_name, name_token, created_by) values ($1, $2, $3, $3, $4)',
        [folder, matter, BYTES, maker],
      ],
      [
        `insert into app.documents (id, matter_id, sealed_name, name_token, class, created_by) values ($1, $2, $3, $3, 'confidential', $4)`,
        [document, matter, BYTES, maker],
      ],
      [
        'insert into app.versions (id, document_id, matter_id, number, wrapped_key, sealed_facts, content_token, size, created_by) values ($1, $2, $3, 1, $4, $4, $4, 1, $5)',
        [version, document, matter, BYTES, maker],
      ],
      [
        `insert into app.openings (id, version_id, matter_id, session_id, person_id, ends_at)
         select $1, $2, $3, s.id, s.person_id, now() + interval '1 hour' from app.sessions s where s.secret_hash = $4`,
        [id(), version, matter, secretHash(secrets[0]!)],
      ],
    ] as const)
      await db.run(text, [...values])
  }
  for (const [i, group] of groups.entries()) {
    await db.run(`insert into app.groups (id, sealed_name, name_token, kept_by) values ($1, $2, $3, 'firm')`, [
      group,
      BYTES,
      Buffer.from(group),
    ])
    for (const member of firm.groups[i]!)
      await db.run('insert into app.group_members (group_id, person_id) values ($1, $2)', [group, people[member]])
    // they were in it all along
    await db.run(`update app.group_terms set since = now() - interval '30 days' where group_id = $1`, [group])
  }
  for (const one of firm.team)
    await db.run(
      `insert into app.team_members (id, matter_id, person_id, role, via, added_by, starts_at, ends_at) values ($1, $2, $3, 'member', $4, $5, $6, $7)`,
      [id(), matters[one.matter], people[one.person], one.person % 2 ? 'grant' : 'team', maker, at(one.from), at(one.to)],
    )
  for (const one of firm.openings)
    await db.run(
      'insert into app.matter_groups (id, matter_id, group_id, sealed_reason, opened_by, starts_at, ends_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [id(), matters[one.matter], groups[one.group], BYTES, maker, at(one.from), at(one.to)],
    )
  for (const one of firm.walls) {
    const wall = id()
    await db.run(
      `insert into app.walls (id, kind, rule, sealed_words, announced, withholds, certify_days, remind_days, need_known_at, starts_at, ends_at, raised_by, lifted_at, lifted_by)
       values ($1, 'exclusion', 'voluntary', $2, $3, $3, 90, 90, now(), $4, $5, $6, case when $7 then now() - interval '1 minute' end, case when $7 then $6::uuid end)`,
      [wall, BYTES, one.withholds, at(one.from), at(one.to), maker, one.lifted],
    )
    for (const target of one.targets)
      await db.run('insert into app.wall_targets (wall_id, side, matter_id, client_id) values ($1, $2, $3, $4)', [
        wall,
        target.side,
        target.matter === null ? null : matters[target.matter],
        target.client === null ? null : clients[target.client],
      ])
    for (const who of one.screened)
      await db.run(
        `insert into app.wall_people (wall_id, side, person_id, group_id, since) values ($1, $2, $3, $4, now() - interval '30 days')`,
        [wall, who.side, who.person === null ? null : people[who.person], who.group === null ? null : groups[who.group]],
      )
    for (const who of one.acknowledged)
      await db.run(
        `insert into app.wall_acknowledgements (wall_id, person_id, screened, acknowledged_at) values ($1, $2, false, now() - interval '1 minute')
         on conflict (wall_id, person_id) do update set acknowledged_at = excluded.acknowledged_at`,
        [wall, people[who]],
      )
  }
  return { people, secrets, clients, matters, documents }
}

/** Walls stand no more, past triggers and policies: what the next firm asks of a list is not slowed by those of all before it. */
export const CLEAR = `set session_replication_role = replica; delete from app.wall_acknowledgements; delete from app.wall_people;
  delete from app.wall_targets; delete from app.walls; set session_replication_role = default`
