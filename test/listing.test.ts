import { beforeEach, expect, test } from 'vitest'
import type { ListedRow } from '../src/contract/listing.ts'
import { SORTS, type Sort } from '../src/contract/order.ts'
import type { Caller } from './world/caller.ts'
import { rowsOf, type Row } from '../web/features/vault/tree.ts'
import { Filed } from './world/filed.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const filed = new Filed(world)
beforeEach(() => filed.beginAnew())

const rows = async (query: Record<string, string> = {}, by: Caller = world.ada) => by.ok('document.rows', { ...filed.here(), query })
const shape = (row: ListedRow | Row) => (row.kind === 'folder' ? [row.depth, row.path, row.count] : [row.depth, row.document.id])
const names = async (by: Caller = world.ada) =>
  (await rows({}, by)).rows.map((row) => (row.kind === 'file' ? row.document.name : `${row.path}/`))

test('the server’s rows are the page’s own, in every order, and parts of them join without a gap', async () => {
  const sizes = [40, 3, 200, 3, 17]
  for (const [at, name] of ['Exhibit 10', 'exhibit 2', 'Éxhibit 3', 'b', 'a'].entries())
    await filed.file(name, ['', 'Site', 'Site/Deep', 'Z', ''][at], 'x'.repeat(sizes[at]!))
  await world.ada.ok('folder.create', { ...filed.here(), body: { path: 'Empty' } })
  await filed.added(filed.matter, 'strict', { name: 'strict', class: 'privileged' })
  const { documents } = await world.ada.ok('document.list', filed.here())
  for (const by of SORTS)
    for (const down of [false, true]) {
      const mine = rowsOf(documents, await filed.folders(), new Set(), '', { by: by satisfies Sort, down }).map(shape)
      const parts = await Promise.all(
        Array.from({ length: 4 }, (_, n) => rows({ sort: by, down: String(down), start: String(n * 3), limit: '3' })),
      )
      expect(parts.flatMap((part) => part.rows.map(shape))).toEqual(mine)
      expect(parts[0]!.total).toBe(mine.length)
    }
})

test('what changes is seen at once: a name, a place, a version, the trash, a folder', async () => {
  const one = await filed.file('b')
  const two = await filed.file('c')
  expect(await names()).toEqual(['b', 'c'])
  await world.ada.ok('document.rename', { ...filed.at(one), body: { name: 'd' } })
  expect(await names()).toEqual(['c', 'd'])
  await world.ada.ok('document.move', filed.move('Site', two))
  expect(await names()).toEqual(['Site/', 'c', 'd'])
  await world.ada.ok('folder.move', filed.path('Site', 'Plant'))
  expect(await names()).toEqual(['Plant/', 'c', 'd'])
  await world.ada.ok('document.trash', filed.trash(one))
  expect(await names()).toEqual(['Plant/', 'c'])
  await world.ada.ok('document.restore', filed.trash(one))
  expect(await names()).toEqual(['Plant/', 'c', 'd'])
  await world.ada.send(
    'POST',
    `/api/documents/${one.id}/versions?from=1&reason=longer`,
    { 'content-type': 'application/octet-stream' },
    Buffer.alloc(999, 'x'),
  )
  expect((await rows({ sort: 'size', down: 'true' })).rows.at(-1)).toMatchObject({ kind: 'file', document: { version: 2, size: 999 } })
})

test('whoever does not reach the matter finds nothing, also when its order is known; and it is there', async () => {
  await filed.file('secret name')
  expect(await names()).toEqual(['secret name'])
  expect(await world.cora.refused('document.rows', filed.here())).toBe('nothing')
  const me = (await world.ben.ok('person.me')).id
  expect(await names(world.ben)).toEqual(['secret name'])
  await world.ada.ok('team.leave', { params: { matter: filed.matter, person: me } } as never)
  expect(await world.ben.refused('document.rows', filed.here())).toBe('nothing')
  expect(await names()).toEqual(['secret name'])
})

