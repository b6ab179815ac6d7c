import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { DocumentView } from '../src/contract/document.ts'
import { uuidv7 } from '../src/core/ids.ts'
import { USER_AGENT, type Caller, type Reply } from './world/caller.ts'
import { errorIn, Handled } from './world/handled.ts'
import { intruder, ownMatter } from './world/joining.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Handled(world)
let matter: string
beforeAll(async () => (matter = await firm.matterOf('confidential')))
beforeEach(() => firm.begin())

const added = (by: Caller, document: string, from: number, content: string | Buffer, query: Record<string, string> = {}): Promise<Reply> =>
  by.send(
    'POST',
    `/api/documents/${document}/versions?${new URLSearchParams({ from: String(from), reason: 'Comments of counsel', ...query })}`,
    { 'content-type': 'application/octet-stream' },
    Buffer.from(content as string),
  )
const make = async (...contents: string[]): Promise<DocumentView> => {
  let made: DocumentView = await firm.added(matter, contents[0])
  for (const content of contents.slice(1)) made = (await added(world.ada, made.id, made.version, content)).json as DocumentView
  return made
}
const code = (reply: Reply): string => (reply.status < 300 ? `answered ${reply.status}` : errorIn(reply).code)
const at = (document: { id: string }) => ({ params: { document: document.id } })
const newest = async () => (await world.historyOf(matter))[0]!
const waiting = () => readdir(join(world.dir, 'data', 'blobs', 'incoming'))
const contentOf = async (by: Caller, document: string, version?: number) => {
  const opened = await by.ok('document.open', { params: { document }, ...(version && { query: { version } }) })
  return (await by.send('GET', opened.content)).bytes.toString()
}

test('a version stands beside those before it: each is opened and copied by its number, and its entry says why', async () => {
  const document = await make('first\n')
  const reply = await added(world.ben, document.id, 1, 'second\n')
  const sha256 = createHash('sha256').update('second\n').digest('hex')
  expect(reply.status).toBe(201)
  expect(reply.json).toMatchObject({ id: document.id, version: 2, size: 7, sha256, raised: false, read: 'whole' })
  expect(await newest()).toMatchObject({
    deed: 'version.added',
    object: document.name,
    details: { version: 2, from: 1, size: 7, sha256, reason: 'Comments of counsel', class: 'confidential' },
  })
  expect(await contentOf(world.ada, document.id)).toBe('second\n')
  expect(await contentOf(world.ada, document.id, 1)).toBe('first\n')
  expect((await newest()).details).toMatchObject({ version: 1, size: 6 })
  const copy = (version: number) => world.ada.ask('document.download', { ...at(document), query: { version } })
  expect((await copy(1)).bytes.toString()).toBe('first\n')
  expect((await copy(2)).bytes.toString()).toBe('second\n')
  expect(code(await copy(3))).toBe('nothing')
  expect(await world.ada.refused('document.open', { ...at(document), query: { version: 3 } })).toBe('nothing')
  const { versions } = await world.ada.ok('version.list', at(document))
  expect(versions.map(({ number, reason, size }) => [number, reason, size])).toEqual([
    [2, 'Comments of counsel', 7],
    [1, '', 6],
  ])
  expect(versions[0]!.by.name).toContain('Ben')
  expect((await world.ada.ok('document.list', { params: { matter } })).documents.filter((one) => one.id === document.id)).toMatchObject([
    { version: 2, sha256 },
  ])
})

test('an opening of a version goes on when a newer one comes', async () => {
  const document = await make('first\n')
  const opened = await world.ben.ok('document.open', at(document))
  await added(world.ada, document.id, 1, 'second\n')
  expect((await world.ben.send('GET', opened.content)).bytes.toString()).toBe('first\n')
})

test('from an old base, with the same content, empty, without a reason or a base: refused, and nothing is left on the disk', async () => {
  const document = await make('first\n', 'second\n')
  expect(code(await added(world.ada, document.id, 1, 'third\n'))).toBe('version.old')
  expect(code(await added(world.ada, document.id, 3, 'third\n'))).toBe('version.old')
  expect(code(await added(world.ada, document.id, 2, 'second\n'))).toBe('version.same')
  expect(code(await added(world.ada, document.id, 2, ''))).toBe('document.empty')
  expect(code(await added(world.ada, document.id, 2, 'x', { reason: ' ' }))).toBe('input.invalid')
  expect(code(await added(world.ada, document.id, 0, 'x'))).toBe('input.invalid')
  expect(await waiting()).toEqual([])
  expect((await world.ada.ok('version.list', at(document))).versions).toHaveLength(2)
  expect(code(await added(world.ada, document.id, 2, 'first\n'))).toBe('answered 201')
})

