import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { archivePaths } from '../src/features/vault/bundle-paths.ts'
import { refusedPaths } from '../src/platform/reading/paths.ts'
import { openReaders } from '../src/platform/reading/readers.ts'
import type { Answer } from '../src/platform/route.ts'
import { USER_AGENT, type Caller } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const filed = new Filed(world)
beforeEach(() => filed.beginAnew())

type Bundle = Answer<'document.bundle'>
const take = (of: object, by: Caller = world.ada, more: object = {}): Promise<Bundle> =>
  by.ok('document.bundle', { ...filed.here(), body: { of, ...more } })
const bytesOf = async ({ bundle }: Bundle, by: Caller = world.ada): Promise<Buffer> => {
  const reply = await by.ask('bundle.content', { params: { bundle } })
  expect(reply.status, reply.bytes.toString().slice(0, 200)).toBe(200)
  return reply.bytes
}
/** What Python's zipfile makes of an archive, checksums checked: path to content. */
async function unpacked(bytes: Buffer): Promise<Map<string, Buffer>> {
  const dir = await mkdtemp(join(tmpdir(), 'subrosa-zip-'))
  await writeFile(join(dir, 'a.zip'), bytes)
  const script = `import sys, zipfile, json, base64
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps([[i.filename, base64.b64encode(z.read(i)).decode()] for i in z.infolist()]))`
  const told = execFileSync('python3', ['-c', script, join(dir, 'a.zip')], { maxBuffer: 1024 ** 3 }).toString()
  await rm(dir, { recursive: true })
  return new Map((JSON.parse(told) as [string, string][]).map(([path, content]) => [path, Buffer.from(content, 'base64')]))
}
type Manifest = {
  documents: { path: string; size: number; sha256: string; id: string; version: number; class: string }[]
  leftOut: { path: string; code: string }[]
}
const manifestOf = (files: Map<string, Buffer>) => JSON.parse(files.get('manifest.json')!.toString()) as Manifest
const deedsAbout = async () => (await filed.entries()).map(({ deed }) => deed)
const lastDelivery = async () => {
  await expect.poll(async () => (await deedsAbout())[0]).toBe('bundle.delivered')
  return (await filed.entries())[0]!
}

test('a matter is taken as one zip, with an entry for each document and a manifest that matches', async () => {
  const one = await filed.file('Letter.txt', '', 'Dear Sir')
  await filed.file('Plan.txt', 'Site/Outfall', 'x'.repeat(3_000_000))
  const bundle = await take({ whole: true })
  expect(bundle).toMatchObject({ documents: 2, bytes: 3_000_008, heldBack: [], name: 'All files.zip' })
  expect((await deedsAbout()).slice(0, 3).sort()).toEqual(['bundle.made', 'document.downloaded', 'document.downloaded'])
  const files = await unpacked(await bytesOf(bundle))
  expect([...files.keys()]).toEqual(['Letter.txt', 'Site/Outfall/Plan.txt', 'manifest.csv', 'manifest.json'])
  const { documents } = manifestOf(files)
  for (const { path, size, sha256 } of documents) {
    expect(files.get(path)!.length).toBe(size)
    expect(createHash('sha256').update(files.get(path)!).digest('hex')).toBe(sha256)
  }
  expect(documents[0]).toMatchObject({ path: 'Letter.txt', id: one.id, version: 1, class: 'confidential' })
  expect(files.get('manifest.csv')!.toString().split('\r\n')[1]).toContain(`Letter.txt,8,${documents[0]!.sha256},${one.id},1,confidential`)
  expect((await lastDelivery()).details).toMatchObject({ documents: 2, bytes: 3_000_008, whole: true })
  const delivered = await world.asSuperuser(world.database, (db) =>
    db.rows<{ delivered: number }>('select delivered::float8 as delivered from app.openings where matter_id = $1 order by 1', [
      filed.matter,
    ]),
  )
  expect(delivered.map((row) => row.delivered)).toEqual([8, 3_000_000])
})

test('a folder brings what is in it and below it and no namesake; a selection brings what was chosen', async () => {
  const one = await filed.file('a', 'Site')
  await filed.file('b', 'Site/Deep')
  await filed.file('c', 'Sites')
  expect(manifestOf(await unpacked(await bytesOf(await take({ folder: 'Site' })))).documents.map(({ path }) => path)).toEqual([
    'Site/Deep/b',
    'Site/a',
  ])
  expect(manifestOf(await unpacked(await bytesOf(await take({ documents: [one.id] })))).documents.map(({ path }) => path)).toEqual([
    'Site/a',
  ])
  expect(await world.ada.refused('document.bundle', { ...filed.here(), body: { of: { folder: 'Nowhere' } } })).toBe('input.invalid')
})

