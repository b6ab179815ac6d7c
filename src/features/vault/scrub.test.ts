import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CANARIES } from '../../../test/world/canaries.ts'
import { useWorld } from '../../../test/world/world.ts'
import { scrub } from './scrub.ts'
import { openScrubber } from './scrubbing.ts'

const world = useWorld()
const blobOf = (version: string) => join(world.dir, 'data/blobs', version.slice(-2), version)
const versionOf = async (name: string, bytes: Buffer): Promise<string> => {
  const { id } = await world.ada.upload(world.orchard.id, name, '', bytes)
  return (await world.asSuperuser(world.database, (db) =>
    db.row<{ id: string }>('select id from app.versions where document_id = $1', [id]),
  ))!.id
}
/** Scrubs after `harm`, and puts the file back. */
async function after(version: string, harm: (bytes: Buffer) => Buffer | null) {
  const whole = await readFile(blobOf(version))
  const harmed = harm(Buffer.from(whole))
  if (harmed) await writeFile(blobOf(version), harmed)
  else await rm(blobOf(version))
  try {
    return (await scrub(world.firm.house)).faults
  } finally {
    await writeFile(blobOf(version), whole)
  }
}

test('every document is opened and is what came in', async () => {
  await world.ada.upload(world.orchard.id, 'two chunks.bin', '', randomBytes(2 * 16384))
  await world.ada.upload(world.orchard.id, 'big.bin', '', randomBytes(2_500_000))
  const shown: number[] = []
  const done = await scrub(world.firm.house, (_, blobs) => shown.push(blobs))
  expect(done).toMatchObject({ blobs: 3, faults: [], notes: [] })
  expect(done.bytes).toBe(2 * 16384 + 2_500_000 + `${CANARIES.content}\n`.length * 40)
  expect(shown).toEqual([1, 2, 3])
})

test('one flipped byte is found wherever it is, and named by ids alone', async () => {
  const version = await versionOf('one.bin', randomBytes(2 * 16384))
  const length = (await readFile(blobOf(version))).length
  for (const at of [0, 30, 60, 16384 + 80, length - 20, length - 1]) {
    const faults = await after(version, (bytes) => (bytes.writeUInt8(bytes[at]! ^ 1, at), bytes))
    expect(faults, `byte ${at}`).toEqual([
      { what: expect.stringMatching(/cannot be opened/), where: `version ${version}, matter ${world.orchard.id}` },
    ])
  }
})

test('a cut, lengthened, missing or exchanged blob is found', async () => {
  const one = await versionOf('first.bin', randomBytes(40_000))
  const two = await versionOf('second.bin', randomBytes(40_000))
  expect((await after(one, (bytes) => bytes.subarray(0, -5)))[0]!.what).toMatch(/^The blob holds 39995 bytes, and its version 40000/)
  expect((await after(one, (bytes) => Buffer.concat([bytes, Buffer.of(0)])))[0]!.what).toMatch(/^The blob holds 40001 bytes/)
  expect((await after(one, () => null))[0]!.what).toBe('The content cannot be opened: the blob is missing.')
  const other = await readFile(blobOf(two))
  expect(await after(one, () => other)).toHaveLength(1)
})

test('a content of whole chunks that was cut to fewer of them is not delivered as if it were whole', async () => {
  const version = await versionOf('cut.bin', randomBytes(3 * 16384))
  const whole = await readFile(blobOf(version))
  // what someone who can write disk and database could do without the key: cut a chunk away and put any last one
  await writeFile(blobOf(version), Buffer.concat([whole.subarray(0, -16384 - 32), Buffer.alloc(16)]))
  await world.asSuperuser(world.database, (db) => db.run('update app.versions set size = $2 where id = $1', [version, 2 * 16384]))
  const { document_id } = (await world.asSuperuser(world.database, (db) =>
    db.row<{ document_id: string }>('select document_id from app.versions where id = $1', [version]),
  ))!
  expect(await world.ada.refused('document.download', { params: { document: document_id } })).toBe('document.broken')
  expect((await scrub(world.firm.house)).faults).toHaveLength(1)
  await writeFile(blobOf(version), whole)
  await world.asSuperuser(world.database, (db) => db.run('update app.versions set size = $2 where id = $1', [version, 3 * 16384]))
  // it stays closed until it was read whole again
  expect(await world.ada.refused('document.download', { params: { document: document_id } })).toBe('document.broken')
  await world.sam.ok('scrub.start')
  await openScrubber(world.firm.house).run()
  expect((await world.ada.ask('document.download', { params: { document: document_id } })).bytes).toHaveLength(3 * 16384)
})

test('blobs of no version and files that are no blobs are noted, without their names', async () => {
  const id = '019a0000-0000-7000-8000-0000000000ff'
  const folder = join(world.dir, 'data/blobs/ff')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, id), 'x')
  await writeFile(join(folder, CANARIES.file), 'x')
  const { notes, faults } = await scrub(world.firm.house)
  expect(faults).toEqual([])
  expect(notes).toEqual([
    { what: 'A blob belongs to no version.', where: `blob ${id}` },
    { what: '1 file is no blob.', where: 'blobs' },
  ])
  await rm(join(folder, id))
  await rm(join(folder, CANARIES.file))
})

test('a matter whose half of the key is gone is named once', async () => {
  const place = join(world.dir, 'data/keystore', world.orchard.id)
  await rename(place, `${place}.away`)
  // a clerk of another process: this one has opened the keys already
  await world.asSuperuser(world.database, (db) =>
    db.run(`update app.matter_keys set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1) where purpose = 'half'`),
  )
  const { faults } = await scrub(world.firm.house)
  expect(faults).toEqual([
    { what: `The keys are missing for matter ${world.orchard.id}: its documents cannot be opened.`, where: `matter ${world.orchard.id}` },
  ])
  await rename(`${place}.away`, place)
  await world.asSuperuser(world.database, (db) =>
    db.run(`update app.matter_keys set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1) where purpose = 'half'`),
  )
})