/** What PostgreSQL keeps of this matter's list, and what there is. */
const sums = () =>
  world.asSuperuser(world.database, async (db) => ({
    kept: await db.rows(
      `select class, sum(documents)::int as n from app.listings where matter_id = $1 and class <> '' group by class having sum(documents) <> 0 order by class`,
      [filed.matter],
    ),
    there: await db.rows(
      'select class, count(*)::int as n from app.documents where matter_id = $1 and trashed_at is null group by class order by class',
      [filed.matter],
    ),
  }))

test('the sums of a list are what there is after each act, and a matter says as many', async () => {
  const said = async (count: number) => {
    const { kept, there } = await sums()
    expect(kept).toEqual(there)
    expect((await world.ada.ok('matter.read', filed.here())).documents).toBe(count)
    expect((await rows()).rows.filter((row) => row.kind === 'file')).toHaveLength(count)
  }
  await said(0)
  const [one, two, three] = [await filed.file('a'), await filed.file('b', 'Site'), await filed.file('c')]
  await said(3)
  await world.ada.ok('document.classify', { ...filed.at(one), body: { class: 'privileged' } })
  await said(3)
  await world.ada.ok('document.trash', filed.trash(one, two))
  await said(1)
  await world.ada.ok('document.classify', { ...filed.at(three), body: { class: 'restricted' } })
  await world.ada.ok('document.restore', filed.trash(two))
  await said(2)
  await world.asSuperuser(world.database, async (db) => {
    await db.run('begin')
    await db.run('delete from app.versions where document_id = $1', [three.id])
    await db.run('delete from app.documents where id = $1', [three.id])
    expect(
      await db.rows(`select 1 from app.listings where matter_id = $1 and class = 'restricted' group by class having sum(documents) = 0`, [
        filed.matter,
      ]),
    ).toHaveLength(1)
    await db.run('rollback')
  })
  await said(2)
})

test('what is not in the list leaves its mark as it was: words about a document, one taken out', async () => {
  const one = await filed.file('a')
  const changes = () =>
    world.asSuperuser(world.database, (db) =>
      db.row('select sum(changes)::int as n from app.listings where matter_id = $1', [filed.matter]),
    )
  const before = await changes()
  await world.ada.ok('document.take-out', { ...filed.at(one), body: { note: '' } })
  await world.ada.ok('document.bring-back', filed.at(one))
  expect(await changes()).toEqual(before)
  await world.ada.ok('document.rename', { ...filed.at(one), body: { name: 'b' } })
  expect(await changes()).not.toEqual(before)
})

test('whoever will not wait has the newest first until the order is known, part by part; and who does not reach it has nothing', async () => {
  for (const name of ['b', 'c', 'a', 'd']) await filed.file(name, name === 'c' ? 'Site' : '')
  const soon = (start = '0') => rows({ soon: 'true', start, limit: '3' })
  const shown = (part: { rows: ListedRow[] }) => part.rows.map((row) => (row.kind === 'file' ? row.document.name : `${row.path}/`))
  expect(await world.cora.refused('document.rows', { ...filed.here(), query: { soon: 'true' } as never })).toBe('nothing')
  const first = await soon()
  expect([first.order, first.total, shown(first)]).toEqual(['newest', 4, ['d', 'a', 'c']])
  expect(shown(await soon('3'))).toEqual(['b'])
  expect((await rows()).order).toBe('asked')
  const known = await soon()
  expect([known.order, known.total, shown(known)]).toEqual(['asked', 5, ['Site/', 'c', 'a']])
  // what changed since is not known yet
  await filed.file('e')
  expect([(await soon()).order, shown(await soon())]).toEqual(['newest', ['e', 'd', 'a']])
})

test('many who ask at once for an order that nobody knows have the same one', async () => {
  for (const name of ['b', 'a', 'c']) await filed.file(name)
  const all = await Promise.all(Array.from({ length: 6 }, (_, n) => names(n % 2 ? world.ben : world.ada)))
  expect(all).toEqual(Array.from({ length: 6 }, () => ['a', 'b', 'c']))
})
