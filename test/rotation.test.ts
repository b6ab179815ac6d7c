import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { scrub } from '../src/features/vault/scrub.ts'
import { wrapKey, joinMatterKey, unwrapKey } from '../src/core/keys.ts'
import { keyStateOf } from '../src/features/keys/key-state.ts'
import { halfLabel, versionLabel } from '../src/features/keys/matter-keys.ts'
import { openPool, transaction, type Db } from '../src/platform/postgres.ts'
import { readSecret } from '../src/features/sign-in/secrets.ts'
import type { Caller } from './world/caller.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const sql = <T extends object>(text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.rows<T>(text, values))
const secretOf = (who: Caller) => readSecret(who.cookie!.split('=')[1]!)!
const halves = () =>
  sql<{ matter_id: string; version: number; standing: string; wrapped: Buffer }>(
    `select matter_id, version, standing, wrapped from app.matter_keys where purpose = 'half' order by matter_id, version`,
  )

async function rotated(by: Caller, body: object): Promise<void> {
  const { id } = await by.ok('key.rotate', { body: body as never })
  await ended(by, id)
}
async function ended(by: Caller, id: string): Promise<void> {
  for (const until = performance.now() + 60_000; performance.now() < until; await pause(100)) {
    const { rotations } = await by.ok('key.list')
    if (rotations.find((one) => one.id === id)!.endedAt) return
  }
  throw new Error(`the rotation does not end: ${world.log.join('\n')}`)
}
const whole = async () => expect((await scrub(world.firm.house)).faults).toEqual([])
/** The document that the world comes with, downloaded. */
async function content(by: Caller): Promise<Buffer> {
  const [document] = (await by.ok('document.list', { params: { matter: world.orchard.id } })).documents
  return (await by.ask('document.download', { params: { document: document!.id } })).bytes
}

test('a matter’s key is replaced: row, file and wrapped keys are others, and what was sealed opens as before', async () => {
  const matter = world.orchard.id
  const before = { halves: await halves(), content: await content(world.ada), title: world.orchard.title }
  const versions = () => sql<{ id: string; wrapped_key: Buffer }>('select id, wrapped_key from app.versions order by id')
  const wrapped = await versions()
  const oldHalf = await world.firm.house.keystore.get(matter)
  const deeds = await world.deedsOf(() => rotated(world.sam, { what: 'matter' }))
  expect(deeds).toEqual(expect.arrayContaining(['key.asked', 'key.rotated']))

  const after = await halves()
  expect(after.map((row) => [row.version, row.standing])).toEqual(before.halves.map(() => [2, 'current']))
  expect((await readdir(join(world.dir, 'data/keystore'))).sort()).toEqual(before.halves.map((row) => `${row.matter_id}.2`).sort())
  expect((await content(world.ada)).equals(before.content)).toBe(true)
  expect((await world.ada.ok('matter.read', { params: { matter } })).title).toBe(before.title)
  // the old halves together open nothing any more
  const old = before.halves.find((row) => row.matter_id === matter)!
  const oldKey = joinMatterKey(unwrapKey(world.firm.house.keys.matters, halfLabel(matter, 1), old.wrapped), oldHalf, matter)
  const [first] = wrapped
  expect(unwrapKey(oldKey, versionLabel(first!.id), first!.wrapped_key)).toHaveLength(32)
  for (const row of await versions()) expect(() => unwrapKey(oldKey, versionLabel(row.id), row.wrapped_key)).toThrow()
  await whole()
})

test('a name taken before the rotation is still taken after it, and a duplicate is still known', async () => {
  const matter = world.orchard.id
  await world.ada.upload(matter, 'same name.txt', 'Folder of old', Buffer.from('the same content'))
  await rotated(world.sam, { what: 'matter' })
  const again = await world.ada.tryUpload(matter, 'same name.txt', 'Folder of old', Buffer.from('another content'))
  expect([again.status, again.bytes.toString()]).toEqual([409, expect.stringContaining('name.taken')])
  await rotated(world.sam, { what: 'matter', matter })
  expect((await halves()).find((row) => row.matter_id === matter)!.version).toBe(4)
  await whole()
})

