import { beforeEach, expect, test } from 'vitest'
import type { DocumentView } from '../src/contract/document.ts'
import { errorIn, Handled, HELD } from './world/handled.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Handled(world)
beforeEach(() => firm.begin())
const { added, copy, change, matterOf, fileIn, read } = firm

const IBAN = 'Please pay to DE89 3704 0044 0532 0130 00 by Friday.'
const SSN = 'Employee: Jane Roe, SSN 123-45-6789'
const ILL = 'Ms Roe was diagnosed with breast cancer in 2019 and began chemotherapy in March.'
const names = async (matter: string) => (await world.ada.ok('document.list', { params: { matter } })).documents.map((one) => one.id)
const newest = async (matter: string) => (await world.historyOf(matter))[0]!

test.each(['public', 'internal'])(
  'S1-32: a file with an SSN and an IBAN is not labelled %s, and its sender is told what was found',
  async (label) => {
    const matter = await matterOf('confidential')
    const before = await names(matter)
    const deeds = await world.deedsOf(async () => {
      const refused = errorIn(await fileIn(matter, `${IBAN}\n${SSN}`, { class: label }))
      expect(refused).toMatchObject({ code: 'matrix.refused', fields: { class: 'confidential' } })
      expect(refused.text).toMatch(
        /It holds a US social security number and a bank account number \(IBAN\), and so is Confidential at least/,
      )
      expect(refused.text).toContain('rule us-ssn.minimum, version 0')
      expect(refused.text).not.toMatch(/6789|3704/)
    })
    expect(deeds).toEqual(['act.refused'])
    expect(await names(matter)).toEqual(before)
    // with nothing in it the label is milder than the matter all the same
    expect(errorIn(await fileIn(matter, 'Dear all', { class: label })).code).toBe('class.milder')
  },
)

test('what was found stands in the answer and in the entry by kind and count, and no value does', async () => {
  const matter = await matterOf('confidential')
  const document = await added(matter, `${IBAN}\n${SSN}\nSSN 536-22-8746`)
  expect(document).toMatchObject({
    class: 'confidential',
    raised: false,
    suggested: null,
    read: 'whole',
    found: [
      { type: 'us-ssn', count: 2 },
      { type: 'iban', count: 1 },
    ],
  })
  const entry = await newest(matter)
  expect([entry.deed, entry.details.found, entry.details.class]).toEqual(['document.added', 'us-ssn 2, iban 1', 'confidential'])
  expect(JSON.stringify(entry)).not.toMatch(/6789|8746|3704/)
  expect((await read(world.ben, document.id)).found).toEqual(document.found)
})

test('the matrix decides what a kind of data does: it refuses a milder label, raises the class, or suggests one', async () => {
  const matter = await matterOf('confidential')
  expect(await added(matter, ILL)).toMatchObject({ class: 'confidential', raised: false, suggested: 'restricted' })
  await change({}, { health: { minimum: 'restricted', does: 'raise' }, iban: { minimum: 'privileged', does: 'refuse' } })
  expect(await added(matter, ILL, { class: 'confidential' })).toMatchObject({ class: 'restricted', raised: true, suggested: null })
  expect(errorIn(await fileIn(matter, IBAN, { class: 'confidential' }))).toMatchObject({
    code: 'matrix.refused',
    fields: { class: 'privileged' },
  })
  // without a label there is none to refuse
  expect(await added(matter, IBAN)).toMatchObject({ class: 'privileged', raised: true })
  expect(await added(matter, IBAN, { class: 'privileged' })).toMatchObject({ class: 'privileged', raised: false })
  expect(await added(matter, Buffer.from(IBAN, 'utf16le'))).toMatchObject({ class: 'privileged', raised: true, read: 'whole' })
  expect(await added(matter, Buffer.concat([Buffer.alloc(30), Buffer.from(IBAN)]))).toMatchObject({
    class: 'confidential',
    read: 'no',
    found: [],
  })
})

