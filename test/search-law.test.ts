import { beforeEach, expect, test } from 'vitest'
import type { Caller } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { intruder } from './world/joining.ts'
import { indexed } from './world/searching.ts'
import { useWorld } from './world/world.ts'

// What the index gives to SQL run as a person, who names matters, versions and tokens at will.

const world = useWorld()
const firm = new Filed(world)
const { file, at } = firm
beforeEach(() => firm.beginAnew())

const rows = <T extends object>(text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.rows<T>(text, values))
const TABLES = ['app.texts', 'app.terms', 'app.matter_terms', 'app.lexicon', 'app.to_index']
const FIND = `select version_id::text, document_id::text, matter_id::text, class from hidden.find($1, 0, '{}', 1, $2, $3, '{}', array_fill(1, array[cardinality($1::uuid[]) + 1]), $4, 2000)`

/** What the index holds of a matter, as nobody but its superuser can say. */
type Held = { matter: string; tokens: string[]; own: string[]; versions: string[] }
async function heldOf(matter: string): Promise<Held> {
  const [row] = await rows<{ tokens: string[]; own: string[]; versions: string[] }>(
    `select array(select distinct t::text from app.terms x cross join unnest(x.tokens) t where x.matter_id = $1) as tokens,
       (select x.tokens::text[] from app.matter_terms x where x.matter_id = $1) as own,
       array(select x.version_id::text from app.terms x where x.matter_id = $1 order by 1) as versions`,
    [matter],
  )
  return { matter, ...row! }
}
type Given = Record<'documents' | 'matters' | 'texts' | 'words' | 'frequencies' | 'counted' | 'states', number>
/** How much each function gives of it. */
const givenTo = (who: Caller, { matter, tokens, own, versions }: Held): Promise<Given> =>
  intruder(world, who, async (ask) => {
    const number = async (text: string, values: unknown[]) => {
      const { code, rows: found } = await ask(`select count(*)::int as n from (${text}) x`, values)
      expect([text, code]).toEqual([text, null])
      return (found[0] as { n: number }).n
    }
    return {
      documents: await number(FIND, [[matter], tokens, [1, tokens.length + 1], 2000]),
      matters: await number('select hidden.find_matters($1, $2, 50)', [[matter], own.slice(0, 1)]),
      texts: await number('select * from hidden.texts_of($1)', [versions]),
      words: await number('select * from generate_series(-1, 63) b cross join lateral hidden.words_in_reach($1, array[b]) w', [[matter]]),
      frequencies: await number('select * from hidden.frequencies($1, $2, $3) f where f.term > 0 and f.documents > 0', [
        [matter],
        tokens.slice(0, 8),
        8,
      ]),
      counted: await number(`select generate_series(1, (select documents from hidden.frequencies($1, '{0}', 1) where term = 0))`, [
        [matter],
      ]),
      states: await number('select * from hidden.texts_state($1)', [matter]),
    }
  })
const NOTHING: Given = { documents: 0, matters: 0, texts: 0, words: 0, frequencies: 0, counted: 0, states: 0 }

