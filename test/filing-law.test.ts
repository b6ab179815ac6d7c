import { beforeEach, expect, test } from 'vitest'
import { uuidv7 } from '../src/core/ids.ts'
import type { Caller } from './world/caller.ts'
import { intruder } from './world/joining.ts'
import { Filed } from './world/filed.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { at, entries, file, here, move, path, places, trash, trashed } = firm
beforeEach(() => firm.beginAnew())

/** Every call about one document or one matter, as it is answered, with the ids taken out. */
async function answers(by: Caller, document: string, its: string): Promise<unknown[]> {
  const params = { document }
  const [one, all] = [{ params }, { params: { matter: its } }]
  const documents = [document]
  const replies = [
    await by.ask('document.rename', { ...one, body: { name: 'x' } }),
    await by.ask('document.describe', {
      ...one,
      body: { privilege: 'none', tags: [], author: '', custodian: '', source: '', receivedOn: null },
    }),
    await by.ask('document.lock', { ...one, body: { as: 'filed' } }),
    await by.ask('document.take-out', { ...one, body: {} }),
    await by.ask('document.bring-back', one),
    await by.ask('document.move', { ...all, body: { documents, folder: 'X' } }),
    await by.ask('document.trash', { ...all, body: { documents } }),
    await by.ask('document.restore', { ...all, body: { documents } }),
  ]
  return replies.map((reply) => [reply.status, reply.bytes.toString().replaceAll(document, 'ID').replaceAll(its, 'ID')])
}

test('whoever does not reach the matter is answered as for nothing, byte for byte', async () => {
  const one = await file('one.txt', 'Letters')
  const [there, not] = [await answers(world.cora, one.id, firm.matter), await answers(world.cora, uuidv7(Date.now()), uuidv7(Date.now()))]
  expect(there).toEqual(not)
  expect(there.map((reply) => (reply as [number])[0])).toEqual(there.map(() => 404))
  for (const call of ['folder.list', 'document.trashed'] as const) expect(await world.cora.refused(call, here())).toBe('nothing')
  expect(await world.cora.refused('folder.create', { ...here(), body: { path: 'X' } })).toBe('nothing')
  expect(await world.cora.refused('folder.move', path('Letters', 'X'))).toBe('nothing')
  expect(await world.cora.refused('folder.remove', { ...here(), body: { path: 'Letters' } })).toBe('nothing')
  expect(await places()).toEqual(['Letters/one.txt'])
})

test('a group that a class keeps out learns nothing of such a document, in the trash neither', async () => {
  const { id: group } = await world.sam.ok('group.create', { body: { name: `Desk of water` } })
  await world.sam.ok('group.change', {
    params: { group },
    body: { name: `Desk of water`, roles: [], members: [(await world.cora.ok('person.me')).id] },
  })
  await world.ada.ok('matter.openTo', { ...here(), body: { group, reason: 'They cover for us' } })
  const [plain, strict] = [
    await file('plain.txt'),
    await world.ada.ok('document.classify', { ...at(await file('strict.txt')), body: { class: 'restricted' } }),
  ]
  expect(await places(world.cora)).toEqual(['plain.txt'])
  const asked = async (id: string) => answers(world.cora, id, firm.matter)
  expect(await asked(strict.id)).toEqual(await asked(uuidv7(Date.now())))
  expect(await world.cora.refused('document.move', move('Letters', plain, strict))).toBe('nothing')
  await world.ada.ok('document.trash', trash(plain, strict))
  expect((await trashed(world.cora)).map((one) => one.name)).toEqual(['plain.txt'])
  expect((await trashed()).map((one) => one.name).sort()).toEqual(['plain.txt', 'strict.txt'])
  expect(await world.cora.refused('document.restore', trash(plain, strict))).toBe('nothing')
  const told = JSON.stringify(await entries(world.cora))
  expect(told).toContain('plain.txt')
  expect(told).not.toContain('strict.txt')
  await world.cora.ok('document.restore', trash(plain))
  await world.ada.ok('document.restore', trash(strict))
  // those on the team see both, and what was done to both
  expect(await places(world.ben)).toEqual(['plain.txt', 'strict.txt'])
  expect(JSON.stringify(await entries(world.ben))).toContain('strict.txt')
})

