import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Upload } from 'tus-js-client'
import { beforeEach, expect, test } from 'vitest'
import type { DocumentView } from '../src/contract/document.ts'
import { openLapsing } from '../src/features/vault/lapsing.ts'
import type { Caller } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { errorIn } from './world/handled.ts'
import { restart } from './world/restarting.ts'
import { begin, begun, head, offsetIn, part, TUS } from './world/tus.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { at } = firm
beforeEach(() => firm.beginAnew())

const MiB = 1024 * 1024
const folder = (upload: { id: string }) => join(world.dir, 'data', 'uploads', upload.id)
const kept = (upload: { id: string }) => readdir(folder(upload)).catch(() => [])
const documents = async (): Promise<DocumentView[]> => (await world.ada.ok('document.list', firm.here())).documents
const content = async (document: { id: string }) => (await world.ada.ask('document.download', at(document))).bytes
const lapse = () => openLapsing(world.firm.house).run()
const asSql = (text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.run(text, values))

/** Sends a part and cuts the line after so many bytes. */
function cut(who: Caller, upload: { id: string }, offset: number, bytes: Buffer, after: number): Promise<void> {
  return new Promise((resolve) => {
    const sending = request(`${world.firm.url}/api/uploads/${upload.id}`, {
      method: 'PATCH',
      agent: false,
      headers: {
        ...TUS,
        'cookie': who.cookie!,
        'user-agent': who.userAgent,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(offset),
        'content-length': String(bytes.length),
      },
    })
    sending.on('error', () => resolve())
    sending.on('close', () => resolve())
    sending.write(bytes.subarray(0, after), () => setTimeout(() => sending.destroy(), 30))
  })
}
/** Once a cut line is known to be cut. */
async function settled(upload: { id: string }): Promise<number> {
  for (;;) {
    const reply = await part(world.ada, upload, 9_007_199_254_740_991, Buffer.from('x'))
    if (reply.status !== 423) return offsetIn(await head(world.ada, upload))
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('tus-js-client, which is not ours, sends a file in parts and in one, and what it sent is a document like any other', async () => {
  const bytes = randomBytes(3 * MiB + 17)
  for (const chunkSize of [Infinity, 300_001, MiB]) {
    const name = `Größe ${chunkSize}.bin`
    await new Promise<void>((resolve, reject) => {
      const upload = new Upload(bytes, {
        endpoint: `${world.firm.url}/api/matters/${firm.matter}/uploads`,
        chunkSize,
        metadata: { filename: name, folder: 'Sent/in parts' },
        headers: { 'cookie': world.ada.cookie!, 'user-agent': world.ada.userAgent, 'sec-fetch-site': 'same-origin' },
        retryDelays: [],
        onSuccess: () => resolve(),
        onError: reject,
      })
      upload.start()
    })
    const found = (await documents()).find((document) => document.name === name)!
    expect(found).toMatchObject({ folder: 'Sent/in parts', size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
    expect((await content(found)).equals(bytes)).toBe(true)
  }
  expect(await readdir(join(world.dir, 'data', 'uploads'))).toEqual([])
})

test('a line that breaks at any place: what has arrived is answered, and the rest makes it whole', async () => {
  const bytes = randomBytes(9 * MiB)
  const upload = await begun(world.ada, firm.matter, bytes.length, { filename: 'a.bin' })
  let offset = 0
  for (const after of [1, 16_383, 16_384, 100_000, 8 * MiB, 70_001]) {
    await cut(world.ada, upload, offset, bytes.subarray(offset), after)
    const now = await settled(upload)
    expect(now).toBeGreaterThanOrEqual(offset)
    expect(now).toBeLessThanOrEqual(Math.min(offset + after, bytes.length - 1))
    offset = now
  }
  expect(offset).toBeGreaterThan(0)
  // another server goes on from there
  await restart(world, {})
  expect(offsetIn(await head(world.ada, upload))).toBe(offset)
  const reply = await part(world.ada, upload, offset, bytes.subarray(offset))
  expect([reply.status, offsetIn(reply)]).toEqual([204, bytes.length])
  const { document } = await world.ada.ok('upload.read', { params: { upload: upload.id } })
  expect((await content({ id: document! })).equals(bytes)).toBe(true)
})

test('what has arrived lies sealed: no piece of it is plain, and a piece that is cut off does no harm', async () => {
  const bytes = Buffer.from('Outfall 3 discharges to the left bank. '.repeat(30_000))
  const upload = await begun(world.ada, firm.matter, bytes.length, { filename: 'a.txt' })
  await part(world.ada, upload, 0, bytes.subarray(0, 500_000))
  for (const name of await kept(upload)) expect((await readFile(join(folder(upload), name))).includes('Outfall')).toBe(false)
  // a crash in the middle of a piece
  await writeFile(join(folder(upload), '500000.new'), randomBytes(10_000))
  expect(offsetIn(await head(world.ada, upload))).toBe(500_000)
  // the last byte counts as missing until it is a document
  const reply = await part(world.ada, upload, 500_000, bytes.subarray(500_000))
  expect(reply.status).toBe(204)
  expect((await content((await documents())[0]!)).equals(bytes)).toBe(true)
})

test('a bit of what has arrived flips: it makes no document, what there was is erased, and the file is sent again', async () => {
  const bytes = randomBytes(400_000)
  const upload = await begun(world.ada, firm.matter, bytes.length, { filename: 'a.bin' })
  await part(world.ada, upload, 0, bytes.subarray(0, 300_000))
  const piece = await readFile(join(folder(upload), '0'))
  piece[30_000]! ^= 1
  await writeFile(join(folder(upload), '0'), piece)
  expect(errorIn(await part(world.ada, upload, 300_000, bytes.subarray(300_000))).code).toBe('upload.broken')
  expect([await documents(), await kept(upload), (await head(world.ada, upload)).status]).toEqual([[], [], 404])
  expect(await readdir(join(world.dir, 'data', 'blobs', 'incoming'))).toEqual([])
})

test('two parts at once: one is taken, the other refused; a part from the wrong place or too long is refused', async () => {
  const bytes = randomBytes(4 * MiB)
  const upload = await begun(world.ada, firm.matter, bytes.length, { filename: 'a.bin' })
  const both = await Promise.all([part(world.ada, upload, 0, bytes.subarray(0, MiB)), part(world.ada, upload, 0, bytes.subarray(0, MiB))])
  expect(both.map((reply) => reply.status).sort()).toEqual([204, expect.toBeOneOf([409, 423])])
  expect(offsetIn(await head(world.ada, upload))).toBe(MiB)
  expect(errorIn(await part(world.ada, upload, MiB - 1, bytes)).code).toBe('upload.offset')
  expect(errorIn(await part(world.ada, upload, MiB, Buffer.concat([bytes, bytes]))).code).toBe('body.length')
  expect(errorIn(await part(world.ada, upload, MiB, bytes, { 'content-type': 'application/octet-stream' })).code).toBe('body.unsupported')
  expect(errorIn(await part(world.ada, upload, MiB, bytes, { 'tus-resumable': '0.2.2' })).code).toBe('upload.version')
  const now = offsetIn(await head(world.ada, upload))
  expect((await part(world.ada, upload, now, bytes.subarray(now))).status).toBe(204)
  expect((await documents())[0]!.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  // and whoever lost that answer hears what it has become, and changes nothing
  expect(offsetIn(await head(world.ada, upload))).toBe(bytes.length)
  expect(errorIn(await part(world.ada, upload, bytes.length, Buffer.from('x'))).code).toBe('upload.offset')
})

test('an upload is its own person’s: others on the matter, and those who are walled, find nothing', async () => {
  const upload = await begun(world.ada, firm.matter, 10, { filename: 'a.txt' })
  for (const who of [world.ben, world.cora]) {
    expect((await head(who, upload)).status).toBe(404)
    expect((await part(who, upload, 0, Buffer.alloc(10))).status).toBe(404)
    expect((await who.send('DELETE', `/api/uploads/${upload.id}`, TUS)).status).toBe(404)
    expect(await who.refused('upload.read', { params: { upload: upload.id } })).toBe('nothing')
  }
  expect((await begin(world.cora, firm.matter, 10, { filename: 'a.txt' })).status).toBe(404)
  expect(await world.cora.refused('upload.list', firm.here())).toBe('nothing')
  expect((await world.ben.ok('upload.list', firm.here())).uploads).toEqual([])
  expect((await world.ada.ok('upload.list', firm.here())).uploads).toMatchObject([{ id: upload.id, name: 'a.txt', offset: 0 }])
})

test('when the wall falls, what has arrived is nothing, and the keeper erases it', async () => {
  const ben = (await world.ben.ok('person.me')).id
  const upload = await begun(world.ben, firm.matter, 100, { filename: 'a.txt' })
  await part(world.ben, upload, 0, Buffer.alloc(50))
  await lapse()
  expect(await kept(upload)).toEqual(['0'])
  await world.ada.ok('team.leave', { params: { matter: firm.matter, person: ben } } as never)
  expect((await head(world.ben, upload)).status).toBe(404)
  expect((await part(world.ben, upload, 50, Buffer.alloc(50))).status).toBe(404)
  await lapse()
  expect(await kept(upload)).toEqual([])
  expect(await documents()).toEqual([])
})

test('a closed matter takes no part more; an upload is over after a day; what was given up is gone', async () => {
  const [one, two, three] = [
    await begun(world.ada, firm.matter, 100, { filename: 'a.txt' }),
    await begun(world.ada, firm.matter, 100, { filename: 'b.txt' }),
    await begun(world.ada, firm.matter, 100, { filename: 'c.txt' }),
  ]
  for (const upload of [one, two, three]) await part(world.ada, upload, 0, Buffer.alloc(50))
  expect(await world.deedsOf(() => world.ada.send('DELETE', `/api/uploads/${one.id}`, TUS))).toEqual(['upload.ended'])
  expect([(await head(world.ada, one)).status, await kept(one)]).toEqual([404, []])
  await asSql(`update app.uploads set ends_at = now() - interval '1 second' where id = $1`, [two.id])
  expect((await part(world.ada, two, 50, Buffer.alloc(50))).status).toBe(404)
  await lapse()
  expect([await kept(two), await kept(three)]).toEqual([[], ['0']])
  await asSql(`update app.matters set status = 'closed' where id = $1`, [firm.matter])
  expect(errorIn(await part(world.ada, three, 50, Buffer.alloc(50))).code).toBe('matter.closed')
  await lapse()
  expect(await kept(three)).toEqual([])
})

test('a name that was taken meanwhile ends it with that word; nothing is overwritten and nothing stays', async () => {
  const upload = await begun(world.ada, firm.matter, 100, { filename: 'a.txt' })
  await part(world.ada, upload, 0, Buffer.alloc(50))
  await firm.file('a.txt', '', 'the other one')
  expect(errorIn(await part(world.ada, upload, 50, Buffer.alloc(50))).code).toBe('name.taken')
  expect([(await head(world.ada, upload)).status, await kept(upload)]).toEqual([404, []])
  expect((await content((await documents())[0]!)).toString()).toBe('the other one')
})

test.each([
  [{ filename: '../a' }, 'name.refused'],
  [{ filename: 'a.txt', folder: 'x/../y' }, 'name.refused'],
  [{}, 'name.refused'],
  [{ filename: 'a.txt', class: 'secret' }, 'input.invalid'],
])('it begins with a name that can stand: %o is %s', async (said, code) => {
  expect(errorIn(await begin(world.ada, firm.matter, 10, said as Record<string, string>)).code).toBe(code)
})

test('what a header of tus cannot say is refused', async () => {
  const said = { filename: 'a.txt' }
  for (const length of ['', '-1', '1e9', '1.5', '99999999999999999999'])
    expect(errorIn(await begin(world.ada, firm.matter, 10, said, { 'upload-length': length })).code).toBe('input.invalid')
  expect(errorIn(await begin(world.ada, firm.matter, 0, said)).code).toBe('document.empty')
  for (const text of [
    'filename ***',
    'filename YQ==,filename YQ==',
    'filename YQ== YQ==',
    `filename ${Buffer.from('ff', 'hex').toString('base64')}`,
  ])
    expect(errorIn(await begin(world.ada, firm.matter, 10, said, { 'upload-metadata': text })).code).toBe('input.invalid')
})

test('no more than a hundred unfinished ones stand', async () => {
  for (let at = 0; at < 100; at += 1) expect((await begin(world.ben, firm.matter, 10, { filename: `${at}.txt` })).status).toBe(201)
  expect(errorIn(await begin(world.ben, firm.matter, 10, { filename: 'one more.txt' })).code).toBe('upload.too_many')
  await asSql(`delete from app.uploads`)
  // nor when they are begun at once
  const many = await Promise.all(Array.from({ length: 130 }, (_, n) => begin(world.ben, firm.matter, 10, { filename: `${n}.txt` })))
  expect(many.filter((reply) => reply.status === 201)).toHaveLength(100)
  await asSql(`delete from app.uploads`)
})