test('what its class holds back is named before and in the manifest, and the rest goes', async () => {
  await filed.file('Mild.txt')
  await filed.added(filed.matter, 'secret', { name: 'Strict.txt', class: 'restricted' })
  const told = await world.ada.ok('bundle.preview', { ...filed.here(), body: { of: { whole: true } } })
  expect(told).toMatchObject({ documents: 1, heldBack: [{ code: 'matrix.refused', count: 1, first: ['Strict.txt'] }] })
  expect(told.heldBack[0]!.text).toContain('restricted.download')
  const files = await unpacked(await bytesOf(await take({ whole: true })))
  expect(files.has('Strict.txt')).toBe(false)
  expect(manifestOf(files).leftOut).toMatchObject([{ path: 'Strict.txt', code: 'matrix.refused' }])
  const { documents } = await world.ada.ok('document.list', filed.here())
  const strict = documents.find(({ name }) => name === 'Strict.txt')!
  expect(await world.ada.refused('document.bundle', { ...filed.here(), body: { of: { documents: [strict.id] } } })).toBe('matrix.refused')
})

test('a stale factor is asked for where it would let more go, and only then left out', async () => {
  await filed.file('Mild.txt')
  await filed.added(filed.matter, 'advice', { name: 'Advice.txt', class: 'privileged' })
  await world.asSuperuser(world.database, (db) => db.run(`update app.sessions set factor_at = now() - interval '1 hour'`))
  expect(await world.ada.refused('document.bundle', { ...filed.here(), body: { of: { whole: true } } })).toBe('factor.stale')
  const files = await unpacked(await bytesOf(await take({ whole: true }, world.ada, { leaveOut: true })))
  expect(manifestOf(files).leftOut).toMatchObject([{ path: 'Advice.txt', code: 'factor.stale' }])
  await world.refresh()
  expect((await take({ whole: true })).documents).toBe(2)
})

test('whoever is walled off, on no team, or another session, finds nothing; and it is there', async () => {
  await filed.file('Letter.txt')
  const bundle = await take({ whole: true })
  for (const who of [world.cora, world.ruth]) {
    expect(['nothing', 'may.not']).toContain(await who.refused('document.bundle', { ...filed.here(), body: { of: { whole: true } } }))
    expect(['nothing', 'may.not']).toContain(await who.refused('bundle.preview', { ...filed.here(), body: { of: { whole: true } } }))
    expect(['nothing', 'may.not']).toContain(await who.refused('bundle.content', { params: { bundle: bundle.bundle } }))
  }
  const ben = await world.ben.ask('bundle.content', { params: { bundle: bundle.bundle } })
  expect(ben.status).toBe(404)
  const other = await world.signIn(world.account('ada'), 'ada')
  expect(await other.refused('bundle.content', { params: { bundle: bundle.bundle } })).toBe('nothing')
  await bytesOf(bundle)
  await world.asSuperuser(world.database, (db) => db.run('update app.bundles set ends_at = now() where id = $1', [bundle.bundle]))
  expect(await world.ada.refused('bundle.content', { params: { bundle: bundle.bundle } })).toBe('nothing')
})

/** Begins to read an archive and stops after `most` bytes; goes on when told, to its end or its breaking. */
function slowly(bundle: Bundle, by: Caller, most: number) {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  let goOn = () => {}
  let leave = () => {}
  const ended = new Promise<'whole' | 'broken'>((resolve) => {
    const headers = { 'cookie': by.cookie!, 'user-agent': USER_AGENT, 'sec-fetch-site': 'same-origin' }
    const asked = request(`${world.firm.url}${bundle.content}`, { headers, agent: false }, (answer) => {
      let got = 0
      answer.on('data', (part: Buffer) => {
        got += part.length
        if (got < most || goOn === resume) return
        answer.pause()
        begin()
      })
      const resume = () => void answer.resume()
      goOn = () => ((goOn = resume), resume())
      leave = () => asked.destroy()
      answer.on('end', () => resolve('whole')).on('error', () => resolve('broken'))
    })
    asked.on('error', () => resolve('broken')).end()
  })
  return { begun, goOn: () => goOn(), leave: () => leave(), ended }
}
const large = Buffer.alloc(24 * 1024 * 1024, 'n')
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('an archive under way breaks off when the wall or the session ends, or the reader goes; and that is written down', async () => {
  for (const name of ['1', '2', '3', '4']) await filed.file(name, '', Buffer.concat([large, Buffer.from(name)]))
  const me = await world.ben.ok('person.me')
  const its = { params: { matter: filed.matter, person: me.id } }
  const team = slowly(await take({ whole: true }, world.ben), world.ben, 1_000_000)
  await team.begun
  await world.ada.ok('team.leave', its as never)
  await pause(600)
  team.goOn()
  expect(await team.ended).toBe('broken')
  const cut = (await lastDelivery()).details as { documents: number; whole: boolean; bytes: number }
  expect(cut).toMatchObject({ whole: false })
  expect(cut.bytes).toBeLessThan(4 * large.length)

  const other = await world.signIn(world.account('ada'), 'ada')
  const session = slowly(await take({ whole: true }, other), other, 1_000_000)
  await session.begun
  await other.ok('session.end')
  await pause(600)
  session.goOn()
  expect(await session.ended).toBe('broken')

  const left = slowly(await take({ whole: true }), world.ada, 1_000_000)
  await left.begun
  left.leave()
  expect(await left.ended).toBe('broken')
  expect((await lastDelivery()).details).toMatchObject({ whole: false })
}, 60_000)

