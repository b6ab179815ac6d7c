import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { openScrubber } from '../src/features/vault/scrubbing.ts'
import type { DocumentView } from '../src/contract/document.ts'
import { uuidv7 } from '../src/core/ids.ts'
import { openEraser } from '../src/features/vault/erasing.ts'
import type { Caller } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { errorIn } from './world/handled.ts'
import { intruder } from './world/joining.ts'
import { lift, raise } from './world/walling.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { at, entries, file, move, places, trash } = firm
let other = ''
let otherTitle = 0
beforeEach(async () => {
  await firm.beginAnew()
  other = await matterOf({})
})

async function matterOf(more: Record<string, unknown>): Promise<string> {
  const client = await world.ada.ok('client.create', { body: { name: `Another client ${(otherTitle += 1)}` } })
  const { id } = await world.ada.ok('matter.create', { body: { client: client.id, title: `Another matter ${otherTitle}`, ...more } })
  await world.ada.ok('team.join', { params: { matter: id }, body: { person: (await world.ben.ok('person.me')).id } })
  return id
}
const wish = (documents: { id: string }[], more: Record<string, unknown> = {}) => ({
  params: { matter: firm.matter },
  body: { documents: documents.map(({ id }) => id), to: other, folder: '', copy: false, reason: 'Misfiled', ...more },
})
const inOther = async (by: Caller = world.ada) => (await by.ok('document.list', { params: { matter: other } })).documents
const otherEntries = async (by: Caller = world.ada) => (await by.ok('entry.list', { params: { matter: other } })).entries
const incoming = () => readdir(join(world.dir, 'data', 'blobs', 'incoming'))
const versionIds = (document: string) =>
  world.asSuperuser(world.database, (db) =>
    db.rows<{ id: string; matter_id: string }>('select id, matter_id from app.versions where document_id = $1 order by number', [document]),
  )
const addVersion = async (document: DocumentView, content: string, by = world.ben): Promise<DocumentView> => {
  const query = new URLSearchParams({ from: String(document.version), reason: 'Comments of counsel' })
  const headers = { 'content-type': 'application/octet-stream' }
  const reply = await by.send('POST', `/api/documents/${document.id}/versions?${query}`, headers, Buffer.from(content))
  expect(reply.status).toBe(201)
  return reply.json as DocumentView
}
const contentOf = async (document: string, version?: number, by = world.ada) =>
  (await by.ask('document.download', { params: { document }, ...(version && { query: { version } }) })).bytes.toString()

test('a document moves with its id, its versions and what is known of it; each matter has an entry, and the old contents end', async () => {
  const one = await addVersion(await file('one.txt', 'Letters', 'first\n'), 'second\n')
  const about = { privilege: 'work-product', tags: ['draft'], author: 'A. Wren', custodian: '', source: '', receivedOn: null }
  await world.ada.ok('document.describe', { ...at(one), body: about })
  await world.ada.ok('document.take-out', { ...at(one), body: { note: 'For the hearing' } })
  const before = await world.ada.ok('version.list', at(one))
  const opened = await world.ben.ok('document.open', at(one))
  const old = await versionIds(one.id)
  const deeds = await world.deedsOf(async () => {
    const { documents } = await world.ada.ok('document.transfer', wish([one], { folder: 'From elsewhere/Letters' }))
    expect(documents).toMatchObject([{ id: one.id, matter: other, name: 'one.txt', folder: 'From elsewhere/Letters', version: 2, about }])
    expect(documents[0]!.out).toMatchObject({ note: 'For the hearing' })
  })
  expect(deeds).toEqual(['document.sent', 'document.taken'])
  expect(await places()).toEqual([])
  expect(await world.ada.ok('version.list', at(one))).toEqual(before)
  expect([await contentOf(one.id), await contentOf(one.id, 1)]).toEqual(['second\n', 'first\n'])
  expect((await entries())[0]).toMatchObject({
    deed: 'document.sent',
    object: 'one.txt',
    details: { folder: 'Letters', toMatter: other, versions: 2, reason: 'Misfiled' },
  })
  const taken = (await otherEntries()).find((entry) => entry.deed === 'document.taken')
  expect(taken).toMatchObject({
    object: 'one.txt',
    details: { folder: 'From elsewhere/Letters', fromMatter: firm.matter, versions: 2, version: 2, copy: false, sha256: one.sha256 },
  })
  // what was opened of it before ends; its contents have other ids and are erased under the old ones
  expect((await world.ben.send('GET', opened.content)).status).toBe(404)
  const now = await versionIds(one.id)
  expect(now.map((row) => row.matter_id)).toEqual([other, other])
  expect(now.filter((row) => old.some(({ id }) => id === row.id))).toEqual([])
  await openEraser(world.firm.house).run()
  for (const { id } of old) await expect(world.firm.house.blobs.size(id)).rejects.toThrow()
  expect([await contentOf(one.id), await incoming()]).toEqual(['second\n', []])
})

