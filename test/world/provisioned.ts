import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { ERROR } from '../../src/contract/scim.ts'
import { readSecret } from '../../src/features/sign-in/secrets.ts'
import { openPool, transaction, type Db } from '../../src/platform/postgres.ts'
import { codeOf } from './build.ts'
import type { Caller } from './caller.ts'
import { Directory, type ScimJson, type ScimReply } from './directory.ts'
import { Mailbox, secretIn } from './mailbox.ts'
import { useWorld } from './world.ts'

export const refusal = ({ status, json }: ScimReply) => [status, json.scimType]
export const isError = ({ status, headers, json }: ScimReply) => {
  expect(headers['content-type']).toBe('application/scim+json; charset=utf-8')
  expect(json.schemas).toEqual([ERROR])
  expect(json.status).toBe(String(status))
  expect(json.detail).toMatch(/\w+ \w+/)
}

/** The small firm with a mail server, and a directory that keeps its people by a token of Sam’s. At the top of a test file. */
export function useDirectory() {
  const mailbox = new Mailbox()
  const world = useWorld(async (one) => {
    await mailbox.open()
    one.env = { SUBROSA_SMTP_URL: `smtp://127.0.0.1:${mailbox.port}`, SUBROSA_MAIL_FROM: 'Wren & Ames <office@wren-ames.test>' }
  })
  const entra = new Directory()
  let count = 0
  /** An address that nobody has yet. */
  const fresh = (): string => `someone${(count += 1)}@wren-ames.test`
  beforeAll(async () => {
    entra.caller = (await directoryOf('sam')).caller
  })
  beforeEach(async () => {
    await world.refresh()
  })
  afterAll(() => mailbox.close())

  async function directoryOf(name: 'sam' | 'ada', scope = ['person.provision']): Promise<Directory> {
    await world.refresh()
    const { token } = await world[name].ok('token.create', { body: { name: 'directory', scope, days: 30 } })
    const caller = world.caller(name)
    caller.bearer = token
    return new Directory(caller)
  }
  const idOf = async (email: string): Promise<string> => (await world.sam.ok('person.list')).people.find((one) => one.email === email)!.id
  const viewOf = async (id: string) => (await world.sam.ok('person.list')).people.find((one) => one.id === id)!
  /** Someone of the directory who has accepted their invitation, signed in. */
  async function arrived(email = fresh()): Promise<{ user: ScimJson; caller: Caller }> {
    const user = await entra.make('Users', { userName: email, displayName: 'New Comer' })
    return { user, caller: await accepted(secretIn(await invitation(email))) }
  }
  async function accepted(secret: string): Promise<Caller> {
    const caller = world.caller('sam')
    const { totpSecret } = await caller.ok('invitation.read', { body: { secret } })
    await caller.ok('invitation.accept', { body: { secret, password: 'a long enough pass phrase', totpSecret, code: codeOf(totpSecret) } })
    return caller
  }
  /** The newest invitation to someone, when there are so many; one under way is waited for. */
  async function invitation(to: string, many = 1) {
    for (let tries = 0; tries < 200; tries += 1) {
      const own = mailbox.letters.filter((letter) => letter.to === to && letter.subject.includes('invitation'))
      if (own.length >= many) return own.at(-1)!
      await new Promise((go) => setTimeout(go, 25))
    }
    throw new Error(`no invitation came for ${to}`)
  }
  /** SQL as someone’s session may speak it, past every route. What it did is undone. */
  async function asPerson<T>(caller: Caller, fn: (db: Db) => Promise<T>): Promise<T> {
    const pool = openPool(world.doorWhere(), 1)
    try {
      return await transaction(pool, { role: 'subrosa_person' }, async (db, undo) => {
        undo()
        await db.row('select * from hidden.enter($1)', [readSecret(caller.bearer ?? caller.cookie!.split('=')[1]!)])
        return fn(db)
      })
    } finally {
      await pool.end()
    }
  }
  /** Hands over what leavers left, as the clerk does every half minute. */
  const settle = async () => {
    for (let tries = 0; tries < 100; tries += 1) {
      const open = await world.asSuperuser(world.database, (db) =>
        db.row<{ n: number }>('select count(*) as n from app.people where leaves_at <= now() and settled_at is null'),
      )
      if (open!.n === 0) return
      await new Promise((go) => setTimeout(go, 50))
    }
    throw new Error('leavers were not settled')
  }

  async function group(displayName: string, roles: string[], members: string[]): Promise<ScimJson> {
    const made = await entra.make('Groups', { displayName })
    await world.refresh()
    if (roles.length > 0) await world.sam.ok('group.change', { params: { group: made.id }, body: { name: displayName, roles } })
    if (members.length > 0)
      await entra.patch(`/Groups/${made.id}`, [{ op: 'add', path: 'members', value: members.map((value) => ({ value })) }])
    return (await entra.get(`/Groups/${made.id}`)).json
  }

  return { world, mailbox, entra, fresh, directoryOf, idOf, viewOf, arrived, accepted, invitation, asPerson, settle, group }
}
