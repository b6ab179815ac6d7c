import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { DocumentId } from '../src/contract/ids.ts'
import { openScrubber } from '../src/features/vault/scrubbing.ts'
import { intruder } from './world/joining.ts'
import { useWorld } from './world/world.ts'

const world = useWorld(async (world) => {
  world.env.SUBROSA_SCRUB_DAYS = '0'
  world.env.SUBROSA_SCRUB_PACE = '10000'
})
beforeEach(() => world.refresh())

const blobOf = (version: string) => join(world.dir, 'data/blobs', version.slice(-2), version)
const versionOf = async (document: DocumentId): Promise<string> =>
  (await world.asSuperuser(world.database, (db) =>
    db.row<{ id: string }>('select id from app.versions where document_id = $1 order by number desc limit 1', [document]),
  ))!.id
const upload = async (name: string, bytes = randomBytes(40_000)) => {
  const { id } = await world.ada.upload(world.orchard.id, name, '', bytes)
  return { id, bytes, version: await versionOf(id) }
}
const flip = async (version: string, at: number) => {
  const bytes = await readFile(blobOf(version))
  bytes.writeUInt8(bytes[at]! ^ 1, at)
  await writeFile(blobOf(version), bytes)
}
/** A whole check, as the keeper does it. */
const check = async () => {
  await world.sam.ok('scrub.start', {})
  await openScrubber(world.firm.house).run()
  return world.sam.ok('scrub.read')
}
const noticesOf = async (who: typeof world.ada) =>
  (await who.ok('notice.list')).notices.map((one) => one.text).filter((text) => text.includes('stored file'))
const download = (document: DocumentId) => world.ada.ask('document.download', { params: { document } })

describe('the check of every stored file', () => {
  test('of 100 documents exactly the one with a flipped byte is reported, with time found and last good check (S1-17)', async () => {
    const documents = []
    for (let n = 0; n < 100; n += 1) documents.push(await upload(`${n}.bin`, randomBytes(2000)))
    const before = await check()
    expect(before).toMatchObject({ state: 'ended', broken: [] })
    expect(before.checked).toBe(before.of)
    expect(before.checked).toBeGreaterThanOrEqual(101)
    const one = documents[42]!
    await flip(one.version, 300)
    const began = new Date().toISOString()
    const deeds = await world.deedsOf(async () => {
      const { broken } = await check()
      expect(broken).toEqual([
        {
          version: one.version,
          document: one.id,
          matter: world.orchard.id,
          number: 1,
          fault: expect.stringMatching(/^The content cannot be opened/),
          foundAt: expect.any(String),
          goodAt: expect.any(String),
          earlier: null,
          backup: null,
        },
      ])
      expect(broken[0]!.foundAt >= began).toBe(true)
      expect(broken[0]!.goodAt! < began && broken[0]!.goodAt! >= before.begunAt!).toBe(true)
    })
    expect(deeds).toEqual(['scrub.asked', 'version.broken'])
    for (const who of [world.ada, world.sam]) expect(await noticesOf(who)).toEqual([expect.stringContaining(one.version)])
    expect(await noticesOf(world.cora)).toEqual([])
    // told once, however often it is found
    expect((await check()).broken).toHaveLength(1)
    expect(await noticesOf(world.ada)).toHaveLength(1)
    expect(await world.ada.refused('document.download', { params: { document: one.id } })).toBe('document.broken')
    expect(await world.ada.refused('document.open', { params: { document: one.id } })).toBe('document.broken')
    expect((await download(documents[41]!.id)).bytes.equals(documents[41]!.bytes)).toBe(true)
    // put back, and checked: it opens again
    await flip(one.version, 300)
    expect(await world.ada.refused('document.download', { params: { document: one.id } })).toBe('document.broken')
    expect((await check()).broken).toEqual([])
    expect((await download(one.id)).bytes.equals(one.bytes)).toBe(true)
  })

  test('it goes on where it was stopped, and does not begin again', async () => {
    await world.sam.ok('scrub.start', {})
    const first = openScrubber(world.firm.house)
    const running = first.run()
    for (;;) {
      const { checked } = await world.sam.ok('scrub.read')
      if (checked > 3 && checked < 60) break
    }
    await first.stop()
    await running
    const stopped = await world.sam.ok('scrub.read')
    expect(stopped).toMatchObject({ state: 'running', endedAt: null })
    expect(stopped.checked).toBeLessThan(stopped.of)
    await openScrubber(world.firm.house).run()
    const ended = await world.sam.ok('scrub.read')
    expect(ended).toMatchObject({ state: 'ended', begunAt: stopped.begunAt, checked: stopped.of })
  })

  test('whoever does not oversee the firm neither reads nor begins it, and cannot by SQL either', async () => {
    for (const who of [world.ben, world.cora]) {
      expect(await who.refused('scrub.read')).toBe('may.not')
      expect(await who.refused('scrub.start')).toBe('may.not')
      expect(await who.refused('storage.read')).toBe('may.not')
    }
    expect(await world.ruth.refused('storage.move', { body: { to: 'disk' } })).toBe('may.not')
    await intruder(world, world.ben, async (ask) => {
      for (const sql of [
        'select * from hidden.sweep_state()',
        'select * from hidden.storage_state()',
        'select * from hidden.broken_versions()',
        'select 1 where hidden.start_sweep()',
        `select 1 where hidden.move_storage('s3')`,
      ])
        expect(await ask(sql), sql).toEqual({ code: null, rows: [] })
      for (const sql of [
        'select * from app.soundness',
        'select * from app.sweeps',
        'select * from app.storage',
        'select hidden.found_broken()',
      ])
        expect((await ask(sql)).code, sql).toBe('42501')
    })
  })
})