test('of two at once from one base one is kept, and the other is told', async () => {
  const document = await make('first\n')
  const replies = await Promise.all([world.ada, world.ben, world.ada, world.ben].map((by, i) => added(by, document.id, 1, `other ${i}\n`)))
  expect(replies.map(code).sort()).toEqual(['answered 201', 'version.old', 'version.old', 'version.old'])
  expect((await world.ada.ok('version.list', at(document))).versions).toHaveLength(2)
  expect(await waiting()).toEqual([])
})

test('what one has out is one’s own to add to, and comes back with the version unless it is kept', async () => {
  const document = await make('first\n')
  expect(await world.ben.ok('document.take-out', { ...at(document), body: { note: 'On the train' } })).toMatchObject({
    out: { by: { id: (await world.ben.ok('person.me')).id }, note: 'On the train' },
  })
  expect(await newest()).toMatchObject({ deed: 'document.out', details: { note: 'On the train' } })
  expect(code(await added(world.ada, document.id, 1, 'second\n'))).toBe('document.out')
  expect((await added(world.ben, document.id, 1, 'second\n', { keep: 'true' })).json).toMatchObject({
    version: 2,
    out: { note: 'On the train' },
  })
  expect(code(await added(world.ada, document.id, 2, 'third\n'))).toBe('document.out')
  expect((await added(world.ben, document.id, 2, 'third\n')).json).toMatchObject({ version: 3, out: null })
  expect((await firm.read(world.ada, document.id)).out).toBeNull()
  expect(code(await added(world.ada, document.id, 3, 'fourth\n'))).toBe('answered 201')
})

test('what a version holds raises the class of its document, and never lowers it', async () => {
  const document = await make('Dear all\n')
  await firm.change({}, { iban: { minimum: 'privileged', does: 'refuse' } })
  const iban = 'Please pay to DE89 3704 0044 0532 0130 00 by Friday.\n'
  expect((await added(world.ada, document.id, 1, iban)).json).toMatchObject({
    class: 'privileged',
    raised: true,
    found: [{ type: 'iban', count: 1 }],
  })
  expect((await newest()).details).toMatchObject({ class: 'privileged', raised: true, found: 'iban 1' })
  expect((await added(world.ada, document.id, 2, 'Dear all again\n')).json).toMatchObject({ class: 'privileged', raised: false, found: [] })
  expect((await firm.read(world.ben, document.id)).class).toBe('privileged')
})

test('a version of someone who loses the matter while it streams is not kept', async () => {
  const document = await make('first\n')
  const { id: ben } = await world.ben.ok('person.me')
  const request = httpRequest(`${world.firm.url}/api/documents/${document.id}/versions?from=1&reason=x`, {
    method: 'POST',
    headers: { 'cookie': world.ben.cookie!, 'user-agent': USER_AGENT, 'sec-fetch-site': 'same-origin', 'content-length': '3000000' },
  })
  const answered = new Promise<number>((resolve) => request.on('response', (answer) => resolve(answer.statusCode!)))
  request.write(randomBytes(2_000_000))
  await expect.poll(waiting).toHaveLength(1)
  await world.ada.ok('team.leave', { params: { matter, person: ben } })
  request.end(randomBytes(1_000_000))
  expect(await answered).toBe(404)
  await expect.poll(waiting).toEqual([])
  await world.ada.ok('team.join', { params: { matter }, body: { person: ben } })
  expect((await world.ada.ok('version.list', at(document))).versions).toHaveLength(1)
})

test('whoever does not reach it is answered as for nothing, byte for byte', async () => {
  const document = await make('first\n', 'second\n')
  const nothing = uuidv7(Date.now())
  for (const by of [world.cora, world.sam]) {
    const asked = async (id: string) => {
      const params = { document: id }
      return [
        await by.ask('version.list', { params }),
        await by.ask('version.compare', { params, body: { older: 1, newer: 2 } }),
        await added(by, id, 2, 'mine\n'),
        await added(by, id, 1, 'mine\n'),
      ].map((reply) => [reply.status, reply.bytes.toString().replaceAll(id, 'ID')])
    }
    const [there, not] = [await asked(document.id), await asked(nothing)]
    expect(there).toEqual(not)
  }
  expect(code(await world.cora.ask('version.list', at(document)))).toBe('nothing')
  expect((await world.ada.ok('version.list', at(document))).versions).toHaveLength(2)
})

test('two versions side by side: changes with their neighbours, what is far from them counted; it is an act', async () => {
  const before = Array.from({ length: 40 }, (_, i) => `line ${i}`)
  const after = before.toSpliced(20, 1, 'changed', 'more')
  const document = await make(before.join('\n'), after.join('\r\n'))
  const compared = await world.ben.ok('version.compare', { ...at(document), body: { older: 1, newer: 2 } })
  expect(compared).toMatchObject({
    added: 2,
    removed: 1,
    left: [
      { before: 0, count: 17 },
      { before: 9, count: 16 },
    ],
  })
  expect(compared.lines.map((line) => `${line.in} ${line.text}`)).toEqual([
    ...['both line 17', 'both line 18', 'both line 19', 'older line 20', 'newer changed', 'newer more'],
    ...['both line 21', 'both line 22', 'both line 23'],
  ])
  expect(await newest()).toMatchObject({ deed: 'version.compared', details: { older: 1, newer: 2 } })
  const same = await world.ben.ok('version.compare', { ...at(document), body: { older: 2, newer: 2 } })
  expect(same).toEqual({ lines: [], left: [{ before: 0, count: 41 }], added: 0, removed: 0 })
  expect(await world.ben.refused('version.compare', { ...at(document), body: { older: 1, newer: 3 } })).toBe('nothing')
})

