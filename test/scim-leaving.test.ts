import { describe, expect, test } from 'vitest'
import { USER } from '../src/contract/scim.ts'
import { CANARIES } from './world/canaries.ts'
import { secretIn } from './world/mailbox.ts'
import { Directory } from './world/directory.ts'
import { isError, useDirectory } from './world/provisioned.ts'

// people whom a directory lets leave and takes back

const { world, mailbox, entra, fresh, idOf, viewOf, arrived, accepted, invitation, settle, group } = useDirectory()

describe('leaving', () => {
  test.each(['PATCH', 'PUT', 'DELETE'])('by %s ends the open session within the same request', async (method) => {
    const { user, caller } = await arrived()
    expect((await caller.ok('person.me')).id).toBe(user.id)
    const path = `/Users/${user.id}`
    const deeds = await world.deedsOf(async () => {
      const reply =
        method === 'PATCH'
          ? await entra.patch(path, [{ op: 'Replace', path: 'active', value: 'False' }])
          : await entra.send(
              method,
              path,
              method === 'PUT' ? { schemas: [USER], userName: 'renamed-first@wren-ames.test', active: false } : undefined,
            )
      expect(reply.status).toBe(method === 'DELETE' ? 204 : 200)
      expect(await caller.refused('person.me')).toBe('session.none')
      await settle()
    })
    expect(deeds.slice(0, 2)).toEqual(['person.provisioned', 'person.left'])
    expect(await viewOf(user.id)).toMatchObject({ state: 'left', email: user.userName })
    const after = await entra.get(path)
    if (method === 'DELETE') expect(after.status).toBe(404)
    else expect(after.json).toMatchObject({ active: false, userName: user.userName })
    // said twice it changes nothing
    expect(await world.deedsOf(() => entra.patch(path, [{ op: 'replace', value: { active: false } }]))).toEqual(
      method === 'DELETE' ? ['nothing.answered'] : [],
    )
  })

  test('nobody stays because of what else is said of them', async () => {
    const cora = await idOf('cora@wren-ames.test')
    const reply = await entra.send('PUT', `/Users/${cora}`, {
      schemas: [USER],
      userName: 'f00-cora@deleted.example',
      displayName: 'Cora (deleted)',
      emails: [{ value: 'cora@wren-ames.test' }],
      active: false,
    })
    expect(reply.status).toBe(200)
    expect(await world.cora.refused('person.me')).toBe('session.none')
    expect(await viewOf(cora)).toMatchObject({ state: 'left', name: 'Cora Lind', email: 'cora@wren-ames.test' })
    const report = await world.sam.ok('person.read', { params: { person: cora } })
    expect(report.report).toMatchObject({
      sessionsEnded: expect.toSatisfy((n: number) => n > 0),
      reason: 'The directory says that they have left.',
    })
    await settle()
  })

  test('is not done to the token’s owner', async () => {
    const sam = await idOf('sam@wren-ames.test')
    for (const reply of [
      await entra.send('DELETE', `/Users/${sam}`),
      await entra.patch(`/Users/${sam}`, [{ op: 'replace', path: 'active', value: false }]),
    ]) {
      isError(reply)
      expect(reply.status).toBe(409)
    }
    expect((await world.sam.ok('person.me')).id).toBe(sam)
  })

  test('a leaving that the firm has set for later is not called off by a directory that says nothing new', async () => {
    const { user } = await arrived()
    const partner = (await world.ada.ok('person.me')).id
    const at = new Date(Date.now() + 86_400_000).toISOString()
    await world.sam.ok('person.leave', { params: { person: user.id }, body: { at, successor: partner } })
    expect(
      (await entra.patch(`/Users/${user.id}`, [{ op: 'replace', value: { active: true, displayName: 'Still Here' } }])).json.active,
    ).toBe(true)
    expect((await viewOf(user.id)).leavesAt).toBe(at)
  })

  test('and back: with nothing of what they had, and a fresh invitation', async () => {
    const email = fresh()
    const { user, caller } = await arrived(email)
    await group('Returners', ['lawyer'], [user.id])
    expect((await caller.ok('person.me')).may).toContain('matter.create')
    await entra.patch(`/Users/${user.id}`, [{ op: 'replace', path: 'active', value: false }])
    await settle()
    const deeds = await world.deedsOf(async () => {
      expect((await entra.patch(`/Users/${user.id}`, [{ op: 'replace', path: 'active', value: true }])).json.active).toBe(true)
    })
    expect(deeds).toEqual(['person.provisioned', 'person.returned'])
    expect(await caller.refused('person.me')).toBe('session.none')
    expect(await viewOf(user.id)).toMatchObject({ state: 'invited', roles: [], roleNames: [] })
    const again = await accepted(secretIn(await invitation(email, 2)))
    expect((await again.ok('person.me')).may).toEqual([])
  })

  test('whoever was deleted is brought back by the same address, as the same person', async () => {
    const { user } = await arrived()
    await entra.send('DELETE', `/Users/${user.id}`)
    await settle()
    expect((await entra.find('Users', { filter: `userName eq "${user.userName}"` })).json.totalResults).toBe(0)
    const again = await entra.make('Users', { userName: user.userName.toUpperCase(), displayName: 'Back Again' })
    expect(again).toMatchObject({ id: user.id, displayName: 'Back Again', active: true })
    expect((await entra.get(`/Users/${user.id}`)).status).toBe(200)
  })

  test('an account made switched off has left from the start', async () => {
    const made = await entra.make('Users', { userName: fresh(), active: false })
    expect(made.active).toBe(false)
    expect(await viewOf(made.id)).toMatchObject({ state: 'left' })
    expect(mailbox.letters.filter(({ to }) => to === made.userName)).toEqual([])
    await settle()
  })
})

describe('an account for the directory alone', () => {
  test('with a role of two permissions keeps people, and cannot leave the firm without anyone to run it', async () => {
    const role = await world.sam.ok('role.create', { body: { name: 'Directory', permissions: ['person.provision', 'token.manage'] } })
    const email = fresh()
    const keeper = await world.sam.ok('person.invite', { body: { name: 'The Directory', email, roles: [role.id] } })
    const caller = await accepted(secretIn(await invitation(email)))
    const waiting = (await world.ruth.ok('approval.list')).approvals.find((one) => one.person === keeper.id)!
    await world.ruth.ok('approval.decide', { params: { approval: waiting.id }, body: { approve: true } })
    const { token } = await caller.ok('token.create', { body: { name: 'directory', scope: ['person.provision'], days: 366 } })
    caller.bearer = token
    const own = new Directory(caller)
    const made = await own.make('Users', { userName: fresh() })
    expect(made.active).toBe(true)
    // in whatever order: one who can run the firm stays
    const runners = [await idOf(CANARIES.email), await idOf('sam@wren-ames.test')]
    const replies = [await own.send('DELETE', `/Users/${runners[1]}`), await own.send('DELETE', `/Users/${runners[0]}`)]
    expect(replies.map(({ status }) => status)).toEqual([204, 409])
    isError(replies[1]!)
    expect((await world.ada.ok('person.me')).id).toBe(runners[0])
    // whoever loses the role keeps nothing with it
    await world.refresh()
    await world.ada.ok('role.retire', { params: { role: role.id } })
    expect((await own.find('Users', { count: '0' })).status).toBe(403)
  })
})