describe('when a broken file is opened before any check has found it', () => {
  test('it is refused, written down and told, and an earlier version is named (S1-9)', async () => {
    const one = await upload('opened.bin')
    const type = { 'content-type': 'application/octet-stream' }
    const added = await world.ada.send('POST', `/api/documents/${one.id}/versions?from=1&reason=x`, type, randomBytes(30_000))
    expect(added.status).toBe(201)
    const version = await versionOf(one.id)
    await flip(version, 500)
    const deeds = await world.deedsOf(() => world.ada.refused('document.download', { params: { document: one.id } }))
    expect(deeds).toContain('version.broken')
    expect((await world.sam.ok('scrub.read')).broken[0]).toMatchObject({ version, goodAt: null, earlier: 1 })
    expect(
      (await world.ada.ask('document.download', { params: { document: one.id }, query: { version: 1 } })).bytes.equals(one.bytes),
    ).toBe(true)
    await flip(version, 500)
    await check()
  })

  test('a content that authenticates and is not the one that came in is not given whole: SHA-256 is compared', async () => {
    const { house } = world.firm
    const key = randomBytes(32)
    const id = '019a0000-0000-7000-8000-0000000000ab'
    for (const size of [1000, 50_000, 3_000_000]) {
      const bytes = randomBytes(size)
      async function* source() {
        yield bytes
      }
      const { sha256 } = await house.blobs.receive(id, key, source())
      await house.blobs.keep(id)
      const got: Buffer[] = []
      for await (const part of house.blobs.read(id, key, 0, size, { sha256 })) got.push(part)
      expect(Buffer.concat(got).equals(bytes)).toBe(true)
      const wrong: Buffer[] = []
      await expect(
        (async () => {
          for await (const part of house.blobs.read(id, key, 0, size, { sha256: '0'.repeat(64) })) wrong.push(part)
        })(),
      ).rejects.toThrow(/checksum differs/)
      expect(Buffer.concat(wrong).length).toBeLessThan(size)
      await house.blobs.erase(id)
    }
  })
})

describe('where a document is kept', () => {
  test('its team is told store, blob, key, checksums and checks; whoever is kept from it nothing', async () => {
    const one = await upload('kept.bin')
    await check()
    const kept = await world.ada.ok('document.kept', { params: { document: one.id } })
    expect(kept).toMatchObject({
      version: 1,
      store: { kind: 'disk', label: 'disk' },
      blob: one.version,
      size: 40_000,
      sealedSize: (await readFile(blobOf(one.version))).length,
      key: { of: 'matter', version: 1 },
      sha256: (await world.ada.ok('document.read', { params: { document: one.id } })).sha256,
      brokenAt: null,
      backupAt: null,
    })
    expect(kept.goodAt).toBe(kept.checkedAt)
    expect(kept.goodAt).not.toBeNull()
    expect(await world.cora.refused('document.kept', { params: { document: one.id } })).toBe('nothing')
    expect(await world.sam.refused('document.kept', { params: { document: one.id } })).toBe('may.not')
  })
})