test.each(HELD)('in a %s matter a label is as strict as the matter, or stricter', async (its) => {
  const matter = await matterOf(its)
  for (const label of HELD) {
    const reply = await fileIn(matter, 'Dear all', { class: label })
    if (HELD.indexOf(label) < HELD.indexOf(its))
      expect([errorIn(reply).code, errorIn(reply).fields]).toEqual(['class.milder', { class: its }])
    else expect((reply.json as DocumentView).class).toBe(label)
  }
  expect(errorIn(await fileIn(matter, 'Dear all', { class: 'secret' })).code).toBe('input.invalid')
})

test('the strictest of client, matter and document holds', async () => {
  const client = await world.ada.ok('client.create', { body: { name: 'A client that grows strict' } })
  const { id: matter } = await world.ada.ok('matter.create', { body: { client: client.id, title: 'First', class: 'confidential' } })
  const plain = await added(matter)
  const strict = await added(matter, 'x', { class: 'restricted' })
  expect([plain.class, strict.class]).toEqual(['confidential', 'restricted'])
  expect((await copy(world.ada, plain.id)).status).toBe(200)
  const { version } = await world.ada.ok('client.read', { params: { client: client.id } })
  await world.ada.ok('client.change', { params: { client: client.id }, body: { name: client.name, class: 'restricted', version } })
  expect((await read(world.ada, plain.id)).class).toBe('restricted')
  expect((await world.ada.ok('document.list', { params: { matter } })).documents.map((one) => one.class)).toEqual([
    'restricted',
    'restricted',
  ])
  expect(errorIn(await copy(world.ada, plain.id)).text).toContain('restricted.download')
  expect(errorIn(await fileIn(matter, 'x', { class: 'privileged' })).code).toBe('class.milder')
  expect((await added(matter)).class).toBe('restricted')
})

test('a class is raised by whoever may add, and lowered by two on the matter, to what the matter and what it holds allow', async () => {
  const matter = await matterOf('confidential')
  const document = await added(matter, IBAN)
  const at = { params: { document: document.id } }
  const to = (its: string) => ({ ...at, body: { class: its } })
  expect(await world.cora.refused('document.classify', to('restricted'))).toBe('nothing')
  expect(await world.ben.ok('document.classify', to('privileged'))).toMatchObject({ class: 'privileged' })
  expect(await newest(matter)).toMatchObject({ deed: 'document.classified', details: { was: 'confidential', class: 'privileged' } })
  for (const its of ['confidential', 'privileged']) {
    const reply = await world.ben.ask('document.classify', to(its))
    expect([errorIn(reply).code, errorIn(reply).text]).toEqual(['class.milder', expect.stringContaining('second person')])
  }
  const ask = (its: string) => ({ ...at, body: { class: its, reason: 'Filed in open court' } })
  expect(await world.cora.refused('document.lower', ask('confidential'))).toBe('nothing')
  expect(await world.ben.refused('document.lower', ask('restricted'))).toBe('matter.state')
  const { confirmation } = await world.ben.ok('document.lower', ask('confidential'))
  expect(await world.ben.refused('document.lower', ask('confidential'))).toBe('matter.state')
  const decide = (who = world.ada, approve = true) => who.ask('confirmation.decide', { params: { confirmation }, body: { approve } })
  expect(errorIn(await decide(world.ben)).code).toBe('confirmation.oneself')
  expect(errorIn(await decide(world.cora)).code).toBe('nothing')
  const [waiting] = (await world.ada.ok('confirmation.list')).confirmations
  expect(waiting).toMatchObject({
    id: confirmation,
    kind: 'document.lower',
    document: document.id,
    reason: 'Filed in open court',
    mayDecide: true,
  })
  expect((await decide()).status).toBe(204)
  expect(await newest(matter)).toMatchObject({ deed: 'class.lowered', details: { class: 'confidential', reason: 'Filed in open court' } })
  expect((await read(world.ben, document.id)).class).toBe('confidential')
  // the floors: its matter, and what it holds
  const { id: other } = await added(await matterOf('privileged'), 'x', { class: 'restricted' })
  expect(await world.ada.refused('document.lower', { params: { document: other }, body: { class: 'confidential', reason: 'x' } })).toBe(
    'class.milder',
  )
  await change({}, { iban: { minimum: 'privileged', does: 'raise' } })
  await world.ada.ok('document.classify', to('restricted'))
  expect(await world.ada.refused('document.lower', ask('confidential'))).toBe('matrix.refused')
})

