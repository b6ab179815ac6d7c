import { describe, expect, test } from 'vitest'
import { GROUP, LIST, PATCH, USER } from '../src/contract/scim.ts'
import { uuidv7 } from '../src/core/ids.ts'
import { CANARIES } from './world/canaries.ts'
import { Directory, type ScimReply } from './world/directory.ts'
import { isError, refusal, useDirectory } from './world/provisioned.ts'

// who may ask a directory’s questions, what a directory may not, and in what form it is refused

const { world, mailbox, entra, fresh, directoryOf, idOf, viewOf, arrived, asPerson } = useDirectory()

describe('who may ask', () => {
  test('a token for it, and nobody else; every refusal is in SCIM’s form', async () => {
    const id = await idOf('ben@wren-ames.test')
    const paths = ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas', `/Schemas/${USER}`, '/Users', `/Users/${id}`, '/Groups']
    const forged = world.caller('eve')
    forged.bearer = `subrosa_${Buffer.alloc(32, 7).toString('base64url')}`
    const narrow = await directoryOf('sam', ['person.list'])
    for (const path of paths) {
      for (const nobody of [await new Directory(world.caller('eve')).get(path), await new Directory(forged).get(path)]) {
        isError(nobody)
        expect([path, nobody.status, nobody.headers['www-authenticate']]).toEqual([path, 401, 'Bearer'])
      }
      for (const other of [await narrow.get(path), await new Directory(world.sam).get(path)]) {
        isError(other)
        expect([path, other.status]).toEqual([path, 403])
      }
      expect((await entra.get(path)).status).toBe(200)
    }
    for (const path of ['/Users/nobody', '/Groups/nobody']) expect((await new Directory(forged).get(path)).status).toBe(401)
    expect((await new Directory(forged).send('POST', '/Users', { schemas: [USER] })).status).toBe(401)
    const tries = [
      await narrow.get('/Users'),
      await narrow.send('POST', '/Users', { schemas: [USER], userName: fresh() }),
      await narrow.send('DELETE', `/Users/${id}`),
      // an administrator's own session, which could make someone leave without a fresh factor
      await new Directory(world.sam).get('/Users'),
      await new Directory(world.sam).send('DELETE', `/Users/${id}`),
      await new Directory(world.ben).get('/Users'),
    ]
    for (const reply of tries) {
      isError(reply)
      expect(reply.status).toBe(403)
    }
    expect((await viewOf(id)).state).toBe('active')
  })

  test('PostgreSQL gives a browser’s session nothing of it either', async () => {
    const { rows } = await asPerson(world.sam, async (db) => ({
      rows: await db.rows('select * from hidden.directory_people(null, null, null)'),
    }))
    expect(rows).toEqual([])
    const others = await asPerson(entra.caller, async (db) => db.rows('select * from hidden.directory_people(null, null, null)'))
    expect(others.length).toBeGreaterThan(4)
  })

  test('what is not there, too large, of another kind or broken', async () => {
    const big = { schemas: [USER], userName: fresh(), displayName: 'x'.repeat(300_000) }
    const nested = `{"schemas":["${USER}"],"userName":"${fresh()}","name":${'{"a":'.repeat(20)}1${'}'.repeat(20)}}`
    const cases: [ScimReply, number, string | undefined][] = [
      [await entra.get('/Users/nobody'), 404, undefined],
      [await entra.get(`/Users/${uuidv7(Date.now())}`), 404, undefined],
      [await entra.get('/Schemas/nothing'), 404, undefined],
      [await entra.get('/ResourceTypes/Printer'), 404, undefined],
      [await entra.get('/Me'), 404, undefined],
      [await entra.get(''), 404, undefined],
      [await entra.send('POST', '/Bulk', { schemas: [], Operations: [] }), 404, undefined],
      [await entra.send('PUT', '/Users', { schemas: [USER] }), 404, undefined],
      [await entra.send('POST', '/Users', big), 413, undefined],
      [await entra.send('POST', '/Users', 'userName=x', { 'content-type': 'application/x-www-form-urlencoded' }), 415, undefined],
      [await entra.send('POST', '/Users', '{"schemas":'), 400, 'invalidSyntax'],
      [await entra.send('POST', '/Users', '[]'), 400, 'invalidValue'],
      [await entra.send('POST', '/Users', nested), 400, 'invalidSyntax'],
      [await entra.send('POST', '/Users', `{"schemas":["${USER}"],"userName":"a@b.example","__proto__":{"x":1}}`), 400, 'invalidSyntax'],
      [await entra.send('POST', '/Users', { userName: fresh() }), 400, 'invalidSyntax'],
      [await entra.send('POST', '/Users', { schemas: [USER] }), 400, 'invalidValue'],
      [await entra.send('POST', '/Users', { schemas: [USER], userName: 'no address' }), 400, 'invalidValue'],
      [await entra.send('POST', '/Users', { schemas: [USER], userName: fresh(), displayName: 'a\u202eb' }), 400, 'invalidValue'],
      [
        await entra.send('POST', '/Users', { schemas: [USER], userName: fresh(), emails: [{ value: 'other@x.example' }] }),
        400,
        'invalidValue',
      ],
      [await entra.send('POST', '/Groups', { schemas: [GROUP], displayName: 'x'.repeat(300) }), 400, 'invalidValue'],
      [await entra.find('Users', { filter: 'userName eq' }), 400, 'invalidFilter'],
      [await entra.find('Users', { filter: `${'('.repeat(20)}active eq true${')'.repeat(20)}` }), 400, 'invalidFilter'],
      [await entra.find('Users', { filter: `userName eq "${'x'.repeat(1000)}"` }), 400, 'invalidFilter'],
      [await entra.find('Users', { startIndex: 'two' }), 400, 'invalidValue'],
      [await entra.find('Users', { count: '1e3' }), 400, 'invalidValue'],
      [await entra.find('Users', { sortBy: 'nothing' }), 400, 'invalidPath'],
      [await entra.find('Users', { sortBy: 'userName', sortOrder: 'sideways' }), 400, 'invalidValue'],
      [await entra.get('/Users?filter=active%20pr&filter=active%20pr'), 400, 'invalidValue'],
    ]
    for (const [reply, status, scimType] of cases) {
      expect([reply.bytes.toString(), ...refusal(reply)]).toEqual([reply.bytes.toString(), status, scimType])
      isError(reply)
    }
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })
})

