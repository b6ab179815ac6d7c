import { beforeAll, expect, test } from 'vitest'
import { parseCheckpoint } from '../src/core/checkpoint.ts'
import { leafHash, rootOf, verifyConsistency, verifyInclusion } from '../src/core/merkle.ts'
import { openNote, parseVkey } from '../src/core/note.ts'
import { parseTlogProof, verifyTlogProof } from '../src/core/tlog-proof.ts'
import { verifyLedger } from '../src/features/ledger/verify.ts'
import { ledgerKey } from '../src/features/ledger/tree.ts'
import { readSecret } from '../src/features/sign-in/secrets.ts'
import { openPool, transaction } from '../src/platform/postgres.ts'
import type { Caller } from './world/caller.ts'
import { idsOf, raise } from './world/walling.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const from = (text: string) => Buffer.from(text, 'base64')
const key = () => ledgerKey(world.firm.house.keys.ledgerSeed).vkey

/** Beyond two whole tiles. */
// its many entries have no details to open
world.hasKeys = false
beforeAll(async () => {
  await world.asSuperuser(world.database, async (db) => {
    const me = (await world.ada.ok('person.me')).id
    // as the clerk would: the trigger stamps them and lets them wait
    for (let k = 0; k < 6; k++) await db.run(SEED, [me, world.orchard.id])
  })
  await world.firm.sequencer.run()
}, 60_000)
const SEED = `insert into ledger.entries (id, deed, actor, via, matter_id, object, salt, details_commitment, sealed_details)
  select (lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid,
    'document.opened', $1, 'clerk', case when k % 2 = 0 then $2::uuid end, gen_random_uuid(), substr(sha256(random()::text::bytea), 1, 16), 'x', '\\x00'
  from generate_series(1, 100) k`

const newest = async (who: Caller) => (await who.ok('entry.list', { params: { matter: world.orchard.id } })).entries

test('an entry’s proof verifies with core alone, and the firm’s key', async () => {
  const [entry] = await newest(world.ada)
  const { state, proof } = await world.ada.ok('entry.prove', { params: { entry: entry!.id } })
  expect(state).toBe('in the tree')
  const leaf = JSON.parse(proof!.leaf) as { id: string; n: number; m: number }
  expect([leaf.id, leaf.n, leaf.m]).toEqual([entry!.id, proof!.position, entry!.matterNumber])
  const hash = leafHash(Buffer.from(proof!.leaf))
  expect(hash.toString('base64')).toBe(proof!.leafHash)
  const said = parseCheckpoint(openNote(proof!.note, [parseVkey(key())]).text)
  expect([said.origin, said.size, said.root.toString('base64')]).toEqual([proof!.origin, proof!.size, proof!.root])
  const claim = { leafHash: hash, index: proof!.position, size: said.size, proof: proof!.hashes.map(from), root: said.root }
  expect(verifyInclusion(claim)).toBe(true)
  expect(verifyInclusion({ ...claim, index: claim.index - 1 })).toBe(false)
  // the one text says all of it
  expect(verifyTlogProof(proof!.text, hash, [parseVkey(key())])).toMatchObject({ index: leaf.n, size: said.size })
  expect(parseTlogProof(proof!.text).extra!.toString()).toBe(proof!.leaf)
})

test('Cora gets the same for an entry behind her wall as for one that is not there; and it is there', async () => {
  const [entry] = await newest(world.ada)
  expect(await world.cora.refused('entry.prove', { params: { entry: entry!.id } })).toBe('nothing')
  expect(await world.cora.refused('entry.prove', { params: { entry: world.orchard.id } as never })).toBe('nothing')
  expect((await world.ada.ok('entry.prove', { params: { entry: entry!.id } })).entry).toBe(entry!.id)
})

