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
