import { createHash, randomBytes } from 'node:crypto'
import { open, readdir, rename } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { USER_AGENT } from './world/caller.ts'
import { slowDownload } from './world/slow.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const sizes = [1, 16_383, 16_384, 16_385, 65_536, 1_048_576, 1_048_577, 3_000_000]

test.each(sizes)('%i bytes come back as they were, whole and in every kind of range', async (size) => {
  const bytes = randomBytes(size)
  const document = await world.ada.upload(world.orchard.id, `random ${size}`, '', bytes)
  expect([document.size, document.sha256]).toEqual([size, createHash('sha256').update(bytes).digest('hex')])
  const opened = await world.ben.ok('document.open', { params: { document: document.id } })
  const whole = await world.ben.send('GET', opened.content)
  expect(whole.bytes.equals(bytes)).toBe(true)
  const ranges: [string, number, number][] = [
    ['bytes=0-0', 0, 1],
    ['bytes=-1', size - 1, size],
    [`bytes=${size - 1}-`, size - 1, size],
    [`bytes=${Math.floor(size / 2)}-${size + 50}`, Math.floor(size / 2), size],
    ['bytes=16380-16390', 16380, Math.min(size, 16391)],
  ]
  for (const [header, start, end] of ranges) {
    const reply = await world.ben.send('GET', opened.content, { range: header })
    if (start >= size) expect([header, reply.status]).toEqual([header, 416])
    else
      expect([header, reply.status, reply.headers['content-range'], reply.bytes.equals(bytes.subarray(start, end))]).toEqual([
        header,
        206,
        `bytes ${start}-${end - 1}/${size}`,
        true,
      ])
  }
})

test('an opening is one entry however many ranges it serves, and a copy is one of its own, with what was delivered', async () => {
  const document = await world.ada.upload(world.orchard.id, 'counted.txt', '', Buffer.from('words '.repeat(1000)))
  const deeds = await world.deedsOf(async () => {
    const opened = await world.ben.ok('document.open', { params: { document: document.id } })
    for (let i = 0; i < 5; i += 1) await world.ben.send('GET', opened.content, { range: `bytes=${i}-${i + 9}` })
    await world.ben.ask('document.download', { params: { document: document.id } })
    await expect.poll(async () => (await world.historyOf(world.orchard.id))[0]!.deed).toBe('document.delivered')
  })
  expect(deeds).toEqual(['document.opened', 'document.downloaded', 'document.delivered'])
  const [delivered, taken] = await world.historyOf(world.orchard.id)
  expect([delivered!.details, taken!.actor!.name.slice(0, 8), taken!.object]).toEqual([
    { bytes: 6000, of: 6000 },
    'Ben Ames',
    'counted.txt',
  ])
})

test('what nobody was there to take was not delivered', async () => {
  const document = await world.ada.upload(world.orchard.id, 'gone.txt', '', Buffer.from('words '.repeat(1000)))
  const deeds = await world.deedsOf(async () => {
    await world.asSuperuser(world.database, async (db) => {
      await db.run('begin')
      await db.run('lock table app.openings in share row exclusive mode')
      const asked = httpRequest(`${world.firm.url}/api/documents/${document.id}/download`, {
        headers: { 'cookie': world.ben.cookie!, 'user-agent': USER_AGENT },
      })
      asked.on('error', () => {})
      asked.end()
      await expect
        .poll(async () => (await db.row<{ n: number }>(`select count(*)::int as n from pg_locks where not granted`))!.n, { timeout: 5000 })
        .toBeGreaterThan(0)
      asked.destroy()
      await pause(200)
      await db.run('commit')
    })
    await expect.poll(async () => (await world.historyOf(world.orchard.id))[0]!.deed).toBe('document.downloaded')
    // longer than deliveries are gathered for
    await pause(400)
  })
  expect(deeds).toEqual(['document.downloaded'])
})

test('another session cannot use an opening, not even on the same matter, nor the same person’s other session', async () => {
  const [document] = (await world.ada.ok('document.list', { params: { matter: world.orchard.id } })).documents
  const opened = await world.ada.ok('document.open', { params: { document: document!.id } })
  expect((await world.ben.send('GET', opened.content)).status).toBe(404)
  expect((await world.cora.send('GET', opened.content)).status).toBe(404)
  const second = await world.signIn(world.account('ada'), 'ada')
  expect((await second.send('GET', opened.content)).status).toBe(404)
  expect((await world.ada.send('GET', opened.content)).status).toBe(200)
})