test('uploads and downloads go on while every matter is rotated again and again, and nothing fails to open', async () => {
  const matter = world.orchard.id
  let going = true
  const sent: string[] = []
  const failed: unknown[] = []
  const work = async (worker: number) => {
    for (let n = 0; going; n += 1) {
      const name = `during ${worker} ${n}`
      const reply = await world.ada.tryUpload(matter, name, 'During', randomBytes(2000))
      if (reply.status !== 201) failed.push(reply.status, reply.bytes.toString())
      else sent.push((JSON.parse(reply.bytes.toString()) as { id: string }).id)
      const copy = await world.ada.ask('document.download', { params: { document: sent.at(-1)! } })
      if (copy.status !== 200) failed.push(copy.status, copy.bytes.toString())
    }
  }
  const working = [work(0), work(1)]
  try {
    for (let round = 0; round < 2; round += 1) await rotated(world.sam, { what: 'matter' })
    await rotated(world.sam, { what: 'firm' })
  } finally {
    going = false
    await Promise.all(working)
  }
  expect(failed).toEqual([])
  expect(sent.length).toBeGreaterThan(5)
  await whole()
}, 300_000)

test('a transaction that read the old key and writes at the last moment is wrapped anew before the old key goes', async () => {
  const { house } = world.firm
  const matter = world.orchard.id
  const [row] = await sql<{ id: string; wrapped_key: Buffer }>('select id, wrapped_key from app.versions where matter_id = $1 limit 1', [
    matter,
  ])
  let write = () => {}
  const mayWrite = new Promise<void>((resolve) => (write = resolve))
  const { id } = await world.sam.ok('key.rotate', { body: { what: 'matter', matter } })
  // as an act that was begun before: it holds the key of now, and writes when it is let
  const late = house.clerk({ name: 'late', matter }, async (db: Db) => {
    const { matterKeys, versionKey } = await import('../src/features/keys/matter-keys.ts')
    const keys = (await matterKeys(house, db, matter))!
    await mayWrite
    const stands = (await db.row<{ wrapped_key: Buffer }>('select wrapped_key from app.versions where id = $1', [row!.id]))!
    const anew = wrapKey(keys.matter, versionLabel(row!.id), versionKey(keys, row!.id, stands.wrapped_key))
    await db.run('select hidden.rewrap_versions($1, $2, $3)', [[row!.id], [stands.wrapped_key], [anew]])
  })
  for (let n = 0; n < 300 && !(await halves()).some((one) => one.matter_id === matter && one.standing === 'coming'); n += 1) await pause(50)
  // it waits for the other: the new key is known, and nothing is wrapped under it yet
  await pause(300)
  expect((await halves()).filter((one) => one.matter_id === matter).map((one) => one.standing)).toEqual(['current', 'coming'])
  write()
  await late
  await ended(world.sam, id)
  await whole()
}, 60_000)

test('the firm key is replaced: what it sealed opens, people sign in, and the ledger verifies', async () => {
  const firm = () => sql<{ name: string; version: number; wrapped: Buffer }>('select name, version, wrapped from app.keys order by name')
  const before = await firm()
  const pepper = world.firm.house.keys.pepper
  await rotated(world.sam, { what: 'firm' })
  const after = await firm()
  expect(after.map((row) => row.name)).toEqual(['field', 'firm', 'ledger', 'pepper', 'token'])
  expect(after.find((row) => row.name === 'firm')!.version).toBe(before.find((row) => row.name === 'firm')!.version + 1)
  // as the next start reads them
  await world.firm.stop()
  await world.start()
  expect(world.firm.house.keys.pepper.equals(pepper)).toBe(true)
  expect(world.firm.house.keys.olderMatters).toEqual([])
  for (const name of ['ada', 'ben', 'cora', 'ruth', 'sam'] as const) world[name] = await world.signIn(world.account(name), name)
  await rotated(world.sam, { what: 'firm' })
  expect((await content(world.ada)).length).toBeGreaterThan(0)
  await whole()
})