test('nobody holds anything on the index, not even the clerk; and it is there', async () => {
  await file('Notice.txt', '', 'Solids at the outfall')
  await indexed(world.ada, firm.matter)
  const held = await rows<{ role: string; name: string }>(
    `select r.rolname as role, t.name from pg_roles r cross join unnest($1::text[]) t(name)
     where r.rolname like 'subrosa%' and r.rolname not in ('subrosa_owner', 'subrosa_gate', 'subrosa_migrator', 'subrosa_cluster')
       and (has_table_privilege(r.oid, t.name, 'select, insert, update, delete, truncate, references, trigger') or has_any_column_privilege(r.oid, t.name, 'select, insert, update, references'))`,
    [TABLES],
  )
  expect(held).toEqual([])
  for (const table of TABLES) {
    expect(await intruder(world, world.ada, (ask) => ask(`select 1 from ${table}`))).toEqual({ code: '42501', rows: [] })
    if (table !== 'app.to_index') expect((await rows(`select 1 from ${table}`)).length).toBeGreaterThan(0)
  }
  for (const text of [
    'select * from hidden.sees_all_of(hidden.me())',
    'select * from hidden.searchable()',
    `select hidden.open_bits('restricted', 'passkey')`,
    `select hidden.index_soon('matter', $1, $1, 1::smallint)`,
    'select hidden.forget_words($1)',
    'select hidden.begin_words(array[$1::uuid])',
    'select * from hidden.words_of_job($1::text)',
    'select * from hidden.take_to_index(1, false)',
  ])
    expect((await intruder(world, world.ada, (ask) => ask(text, text.includes('$1') ? [firm.matter] : []))).code, text).toBe('42501')
})

test('of a matter out of reach no function gives anything, whatever is named; of one within reach it does', async () => {
  await file('Notice.txt', 'Letters', 'Solids at the outfall')
  await indexed(world.ada, firm.matter)
  const held = await heldOf(firm.matter)
  expect(held.versions).toHaveLength(1)
  for (const who of [world.cora, world.ruth, world.sam]) expect(await givenTo(who, held)).toEqual(NOTHING)
  const given = await givenTo(world.ada, held)
  expect(given).toMatchObject({ documents: 1, matters: 1, texts: 1, counted: 1, states: 1, frequencies: 8 })
  expect(given.words).toBeGreaterThan(0)
  // neither where it is named beside a matter of one's own, whose documents it does not displace either
  const client = await world.cora.ok('client.create', { body: { name: 'A client of Cora’s' } })
  const { id: own } = await world.cora.ok('matter.create', { body: { client: client.id, title: 'A matter of Cora’s' } })
  await world.cora.upload(own, 'mine.txt', '', Buffer.from('Her own words'))
  await indexed(world.cora, own)
  const mine = await heldOf(own)
  for (const order of [
    [held, mine],
    [mine, held],
  ]) {
    const found = await intruder(world, world.cora, (ask) =>
      ask(FIND, [
        order.map((one) => one.matter),
        [...held.tokens, ...mine.tokens],
        [1, held.tokens.length + 1, held.tokens.length + mine.tokens.length + 1],
        1,
      ]),
    )
    expect(found.code).toBeNull()
    // tokens of the one asked in the place of the other find nothing of either's
    for (const row of found.rows) expect(row).toMatchObject({ matter_id: own })
  }
  const both = [...held.tokens, ...mine.tokens]
  const { rows: found } = await intruder(world, world.cora, (ask) => ask(FIND, [[own], both, [1, both.length + 1], 1]))
  expect(found).toMatchObject([{ version_id: mine.versions[0], matter_id: own }])
  expect(await intruder(world, world.cora, (ask) => ask('select * from hidden.texts_of($1)', [held.versions]))).toEqual({
    code: null,
    rows: [],
  })
})