test('a copy begins a document of its own and leaves the other as it is, also one that is locked or out or in a closed matter', async () => {
  const one = await addVersion(await file('one.txt', '', 'first\n'), 'second\n')
  await world.ben.ok('document.take-out', { ...at(one), body: { note: '' } })
  await world.ada.ok('document.lock', { ...at(one), body: { as: 'served' } })
  await world.ada.ok('matter.close', { params: { matter: firm.matter }, body: { reason: 'Done' } })
  const before = await firm.read(world.ada, one.id)
  const deeds = await world.deedsOf(() => world.ada.ok('document.transfer', wish([one], { copy: true })))
  expect(deeds).toEqual(['document.copied', 'document.taken'])
  const [copy] = await inOther()
  expect(copy).toMatchObject({ name: 'one.txt', version: 2, out: null, locked: null, sha256: one.sha256 })
  expect(copy!.id).not.toBe(one.id)
  expect(await firm.read(world.ada, one.id)).toEqual(before)
  const versions = async (id: string) => (await world.ada.ok('version.list', { params: { document: id } })).versions
  expect(await versions(copy!.id)).toEqual(await versions(one.id))
  expect([await contentOf(copy!.id, 1), await contentOf(one.id, 1)]).toEqual(['first\n', 'first\n'])
  expect(await world.ada.refused('document.transfer', wish([one]))).toBe('matter.closed')
})

test('all go or none, and the refusal names the one that is in the way', async () => {
  const [one, two] = [await file('one.txt'), await file('two.txt')]
  await world.ada.upload(other, 'two.txt', 'Letters', Buffer.from('there'))
  const taken = await world.ada.ask('document.transfer', wish([one, two], { folder: 'Letters' }))
  expect(errorIn(taken)).toMatchObject({ code: 'name.taken', text: expect.stringContaining('“two.txt”') })
  await world.ben.ok('document.take-out', { ...at(two), body: { note: '' } })
  const out = errorIn(await world.ada.ask('document.transfer', wish([one, two])))
  expect(out).toMatchObject({ code: 'document.out', text: expect.stringContaining('“two.txt”') })
  await world.ben.ok('document.bring-back', at(two))
  await world.ada.ok('document.lock', { ...at(two), body: { as: 'filed' } })
  expect(await world.ada.refused('document.transfer', wish([one, two]))).toBe('document.locked')
  await world.ada.ok('document.unlock', { ...at(two), body: { reason: 'In error' } })
  for (const documents of [
    [one, { id: uuidv7(Date.now()) }],
    [one, (await inOther())[0]!],
  ])
    expect(await world.ada.refused('document.transfer', wish(documents))).toBe('nothing')
  await world.ada.ok('document.trash', trash(two))
  expect(await world.ada.refused('document.transfer', wish([one, two]))).toBe('nothing')
  expect(await world.ada.refused('document.transfer', wish([one], { to: firm.matter }))).toBe('matter.state')
  await world.ada.ok('matter.close', { params: { matter: other }, body: { reason: 'Done' } })
  expect(await world.ada.refused('document.transfer', wish([one], { copy: true }))).toBe('matter.closed')
  expect([await places(), (await inOther()).length, await incoming()]).toEqual([['one.txt'], 1, []])
})

