import pg from 'pg'
import type { MatterId, PersonId } from '../../src/contract/ids.ts'
import type { Role } from '../../src/contract/roles.ts'
import { codeOf, type Account } from './build.ts'
import type { Caller } from './caller.ts'
import type { World } from './world.ts'

export type Newcomer = { id: PersonId; account: Account; caller: Caller }
const PASSWORD = 'a long enough pass phrase'

/** Accepts an invitation, or enrols anew by its link. `as`: whose replies may hold what (world.ts). */
export async function accept(world: World, secret: string, email: string, as = 'cora'): Promise<{ account: Account; caller: Caller }> {
  const caller = world.caller(as)
  const { totpSecret } = await caller.ok('invitation.read', { body: { secret } })
  await caller.ok('invitation.accept', { body: { secret, password: PASSWORD, totpSecret, code: codeOf(totpSecret) } })
  return { account: { email, password: PASSWORD, totp: totpSecret }, caller }
}

/** Someone whom `by` invites and who comes at once. */
export async function newcomer(world: World, by: Caller, name: string, roles: Role[]): Promise<Newcomer> {
  const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@wren-ames.test`
  const invited = await by.ok('person.invite', { body: { name, email, roles } })
  return { id: invited.id, ...(await accept(world, invited.invitation.secret!, email)) }
}

/** A matter that only its maker is on, with one small document. */
export async function ownMatter(by: Caller, title: string): Promise<MatterId> {
  const client = await by.ok('client.create', { body: { name: `Client of ${title}` } })
  const matter = await by.ok('matter.create', { body: { client: client.id, title } })
  await by.upload(matter.id, 'a.txt', '', Buffer.from(title))
  return matter.id
}
/** Who is on it, as one of them sees it. */
export const teamOf = async (by: Caller, matter: string) =>
  (await by.ok('matter.read', { params: { matter } })).team.map((member) => `${member.name}, ${member.role}`)

const secretOf = (cookie: string): string => Buffer.from(cookie.split('=')[1]!.replace(/^subrosa_/, ''), 'base64url').toString('hex')

type Ask = (text: string, values?: unknown[]) => Promise<{ code: string | null; rows: Record<string, unknown>[] }>

/** SQL of an intruder's own, as the person of a session, in a transaction that is rolled back. `code`: SQLSTATE, null when it went through. */
export async function intruder<T>(world: World, caller: Caller, fn: (ask: Ask) => Promise<T>): Promise<T> {
  const client = new pg.Client(world.doorWhere())
  await client.connect()
  try {
    await client.query('begin; set local role subrosa_person')
    await client.query('select * from hidden.enter($1)', [secretOf(caller.cookie!)])
    return await fn(async (text, values) => {
      await client.query('savepoint one')
      try {
        const { rows } = await client.query(text, values)
        return { code: null, rows }
      } catch (fault) {
        await client.query('rollback to one')
        return { code: (fault as { code: string }).code, rows: [] }
      }
    })
  } finally {
    await client.query('rollback')
    await client.end()
  }
}