test('the discovery documents say what there is', async () => {
  const { json: config, headers } = await entra.get('/ServiceProviderConfig')
  expect(headers['content-type']).toBe('application/scim+json; charset=utf-8')
  expect(config).toMatchObject({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: false },
    filter: { supported: true, maxResults: 200 },
    etag: { supported: true },
    sort: { supported: true },
    changePassword: { supported: false },
  })
  const { json: types } = await entra.get('/ResourceTypes')
  expect(types.Resources.map((one) => [one.id, one.endpoint, one.schema])).toEqual([
    ['User', '/Users', USER],
    ['Group', '/Groups', GROUP],
  ])
  const { json: schemas } = await entra.get('/Schemas')
  expect(schemas).toMatchObject({ schemas: [LIST], totalResults: 2, Resources: [{ id: USER }, { id: GROUP }] })
  const { json: user } = await entra.get(`/Schemas/${USER}`)
  const attributes = user.attributes as { name: string; caseExact: boolean; required: boolean; uniqueness: string }[]
  expect(attributes.find((one) => one.name === 'userName')).toMatchObject({ caseExact: false, required: true, uniqueness: 'server' })
  expect((await entra.get('/ResourceTypes/Group')).json.meta.location).toBe(`${world.firm.url}/api/scim/v2/ResourceTypes/Group`)
})