test('a class is nowhere milder than it was, and not milder than the other matter’s', async () => {
  const [mild, strict] = [await file('mild.txt'), await file('strict.txt')]
  await world.ada.ok('document.classify', { ...at(strict), body: { class: 'privileged' } })
  other = await matterOf({ class: 'privileged' })
  const { documents } = await world.ada.ok('document.transfer', wish([mild, strict]))
  expect(documents.map((one) => one.class)).toEqual(['privileged', 'privileged'])
  // back into the milder matter both stay what they were
  const back = await world.ada.ok('document.transfer', {
    params: { matter: other },
    body: { documents: [mild.id], to: firm.matter, folder: '', copy: false, reason: 'Back' },
  })
  expect(back.documents[0]!.class).toBe('privileged')
  const kept = await world.asSuperuser(world.database, (db) =>
    db.row<{ class: string }>('select class from app.documents where id = $1', [mild.id]),
  )
  expect(kept!.class).toBe('privileged')
})

test('a copy asks what a download asks: none of a Restricted document is made, and it moves only as it may be opened', async () => {
  const one = await file('one.txt')
  await world.ada.ok('document.classify', { ...at(one), body: { class: 'restricted' } })
  expect(await world.ada.refused('document.transfer', wish([one], { copy: true }))).toBe('matrix.refused')
  expect(await world.ada.refused('document.transfer', wish([one]))).toBe('factor.passkey')
  await firm.change({ restricted: { open: 'session', downloadAsks: 'fresh', download: true } })
  await world.asSuperuser(world.database, (db) => db.run(`update app.sessions set factor_at = now() - interval '1 hour'`))
  expect(await world.ada.refused('document.transfer', wish([one], { copy: true }))).toBe('factor.stale')
  await world.ada.ok('document.transfer', wish([one]))
  expect((await inOther())[0]).toMatchObject({ id: one.id, class: 'restricted' })
})

test('whoever does not reach one of the two matters is answered as for nothing, byte for byte, and learns of neither', async () => {
  const one = await file('one.txt')
  const asked = async (by: Caller, document: string, from: string, to: string) => {
    const body = { documents: [document], to, folder: 'X', copy: false, reason: 'x' }
    const reply = await by.ask('document.transfer', { params: { matter: from }, body })
    return [reply.status, reply.bytes.toString()]
  }
  const nobody = () => uuidv7(Date.now())
  const nothing = await asked(world.cora, nobody(), nobody(), nobody())
  expect(nothing[0]).toBe(404)
  expect(await asked(world.cora, one.id, firm.matter, other)).toEqual(nothing)
  // Ben is on both, and then walled from one: the target is nothing to him, and what went there before is
  const gone = await file('gone.txt')
  await world.ada.ok('document.transfer', wish([gone]))
  const wall = await raise(world.ruth, { matters: [{ matter: other }], people: [{ person: (await world.ben.ok('person.me')).id }] })
  expect(await asked(world.ben, one.id, firm.matter, other)).toEqual(await asked(world.ben, one.id, firm.matter, nobody()))
  expect(await world.ben.refused('document.read', at(gone))).toBe('nothing')
  const told = JSON.stringify(await entries(world.ben))
  expect(told).not.toContain('Another')
  expect(await places(world.ben)).toEqual(['one.txt'])
  await lift(world.ada, world.ruth, wall.id)
  expect((await inOther(world.ben)).map(({ name }) => name)).toEqual(['gone.txt'])
})