test('who reaches the matter and may not read the firm’s ledger is told the state, and no position', async () => {
  const [entry] = await newest(world.ben)
  const roles = (await world.ben.ok('person.me')).may
  expect(roles.includes('ledger.read')).toBe(false)
  expect(await world.ben.ok('entry.prove', { params: { entry: entry!.id } })).toEqual({
    entry: entry!.id,
    state: 'in the tree',
    proof: null,
  })
  // nor by SQL of his own
  const salt = await world.asSuperuser(world.database, (db) =>
    db.row<{ salt: Buffer }>('select salt from ledger.entries where id = $1', [entry!.id]),
  )
  const ask = (who: Caller, its: Buffer) => asPerson(who, 'select n from hidden.place_of($1, $2)', [entry!.id, its])
  expect(await ask(world.ben, salt!.salt)).toEqual([])
  expect(await ask(world.ada, salt!.salt)).toHaveLength(1)
  // whoever knows an id and has not seen its entry is told nothing either
  expect(await ask(world.ada, Buffer.alloc(16))).toEqual([])
  expect(await asPerson(world.ben, `select hash from hidden.tile_hashes('{0}', '{0}', '{9}')`, [])).toEqual([])
})

test('an entry that waits for its place says so', async () => {
  const id = await world.asSuperuser(world.database, async (db) => {
    // held back from the clerk, which takes this lock for each batch
    await db.run('select pg_advisory_lock($1)', [0x73657131])
    await world.ada.ok('client.create', { body: { name: 'Waiting' } })
    const row = await db.row<{ id: string }>('select id from ledger.entries order by at desc, id desc limit 1')
    const waiting = await world.ada.ok('entry.prove', { params: { entry: row!.id as never } })
    expect([waiting.state, waiting.proof]).toEqual(['recorded', null])
    await db.run('select pg_advisory_unlock_all()')
    return row!.id
  })
  await world.firm.sequencer.run()
  const proved = await world.ada.ok('entry.prove', { params: { entry: id as never } })
  expect([proved.state, proved.proof!.size > proved.proof!.position]).toEqual(['in the tree', true])
})

test('every checkpoint there ever was is the beginning of the newest', async () => {
  const notes = await world.asSuperuser(world.database, (db) =>
    db.rows<{ size: number; root: Buffer }>('select size, root from ledger.checkpoints order by size'),
  )
  expect(notes.length).toBeGreaterThan(2)
  const last = notes.at(-1)!
  for (const one of notes) {
    const { hashes, roots, notes } = await world.ruth.ok('checkpoint.consistency', { query: { from: one.size, to: last.size } })
    expect(roots.from).toBe(one.root.toString('base64'))
    expect(parseCheckpoint(openNote(notes.from!, [parseVkey(key())]).text).size).toBe(one.size)
    const claim = { size1: one.size, size2: last.size, root1: one.root, root2: last.root, proof: hashes.map(from) }
    expect(verifyConsistency(claim)).toBe(true)
  }
  expect(await world.ruth.refused('checkpoint.consistency', { query: { from: 1, to: last.size + 100_000 } })).toBe('nothing')
  expect(await world.ruth.refused('checkpoint.consistency', { query: { from: 2, to: 1 } })).toBe('input.invalid')
  expect(await world.ben.refused('checkpoint.consistency', { query: { from: 1 } })).toBe('may.not')
})

/** As a client of c2sp.org/tlog-tiles does it: the checkpoint, then the tiles that a tree of its size has. */
test('a stranger who may read the log follows it by its tiles', async () => {
  const tree = await world.ruth.send('GET', '/api/ledger/log/checkpoint')
  expect(tree.headers['content-type']).toBe('text/plain; charset=utf-8')
  const { size, root } = parseCheckpoint(openNote(tree.bytes.toString(), [parseVkey(key())]).text)
  expect(size).toBeGreaterThan(512)
  const hashes: Buffer[] = []
  const leaves: Buffer[] = []
  for (let n = 0; n * 256 < size; n++) {
    const width = Math.min(256, size - n * 256)
    const name = `00${n}${width < 256 ? `.p/${width}` : ''}`
    const tile = await world.ruth.send('GET', `/api/ledger/log/tile/0/${name}`)
    expect([tile.status, tile.headers['content-type'], tile.bytes.length]).toEqual([200, 'application/octet-stream', width * 32])
    for (let at = 0; at < tile.bytes.length; at += 32) hashes.push(tile.bytes.subarray(at, at + 32))
    const bundle = await world.ruth.send('GET', `/api/ledger/log/tile/entries/${name}`)
    expect(bundle.status).toBe(200)
    for (let at = 0; at < bundle.bytes.length;) {
      const length = bundle.bytes.readUInt16BE(at)
      leaves.push(bundle.bytes.subarray(at + 2, at + 2 + length))
      at += 2 + length
    }
  }
  expect(rootOf(hashes).equals(root)).toBe(true)
  expect(leaves.map((leaf) => leafHash(leaf))).toEqual(hashes)
  const above = await world.ruth.send('GET', `/api/ledger/log/tile/1/000.p/${Math.floor(size / 256)}`)
  expect(
    above.bytes.equals(
      Buffer.concat(Array.from({ length: Math.floor(size / 256) }, (_, k) => rootOf(hashes.slice(k * 256, k * 256 + 256)))),
    ),
  ).toBe(true)
})