test('a patch is all or nothing', async () => {
  const made = await entra.make('Users', { userName: fresh(), displayName: 'Whole' })
  const reply = await entra.patch(`/Users/${made.id}`, [
    { op: 'replace', path: 'displayName', value: 'Half' },
    { op: 'replace', path: 'constructor.prototype.polluted', value: true },
  ])
  expect(refusal(reply)).toEqual([400, 'invalidPath'])
  expect((await entra.get(`/Users/${made.id}`)).json.displayName).toBe('Whole')
  expect(refusal(await entra.send('PATCH', `/Users/${made.id}`, { schemas: [PATCH], Operations: [] }))).toEqual([400, 'invalidSyntax'])
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

test('a token that is revoked keeps nothing', async () => {
  const { token, id } = await world.sam.ok('token.create', { body: { name: 'short', scope: ['person.provision'], days: 1 } })
  const caller = world.caller('sam')
  caller.bearer = token
  const other = new Directory(caller)
  expect((await other.find('Users', { count: '0' })).status).toBe(200)
  await world.sam.ok('token.revoke', { params: { token: id } })
  const refused = await other.find('Users', { count: '0' })
  isError(refused)
  expect(refused.status).toBe(401)
})

describe('people to whom the firm gave roles', () => {
  test('are found and linked by the directory, and keep their name and address', async () => {
    const ben = await idOf('ben@wren-ames.test')
    const path = `/Users/${ben}`
    expect((await entra.patch(path, [{ op: 'add', path: 'externalId', value: 'Ext-Ben' }])).status).toBe(200)
    expect((await entra.find('Users', { filter: 'externalId eq "Ext-Ben"' })).json.Resources[0]!.id).toBe(ben)
    for (const [attribute, value] of [
      ['userName', 'evil@elsewhere.example'],
      ['displayName', 'Somebody Else'],
    ]) {
      const reply = await entra.patch(path, [
        { op: 'replace', path: attribute, value },
        ...(attribute === 'userName' ? [{ op: 'remove', path: 'emails' }] : []),
      ])
      isError(reply)
      expect(refusal(reply)).toEqual([400, 'mutability'])
    }
    expect(await viewOf(ben)).toMatchObject({ name: CANARIES.person, email: 'ben@wren-ames.test' })
  })

  test('an invitation by the firm cannot be led to another address, while a guarded role waits or after', async () => {
    const email = fresh()
    const invited = await world.sam.ok('person.invite', { body: { name: 'Vera Admin', email, roles: ['administrator'] } })
    const path = `/Users/${invited.id}`
    const redirect = () =>
      entra.patch(path, [{ op: 'replace', value: { userName: 'evil@elsewhere.example', emails: [{ value: 'evil@elsewhere.example' }] } }])
    expect(refusal(await redirect())).toEqual([400, 'mutability'])
    expect(refusal(await entra.send('PUT', path, { schemas: [USER], userName: 'evil@elsewhere.example' }))).toEqual([400, 'mutability'])
    // nor when it was refused, and they hold nothing
    const asked = (await world.ruth.ok('approval.list')).approvals.find((one) => one.person === invited.id)!
    await world.ruth.ok('approval.decide', { params: { approval: asked.id }, body: { approve: false } })
    expect(await viewOf(invited.id)).toMatchObject({ roles: [], state: 'invited' })
    expect(refusal(await redirect())).toEqual([400, 'mutability'])
    // someone of the directory, for whom a guarded role waits
    const { user: made } = await arrived()
    await world.sam.ok('person.change', { params: { person: made.id }, body: { roles: ['compliance'], reason: 'needed' } })
    const moved = () =>
      entra.patch(`/Users/${made.id}`, [
        { op: 'replace', value: { userName: 'evil2@elsewhere.example', emails: [{ value: 'evil2@elsewhere.example' }] } },
      ])
    expect(refusal(await moved())).toEqual([400, 'mutability'])
    const waiting = (await world.ruth.ok('approval.list')).approvals.find((one) => one.person === made.id && one.state === 'waiting')!
    await world.ruth.ok('approval.decide', { params: { approval: waiting.id }, body: { approve: true } })
    expect(refusal(await moved())).toEqual([400, 'mutability'])
    expect((await viewOf(made.id)).email).toBe(made.userName)
    expect(mailbox.letters.filter(({ to }) => to.startsWith('evil'))).toEqual([])
  })

  test('PostgreSQL refuses it to the token by itself', async () => {
    const ben = await idOf('ben@wren-ames.test')
    const tried = await asPerson(entra.caller, async (db) => {
      const bytes = Buffer.alloc(40)
      const revised = await db.row<{ ok: boolean }>('select hidden.revise_person($1, $2, $2, $2, null, null) as ok', [ben, bytes])
      const linked = await db.row<{ ok: boolean }>(`select hidden.make_link($1, $2, 'invitation', now() + interval '1 day') as ok`, [
        Buffer.alloc(32, 1),
        ben,
      ])
      const reset = await db.row<{ ok: boolean }>(`select hidden.make_link($1, $2, 'password', now() + interval '1 day') as ok`, [
        Buffer.alloc(32, 2),
        ben,
      ])
      const edited = await db.row<{ ok: boolean }>('select hidden.edit_person($1, $2, $2, $2) as ok', [ben, bytes])
      return [revised!.ok, linked!.ok, reset!.ok, edited!.ok]
    })
    expect(tried).toEqual([false, false, false, false])
    for (const sql of [
      `insert into app.people (id, sealed_name, sealed_email, email_token, roles, created_by) values (gen_random_uuid(), 'x', 'x', 'x', '{administrator}', hidden.me())`,
      `insert into app.people (id, sealed_name, sealed_email, email_token, roles, created_by) values (gen_random_uuid(), 'x', 'x', 'x', '{}', hidden.me())`,
      `update app.people set roles = '{partner}'`,
      `insert into app.groups (id, sealed_name, name_token, roles, kept_by, made_by) values (gen_random_uuid(), 'x', 'x', '{lawyer}', 'directory', hidden.me())`,
      `insert into app.groups (id, sealed_name, name_token, roles, kept_by, made_by) values (gen_random_uuid(), 'x', 'x', '{}', 'firm', hidden.me())`,
    ])
      await expect(
        asPerson(entra.caller, (db) => db.run(sql)),
        sql,
      ).rejects.toMatchObject({ code: '42501' })
  })
})
