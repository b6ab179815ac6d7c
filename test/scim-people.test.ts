import { describe, expect, test } from 'vitest'
import { LIST, USER } from '../src/contract/scim.ts'
import { secretIn } from './world/mailbox.ts'
import type { ScimJson, ScimReply } from './world/directory.ts'
import { isError, refusal, useDirectory } from './world/provisioned.ts'

// people whom a directory brings, finds and changes

const { world, mailbox, entra, fresh, idOf, viewOf, accepted, invitation } = useDirectory()

describe('people', () => {
  test('are made with no role of their own, and invited by e-mail', async () => {
    const userName = 'Noor.Haddad@Wren-Ames.test'
    const made: { reply?: ScimReply } = {}
    const deeds = await world.deedsOf(async () => {
      made.reply = await entra.send('POST', '/Users', {
        schemas: [USER],
        userName,
        externalId: 'Ext-Noor',
        name: { givenName: 'Noor', familyName: 'Haddad' },
        emails: [{ value: userName, type: 'work', primary: true }],
        active: true,
        roles: [{ value: 'administrator' }],
        password: '1mz050nq',
        title: 'Associate',
      })
    })
    const { status, headers, json } = made.reply!
    expect(status).toBe(201)
    expect(deeds).toEqual(['person.provisioned'])
    expect(headers.location).toBe(`${world.firm.url}/api/scim/v2/Users/${json.id}`)
    expect(headers.etag).toBe(json.meta.version)
    expect(json).toEqual({
      schemas: [USER],
      id: json.id,
      externalId: 'Ext-Noor',
      userName: 'noor.haddad@wren-ames.test',
      name: { givenName: 'Noor', familyName: 'Haddad' },
      emails: [{ value: 'noor.haddad@wren-ames.test', type: 'work', primary: true }],
      active: true,
      meta: {
        resourceType: 'User',
        created: expect.any(String),
        lastModified: expect.any(String),
        location: headers.location,
        version: headers.etag,
      },
    })
    expect(await viewOf(json.id)).toMatchObject({ name: 'Noor Haddad', roles: [], state: 'invited' })
    const noor = await accepted(secretIn(await invitation('noor.haddad@wren-ames.test')))
    expect((await noor.ok('person.me')).may).toEqual([])
    expect((await entra.get(`/Users/${json.id}`)).json).toEqual(json)
    // at rest there is none of it
    const rows = await world.asSuperuser(world.database, (db) => db.rows<{ t: string }>('select p::text as t from app.people p'))
    for (const word of ['Haddad', 'haddad', 'Ext-Noor'])
      for (const form of [word, Buffer.from(word).toString('hex')]) expect(rows.some((row) => row.t.includes(form))).toBe(false)
  })

  test('an address is one person’s, whatever its case', async () => {
    const userName = fresh()
    await entra.make('Users', { userName })
    const again = await entra.send('POST', '/Users', { schemas: [USER], userName: userName.toUpperCase() })
    isError(again)
    expect(refusal(again)).toEqual([409, 'uniqueness'])
    const other = await entra.make('Users', { userName: fresh() })
    expect(refusal(await entra.patch(`/Users/${other.id}`, [{ op: 'replace', path: 'userName', value: userName }]))).toEqual([
      409,
      'uniqueness',
    ])
    expect(refusal(await entra.patch(`/Users/${other.id}`, [{ op: 'replace', path: 'userName', value: 'sam@wren-ames.test' }]))).toEqual([
      409,
      'uniqueness',
    ])
    expect((await entra.get(`/Users/${other.id}`)).json.userName).toBe(other.userName)
  })

  test('are found by filters, in pages, sorted, and in parts', async () => {
    const ben = await idOf('ben@wren-ames.test')
    const first = async (filter: string) => (await entra.find('Users', { filter })).json.Resources.map(({ id }) => id)
    const mine = await entra.make('Users', { userName: fresh(), externalId: 'Ext-Find', displayName: 'Zoë Zimmer' })
    expect(await first('userName eq "BEN@wren-ames.test"')).toEqual([ben])
    expect(await first('emails[type eq "work"].value eq "ben@wren-ames.test"')).toEqual([ben])
    expect(await first('emails eq "ben@wren-ames.test" and active eq true')).toEqual([ben])
    expect(await first(`id eq "${ben}"`)).toEqual([ben])
    expect(await first('externalId eq "Ext-Find"')).toEqual([mine.id])
    expect(await first('externalId eq "ext-find"')).toEqual([])
    expect(await first('displayName eq "zoë zimmer"')).toEqual([mine.id])
    expect(await first('userName eq "nobody@wren-ames.test"')).toEqual([])
    expect(await first(`not (externalId pr) and userName sw "ben"`)).toEqual([ben])
    const all = (await entra.find('Users', {})).json
    expect(all.totalResults).toBe((await world.sam.ok('person.list')).people.length)
    const none = (await entra.find('Users', { count: '0' })).json
    expect(none).toMatchObject({ schemas: [LIST], totalResults: all.totalResults, itemsPerPage: 0, Resources: [] })
    const page = (await entra.find('Users', { startIndex: '2', count: '2', sortBy: 'userName' })).json
    const names = all.Resources.map(({ userName }) => userName).sort()
    expect(page).toMatchObject({ totalResults: all.totalResults, startIndex: 2, itemsPerPage: 2 })
    expect(page.Resources.map(({ userName }) => userName)).toEqual(names.slice(1, 3))
    const reversed = (await entra.find('Users', { sortBy: 'userName', sortOrder: 'descending', count: '1' })).json
    expect(reversed.Resources[0]!.userName).toBe(names.at(-1))
    expect((await entra.find('Users', { startIndex: '-5', count: '-1' })).json).toMatchObject({ startIndex: 1, itemsPerPage: 0 })
    expect((await entra.find('Users', { startIndex: '9999' })).json).toMatchObject({
      startIndex: 9999,
      itemsPerPage: 0,
      totalResults: all.totalResults,
    })
    expect((await entra.get(`/Users/${ben}?attributes=userName,emails.value,nothing`)).json).toEqual({
      schemas: [USER],
      id: ben,
      userName: 'ben@wren-ames.test',
      emails: [{ value: 'ben@wren-ames.test' }],
    })
    const lean = (await entra.get(`/Users/${ben}?excludedAttributes=name,meta,id`)).json
    expect(Object.keys(lean).sort()).toEqual(['active', 'displayName', 'emails', 'id', 'schemas', 'userName'])
  })

  test('are replaced and patched, and what changes nothing leaves no entry', async () => {
    const made = await entra.make('Users', { userName: fresh(), displayName: 'Old Name', externalId: 'a' })
    const path = `/Users/${made.id}`
    const put = { schemas: [USER], userName: made.userName, name: { givenName: 'New', familyName: 'Name' } }
    const got: ScimJson[] = []
    const deeds = await world.deedsOf(async () => {
      got.push((await entra.send('PUT', path, put)).json)
      got.push((await entra.send('PUT', path, { ...put, name: { familyName: 'Name', givenName: 'New' } })).json)
      got.push((await entra.patch(path, [{ op: 'replace', path: 'name.familyName', value: 'Newer' }])).json)
      got.push((await entra.patch(path, [{ op: 'Add', path: 'active', value: 'True' }])).json)
      got.push((await entra.patch(path, [{ op: 'add', value: { externalId: 'b', title: 'x' } }])).json)
    })
    expect(deeds).toEqual(Array(3).fill('person.provisioned'))
    expect(got[0]).toMatchObject({ id: made.id, name: { givenName: 'New', familyName: 'Name' } })
    expect([got[0]!.displayName, got[0]!.externalId]).toEqual([undefined, undefined])
    expect(got[1]).toEqual(got[0])
    expect(got[2]!.name).toEqual({ givenName: 'New', familyName: 'Newer' })
    expect(got[3]).toEqual(got[2])
    expect(got[4]!.externalId).toBe('b')
    expect(await viewOf(made.id)).toMatchObject({ name: 'New Newer', state: 'invited' })
  })

  test('a new address gets a new invitation, and the old one’s is dead', async () => {
    const made = await entra.make('Users', { userName: fresh(), displayName: 'Mover' })
    const old = secretIn(await invitation(made.userName))
    const to = fresh()
    expect(
      (
        await entra.patch(`/Users/${made.id}`, [
          { op: 'replace', path: 'userName', value: to },
          { op: 'replace', path: 'emails[type eq "work"].value', value: to },
        ])
      ).status,
    ).toBe(200)
    expect(await world.caller('sam').refused('invitation.read', { body: { secret: old } })).toBe('invitation.spent')
    await accepted(secretIn(await invitation(to)))
  })

  test('what the firm has changed since is told, and stays when a directory changes something else', async () => {
    const made = await entra.make('Users', {
      userName: fresh(),
      displayName: 'From Directory',
      name: { givenName: 'From' },
      externalId: 'x',
    })
    await world.sam.ok('person.edit', { params: { person: made.id }, body: { name: 'By The Firm', email: made.userName } })
    expect((await entra.get(`/Users/${made.id}`)).json).toMatchObject({
      displayName: 'By The Firm',
      name: { formatted: 'By The Firm' },
      externalId: 'x',
    })
    await entra.patch(`/Users/${made.id}`, [{ op: 'replace', path: 'externalId', value: 'y' }])
    expect((await viewOf(made.id)).name).toBe('By The Firm')
  })

  test('a mail server that refuses costs no person, and shows no link', async () => {
    mailbox.refusing = true
    const reply = await entra.send('POST', '/Users', { schemas: [USER], userName: fresh() }).finally(() => (mailbox.refusing = false))
    expect(reply.status).toBe(201)
    expect(reply.bytes.toString()).not.toMatch(/subrosa_|invitation/)
  })
})
