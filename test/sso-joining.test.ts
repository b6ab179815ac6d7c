import { beforeEach, describe, expect, test } from 'vitest'
import { GOLD } from './fixtures/real-provider.ts'
import { codeOf } from './world/build.ts'
import type { Caller } from './world/caller.ts'
import { Directory } from './world/directory.ts'
import { useSso } from './world/identity-provider.ts'

// whom a group at the identity provider lets in

const { world, idp, set, signIn, refused, link, unlink, idOf, newcomer, claimsGroup, enrol, last } = useSso()

describe('whom a group lets in', () => {
  beforeEach(() => set({ joining: 'groups' }))

  test('comes in with what the group brings, and loses it at the sign-in after', async () => {
    await claimsGroup('litigation-team', ['paralegal'])
    const { subject, email } = newcomer(['litigation-team', 'unmapped'])
    const first: { caller?: Caller; totp?: string } = {}
    const deeds = await world.deedsOf(async () => {
      const { caller, done } = await signIn(subject)
      expect(done.next!.step).toBe('factor')
      expect(await caller.refused('person.me')).toBe('session.none')
      first.totp = await enrol(caller, done.next)
      first.caller = caller
    })
    expect(deeds).toEqual(['person.joined', 'identity.linked', 'person.provisioned', 'factor.enrolled', 'session.created'])
    const me = await first.caller!.ok('person.me')
    expect(me).toMatchObject({ name: `New ${last()}`, email, roles: ['paralegal'] })
    expect((await first.caller!.ok('matter.list')).matters).toEqual([])
    // the same again changes nothing
    expect(await world.deedsOf(() => signIn(subject, { acr: GOLD }))).toEqual(['session.created'])
    idp.provider.people[subject]!.groups = ['unmapped']
    const later = await world.deedsOf(() => signIn(subject, { acr: GOLD }))
    expect(later).toEqual(['person.provisioned', 'session.created'])
    expect(await first.caller!.refused('matter.list')).toBe('may.not')
    // and is asked for the second factor that there is now
    await world.forgetUsedCodes()
    const again = await signIn(subject)
    expect(again.done.next!.step).toBe('second')
    await again.caller.ok('sso.second', { body: { secret: again.done.next!.secret, code: codeOf(first.totp!) } })
  })

  test('is nobody without a mapped group, without an address, or where people are invited', async () => {
    await world.sam.ok('group.create', { body: { name: 'by-hand', roles: ['lawyer'] } })
    await claimsGroup('brings-nothing', [])
    await claimsGroup('real-group', ['lawyer'])
    for (const groups of [[], ['nothing'], ['by-hand'], ['brings-nothing']])
      expect(await refused(newcomer(groups).subject, { acr: GOLD })).toBe('sso.unknown')
    expect(await refused(newcomer(['real-group'], { email: undefined }).subject, { acr: GOLD })).toBe('sso.provider')
    expect(await refused(newcomer(['real-group'], { email: 'no address' }).subject, { acr: GOLD })).toBe('sso.provider')
    await set({ joining: 'invited' })
    expect(await refused(newcomer(['real-group']).subject, { acr: GOLD })).toBe('sso.unknown')
  })

  test('whoever has left does not come in again as someone new', async () => {
    await claimsGroup('leavers-group', ['lawyer'])
    const { subject, email } = newcomer(['leavers-group'])
    const { caller } = await signIn(subject, { acr: GOLD })
    expect((await caller.ok('person.me')).email).toBe(email)
    await world.refresh()
    const successor = (await world.ada.ok('person.me')).id
    await world.sam.ok('person.leave', { params: { person: await idOf(email) }, body: { successor } })
    expect(await caller.refused('person.me')).toBe('session.none')
    expect(await refused(subject, { acr: GOLD })).toBe('sso.unknown')
    // nor under another address of the same account
    idp.provider.people[subject]!.email = `another-${email}`
    expect(await refused(subject, { acr: GOLD })).toBe('sso.unknown')
  })

  test('nobody comes by what they said themselves', async () => {
    await unlink(world.sam)
    await link(world.sam, 'sam-subject')
    idp.provider.people['sam-subject'] = { name: 'Sam', email: 'sam@idp.example', groups: ['self-made', 'made-by-ada'] }
    await claimsGroup('self-made', ['lawyer'])
    const { caller } = await signIn('sam-subject', { acr: GOLD }, world.caller('sam'))
    expect((await caller.ok('person.me')).may).not.toContain('matter.create')
    // of another administrator it is theirs to say
    await claimsGroup('made-by-ada', ['lawyer'], world.ada)
    const again = await signIn('sam-subject', { acr: GOLD }, world.caller('sam'))
    expect((await again.caller.ok('person.me')).may).toContain('matter.create')
    await unlink(world.sam)
  })

  test('someone whom the directory brought comes in under its id, and nobody else under it', async () => {
    const { token } = await world.sam.ok('token.create', { body: { name: 'directory', scope: ['person.provision'], days: 1 } })
    const caller = world.caller('sam')
    caller.bearer = token
    const directory = new Directory(caller)
    const { subject, email } = newcomer([])
    const user = await directory.make('Users', { userName: email, externalId: subject, displayName: 'By Directory' })
    // no group has them yet
    expect(await refused(subject, { acr: GOLD })).toBe('sso.unknown')
    const group = await directory.make('Groups', { displayName: 'Directory group', members: [{ value: user.id }] })
    expect(await refused(subject, { acr: GOLD })).toBe('sso.unknown')
    await world.sam.ok('group.change', { params: { group: group.id }, body: { name: 'Directory group', roles: ['staff'] } })
    // the address alone is nothing
    idp.provider.people.pretender = { name: 'Pretender', email, email_verified: true, groups: [] }
    expect(await refused('pretender', { acr: GOLD })).toBe('sso.unknown')
    const { caller: them, done } = await signIn(subject)
    await enrol(them, done.next)
    expect(await them.ok('person.me')).toMatchObject({ id: user.id, name: 'By Directory', roles: ['staff'] })
    // what SCIM keeps the claims do not touch
    expect((await directory.get(`/Groups/${group.id}`)).json.members).toHaveLength(1)
    // two of that id are nobody
    const twin = newcomer([])
    const both = [twin.email, `twin-${twin.email}`]
    const twins = await Promise.all(both.map((userName) => directory.make('Users', { userName, externalId: twin.subject })))
    await directory.patch(`/Groups/${group.id}`, [{ op: 'add', path: 'members', value: twins.map(({ id }) => ({ value: id })) }])
    expect(await refused(twin.subject, { acr: GOLD })).toBe('sso.unknown')
    // nor someone to whom the firm gave a role by hand
    const lawyer = newcomer([])
    const kept = await directory.make('Users', { userName: lawyer.email, externalId: lawyer.subject })
    await directory.patch(`/Groups/${group.id}`, [{ op: 'add', path: 'members', value: [{ value: kept.id }] }])
    await world.sam.ok('person.change', { params: { person: kept.id }, body: { roles: ['lawyer'], reason: 'by hand' } })
    expect(await refused(lawyer.subject, { acr: GOLD })).toBe('sso.unknown')
  })
})
