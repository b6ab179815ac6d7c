import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { DocumentView } from '../src/contract/document.ts'
import { Filed } from './world/filed.ts'
import { useWorld } from './world/world.ts'

// Acts of one session that come while one of theirs is under way are committed together: nobody may tell by what comes of them.

const world = useWorld()
const filed = new Filed(world)
beforeEach(filed.beginAnew)

const NAMES = Array.from({ length: 24 }, (_, i) => `file ${i}.txt`)
const upload = (name: string, content = name) => world.ada.tryUpload(filed.matter, name, '', Buffer.from(content))
const download = (id: string) => world.ada.ask('document.download', { params: { document: id } })
/** How many entries of a deed each transaction wrote, of this matter. */
const together = (deed: string) =>
  world.asSuperuser(world.database, async (db) =>
    (
      await db.rows<{ count: number }>(
        'select count(*)::integer as count from ledger.entries where deed = $1 and matter_id = $2 group by xmin order by 1 desc',
        [deed, filed.matter],
      )
    ).map((row) => row.count),
  )
const sum = (counts: number[]) => counts.reduce((all, one) => all + one, 0)
const incoming = () => readdir(join(world.dir, 'data', 'blobs', 'incoming'))

test('uploads and copies at once each have their answer and their entry, and some of them one transaction', async () => {
  const made = await Promise.all(NAMES.map((name) => upload(name)))
  expect(made.map(({ status, json }) => [status, (json as DocumentView).name])).toEqual(NAMES.map((name) => [201, name]))
  const added = await together('document.added')
  expect([sum(added), added[0]! > 1]).toEqual([NAMES.length, true])

  // as many as one session may take at a time
  const some = NAMES.slice(0, 16)
  const taken = await Promise.all(made.slice(0, 16).map(({ json }) => download((json as DocumentView).id)))
  expect(taken.map(({ status, bytes }) => [status, bytes.toString()])).toEqual(some.map((name) => [200, name]))
  const copies = await together('document.downloaded')
  expect([sum(copies), copies[0]! > 1]).toEqual([some.length, true])
  const { entries } = await world.ada.ok('entry.list', filed.here())
  expect(entries.filter((one) => one.deed === 'document.downloaded').map((one) => one.object)).toEqual(expect.arrayContaining(some))
})

test('what is refused to one is done for the others, once, and leaves nothing of its own', async () => {
  await upload('stands.txt')
  const names = [...NAMES.slice(0, 6), 'stands.txt', 'twice.txt', ...NAMES.slice(6, 9), 'twice.txt', ...NAMES.slice(9, 12)]
  const made = await Promise.all(names.map((name, i) => upload(name, `content ${i}`)))
  const codes = made.map(({ status, json }) => (status === 201 ? '' : (json as { error: { code: string } }).error.code))
  expect(codes.filter((code) => code !== '')).toEqual(['name.taken', 'name.taken'])
  expect([codes[6], [codes[7], codes[11]].sort()]).toEqual(['name.taken', ['', 'name.taken']])
  expect(await filed.places()).toEqual([...NAMES.slice(0, 12), 'stands.txt', 'twice.txt'].sort())
  expect(sum(await together('document.added'))).toBe(14)
  await expect.poll(incoming).toEqual([])
})

test('what is behind a wall is not there, beside copies that are', async () => {
  const made = await Promise.all(NAMES.slice(0, 8).map((name) => filed.file(name)))
  const other = filed.matter
  await filed.beginAnew()
  const hidden = await filed.file('hidden.txt')
  await world.ada.ok('team.leave', { params: { matter: filed.matter, person: (await world.ada.ok('person.me')).id } })
  filed.matter = other
  const asked = [made[0]!, made[1]!, hidden, made[2]!, { id: '01980000-0000-7000-8000-000000000000' }, ...made.slice(3)]
  const got = await Promise.all(asked.map((one) => download(one.id)))
  expect(got.map(({ status }) => status)).toEqual([200, 200, 404, 200, 404, ...made.slice(3).map(() => 200)])
  expect(got[2]!.bytes.equals(got[4]!.bytes)).toBe(true)
  expect(sum(await together('document.downloaded'))).toBe(made.length)
})

test('with the session all that wait end, and nothing of them stays', async () => {
  const guest = await world.signIn(world.account('ada'), 'ada')
  const ask = (name: string) => guest.tryUpload(filed.matter, name, '', randomBytes(1000))
  // its matter is held while they wait
  const results = await world.asSuperuser(world.database, async (db) => {
    await db.run('begin')
    await db.run('lock table ledger.pending in access exclusive mode')
    const asked = Promise.all(NAMES.map(ask))
    await expect.poll(async () => (await incoming()).length).toBe(NAMES.length)
    await db.run(
      `update app.sessions set ends_at = now() - interval '1 second' where id = (select id from app.sessions order by created_at desc limit 1)`,
    )
    await db.run('commit')
    return asked
  })
  const statuses = results.map(({ status }) => status)
  // those whose statements had been asked before the session ended are done; the rest are not
  expect(statuses.filter((status) => status !== 201 && status !== 401)).toEqual([])
  expect(statuses).toContain(401)
  expect(sum(await together('document.added'))).toBe(statuses.filter((status) => status === 201).length)
  await expect.poll(incoming).toEqual([])
})

test('where nobody can say whether it was committed, it is not done again', async () => {
  await upload('first.txt')
  // the connection ends at the commit, for whoever commits more than one entry
  await world.asSuperuser(world.database, async (db) => {
    await db.run(`create function public.cut() returns trigger language plpgsql security definer as $$ begin
      if (select count(*) from ledger.entries e where e.xmin::text::bigint = txid_current() % 4294967296) > 1 then
        perform pg_terminate_backend(pg_backend_pid());
      end if; return null; end $$`)
    await db.run(
      'create constraint trigger cut after insert on ledger.entries deferrable initially deferred for each row execute function public.cut()',
    )
  })
  try {
    const made = await Promise.all(NAMES.map((name) => upload(name)))
    const done = NAMES.filter((_, i) => made[i]!.status === 201)
    expect(made.filter(({ status }) => status !== 201 && status !== 500).length).toBe(0)
    expect(made.some(({ status }) => status === 500)).toBe(true)
    expect(await filed.places()).toEqual([...done, 'first.txt'].sort())
  } finally {
    await world.asSuperuser(world.database, (db) => db.run('drop function public.cut() cascade'))
  }
  // nobody was answered that they stand: what is left of them goes with the next start
  await world.firm.stop()
  await world.start()
  expect(await incoming()).toEqual([])
})
