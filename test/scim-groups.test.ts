import { describe, expect, test } from 'vitest'
import { GROUP, USER } from '../src/contract/scim.ts'
import { uuidv7 } from '../src/core/ids.ts'
import { type ScimJson } from './world/directory.ts'
import { isError, refusal, useDirectory } from './world/provisioned.ts'

// groups that a directory keeps, and versions

const { world, entra, fresh, idOf, arrived, settle, group } = useDirectory()

describe('groups', () => {
  test('bring what the firm says, at once, and take it away at once', async () => {
    const { user, caller } = await arrived()
    const made: { one?: ScimJson } = {}
    const deeds = await world.deedsOf(async () => {
      made.one = await entra.make('Groups', { displayName: 'Litigation', externalId: 'Ext-Lit', members: [{ value: user.id }] })
    })
    expect(deeds).toEqual(['group.created'])
    const one = made.one!
    expect(one).toMatchObject({
      schemas: [GROUP],
      displayName: 'Litigation',
      externalId: 'Ext-Lit',
      members: [{ value: user.id, type: 'User', $ref: `${world.firm.url}/api/scim/v2/Users/${user.id}` }],
      meta: { resourceType: 'Group', location: `${world.firm.url}/api/scim/v2/Groups/${one.id}` },
    })
    expect((await caller.ok('person.me')).may).toEqual([])
    await world.sam.ok('group.change', { params: { group: one.id }, body: { name: 'Litigation', roles: ['lawyer'] } })
    expect((await caller.ok('person.me')).may).toContain('matter.create')
    const away = await world.deedsOf(async () => {
      expect((await entra.patch(`/Groups/${one.id}`, [{ op: 'remove', path: `members[value eq "${user.id}"]` }])).status).toBe(200)
      expect(await caller.refused('matter.list')).toBe('may.not')
    })
    expect(away.slice(0, 1)).toEqual(['group.changed'])
    await entra.patch(`/Groups/${one.id}`, [{ op: 'Add', path: 'members', value: [{ value: user.id }] }])
    expect((await caller.ok('matter.list')).matters).toEqual([])
    expect((await entra.send('DELETE', `/Groups/${one.id}`)).status).toBe(204)
    expect(await caller.refused('matter.list')).toBe('may.not')
    expect((await entra.get(`/Groups/${one.id}`)).status).toBe(404)
  })

  test('are replaced, renamed, found; what changes nothing leaves no entry', async () => {
    const a = await entra.make('Users', { userName: fresh(), displayName: 'Member A' })
    const b = await entra.make('Users', { userName: fresh(), displayName: 'Member B' })
    const one = await group('Paralegals', [], [a.id])
    const put = { schemas: [GROUP], displayName: 'Para Legals', members: [{ value: b.id, display: 'forged' }] }
    expect(await world.deedsOf(() => entra.send('PUT', `/Groups/${one.id}`, put))).toEqual(['group.changed'])
    expect(await world.deedsOf(() => entra.send('PUT', `/Groups/${one.id}`, put))).toEqual([])
    const { json } = await entra.find('Groups', { filter: `displayName eq "para legals" and members eq "${b.id}"` })
    expect(json).toMatchObject({ totalResults: 1, Resources: [{ id: one.id, members: [{ value: b.id }] }] })
    expect((await entra.get(`/Groups/${one.id}?excludedAttributes=members`)).json.members).toBeUndefined()
    const { groups } = await world.sam.ok('group.list')
    expect(groups.find(({ id }) => id === one.id)).toMatchObject({
      name: 'Para Legals',
      keptBy: 'directory',
      members: [{ id: b.id, name: 'Member B' }],
    })
  })

  test('the firm’s own are none of the directory’s business, and their names are taken', async () => {
    const own = await world.sam.ok('group.create', { body: { name: 'Firm Own', roles: ['staff'] } })
    expect((await entra.get(`/Groups/${own.id}`)).status).toBe(404)
    expect((await entra.find('Groups', { filter: 'displayName eq "Firm Own"' })).json.totalResults).toBe(0)
    const taken = await entra.send('POST', '/Groups', { schemas: [GROUP], displayName: 'FIRM OWN' })
    isError(taken)
    expect(refusal(taken)).toEqual([409, 'uniqueness'])
    const other = await group('Other', [], [])
    expect(refusal(await entra.patch(`/Groups/${other.id}`, [{ op: 'replace', path: 'displayName', value: 'Firm Own' }]))).toEqual([
      409,
      'uniqueness',
    ])
    for (const reply of [
      await entra.patch(`/Groups/${own.id}`, [{ op: 'add', path: 'members', value: [{ value: await idOf('ben@wren-ames.test') }] }]),
      await entra.send('PUT', `/Groups/${own.id}`, { schemas: [GROUP], displayName: 'Mine' }),
      await entra.send('DELETE', `/Groups/${own.id}`),
    ])
      expect(reply.status).toBe(404)
    expect((await world.sam.ok('group.list')).groups.find(({ id }) => id === own.id)).toMatchObject({
      name: 'Firm Own',
      members: [],
      roles: ['staff'],
    })
  })

  test('take people who are here, and nothing else', async () => {
    const one = await group('Members', [], [])
    const gone = await entra.make('Users', { userName: fresh(), active: false })
    await settle()
    for (const value of [uuidv7(Date.now()), 'nobody', gone.id, one.id]) {
      const reply = await entra.patch(`/Groups/${one.id}`, [{ op: 'add', path: 'members', value: [{ value }] }])
      expect([value, ...refusal(reply)]).toEqual([value, 400, 'invalidValue'])
    }
    expect(
      refusal(await entra.patch(`/Groups/${one.id}`, [{ op: 'add', path: 'members', value: [{ value: one.id, type: 'Group' }] }])),
    ).toEqual([400, 'invalidValue'])
    expect(
      refusal(await entra.send('POST', '/Groups', { schemas: [GROUP], displayName: 'Broken', members: [{ value: 'nobody' }] })),
    ).toEqual([400, 'invalidValue'])
    expect((await entra.find('Groups', { filter: 'displayName eq "Broken"' })).json.totalResults).toBe(0)
  })

  test('whoever made the token gives themselves no role with it', async () => {
    const sam = await idOf('sam@wren-ames.test')
    const one = await group('Self Service', ['lawyer'], [])
    const reply = await entra.patch(`/Groups/${one.id}`, [{ op: 'add', path: 'members', value: [{ value: sam }] }])
    isError(reply)
    expect(refusal(reply)).toEqual([400, 'mutability'])
    expect((await world.sam.ok('person.me')).may).not.toContain('matter.create')
    // nor the other way round: first in, then the roles
    const two = await group('Other Way', [], [sam])
    expect(two.members!.map(({ value }) => value)).toEqual([sam])
    await world.refresh()
    expect(await world.sam.refused('group.change', { params: { group: two.id }, body: { name: 'Other Way', roles: ['lawyer'] } })).toBe(
      'person.oneself',
    )
    // another administrator may say so
    await world.ada.ok('group.change', { params: { group: two.id }, body: { name: 'Other Way', roles: ['lawyer'] } })
    await entra.send('DELETE', `/Groups/${two.id}`)
  })

  test('whoever leaves is in none any more', async () => {
    const { user } = await arrived()
    const one = await group('Leavers', ['staff'], [user.id])
    expect(one.members).toHaveLength(1)
    await entra.send('DELETE', `/Users/${user.id}`)
    const { json } = await entra.get(`/Groups/${one.id}`)
    expect(json.members).toBeUndefined()
    expect(json.meta.version).not.toBe(one.meta.version)
    await settle()
  })
})