test('only an administrator may, with a fresh factor, and one of a kind at a time', async () => {
  for (const who of ['ben', 'cora', 'ruth'] as const) {
    expect(await world[who].refused('key.list')).toBe('may.not')
    expect(await world[who].refused('key.rotate', { body: { what: 'firm' } })).toBe('may.not')
  }
  // one waits, as a crash leaves it, and is done; a second of its kind is refused meanwhile
  const { id } = await world.sam.ok('key.rotate', { body: { what: 'firm' } })
  expect(await world.sam.refused('key.rotate', { body: { what: 'firm' } })).toBe('key.rotating')
  await ended(world.sam, id)
  await sql(`update app.sessions set factor_at = now() - interval '1 hour'`)
  expect(await world.sam.refused('key.rotate', { body: { what: 'root' } })).toBe('factor.stale')
  await world.refresh()
  expect(await world.sam.refused('key.rotate', { body: { what: 'firm', matter: world.orchard.id } })).toBe('input.invalid')
})

test('an id of nothing is answered like a matter behind a wall, and comes to nothing', async () => {
  const before = await halves()
  await rotated(world.sam, { what: 'matter', matter: '01890000-0000-7000-8000-000000000000' })
  expect(await halves()).toEqual(before)
})

test('the law holds without the program: nobody begins one by SQL, and the clerk replaces only what it has read', async () => {
  const door = openPool(world.doorWhere(), 1)
  const clerk = openPool(world.clerkWhere(), 1)
  try {
    const as = (secret: string, fn: (db: Db) => Promise<unknown>) =>
      transaction(door, { role: 'subrosa_person' }, async (db) => {
        await db.row('select * from hidden.enter($1)', [secret])
        return fn(db)
      })
    const begin = (db: Db) => db.row<{ done: boolean }>(`select hidden.begin_rotation(gen_random_uuid(), 'root', null) as done`)
    expect(await as(secretOf(world.ben), begin)).toEqual({ done: false })
    await expect(as(secretOf(world.sam), (db) => db.rows('select * from app.keys'))).rejects.toThrow(/permission denied/)
    await expect(as(secretOf(world.sam), (db) => db.rows('select * from hidden.firm_wraps()'))).rejects.toThrow(/permission denied/)
    const other = Buffer.alloc(60, 7)
    const no = await transaction(clerk, {}, (db) => db.row(`select hidden.put_firm_wrap('firm', 3, $1, $1) as done`, [other]))
    expect(no).toEqual({ done: false })
    const [firm] = await sql<{ version: number }>(`select version from app.keys where name = 'firm'`)
    // the last one stays, whoever asks
    expect(await transaction(clerk, {}, (db) => db.row('select hidden.drop_firm_key($1) as done', [firm!.version]))).toEqual({
      done: false,
    })
    const mine = { settings: { 'subrosa.matter': world.orchard.id } }
    const { version } = (await halves()).find((row) => row.matter_id === world.orchard.id)!
    expect(await transaction(clerk, mine, (db) => db.row('select hidden.drop_half($1) as done', [version]))).toEqual({ done: false })
  } finally {
    await Promise.all([door.end(), clerk.end()])
  }
})

test('the state of a matter’s key is told to those who reach it, and to nobody else', async () => {
  const { ways } = world.firm.house
  const ask = (who: Caller) =>
    ways.look(
      secretOf(who),
      () => {},
      (db) => keyStateOf(db, world.orchard.id),
    )
  expect(await ask(world.ada)).toEqual({ version: expect.any(Number), since: expect.any(String) })
  expect(await ask(world.cora)).toBeNull()
  expect(await readFile(join(world.dir, 'data.keyring'), 'utf8')).toContain('"v":1')
})