test('walled while its contents are sealed: the act asks again, nothing moves and nothing is left behind', async () => {
  const one = await file('one.txt', '', 'x'.repeat(3_000_000))
  const { blobs } = world.firm.house
  const receive = blobs.receive
  let wall = ''
  blobs.receive = async (...given) => {
    const sealed = await receive(...given)
    const person = (await world.ben.ok('person.me')).id
    wall = (await raise(world.ruth, { matters: [{ matter: other }], people: [{ person }] })).id
    return sealed
  }
  const code = await world.ben.refused('document.transfer', wish([one])).finally(() => (blobs.receive = receive))
  expect(code).toBe('nothing')
  expect([await places(), await inOther(), await incoming()]).toEqual([['one.txt'], [], []])
  await lift(world.ada, world.ruth, wall)
})

test('what changes while its contents are sealed is not lost: the mover is told to look again', async () => {
  const one = await file('one.txt', '', 'first\n')
  const { blobs } = world.firm.house
  const receive = blobs.receive
  let once = false
  blobs.receive = async (...given) => {
    const sealed = await receive(...given)
    if (!once) {
      once = true
      await addVersion(one, 'second\n')
    }
    return sealed
  }
  const code = await world.ada.refused('document.transfer', wish([one])).finally(() => (blobs.receive = receive))
  expect(code).toBe('version.old')
  expect([await places(), await contentOf(one.id), await incoming()]).toEqual([['one.txt'], 'second\n', []])
})

test('two who move the same document at once, to two matters: one does, and it stands in one', async () => {
  const one = await file('one.txt', '', 'words\n')
  const third = await matterOf({})
  const replies = await Promise.all([
    world.ada.ask('document.transfer', wish([one])),
    world.ben.ask('document.transfer', wish([one], { to: third })),
  ])
  expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1)
  const rest = errorIn(replies.find((reply) => reply.status !== 200)!)
  expect(['nothing', 'version.old']).toContain(rest.code)
  expect([await contentOf(one.id), await places(), await incoming()]).toEqual(['words\n', [], []])
  const stands = (await versionIds(one.id)).map((row) => row.matter_id)
  expect(stands).toEqual([replies[0]!.status === 200 ? other : third])
})

test('moves between two matters in both directions at once end, and each document is whole', async () => {
  const here = await Promise.all([1, 2, 3, 4].map((n) => file(`here ${n}.txt`, '', `here ${n}`)))
  const there = await Promise.all([1, 2, 3, 4].map((n) => world.ada.upload(other, `there ${n}.txt`, '', Buffer.from(`there ${n}`))))
  const back = (document: DocumentView) => ({
    params: { matter: other },
    body: { documents: [document.id], to: firm.matter, folder: '', copy: false, reason: 'Back' },
  })
  await Promise.all([
    ...here.map((one, n) => (n % 2 ? world.ada : world.ben).ok('document.transfer', wish([one]))),
    ...there.map((one) => world.ada.ok('document.transfer', back(one))),
  ])
  expect(await places()).toEqual(['there 1.txt', 'there 2.txt', 'there 3.txt', 'there 4.txt'])
  for (const one of [...here, ...there]) expect(await contentOf(one.id)).toBe(one.name.replace('.txt', ''))
})

test('what was asked for in the matter that it left is decided there no more, and is told to nobody in the other', async () => {
  const one = await file('one.txt')
  await world.ada.ok('document.classify', { ...at(one), body: { class: 'privileged' } })
  const body = { class: 'confidential', reason: 'The marking was in error' }
  const { confirmation } = await world.ada.ok('document.lower', { ...at(one), body })
  await world.ada.ok('document.transfer', wish([one]))
  const listed = async (by: Caller) => (await by.ok('confirmation.list')).confirmations.filter((row) => row.id === confirmation)
  expect(await listed(world.ben)).toEqual([])
  expect(await world.ben.refused('confirmation.decide', { params: { confirmation }, body: { approve: true } })).toBe('nothing')
  expect((await firm.read(world.ada, one.id)).class).toBe('privileged')
})