async function blobOf(document: string): Promise<string> {
  const row = await world.asSuperuser(world.database, (db) =>
    db.row<{ id: string }>('select id from app.versions where document_id = $1', [document]),
  )
  return join(world.dir, 'data/blobs', row!.id.slice(-2), row!.id)
}

test('a broken file that can be told in time is left out and named; one that cannot ends the archive, and is named in its entry', async () => {
  const small = await filed.file('a small', '', 'small')
  const short = await filed.file('b short', '', large)
  await filed.file('c good', '', 'good')
  const bytes = await readFile(await blobOf(small.id))
  bytes[bytes.length - 1]! ^= 1
  await writeFile(await blobOf(small.id), bytes)
  await truncate(await blobOf(short.id), 5_000_000)
  const files = await unpacked(await bytesOf(await take({ whole: true })))
  expect(manifestOf(files).documents.map(({ path }) => path)).toEqual(['c good'])
  expect(manifestOf(files).leftOut).toMatchObject([
    { path: 'a small', code: 'document.broken' },
    { path: 'b short', code: 'document.broken' },
  ])

  const late = await filed.file('0 late', '', large)
  const blob = await readFile(await blobOf(late.id))
  blob[20 * 1024 * 1024]! ^= 1
  await writeFile(await blobOf(late.id), blob)
  await expect(bytesOf(await take({ whole: true }))).rejects.toThrow(/aborted|hang up|reset/)
  expect((await lastDelivery()).details).toMatchObject({ whole: false, broken: '0 late' })
}, 60_000)

const MANY = process.env.SLOW ? 5000 : 350
test(`${MANY} documents go in one archive that Debian’s unzip and our own reader take`, async () => {
  for (let at = 0; at < MANY; at += 50)
    await Promise.all(Array.from({ length: 50 }, (_, n) => filed.file(`Exhibit ${at + n}.txt`, `Box ${(at + n) % 7}`, `exhibit ${at + n}`)))
  const bundle = await take({ whole: true })
  expect(bundle.documents).toBe(MANY)
  const bytes = await bytesOf(bundle)
  const dir = await mkdtemp(join(tmpdir(), 'subrosa-zip-'))
  await writeFile(join(dir, 'a.zip'), bytes)
  execFileSync('unzip', ['-q', 'a.zip'], { cwd: dir })
  expect((await readdir(join(dir, 'Box 3'))).length).toBe(MANY / 7 - ((MANY / 7) % 1) + (MANY % 7 > 3 ? 1 : 0))
  expect(await readFile(join(dir, 'Box 3/Exhibit 3.txt'), 'utf8')).toBe('exhibit 3')
  await rm(dir, { recursive: true })
  const readers = openReaders()
  const source = {
    size: bytes.length,
    read: async function* (start: number, end: number) {
      yield bytes.subarray(start, end)
    },
  }
  const reading = await readers.read(source, 'zip')
  expect(reading.kind === 'archive' && reading.entries.length).toBe(MANY + 2)
  expect(reading.kind === 'archive' && reading.entries.filter(({ refused }) => refused !== null)).toEqual([])
  await readers.close()
}, 240_000)

test('paths are such as can be unpacked everywhere, and none is another’s', () => {
  const names = [
    '..',
    'CON',
    'con.txt',
    'a',
    'A',
    'caf\u00e9',
    'cafe\u0301',
    'x?.txt',
    'x*.txt',
    'end.',
    'end ',
    '\u202etxt.exe',
    'manifest.csv',
    'MANIFEST.JSON',
    'COM1 .txt',
  ]
  const documents = [
    ...names.map((name) => ({ folder: '', name })),
    { folder: 'a', name: 'b' },
    { folder: 'C:/..', name: 'x' },
    { folder: Array.from({ length: 32 }, () => 'f'.repeat(200)).join('/'), name: `${'n'.repeat(250)}.txt` },
    ...Array.from({ length: 3 }, () => ({ folder: 'same', name: `${'é'.repeat(127)}` })),
  ]
  const paths = archivePaths(documents)
  expect(refusedPaths([...paths, 'manifest.csv', 'manifest.json'])).toEqual(Array(documents.length + 2).fill(null))
  for (const path of paths) for (const name of path.split('/')) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
  expect(archivePaths([{ folder: 'Site', name: 'Letter.txt' }])).toEqual(['Site/Letter.txt'])
})