test('a kept hash of the tree that was changed, taken away or put in is named by the check', async () => {
  const faults = async (tamper: string, back: string) => {
    await world.asSuperuser(world.database, (db) => db.run(tamper))
    try {
      const check = await verifyLedger(world.firm.house.clerk, { vkey: key() })
      return check.faults.map((fault) => `${fault.where}: ${fault.what}`)
    } finally {
      await world.asSuperuser(world.database, (db) => db.run(back))
    }
  }
  const is = await world.asSuperuser(world.database, (db) =>
    db.row<{ hash: Buffer }>('select hash from ledger.subtrees where level = 1 and index = 1'),
  )
  const hash = `'\\x${is!.hash.toString('hex')}'`
  const put = `insert into ledger.subtrees values (1, 1, ${hash})`
  const [changed, set] = [
    "update ledger.subtrees set hash = sha256('x') where index = 1",
    `update ledger.subtrees set hash = ${hash} where index = 1`,
  ]
  expect(await faults(changed, set)).toEqual(['subtree 1/1: This hash of the tree is not that of what stands below it.'])
  expect(await faults('delete from ledger.subtrees where index = 1', put)).toEqual(['subtree 1/1: This hash of the tree is not there.'])
  expect(await faults(`insert into ledger.subtrees values (2, 0, ${hash})`, 'delete from ledger.subtrees where level = 2')).toEqual([
    'subtree 2/0: This hash of the tree is of leaves that are not there.',
  ])
})

test('what no tree of this size has is nothing', async () => {
  const ask = async (path: string, who = world.ruth) => (await who.send('GET', `/api/ledger/log/tile/${path}`)).status
  for (const path of ['0/005', '1/000', '2/000.p/1', '0/x001/000', 'entries/005', '0/002.p/255']) expect(await ask(path), path).toBe(404)
  for (const path of ['0/0', '64/000x', '0/000.p/a', 'entries/1', 'x']) expect([400, 404], path).toContain(await ask(path))
  expect(await ask('0/000', world.ben)).toBe(403)
  // hashes tell a partner nothing; leaves tell the deeds and times of what she is kept from
  expect([await ask('0/000', world.ada), await ask('entries/000', world.ada)]).toEqual([200, 403])
})

test('a bundle with one leaf that a wall keeps from the auditor is not there; its hashes are', async () => {
  const ask = async (path: string) => (await world.ruth.send('GET', `/api/ledger/log/tile/${path}`)).status
  expect([await ask('entries/001'), await ask('0/001')]).toEqual([200, 200])
  const { ruth, ben } = await idsOf(world)
  // someone must be left who keeps the wall
  await world.asSuperuser(world.database, (db) => db.run(`update app.people set roles = '{compliance}' where id = $1`, [ben]))
  await raise(world.ada, { matters: [{ matter: world.orchard.id }], people: [{ person: ruth! }] })
  expect([await ask('entries/001'), await ask('0/001')]).toEqual([404, 200])
  const [entry] = await newest(world.ada)
  expect(await world.ruth.refused('entry.prove', { params: { entry: entry!.id } })).toBe('nothing')
})

/** What someone could ask by SQL of their own. */
async function asPerson(who: Caller, text: string, values: unknown[]): Promise<object[]> {
  const door = openPool(world.doorWhere(), 1)
  const settings = { 'subrosa.secret': readSecret(who.cookie!.split('=')[1]!)! }
  try {
    return await transaction(door, { readOnly: true, role: 'subrosa_person', settings }, (db) => db.rows(text, values))
  } finally {
    await door.end()
  }
}