test('a group that does not reach a document gets nothing of it, and it displaces none that the group reaches', async () => {
  const { id: cora } = await world.cora.ok('person.me')
  const { id: group } = await world.sam.ok('group.create', { body: { name: `Desk ${firm.matter.slice(-6)}` } })
  await world.sam.ok('group.change', { params: { group }, body: { name: `Desk ${firm.matter.slice(-6)}`, roles: [], members: [cora] } })
  await world.ada.ok('matter.openTo', { ...firm.here(), body: { group, reason: 'They cover for us' } })
  for (let n = 0; n < 5; n += 1) {
    const strict = await file(`strict ${n}.txt`, '', `outfall weir ${n}`)
    await world.ada.ok('document.classify', { ...at(strict), body: { class: 'restricted' } })
  }
  const plain = await file('plain.txt', '', 'outfall')
  await indexed(world.ada, firm.matter)
  const held = await heldOf(firm.matter)
  expect(held.versions).toHaveLength(6)
  const [of] = await rows<{ version: string }>('select id::text as version from app.versions where document_id = $1', [plain.id])
  const found = await intruder(world, world.cora, (ask) => ask(FIND, [[firm.matter], held.tokens, [1, held.tokens.length + 1], 1]))
  expect(found.rows).toEqual([{ version_id: of!.version, document_id: plain.id, matter_id: firm.matter, class: 'confidential' }])
  expect(await givenTo(world.cora, held)).toMatchObject({ documents: 1, texts: 1, counted: 1, states: 1 })
  const classes = await intruder(world, world.cora, (ask) =>
    ask('select distinct w.class from generate_series(-1, 63) b cross join lateral hidden.words_in_reach($1, array[b]) w', [[firm.matter]]),
  )
  expect(classes.rows).toEqual([{ class: 'confidential' }])
  expect(
    new Set((await rows<{ class: string }>('select class from app.lexicon where matter_id = $1', [firm.matter])).map((row) => row.class)),
  ).toEqual(new Set(['confidential', 'restricted']))
})

test('a document that opens only to a passkey is not looked into without one, and displaces none that is', async () => {
  for (let n = 0; n < 3; n += 1) {
    const strict = await file(`strict ${n}.txt`, '', `outfall weir ${n}`)
    await world.ada.ok('document.classify', { ...at(strict), body: { class: 'restricted' } })
  }
  await file('plain.txt', '', 'outfall')
  await indexed(world.ada, firm.matter)
  const held = await heldOf(firm.matter)
  expect(await givenTo(world.ada, held)).toMatchObject({ documents: 1, texts: 1, counted: 1, states: 4 })
  const one = await intruder(world, world.ada, (ask) => ask(FIND, [[firm.matter], held.tokens, [1, held.tokens.length + 1], 1]))
  expect(one.rows).toHaveLength(1)
  // what was not read of a text stands in it
  for (const change of [`is_whole = false`, `is_whole = true, state = 'scan'`]) {
    await rows(`update app.texts set ${change} where matter_id = $1`, [firm.matter])
    const states = await intruder(world, world.ada, (ask) =>
      ask('select number, sealed_text is null as none from hidden.texts_state($1) order by document_id', [firm.matter]),
    )
    expect(states.rows.map((row) => row.none)).toEqual([true, true, true, false])
  }
  await world.asSuperuser(world.database, (db) => db.run(`update app.sessions set factor = 'passkey' where factor_at is not null`))
  expect(await givenTo(world.ada, held)).toMatchObject({ documents: 4, texts: 4, counted: 4 })
  await world.asSuperuser(world.database, (db) => db.run(`update app.sessions set factor = 'totp' where factor = 'passkey'`))
})

test('a search that someone keeps is theirs alone', async () => {
  const { id } = await world.ada.ok('search.save', { body: { name: 'Outfalls', words: 'outfall' } })
  const { id: cora } = await world.cora.ok('person.me')
  for (const who of [world.cora, world.ruth, world.sam])
    await intruder(world, who, async (ask) => {
      expect((await ask('select 1 from app.saved_searches where id = $1', [id])).rows).toEqual([])
      expect((await ask('update app.saved_searches set is_told = true where id = $1 returning 1', [id])).rows).toEqual([])
      expect((await ask('delete from app.saved_searches where id = $1 returning 1', [id])).rows).toEqual([])
    })
  const planted = await intruder(world, world.ada, (ask) =>
    ask(
      `insert into app.saved_searches (id, person_id, sealed_name, sealed_words, is_told) values (gen_random_uuid(), $1, '\\x00', '\\x00', false)`,
      [cora],
    ),
  )
  expect(planted.code).toBe('42501')
  expect(await intruder(world, world.ada, (ask) => ask('select id::text from app.saved_searches'))).toEqual({ code: null, rows: [{ id }] })
})