test('what waits to be lowered is not lowered once it is no stricter any more, and a refusal leaves it', async () => {
  const document = await added(await matterOf('confidential'), 'x', { class: 'privileged' })
  const ask = async () =>
    (await world.ben.ok('document.lower', { params: { document: document.id }, body: { class: 'confidential', reason: 'x' } })).confirmation
  const decide = (confirmation: string, approve: boolean) =>
    world.ada.ask('confirmation.decide', { params: { confirmation }, body: { approve } })
  expect((await decide(await ask(), false)).status).toBe(204)
  expect((await read(world.ben, document.id)).class).toBe('privileged')
  const second = await ask()
  await world.asSuperuser(world.database, (db) => db.run(`update app.documents set class = 'confidential' where id = $1`, [document.id]))
  expect(errorIn(await decide(second, true)).code).toBe('confirmation.decided')
})

test('groups and maxGroup: what a class lets no group reach, or none so large, a group does not see, not in the history either', async () => {
  const { id: cora } = await world.cora.ok('person.me')
  const people = (await world.ada.ok('person.list')).people.map((one) => one.id)
  const { id: group } = await world.sam.ok('group.create', { body: { name: 'Water desk' } })
  await world.sam.ok('group.change', { params: { group }, body: { name: 'Water desk', roles: [], members: [cora] } })
  const matter = await matterOf('confidential')
  await world.ada.ok('matter.openTo', { params: { matter }, body: { group, reason: 'They cover for us' } })
  const [plain, strict] = [await added(matter, 'x'), await added(matter, 'y', { class: 'restricted' })]
  const privileged = await added(matter, 'z', { class: 'privileged' })
  const seen = async () => (await world.cora.ok('document.list', { params: { matter } })).documents.map((one) => one.id)
  const told = async () => JSON.stringify((await world.cora.ok('entry.list', { params: { matter } })).entries)
  expect(await seen()).toEqual(expect.arrayContaining([plain.id, privileged.id]))
  for (const call of ['document.read', 'document.open', 'document.download'] as const)
    expect(await world.cora.refused(call, { params: { document: strict.id } }), call).toBe('nothing')
  expect(await told()).toContain(plain.name)
  expect(await told()).not.toContain(strict.name)
  expect(JSON.stringify((await world.ben.ok('entry.list', { params: { matter } })).entries)).toContain(strict.name)
  // the group grows beyond what the matrix lets in
  await change({ privileged: { maxGroup: 2 } })
  expect(await seen()).toContain(privileged.id)
  await world.sam.ok('group.change', {
    params: { group },
    body: { name: 'Water desk', roles: [], members: people.slice(0, 4).concat(cora) },
  })
  expect(await seen()).not.toContain(privileged.id)
  expect(await seen()).toContain(plain.id)
  await world.ada.ok('document.classify', { params: { document: plain.id }, body: { class: 'privileged' } })
  expect(await seen()).not.toContain(plain.id)
  // and a matrix that lets it in again is enough
  await change({ privileged: { maxGroup: 15 } })
  expect(await seen()).toEqual(expect.arrayContaining([plain.id, privileged.id]))
  await change({ confidential: { groups: false }, privileged: { groups: false } })
  expect(await world.cora.refused('document.list', { params: { matter } })).toBe('nothing')
})
