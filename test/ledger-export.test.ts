import { beforeEach, expect, test } from 'vitest'
import type { NumberedEntry } from '../src/contract/entry.ts'
import { entryLine, headOf } from '../src/features/ledger/entry-lines.ts'
import { idOf } from './world/asking.ts'
import { CANARIES } from './world/canaries.ts'
import type { Caller } from './world/caller.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
beforeEach(() => world.refresh())

const take = async (by: Caller, query: Record<string, string>) => {
  const reply = await by.ask('entry.export', { query })
  expect(reply.status).toBe(200)
  return { ...reply, text: reply.bytes.toString() }
}
const deliveredOf = async () => {
  for (let tries = 0; tries < 100; tries += 1) {
    const [newest] = (await world.ada.ok('entry.all', { query: { deed: 'ledger.delivered' } })).entries
    if (newest) return newest
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('what was delivered was not written down')
}

test('an export holds what its reader sees of what was asked for, and is an entry before its first byte and after its last', async () => {
  const ben = await idOf(world.ben)
  const { entries } = await world.ada.ok('entry.all', { query: { person: ben, limit: 500 } })
  const { text, headers } = await take(world.ada, { person: ben, format: 'jsonl' })
  expect(headers['content-type']).toBe('application/x-ndjson; charset=utf-8')
  expect(headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''ledger%20\d{4}-\d\d-\d\d\.jsonl$/)
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as NumberedEntry)
  const without = (some: NumberedEntry[]) => some.map(({ proof: _, number: __, matterNumber: ___, ...rest }) => rest)
  expect(without(lines)).toEqual(without(entries))
  expect((await deliveredOf()).details).toMatchObject({ entries: entries.length, whole: true })
  const [exported] = (await world.ada.ok('entry.all', { query: { deed: 'ledger.exported' } })).entries
  expect(exported).toMatchObject({ actor: { name: 'Ada Wren' }, details: { format: 'jsonl', ofPerson: ben } })
})

test('an export of more than a page is whole, and holds nothing that came after it was asked for', async () => {
  for (let at = 0; at < 6; at += 1) await Promise.all(Array.from({ length: 100 }, () => world.ada.ask('notice.see')))
  const { text } = await take(world.ada, { format: 'csv', deed: 'notice.seen' })
  const rows = text.trim().split('\r\n')
  expect(rows[0]).toMatch(/^number,at,who,who id,deed,/)
  expect(rows.length - 1).toBe(600)
  expect(new Set(rows.map((row) => row.split(',').at(-1))).size).toBe(601)
})

test('what a spreadsheet would take for a formula is none, and every cell reads back as it was', () => {
  const entry = (object: string, details: NumberedEntry['details'] = {}): NumberedEntry => ({
    id: '0199e6a0-0000-7000-8000-000000000001' as NumberedEntry['id'],
    at: '2026-11-22T10:00:00.000Z',
    deed: 'document.renamed',
    actor: null,
    via: 'browser',
    object,
    document: null,
    details,
    proof: 'recorded',
    matterNumber: null,
    from: null,
    ground: null,
    number: null,
    matter: null,
    ofMatter: false,
  })
  for (const bad of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1', "=cmd|' /C calc'!A0"])
    expect(entryLine('csv', entry(bad)), bad).toMatch(/,"?'/)
  expect(entryLine('csv', entry('a "b", c\nd'))).toContain(',"a ""b"", c\nd",')
  expect(entryLine('csv', entry('plain'))).toContain(',plain,')
  expect(entryLine('csv', entry('x', { note: 'a,b' }))).toContain(',"{""note"":""a,b""}",')
  expect(entryLine('csv', entry('x')).split(',').length).toBe(headOf('csv').split(',').length)
  expect(JSON.parse(entryLine('jsonl', entry('=1+1')))).toMatchObject({ object: '=1+1' })
})

test('an export asks for a factor proved just now, and for the right to read the ledger', async () => {
  expect(await world.ben.refused('entry.export')).toBe('may.not')
  expect(await world.cora.refused('entry.export')).toBe('may.not')
  await world.asSuperuser(world.database, (db) => db.run(`update app.sessions set factor_at = now() - interval '6 minutes'`))
  expect(await world.ada.refused('entry.export')).toBe('factor.stale')
  expect(await world.ruth.refused('entry.export')).toBe('factor.stale')
})

test('S1-22: whoever reads, looks at pictures, takes copies, shares, runs things and fails stands once for each, with all fields and no content', async () => {
  const { documents } = await world.ada.ok('document.list', { params: { matter: world.orchard.id } })
  const [document] = documents
  const ben = await idOf(world.ben)
  const since = new Date().toISOString()
  const { opening } = await world.ben.ok('document.open', { params: { document: document!.id } })
  await world.ben.ask('document.content', { params: { opening } })
  await world.ben.ask('document.download', { params: { document: document!.id } })
  await world.ben.ok('document.bundle', { params: { matter: world.orchard.id }, body: { of: { whole: true } } })
  await world.ben.ok('document.rename', { params: { document: document!.id }, body: { name: 'Renamed.txt' } })
  await world.ben.ok('grant.request', { body: { about: 'No such matter', reason: 'To see' } })
  await world.ben.refused('matter.read', { params: { matter: '0199e6a0-0000-7000-8000-000000000001' } })
  await world.ben.refused('setting.change', { params: { setting: 'password' }, body: { value: {}, reason: 'x' } })
  const { entries } = await world.ruth.ok('entry.all', { query: { person: ben, from: since } })
  const seen = entries.filter((entry) => entry.via !== 'clerk')
  const counts = Map.groupBy(seen, (entry) => entry.deed)
  for (const deed of ['document.opened', 'document.downloaded', 'bundle.made', 'document.renamed', 'grant.requested'] as const)
    expect([deed, counts.get(deed)?.length]).toEqual([deed, deed === 'document.downloaded' ? 2 : 1])
  const refused = (await world.ruth.ok('entry.all', { query: { person: ben, from: since, deed: 'refused' } })).entries
  expect(refused.map((entry) => entry.deed).toSorted()).toEqual(['act.refused', 'nothing.answered'])
  for (const entry of [...seen, ...refused]) {
    expect(entry).toMatchObject({ actor: { id: ben }, via: 'browser', from: { address: '127.0.0.1', browser: 'Firefox on Linux' } })
    expect(entry.at >= since).toBe(true)
  }
  // to what it was done says who is on the matter
  const own = (await world.ada.ok('entry.all', { query: { person: ben, from: since, matter: world.orchard.id } })).entries
  for (const entry of own.filter(({ deed }) => deed.startsWith('document.')))
    expect(entry).toMatchObject({ object: expect.any(String), document: document!.id, matter: { title: CANARIES.title } })
  const all = `${JSON.stringify(entries)}${(await take(world.ada, { person: ben })).text}`
  expect(all).not.toContain(CANARIES.content)
})
