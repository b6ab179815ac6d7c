import { expect, test } from 'vitest'
import type { Call } from '../src/contract/call.ts'
import { calls, type CallId } from '../src/contract/calls.ts'
import type { ErrorAnswer } from '../src/contract/errors.ts'
import { PERMISSIONS, ROLES, type BuiltInRole, type Permission } from '../src/contract/roles.ts'
import { routes } from '../src/features/routes.ts'
import { Refusal } from '../src/platform/refusal.ts'
import type { Me } from '../src/platform/ways.ts'
import { bodyOf, inventedIds, queryOf } from './world/bodies.ts'
import type { Caller } from './world/caller.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const roles = Object.keys(ROLES) as BuiltInRole[]
const guarded = routes.filter((route) => route.kind !== 'visit')

type Word = 'yes' | 'fresh' | 'no'
/** What the guard of a route says to someone who holds these permissions and no other. */
function wordOf(route: (typeof guarded)[number], permissions: readonly Permission[], kind: Me['kind'] = 'browser'): Word {
  const passes = (factorAt: Date | null): boolean => {
    try {
      route.guard({ permissions, scope: null, kind, roles: [], factorAt, deviceToken: null } as unknown as Me)
      return true
    } catch (fault) {
      if (fault instanceof Refusal) return false
      throw fault
    }
  }
  return passes(null) ? 'yes' : passes(new Date()) ? 'fresh' : 'no'
}

const SIGN: Record<Word, string> = { yes: '●', fresh: '◐', no: '' }
function page(): string {
  const call = (id: CallId) => calls[id] as Call
  const row = (route: (typeof guarded)[number]) =>
    `| \`${route.id}\` | ${call(route.id).summary} | ${roles.map((role) => SIGN[wordOf(route, ROLES[role])]).join(' | ')} | ${SIGN[wordOf(route, Object.keys(PERMISSIONS) as Permission[], 'token')]} |`
  const open = routes.filter((route) => route.kind === 'visit')
  return `# Who may do what

Made from the route tables by \`npm run schema\`; \`test/access-table.test.ts\` asks the running server for every cell of it.

● may. ◐ may, with a second factor proved within the last five minutes. Empty: may not, whatever the matter. The last
column is an access token whose scope holds everything. *Which* matters, documents and entries someone reaches is the
wall's to say (\`db/access\`): a cell here is never enough. A role of the firm's own is made of the permissions below.

| call | | ${roles.join(' | ')} | token |
|---|---|${roles.map(() => ':-:|').join('')}:-:|
${guarded.map(row).join('\n')}

Before there is a session: ${open.map((route) => `\`${route.id}\``).join(', ')}.

## Permissions

| permission | kind | it says | held by |
|---|---|---|---|
${Object.entries(PERMISSIONS)
  .map(
    ([id, [kind, words]]) =>
      `| \`${id}\` | ${kind} | ${words} | ${roles.filter((role) => (ROLES[role] as readonly string[]).includes(id)).join(', ')} |`,
  )
  .join('\n')}
`
}

test('docs/access.md is what the code says', async () => {
  await expect(page()).toMatchFileSnapshot('../docs/access.md')
})

/** What the server says to one call: by the code of its refusal, if any. */
async function answered(who: Caller, id: CallId): Promise<Word | 'nobody'> {
  const ids = inventedIds()
  const reply =
    (calls[id] as Call).takes === 'bytes'
      ? await who.tryUpload(ids.matter!, 'x.txt', '', Buffer.from('x'))
      : await who.ask(id, { params: ids as never, query: queryOf(id), body: bodyOf(id) })
  const body = reply.json as (ErrorAnswer & { scimType?: string; detail?: string }) | null
  if (reply.status === 401) return 'nobody'
  if (reply.status === 403)
    return body?.error?.code === 'factor.stale'
      ? 'fresh'
      : ['may.not', 'scope.exceeded'].includes(body?.error?.code ?? 'may.not')
        ? 'no'
        : 'yes'
  return 'yes'
}

test('every route with every role: the running server says what the table says', async () => {
  const noor = await world.sam.ok('person.invite', { body: { name: 'Noor Haddad', email: 'noor@wren-ames.test', roles: ['staff'] } })
  const visitor = world.caller('noor')
  const { totpSecret } = await visitor.ok('invitation.read', { body: { secret: noor.invitation.secret! } })
  const account = { email: 'noor@wren-ames.test', password: 'a long enough pass phrase', totp: totpSecret }
  const { codeOf } = await import('./world/build.ts')
  await visitor.ok('invitation.accept', {
    body: { secret: noor.invitation.secret!, password: account.password, totpSecret, code: codeOf(totpSecret) },
  })
  const sql = (text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.run(text, values))
  const wrong: string[] = []
  let who = await world.signIn(account, 'noor')
  // what ends the session itself, or proves its factor, is asked last in its turn
  const last = (id: string) => Number(['session.end', 'session.revokeAll', 'session.prove'].includes(id))
  const inTurn = guarded.toSorted((a, b) => last(a.id) - last(b.id))
  for (const role of roles) {
    await sql('update app.people set roles = $2 where id = $1', [noor.id, [role]])
    for (const state of ['stale', 'fresh'] as const) {
      const at = state === 'fresh' ? 'now()' : `now() - interval '1 hour'`
      const set = () => sql(`update app.sessions set factor_at = ${at} where person_id = $1`, [noor.id])
      await set()
      for (const route of inTurn) {
        const expected = wordOf(route, ROLES[role])
        // what a role may not, it may not with the freshest factor; what it may with a stale one, it may with that
        if (expected === (state === 'stale' ? 'no' : 'yes')) continue
        const found = await answered(who, route.id)
        const right = expected === 'no' ? found === 'no' : expected === 'fresh' && state === 'stale' ? found === 'fresh' : found === 'yes'
        if (!right) wrong.push(`${role} ${route.id} ${state}: ${found}, and the table says ${expected}`)
        if (!last(route.id)) continue
        await sql('delete from app.attempts')
        who = await world.signIn(account, 'noor')
        await set()
      }
    }
  }
  expect(wrong).toEqual([])
}, 240_000)

test('an access token whose scope holds everything: the running server says what its column says', async () => {
  const all = Object.keys(PERMISSIONS) as Permission[]
  const made = await world.ben.ok('token.create', { body: { name: 'Everything', scope: ['matter.list'] } })
  await world.asSuperuser(world.database, async (db) => {
    await db.run('update app.sessions set scope = $2, factor_at = now() where id = $1', [made.id, all])
    await db.run('update app.people set roles = $2 where id = (select person_id from app.sessions where id = $1)', [made.id, roles])
  })
  const script = world.caller('ben')
  script.bearer = made.token
  const wrong: string[] = []
  // what ends the token itself is asked last
  const last = (id: string) => Number(id === 'session.end')
  for (const route of guarded.toSorted((a, b) => last(a.id) - last(b.id))) {
    const expected = wordOf(route, all, 'token')
    const found = await answered(script, route.id)
    if (expected !== found) wrong.push(`${route.id}: ${found}, and the table says ${expected}`)
  }
  expect(wrong).toEqual([])
}, 60_000)