test('what a document holds never runs in our origin', async () => {
  const page = await world.ada.upload(world.orchard.id, 'page.html', '', Buffer.from('<!doctype html><script>alert(1)</script>'))
  const drawing = await world.ada.upload(
    world.orchard.id,
    'drawing.svg',
    '',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  )
  const bytes = Buffer.concat([Buffer.from('MZ'), randomBytes(2000)])
  const program = await world.ada.upload(world.orchard.id, 'invoice.exe', '', bytes)
  expect([page.mediaType, drawing.mediaType, program.mediaType]).toEqual([
    'text/plain; charset=utf-8',
    'text/plain; charset=utf-8',
    'application/octet-stream',
  ])
  for (const document of [page, drawing, program]) {
    const opened = await world.ada.ok('document.open', { params: { document: document.id } })
    const { headers } = await world.ada.send('GET', opened.content)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
    })
    expect(headers['content-type']).toBe(document.mediaType)
  }
  expect((await world.ada.ask('document.download', { params: { document: program.id } })).headers['content-disposition']).toBe(
    "attachment; filename*=UTF-8''invoice.exe",
  )
  // one that hides under another name is opened by nobody
  const hidden = await world.ada.upload(world.orchard.id, 'invoice.pdf', '', bytes)
  for (const call of ['document.open', 'document.download'] as const)
    expect(await world.ada.refused(call, { params: { document: hidden.id } })).toBe('document.quarantined')
})

test('a running download is cut when its reader leaves the team, and when the session is revoked', async () => {
  const document = await world.ada.upload(world.orchard.id, 'large.bin', '', randomBytes(64_000_000))
  const ben = await world.ben.ok('person.me')
  const { ended, resume } = await slowDownload(world.ben, `/api/documents/${document.id}/download`)
  await world.ada.ok('team.leave', { params: { matter: world.orchard.id, person: ben.id } })
  await new Promise((done) => setTimeout(done, 600))
  resume()
  expect(await ended).toBe('cut')
  expect(await world.ben.refused('document.read', { params: { document: document.id } })).toBe('nothing')
  await world.ada.ok('team.join', { params: { matter: world.orchard.id }, body: { person: ben.id } })
  const again = await slowDownload(world.ben, `/api/documents/${document.id}/download`)
  await world.ben.ok('session.end')
  await new Promise((done) => setTimeout(done, 600))
  again.resume()
  expect(await again.ended).toBe('cut')
  world.ben = await world.signIn(world.account('ben'), 'ben')
})

const flip = async (path: string, at: number) => {
  const file = await open(path, 'r+')
  const byte = Buffer.alloc(1)
  await file.read(byte, 0, 1, at)
  byte[0]! ^= 1
  await file.write(byte, 0, 1, at)
  await file.close()
}
async function blobOf(size: number): Promise<string> {
  const row = await world.asSuperuser(world.database, (db) => db.row<{ id: string }>('select id from app.versions where size = $1', [size]))
  return join(world.dir, 'data', 'blobs', row!.id.slice(-2), row!.id)
}

test('a flipped byte, a cut file, an exchanged and a missing one are never served as if they were whole', async () => {
  const make = (size: number) => world.ada.upload(world.orchard.id, `harmed ${size}`, '', randomBytes(size))
  const sizes = [70_001, 70_002, 70_003, 70_004, 70_005, 4_000_001, 4_000_002, 4_000_003]
  const [flipped, cut, first, second, missing, late, largeCut, largeMissing] = await Promise.all(sizes.map(make))
  await flip(await blobOf(70_001), 40_000)
  await flip(await blobOf(4_000_001), 3_500_000)
  for (const [size, chunks] of [
    [70_002, 2],
    [4_000_002, 200],
  ] as const) {
    const file = await open(await blobOf(size), 'r+')
    await file.truncate(56 + 16_400 * chunks + 17)
    await file.close()
  }
  const [a, b] = [await blobOf(70_003), await blobOf(70_004)]
  await rename(a, `${a}.x`)
  await rename(b, a)
  await rename(`${a}.x`, b)
  for (const size of [70_005, 4_000_003]) await rename(await blobOf(size), `${await blobOf(size)}.gone`)
  // what can be known before the first byte is said, of large ones too
  for (const document of [flipped, cut, first, second, missing, largeCut, largeMissing])
    expect(await world.ada.refused('document.download', { params: { document: document!.id } })).toBe('document.broken')
  await expect(world.ada.ask('document.download', { params: { document: late!.id } })).rejects.toThrow(/aborted|hang up|reset/)
  expect(world.log.some((line) => line.includes('does not match its seal'))).toBe(true)
})

test('an upload of someone who loses the matter while it streams is not kept', async () => {
  const ben = await world.ben.ok('person.me')
  const request = httpRequest(`${world.firm.url}/api/matters/${world.orchard.id}/documents?name=late.bin`, {
    method: 'POST',
    headers: { 'cookie': world.ben.cookie!, 'user-agent': USER_AGENT, 'sec-fetch-site': 'same-origin', 'content-length': '3000000' },
  })
  const answered = new Promise<number>((resolve) => request.on('response', (answer) => resolve(answer.statusCode!)))
  request.write(randomBytes(2_000_000))
  await expect.poll(() => readdir(join(world.dir, 'data', 'blobs', 'incoming'))).toHaveLength(1)
  await world.ada.ok('team.leave', { params: { matter: world.orchard.id, person: ben.id } })
  request.end(randomBytes(1_000_000))
  expect(await answered).toBe(404)
  await expect.poll(() => readdir(join(world.dir, 'data', 'blobs', 'incoming'))).toEqual([])
  await world.ada.ok('team.join', { params: { matter: world.orchard.id }, body: { person: ben.id } })
  expect((await world.ada.ok('document.list', { params: { matter: world.orchard.id } })).documents.map((one) => one.name)).not.toContain(
    'late.bin',
  )
})