test('a content that is not what was sealed is not carried on', async () => {
  const one = await file('one.txt', '', 'words\n')
  const [version] = await versionIds(one.id)
  const { blobs } = world.firm.house
  const read = blobs.read
  blobs.read = async function* (...given) {
    for await (const part of read(...given)) yield given[0] === version!.id ? Buffer.from(part).fill(0) : part
  }
  const code = await world.ada.refused('document.transfer', wish([one])).finally(() => (blobs.read = read))
  expect(code).toBe('document.broken')
  // it was found broken, and is opened again once it was read whole
  expect(JSON.parse(await contentOf(one.id)).error.code).toBe('document.broken')
  await world.sam.ok('scrub.start', {})
  await openScrubber(world.firm.house).run()
  expect([await places(), await contentOf(one.id), await incoming()]).toEqual([['one.txt'], 'words\n', []])
  await world.ada.ok('document.move', move('Letters', one))
})

test('SQL of one’s own does no more: both matters, the class, the lock, the versions and their makers are the law’s to say', async () => {
  const [one, gone, locked] = [await file('one.txt'), await file('gone.txt'), await file('locked.txt')]
  await world.ada.ok('document.trash', trash(gone))
  await world.ada.ok('document.lock', { ...at(locked), body: { as: 'filed' } })
  const words = Buffer.alloc(60, 1)
  const id = () => uuidv7(Date.now())
  const PLACES = Array.from({ length: 17 }, (_, place) => `$${place + 1}`).join(', ')
  const given = async (document: string, to: string, more: { copied?: string; was?: string[]; folder?: string } = {}) => {
    const was = more.was ?? (await versionIds(document)).map((row) => row.id)
    const sealed = was.map(() => words)
    const becomes = was.map(id)
    return [
      document,
      to,
      more.folder ?? null,
      more.copied ?? null,
      words,
      words,
      null,
      null,
      null,
      null,
      was,
      becomes,
      sealed,
      sealed,
      sealed,
      sealed,
      was.map(() => null),
    ]
  }
  await intruder(world, world.ben, async (say) => {
    const done = async (values: unknown[]) => {
      const { code, rows } = await say(`select hidden.transfer_document(${PLACES}) as done`, values)
      return code ?? rows[0]!.done
    }
    for (const text of [
      'update app.documents set matter_id = $2 where id = $1',
      'update app.versions set matter_id = $2 where document_id = $1',
    ])
      expect((await say(text, [one.id, other])).code).toBe('42501')
    expect(await done(await given(one.id, id()))).toBe(false)
    expect(await done(await given(one.id, firm.matter))).toBe(false)
    expect(await done(await given(gone.id, other))).toBe(false)
    expect(await done(await given(locked.id, other))).toBe('SR031')
    expect(await done(await given(one.id, other, { was: [id()] }))).toBe('SR033')
    const [folder] = (await say('select id from app.folders where matter_id = $1', [world.orchard.id])).rows
    expect(await done(await given(one.id, other, { folder: folder!.id as string }))).toBe('SR037')
    const copied = id()
    expect(await done(await given(one.id, other, { copied }))).toBe(true)
    const [made] = (await say('select v.created_by, v.number from app.versions v where v.document_id = $1', [copied])).rows
    // Ada made it, and Ben copied it
    expect(made).toEqual({ created_by: (await world.ada.ok('person.me')).id, number: 1 })
  })
  await intruder(world, world.cora, async (say) => {
    const { code, rows } = await say(`select hidden.transfer_document(${PLACES}) as done`, await given(one.id, other))
    expect(code ?? rows[0]!.done).toBe(false)
    expect((await say('select hidden.begin_transfer($1, $2, true) as done', [firm.matter, other])).rows).toEqual([{ done: false }])
  })
})
