import { expect, test } from 'vitest'
import { CANARIES } from './world/canaries.ts'
import { codeOf } from './world/build.ts'
import { Caller } from './world/caller.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const proof = (name: string) => ({
  email: world.account(name).email,
  password: world.account(name).password,
  code: codeOf(world.account(name).totp),
})

test('wrong address, wrong password, wrong code and no code are one answer, byte for byte', async () => {
  await world.forgetUsedCodes()
  const right = proof('cora')
  const wrong = [
    { ...right, email: 'nobody@wren-ames.test' },
    { ...right, password: 'not the pass phrase' },
    { ...right, code: '000000' },
    { email: right.email, password: right.password },
    { ...right, code: undefined, recoveryCode: 'AAAA-BBBB-CCCC' },
  ]
  const replies = []
  for (const body of wrong) replies.push(await world.eve.ask('session.create', { body }))
  for (const reply of replies) {
    expect(reply.status).toBe(401)
    expect(reply.bytes.equals(replies[0]!.bytes)).toBe(true)
    expect(reply.headers['set-cookie']).toBeUndefined()
  }
  const { status } = await world.caller('cora').ask('session.create', { body: proof('cora') })
  expect(status).toBe(201)
})

test('a code serves once, and a session cookie is closed to scripts and to other sites', async () => {
  await world.forgetUsedCodes()
  const body = proof('cora')
  const first = await world.caller('cora').ask('session.create', { body })
  expect(first.status).toBe(201)
  expect(first.headers['set-cookie']![0]).toMatch(/^subrosa=subrosa_[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/)
  expect((await world.caller('cora').ask('session.create', { body })).status).toBe(401)
})

test('signing out ends the session at once and clears what the browser holds', async () => {
  const ben = await world.signIn(world.account('ben'), 'ben')
  const cookie = ben.cookie
  const reply = await ben.ask('session.end')
  expect([reply.status, reply.headers['clear-site-data']]).toEqual([204, '"cache", "storage"'])
  ben.cookie = cookie
  expect(await ben.refused('person.me')).toBe('session.none')
})

test('an access token acts within its scope, is marked in the ledger, makes no tokens and no people, and dies when revoked', async () => {
  const made = await world.ada.ok('token.create', {
    body: { name: CANARIES.token, scope: ['matter.list', 'client.create', 'entry.list'] },
  })
  const script = world.caller('ada')
  script.bearer = made.token
  expect((await script.ok('matter.list')).matters).toHaveLength(1)
  expect(await script.refused('matter.read', { params: { matter: world.orchard.id } })).toBe('scope.exceeded')
  expect(await script.refused('token.create', { body: { name: 'another' } })).toBe('scope.exceeded')
  expect(await script.refused('person.invite', { body: { name: 'New', email: 'new@wren-ames.test', roles: ['staff'] } })).toBe(
    'scope.exceeded',
  )
  await script.ok('client.create', { body: { name: 'Made by a script' } })
  const via = await world.asSuperuser(world.database, (db) =>
    db.row<{ via: string }>(`select via from ledger.entries where deed = 'client.created' order by id desc limit 1`),
  )
  expect(via!.via).toBe('token')
  const kept = await world.asSuperuser(world.database, (db) => db.rows<{ t: string }>('select s::text as t from app.sessions s'))
  const raw = Buffer.from(made.token.slice('subrosa_'.length), 'base64url').toString('hex')
  expect(kept.some((row) => row.t.includes(raw))).toBe(false)
  await world.ada.ok('token.revoke', { params: { token: made.id } })
  expect(await script.refused('matter.list')).toBe('session.none')
})

test('an access token loses what its owner loses', async () => {
  const made = await world.ben.ok('token.create', { body: { name: 'x', scope: ['matter.list', 'client.create'] } })
  const script = world.caller('ben')
  script.bearer = made.token
  await script.ok('client.create', { body: { name: 'Before' } })
  const set = (roles: string[]) =>
    world.asSuperuser(world.database, (db) =>
      db.run(`update app.people set roles = $2 where id = (select person_id from app.sessions where id = $1)`, [made.id, roles]),
    )
  await set(['staff'])
  expect(await script.refused('client.create', { body: { name: 'After' } })).toBe('may.not')
  await script.ok('matter.list')
  await set(['lawyer'])
})

test('what runs the system is in a token only when it was asked for by name', async () => {
  const { scope } = await world.sam.ok('token.create', { body: { name: 'x' } })
  expect(scope).not.toContain('person.provision')
  expect((await world.sam.ok('token.create', { body: { name: 'y', scope: ['person.provision'] } })).scope).toEqual(['person.provision'])
  expect(await world.sam.refused('token.create', { body: { name: 'z', scope: ['person.change'] } })).toBe('scope.exceeded')
})

test('an invitation serves once, only the invited choose their secrets, and a weak password is refused', async () => {
  const invited = await world.sam
    .ok('person.invite', { body: { name: 'Noor Haddad', email: 'Noor@Wren-Ames.test ', roles: ['paralegal'] } })
    .catch(() => null)
  expect(invited).toBeNull()
  const person = await world.sam.ok('person.invite', { body: { name: 'Noor Haddad', email: 'Noor@Wren-Ames.test', roles: ['paralegal'] } })
  expect(person.invitation.url).toMatch(/^http:\/\/localhost:\d+\/invitation#s=subrosa_/)
  expect(await world.sam.refused('person.invite', { body: { name: 'Twice', email: 'noor@wren-ames.test', roles: ['staff'] } })).toBe(
    'email.taken',
  )
  const visitor = new Caller(world.firm.url!)
  const { totpSecret } = await visitor.ok('invitation.read', { body: { secret: person.invitation.secret! } })
  const accept = (password: string, code = codeOf(totpSecret)) => ({
    body: { secret: person.invitation.secret!, password, totpSecret, code },
  })
  expect(await visitor.refused('invitation.accept', accept('short'))).toBe('password.weak')
  expect(await visitor.refused('invitation.accept', accept('aaaaaaaaaaaaaaaa'))).toBe('password.weak')
  expect(await visitor.refused('invitation.accept', accept('Noor Haddad 1'))).toBe('password.weak')
  expect(await visitor.refused('invitation.accept', accept('a long enough pass phrase', '000000'))).toBe('code.refused')
  const { recoveryCodes } = await visitor.ok('invitation.accept', accept('a long enough pass phrase'))
  expect(await visitor.refused('invitation.accept', accept('a long enough pass phrase'))).toBe('invitation.spent')
  expect((await visitor.ok('person.me')).roles).toEqual(['paralegal'])
  const byCode = new Caller(world.firm.url!)
  const body = {
    email: 'noor@wren-ames.test',
    password: 'a long enough pass phrase',
    recoveryCode: recoveryCodes[3]!.toLowerCase().replaceAll('-', ' '),
  }
  expect((await byCode.ask('session.create', { body })).status).toBe(201)
  expect((await byCode.ask('session.create', { body })).status).toBe(401)
})

test('an invitation that ran out can be made again, and the old link stays dead', async () => {
  const first = await world.sam.ok('person.invite', { body: { name: 'Late Comer', email: 'late@wren-ames.test', roles: ['staff'] } })
  await world.asSuperuser(world.database, (db) =>
    db.run(`update app.links set ends_at = now() - interval '1 minute' where person_id = $1`, [first.id]),
  )
  const visitor = world.caller('eve')
  expect(await visitor.refused('invitation.read', { body: { secret: first.invitation.secret! } })).toBe('invitation.spent')
  const second = await world.sam.ok('person.inviteAgain', { params: { person: first.id } })
  expect(await visitor.refused('invitation.read', { body: { secret: first.invitation.secret! } })).toBe('invitation.spent')
  expect((await world.caller('sam').ok('invitation.read', { body: { secret: second.secret! } })).name).toBe('Late Comer')
})

test('a second set-up is refused', async () => {
  expect(await world.eve.refused('setup.enrol', { body: { secret: 'a'.repeat(43), email: 'x@y.test' } })).toBe('setup.done')
})

test('every act of a person leaves exactly its entry', async () => {
  const deeds = await world.deedsOf(async () => {
    const client = await world.ada.ok('client.create', { body: { name: 'Rossi' } })
    const matter = await world.ada.ok('matter.create', { body: { client: client.id, title: 'Rossi v. Banca del Lago' } })
    await world.ada.upload(matter.id, 'a.txt', '', Buffer.from('x'))
    await world.ada.refused('team.leave', { params: { matter: matter.id, person: (await world.ada.ok('person.me')).id } })
    await world.ada.ok('matter.list')
  })
  expect(deeds).toEqual(['client.created', 'matter.created', 'document.added', 'act.refused'])
})