test('SQL of one’s own does no more: no column is theirs, and each function asks the law again', async () => {
  const [one, gone, locked] = [await file('one.txt', 'Letters'), await file('gone.txt'), await file('locked.txt')]
  await world.ada.ok('document.trash', trash(gone))
  await world.ada.ok('document.lock', { ...at(locked), body: { as: 'filed' } })
  const [elsewhere] = (await world.ada.ok('document.list', { params: { matter: world.orchard.id } })).documents
  const { id: ada } = await world.ada.ok('person.me')
  const words = Buffer.alloc(60, 1)
  const id = () => uuidv7(Date.now())
  await intruder(world, world.ben, async (say) => {
    const codes = async (...asked: [text: string, values: unknown[]][]) => {
      for (const [text, values] of asked) expect([text, (await say(text, values)).code]).toEqual([text, '42501'])
    }
    await codes(
      ['update app.documents set locked_by = $2, locked_as = $3, locked_at = now() where id = $1', [one.id, ada, 'filed']],
      ['update app.documents set trashed_at = null where id = $1', [gone.id]],
      ['update app.documents set class = $2 where id = $1', [one.id, 'confidential']],
      ['update app.documents set out_by = $2 where id = $1', [one.id, ada]],
      ['update app.folders set removed_at = now() where matter_id = $1', [firm.matter]],
      ['delete from app.documents where id = $1', [one.id]],
      ['delete from app.folders where matter_id = $1', [firm.matter]],
      [
        `insert into app.documents (id, matter_id, sealed_name, name_token, class, created_by, locked_as, locked_by, locked_at) values ($1, $2, $3, $3, 'confidential', hidden.me(), 'filed', $4, now())`,
        [id(), firm.matter, words, ada],
      ],
      ['select hidden.hold_document($1, $2)', [one.id, 'document.change']],
    )
    const done = async (call: string, values: unknown[]) => {
      const { code, rows } = await say(`select hidden.${call} as done`, values)
      return code ?? rows[0]!.done
    }
    expect(await done('unlock_document($1)', [locked.id])).toBe(false)
    expect(await done('rename_document($1, $2, $2)', [locked.id, words])).toBe('SR031')
    expect(await done('describe_document($1, $2)', [gone.id, words])).toBe(false)
    expect(await done('trash_document($1)', [gone.id])).toBe(false)
    expect(await done('restore_document($1, null)', [one.id])).toBe(false)
    // a folder of another matter is no place for it, there or not
    const [folder] = (await say('select id from app.folders where matter_id = $1', [elsewhere!.matter])).rows
    for (const wrong of [folder!.id, id()]) {
      expect(await done('move_document($1, $2)', [one.id, wrong])).toBe('SR037')
      expect(await done('restore_document($1, $2)', [gone.id, wrong])).toBe('SR037')
    }
    expect((await say('select id from app.documents where id = $1', [gone.id])).rows).toEqual([])
    expect((await say('select hidden.count_documents($1) as n', [firm.matter])).rows).toEqual([{ n: 2 }])
    expect(await done('lock_document($1, $2)', [one.id, 'filed'])).toBe(true)
  })
  await intruder(world, world.cora, async (say) => {
    expect((await say('select hidden.begin_filing($1) as done', [firm.matter])).rows).toEqual([{ done: false }])
    expect((await say('select * from hidden.trashed_in($1)', [firm.matter])).rows).toEqual([])
    for (const document of [one.id, gone.id, id()])
      expect((await say('select hidden.trash_document($1) as done', [document])).rows).toEqual([{ done: false }])
    for (const document of [gone.id, id()])
      expect((await say('select hidden.reached_document($1) as done', [document])).rows).toEqual([{ done: false }])
  })
})