test('what is no text, too large, too long or another text altogether is not laid side by side', async () => {
  const compare = async (...contents: string[]) => {
    const document = await make(...contents)
    const deeds = await world.deedsOf(async () => {
      expect(await world.ada.refused('version.compare', { ...at(document), body: { older: 1, newer: 2 } })).toBe('compare.refused')
    })
    expect(deeds).not.toContain('version.compared')
  }
  await compare('text', 'a\0b')
  await compare('text', `${'x'.repeat(1000)}\n`.repeat(2200))
  await compare('text', 'x\n'.repeat(50_001))
  const many = (mark: string) => Array.from({ length: 30_000 }, (_, i) => `${mark}${i}`).join('\n')
  await compare(many('a'), many('b'))
})

test('a class that asks for a fresh factor asks for it to compare too', async () => {
  const document = await make('first\n', 'second\n')
  const asks = { open: 'fresh', downloadAsks: 'fresh' } as const
  await firm.change({ confidential: asks, privileged: asks })
  await world.asSuperuser(world.database, (db) =>
    db.run(`update app.sessions set factor_at = now() - interval '1 hour' where kind <> 'token'`),
  )
  expect(await world.ada.refused('version.compare', { ...at(document), body: { older: 1, newer: 2 } })).toBe('factor.stale')
  await world.refresh()
  expect((await world.ada.ok('version.compare', { ...at(document), body: { older: 1, newer: 2 } })).added).toBe(1)
})

test('SQL of one’s own overwrites and deletes no version, and adds none past the law', async () => {
  const document = await make('first\n', 'second\n')
  const other = await ownMatter(world.cora, 'Of Cora')
  const [theirs] = (await world.cora.ok('document.list', { params: { matter: other } })).documents
  const bytes = Buffer.alloc(60, 1)
  const insert =
    'insert into app.versions (id, document_id, matter_id, number, wrapped_key, sealed_facts, content_token, size, created_by) values ($1, $2, $3, $4, $5, $5, $5, 9, hidden.me())'
  const law = 'select hidden.add_version($1, $2, $3, $4, $4, $4, 9, $4, $5, false) as number'
  await intruder(world, world.ben, async (say) => {
    expect((await say(insert, [uuidv7(Date.now()), document.id, matter, 3, bytes])).code).toBe('42501')
    expect((await say(insert, [uuidv7(Date.now()), document.id, matter, 1, bytes])).code).toBe('42501')
    expect((await say('update app.versions set size = 1 where document_id = $1', [document.id])).code).toBe('42501')
    expect((await say('delete from app.versions')).code).toBe('42501')
    expect((await say(law, [uuidv7(Date.now()), document.id, 1, bytes, 'confidential'])).code).toBe('SR033')
    expect((await say(law, [uuidv7(Date.now()), theirs!.id, 1, bytes, 'confidential'])).rows).toEqual([{ number: null }])
    // the same, in reach and from the newest, goes through: it is the law and not the words that said no
    expect((await say(law, [uuidv7(Date.now()), document.id, 2, bytes, 'confidential'])).rows).toEqual([{ number: 3 }])
  })
  expect((await world.ada.ok('version.list', at(document))).versions.map((one) => one.number)).toEqual([2, 1])
})

test('nothing is added to a document that is locked, in the trash or in a closed matter', async () => {
  const own = await ownMatter(world.ada, 'To be closed')
  const [document] = (await world.ada.ok('document.list', { params: { matter: own } })).documents
  await world.ada.ok('document.lock', { ...at(document!), body: { as: 'served' } })
  expect(code(await added(world.ada, document!.id, 1, 'x'))).toBe('document.locked')
  await world.ada.ok('document.unlock', { ...at(document!), body: { reason: 'Served in error' } })
  await world.ada.ok('document.trash', { params: { matter: own }, body: { documents: [document!.id] } })
  expect(code(await added(world.ada, document!.id, 1, 'x'))).toBe('nothing')
  await world.ada.ok('document.restore', { params: { matter: own }, body: { documents: [document!.id] } })
  await world.ada.ok('matter.close', { params: { matter: own }, body: { reason: 'Done' } })
  expect(code(await added(world.ada, document!.id, 1, 'x'))).toBe('matter.closed')
  expect(await waiting()).toEqual([])
})
