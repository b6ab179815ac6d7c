import { randomBytes } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { DocumentId } from '../src/contract/ids.ts'
import { openScrubber } from '../src/features/vault/scrubbing.ts'
import { openMover } from '../src/features/vault/storing.ts'
import { CANARIES } from './world/canaries.ts'
import { S3Server } from './world/s3-server.ts'
import { useWorld } from './world/world.ts'

const server = await new S3Server().open()
const world = useWorld(async (world) => {
  const file = join(process.env.TMPDIR ?? '/tmp', `subrosa-s3-${process.pid}`)
  const { accessKeyId, secretAccessKey } = server.settings().credentials
  await writeFile(file, `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`, { mode: 0o600 })
  world.env = {
    SUBROSA_S3_ENDPOINT: `http://127.0.0.1:${server.port}`,
    SUBROSA_S3_BUCKET: 'vault',
    SUBROSA_S3_CREDENTIALS: file,
    SUBROSA_S3_PREFIX: 'firm',
    SUBROSA_SCRUB_DAYS: '0',
    SUBROSA_SCRUB_PACE: '10000',
  }
})
afterAll(() => server.close())
beforeEach(async () => {
  await world.refresh()
  server.harm = () => null
})

const files = new Map<DocumentId, Buffer>()
const upload = async (name: string, bytes: Buffer) => {
  const { id } = await world.ada.upload(world.orchard.id, name, '', bytes)
  files.set(id, bytes)
  return id
}
const all = async () => {
  for (const [document, bytes] of files)
    expect((await world.ada.ask('document.download', { params: { document } })).bytes.equals(bytes), document).toBe(true)
}
const onDisk = async () =>
  (await readdir(join(world.dir, 'data/blobs'), { recursive: true })).filter((name) => /^[0-9a-f]{2}\/[0-9a-f-]{36}$/.test(name)).length
/** By a mover of the test's own, which need not wait until the firm's keeper looks. */
const move = async (to: 'disk' | 's3') => {
  await world.sam.ok('storage.move', { body: { to } })
  await openMover(world.firm.house).run()
  return ended()
}
const ended = async () => {
  for (;;) {
    const view = await world.sam.ok('storage.read')
    if (view.move!.state === 'ended') return view
    await pause(100)
  }
}

test('files go to the S3 server and back while people work, each compared, and an entry says so', async () => {
  for (const size of [10, 16_384, 500_000, 8_000_000]) await upload(`${size}.bin`, randomBytes(size))
  const before = await onDisk()
  const deeds = await world.deedsOf(async () => {
    // the firm's own keeper does it, and looks every few seconds
    await world.sam.ok('storage.move', { body: { to: 's3' } })
    const view = await ended()
    expect(view).toMatchObject({ target: 's3', move: { state: 'ended', moved: before, failed: 0 } })
    expect(view.stores).toEqual([
      { kind: 'disk', label: 'disk' },
      { kind: 's3', label: 'vault' },
    ])
  })
  expect(deeds).toEqual(['storage.begun', 'storage.moved'])
  expect([await onDisk(), server.keys().length]).toEqual([0, before])
  await all()
  // new ones go there, and nothing of any is readable there
  await upload('new.txt', Buffer.from(`${CANARIES.content}\n`.repeat(50)))
  expect([await onDisk(), server.keys().length]).toEqual([0, before + 1])
  for (const { bytes } of server.objects.values()) expect(bytes.includes(CANARIES.content)).toBe(false)
  const [document] = files.keys()
  expect(await world.ada.ok('document.kept', { params: { document: document! } })).toMatchObject({ store: { kind: 's3', label: 'vault' } })
  // after a restart it is as it was
  await world.firm.stop()
  await world.start()
  for (const name of ['ada', 'sam'] as const) world[name] = await world.signIn(world.account(name), name)
  await all()
  expect(await move('disk')).toMatchObject({ target: 'disk', move: { state: 'ended', moved: before + 1 } })
  expect([await onDisk(), server.keys().length]).toEqual([before + 1, 0])
  await all()
})

test('uploads and downloads go on during a move, and a server that is away for a while only delays it', async () => {
  for (let n = 0; n < 12; n += 1) await upload(`during ${n}.bin`, randomBytes(50_000))
  await world.sam.ok('storage.move', { body: { to: 's3' } })
  let asked = 0
  server.harm = () => ((asked += 1) > 40 && asked < 80 ? 503 : null)
  const isRunning = async () => (await world.sam.ok('storage.read')).move!.state === 'running'
  const moving = (async () => {
    while (await isRunning()) await openMover(world.firm.house).run()
  })()
  for (let n = 0; await isRunning(); n += 1) {
    await upload(`meanwhile ${n}.bin`, randomBytes(1000)).catch(() => null)
    await world.ada.ask('document.download', { params: { document: [...files.keys()][0]! } })
    await pause(50)
  }
  await moving
  expect(asked).toBeGreaterThan(80)
  server.harm = () => null
  await move('s3')
  expect(await onDisk()).toBe(0)
  await all()
})

test('while the server is away what lies there is refused in words, no document is called broken, and it opens again', async () => {
  await move('s3')
  const [document] = files.keys()
  server.harm = () => 503
  expect(await world.ada.refused('document.download', { params: { document: document! } })).toBe('storage.away')
  expect((await world.ada.tryUpload(world.orchard.id, 'away.bin', '', randomBytes(10))).json).toMatchObject({
    error: { code: 'storage.away' },
  })
  await world.sam.ok('scrub.start')
  await openScrubber(world.firm.house).run()
  expect(await world.sam.ok('scrub.read')).toMatchObject({ state: 'running', broken: [] })
  server.harm = () => null
  await openScrubber(world.firm.house).run()
  expect(await world.sam.ok('scrub.read')).toMatchObject({ state: 'ended', broken: [] })
  await all()
})

test('a byte that is flipped on the S3 server is found by the check and never given', async () => {
  const document = await upload('flipped.bin', randomBytes(300_000))
  const kept = await world.ada.ok('document.kept', { params: { document } })
  const object = server.objects.get(`firm/blobs/${kept.blob.slice(-2)}/${kept.blob}`)!
  object.bytes.writeUInt8(object.bytes[200_000]! ^ 4, 200_000)
  await world.sam.ok('scrub.start')
  await openScrubber(world.firm.house).run()
  expect((await world.sam.ok('scrub.read')).broken).toMatchObject([{ version: kept.blob }])
  expect(await world.ada.refused('document.download', { params: { document } })).toBe('document.broken')
  files.delete(document)
})

test('a document that is in the trash and one that ended are neither lost nor left in the bucket', async () => {
  const { house } = world.firm
  const document = await upload('ends.bin', randomBytes(1000))
  const { blob } = await world.ada.ok('document.kept', { params: { document } })
  await house.blobs.erase(blob)
  expect(server.keys().some((key) => key.endsWith(blob))).toBe(false)
  expect(await world.ada.refused('document.kept', { params: { document } })).toBe('nothing')
  expect(await world.ada.refused('document.download', { params: { document } })).toBe('document.broken')
  files.delete(document)
})
