import { randomBytes, randomInt } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { DocumentId } from '../src/contract/ids.ts'
import { unwrapKey } from '../src/core/keys.ts'
import { BrokenSeal } from '../src/core/bytes.ts'
import { factsOf } from '../src/features/vault/documents.ts'
import { matterKeys } from '../src/features/keys/matter-keys.ts'
import { versionLabel } from '../src/features/vault/receiving.ts'
import { readFirmKeys } from '../src/platform/firm-keys.ts'
import { openKeystore } from '../src/platform/keystore.ts'
import { useWorld } from './world/world.ts'

const PLACES = process.env.SLOW ? 1000 : 30
const world = useWorld()
type Document = { id: DocumentId; version: string; bytes: Buffer }
const documents: Document[] = []
beforeAll(async () => {
  for (const size of [1, 16_384, 40_000, 300_000]) {
    const bytes = randomBytes(size)
    const { id } = await world.ada.upload(world.orchard.id, `${size}.bin`, '', bytes)
    const row = await world.asSuperuser(world.database, (db) =>
      db.row<{ id: string }>('select id from app.versions where document_id = $1', [id]),
    )
    documents.push({ id, version: row!.id, bytes })
  }
})

/** Reads a version from the disk and the database alone, as a start that remembers no key would. @throws BrokenSeal */
async function readAnew({ version }: Document): Promise<Buffer> {
  const { clerk, blobs, rootKey } = world.firm.house
  const keys = (await world.asSuperuser(world.database, (db) => readFirmKeys(db, rootKey)))!
  const keystore = await openKeystore(join(world.dir, 'data/keystore'), rootKey)
  const { key, sha256, size } = await clerk({ name: 'flips', matter: world.orchard.id }, async (db) => {
    const row = (await db.row<{ wrapped_key: Buffer; sealed_facts: Buffer; size: number }>(
      'select wrapped_key, sealed_facts, size from app.versions where id = $1',
      [version],
    ))!
    const matter = (await matterKeys({ keys, keystore }, db, world.orchard.id))!
    const { sha256 } = factsOf(matter, { version_id: version as never, sealed_facts: row.sealed_facts })
    return { key: unwrapKey(matter.matter, versionLabel(version), row.wrapped_key), sha256, size: row.size }
  })
  if ((await blobs.size(version)) !== size) throw new BrokenSeal('another size')
  const parts: Buffer[] = []
  for await (const part of blobs.read(version, key, 0, size, { sha256 })) parts.push(part)
  return Buffer.concat(parts)
}

const inFile = (path: string) => ({
  read: () => readFile(path),
  write: (bytes: Buffer) => writeFile(path, bytes),
})
/** One value of one row; `app.matter_keys` is remembered by what its rows hold, so a flipped one is opened anew. */
const inRow = (column: string, table: string, where: string, value: string) => ({
  read: async () =>
    (await world.asSuperuser(world.database, (db) =>
      db.row<{ it: Buffer }>(`select ${column} as it from ${table} where ${where}`, [value]),
    ))!.it,
  write: (bytes: Buffer) =>
    world.asSuperuser(world.database, (db) => db.run(`update ${table} set ${column} = $2 where ${where}`, [value, bytes])),
})
const placesOf = ({ version }: Document) => ({
  'blob': inFile(join(world.dir, 'data/blobs', version.slice(-2), version)),
  'header of the blob': inFile(join(world.dir, 'data/blobs', version.slice(-2), version)),
  'version key': inRow('wrapped_key', 'app.versions', 'id = $1', version),
  'sealed facts': inRow('sealed_facts', 'app.versions', 'id = $1', version),
  'half of the matter key': inRow('wrapped', 'app.matter_keys', `purpose = 'half' and matter_id = $1`, world.orchard.id),
  'field key': inRow('wrapped', 'app.matter_keys', `purpose = 'field' and matter_id = $1`, world.orchard.id),
  'key store': inFile(join(world.dir, 'data/keystore', world.orchard.id)),
  'firm key': inRow('wrapped', 'app.keys', 'name = $1', 'firm'),
  'ledger key': inRow('wrapped', 'app.keys', 'name = $1', 'ledger'),
})

test(`a bit that is flipped at ${PLACES} random places of blobs, key rows, facts and key store is noticed, and never gives other bytes`, async () => {
  for (const one of documents) expect((await readAnew(one)).equals(one.bytes)).toBe(true)
  const kinds = Object.keys(placesOf(documents[0]!)) as (keyof ReturnType<typeof placesOf>)[]
  const flipped: Record<string, number> = {}
  for (let n = 0; n < PLACES; n += 1) {
    const one = documents[randomInt(documents.length)]!
    const kind = kinds[n % kinds.length]!
    const place = placesOf(one)[kind]
    const whole = await place.read()
    const bit = randomInt(8 * (kind === 'header of the blob' ? 56 : whole.length))
    const harmed = Buffer.from(whole)
    harmed.writeUInt8(harmed[bit >> 3]! ^ (1 << (bit & 7)), bit >> 3)
    await place.write(harmed)
    const where = `bit ${bit} of ${whole.length} bytes: ${kind}, document of ${one.bytes.length}`
    try {
      // the key store's half and its row are only noticed by who has not opened the matter before
      const got = await (kind === 'key store' ? anew(() => readAnew(one)) : readAnew(one)).catch((fault: unknown) => fault)
      expect(got, where).toBeInstanceOf(BrokenSeal)
      flipped[kind] = (flipped[kind] ?? 0) + 1
    } finally {
      await place.write(whole)
    }
  }
  for (const one of documents) expect((await readAnew(one)).equals(one.bytes)).toBe(true)
  if (process.env.SLOW) console.log(`flips: ${PLACES} of ${PLACES} noticed, none gave other bytes; ${JSON.stringify(flipped)}`)
}, 900_000)

/** With no memory of the matter's keys: this process has opened them before, and remembers by what the rows hold. */
async function anew<T>(read: () => Promise<T>): Promise<T> {
  const { keys, rootKey } = world.firm.house
  const keystore = await openKeystore(join(world.dir, 'data/keystore'), rootKey)
  const row = await inRow('wrapped', 'app.matter_keys', `purpose = 'half' and matter_id = $1`, world.orchard.id).read()
  unwrapKey(keys.matters, `matter row half ${world.orchard.id}`, row)
  await keystore.get(world.orchard.id)
  return read()
}
