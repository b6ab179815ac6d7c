import { beforeEach, expect, test } from 'vitest'
import { lockedPdf, scanned, scanPdf, textPdf } from './scans/made.ts'
import { Filed } from './world/filed.ts'
import { indexed, search } from './world/searching.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { file } = firm
beforeEach(() => firm.beginAnew())

const one = async (words: string) => (await search(world.ada, words, { matters: [firm.matter as never] })).hits[0]

test('a PDF is found on its page; a scan by the letters that a machine has read, and it says how sure it was', async () => {
  await file('Report.pdf', '', textPdf(['The weir stood.', 'Then the culvert gave way.']))
  await file('Fax.pdf', '', await scanPdf('Notify the mill manager\nof any blockage'))
  await file('Photo.png', '', await (await scanned('Delivered to the boathouse on Monday')).png().toBuffer())
  await file('Locked.pdf', '', lockedPdf())
  await indexed(world.ada, firm.matter)
  expect(await one('culvert')).toMatchObject({ name: 'Report.pdf', type: 'pdf', sureness: null, passages: [{ page: 2 }] })
  expect(await one('"mill manager" blockage')).toMatchObject({ name: 'Fax.pdf', type: 'scan', passages: [{ page: 1 }] })
  expect((await one('blockage'))!.sureness).toBeGreaterThan(50)
  expect(await one('boathouse')).toMatchObject({ name: 'Photo.png', type: 'scan' })
  expect(await one('type:scan name:fax')).toMatchObject({ name: 'Fax.pdf' })
  const { unreadable, documents } = await world.ada.ok('index.status', firm.here())
  expect(unreadable).toBe(1)
  expect(documents).toEqual([
    expect.objectContaining({ name: 'Locked.pdf', state: 'unreadable', why: expect.stringContaining('password') }),
  ])
  // it is found by what it is called
  expect(await one('locked')).toMatchObject({ name: 'Locked.pdf', passages: [] })
}, 180_000)

test('a document is read again when someone asks', async () => {
  const document = await file('Note.txt', '', 'The lock gate is stuck.')
  await indexed(world.ada, firm.matter)
  await world.asSuperuser(world.database, (db) => db.run('delete from app.terms where document_id = $1', [document.id]))
  expect(await one('gate')).toBeUndefined()
  expect(await world.ada.ok('index.again', { params: { document: document.id }, body: {} })).toEqual({ state: 'waiting' })
  await indexed(world.ada, firm.matter)
  expect(await one('gate')).toMatchObject({ name: 'Note.txt' })
  expect((await firm.entries()).map(({ deed }) => deed)).toContain('document.reread')
})