describe('versions', () => {
  test('a reader who has it is told so, and a writer who has an old one is refused', async () => {
    const made = await entra.make('Users', { userName: fresh(), displayName: 'Versioned' })
    const path = `/Users/${made.id}`
    const tag = made.meta.version
    expect(tag).toMatch(/^W\/"[\w-]+"$/)
    const known = await entra.get(path, { 'if-none-match': `"other", ${tag}` })
    expect([known.status, known.headers.etag, known.bytes.length]).toEqual([304, tag, 0])
    expect((await entra.get(path, { 'if-none-match': 'W/"other"' })).status).toBe(200)
    expect((await entra.patch(path, [{ op: 'replace', path: 'displayName', value: 'Two' }], { 'if-match': tag })).status).toBe(200)
    const operations = [{ op: 'replace', path: 'displayName', value: 'Three' }]
    for (const late of [
      await entra.patch(path, operations, { 'if-match': tag }),
      await entra.send('PUT', path, { schemas: [USER], userName: made.userName }, { 'if-match': tag }),
      await entra.send('DELETE', path, undefined, { 'if-match': tag }),
    ]) {
      isError(late)
      expect(late.status).toBe(412)
    }
    expect((await entra.get(path, { 'if-none-match': tag })).json.displayName).toBe('Two')
    expect((await entra.patch(path, operations, { 'if-match': '*' })).status).toBe(200)
  })

  test('of many who write the same version at once, one does', async () => {
    const made = await entra.make('Users', { userName: fresh(), displayName: 'Race' })
    const one = await group('Race', [], [])
    const headers = (tag: string) => ({ 'if-match': tag })
    const people = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        entra.patch(`/Users/${made.id}`, [{ op: 'replace', path: 'displayName', value: `Race ${n}` }], headers(made.meta.version)),
      ),
    )
    expect(people.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412])
    const groups = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        entra.patch(`/Groups/${one.id}`, [{ op: 'replace', path: 'displayName', value: `Race ${n}` }], headers(one.meta.version)),
      ),
    )
    expect(groups.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412])
    const winner = people.find(({ status }) => status === 200)!.json
    expect((await entra.get(`/Users/${made.id}`)).json).toEqual(winner)
  })

  test('without a version nobody’s change is lost', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => entra.make('Users', { userName: fresh() })))
    const one = await group('Everyone', [], [])
    const replies = await Promise.all(
      people.map(({ id }) => entra.patch(`/Groups/${one.id}`, [{ op: 'add', path: 'members', value: [{ value: id }] }])),
    )
    expect(replies.map(({ status }) => status)).toEqual(Array(5).fill(200))
    expect((await entra.get(`/Groups/${one.id}`)).json.members!.map(({ value }) => value).sort()).toEqual(people.map(({ id }) => id).sort())
  })

  test('the same person made five times at once is made once', async () => {
    const userName = fresh()
    const replies = await Promise.all(Array.from({ length: 5 }, () => entra.send('POST', '/Users', { schemas: [USER], userName })))
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
  })
})
