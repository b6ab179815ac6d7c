import { watch } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { openLog } from '../src/platform/log.ts'
import { buildWorld } from './world/build.ts'
import { CANARIES, canariesIn, type Canary } from './world/canaries.ts'
import { Clamd } from './world/clamd.ts'
import { plantAll, plantKey, type Callers } from './world/planting.ts'
import { openedIn, SEALED, sealedColumns } from './world/sealed.ts'
import { useWorld } from './world/world.ts'

const clamd = new Clamd()
clamd.signature = CANARIES.signature
const world = useWorld(async () => {
  await clamd.open()
  world.env = scanned()
})
const scanned = () => ({ SUBROSA_CLAMD: `tcp://127.0.0.1:${clamd.port}` })
afterAll(() => clamd.close())

async function searchFolder(dir: string): Promise<Record<string, Canary[]>> {
  const found: Record<string, Canary[]> = {}
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const canaries = canariesIn(await readFile(path))
    if (canaries.length > 0) found[path] = canaries
  }
  return found
}

test.each(Object.entries(CANARIES))(
  'the search finds the canary of a %s in each of the forms it may lie in, and no other',
  (name, word) => {
    const forms = [
      word,
      Buffer.from(word).toString('hex'),
      Buffer.from(word, 'utf16le'),
      [...Buffer.from(word)].map((byte) => `%${byte.toString(16)}`).join(''),
      ...[0, 1, 2, 3].map((n) => Buffer.from('x'.repeat(n) + word + ' and so on').toString('base64')),
      Buffer.concat([Buffer.from('before'), gzipSync(word), Buffer.from('after')]),
    ]
    for (const form of forms) expect(canariesIn(form)).toEqual([name])
    expect(canariesIn('nothing of the kind')).toEqual([])
  },
)

test('no file of a used firm holds a canary: database, blobs, key store, keyring, log, temporary folder; and a planted one is found', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'subrosa-canary-'))
  await chmod(dir, 0o711)
  const temporary = join(dir, 'tmp')
  await mkdir(temporary)
  await chmod(temporary, 0o1777)
  const before = process.env.TMPDIR
  process.env.TMPDIR = temporary
  const lines: string[] = []
  // also what is taken away again
  const passing = new Set<string>()
  const watcher = watch(temporary, { recursive: true }, (_, name) => passing.add(String(name)))
  const more = async (callers: Callers, matter: string) => {
    await plantAll(callers, matter)
    await plantKey(callers, join(dir, 'data.keyring.own'))
  }
  await buildWorld(dir, { log: openLog((line) => lines.push(line)), env: scanned(), more }).finally(() => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  })
  await writeFile(join(temporary, 'looked after'), '')
  await expect.poll(() => [...passing]).toContain('looked after')
  watcher.close()
  passing.delete('looked after')
  expect([...passing]).toEqual([])
  await rm(join(temporary, 'looked after'))
  await writeFile(join(dir, 'the log'), lines.join(''))
  expect(await searchFolder(dir)).toEqual({})
  const files = (await readdir(dir, { recursive: true })).length
  expect(files).toBeGreaterThan(900)
  const planted = ['data/postgres', 'data/blobs', 'data/keystore', 'data/run', 'tmp'].map((place) => join(dir, place, 'planted'))
  for (const path of planted) await writeFile(path, `some bytes ${CANARIES.content} more bytes`)
  expect(await searchFolder(dir)).toEqual(Object.fromEntries(planted.map((path) => [path, ['content']])))
  await rm(dir, { recursive: true })
}, 300_000)

test('each sealed column of the schema has a canary, or a reason why no word of anyone stands in it', async () => {
  const columns = await world.asSuperuser(world.database, sealedColumns)
  expect(columns).toEqual(Object.keys(SEALED).sort())
  expect(columns.length).toBeGreaterThan(50)
})

test('each canary stands sealed where it was planted; no column of any table shows one, however PostgreSQL compressed it; and a planted one is found', async () => {
  await world.refresh()
  await plantAll(world, world.orchard.id)
  const under = await plantKey(world, join(world.dir, 'data.keyring.own'))
  const ownRoot = async () => (await world.ada.ok('matter.read', { params: { matter: under } })).ownRoot
  await expect.poll(ownRoot, { timeout: 40_000 }).toEqual({ name: CANARIES.root, asked: null, changing: false })
  for (const [column, canary] of Object.entries(SEALED)) {
    const opened = await world.asSuperuser(world.database, (db) => openedIn(world.firm.house, db, column))
    const found = canariesIn(opened.join('\n'))
    if (typeof canary === 'string') expect(found, column).toContain(canary)
    else expect([column, found]).toEqual([column, []])
  }
  const search = () =>
    world.asSuperuser(world.database, async (db) => {
      const tables = await db.rows<{ name: string }>(
        `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('app', 'ledger', 'ops')`,
      )
      const found: string[] = []
      for (const { name } of tables) {
        for (const { t } of await db.rows<{ t: string }>(`select t::text as t from ${name} t`)) {
          // bytea is printed as \\x and hex
          const bytes = [...t.matchAll(/\\x([0-9a-f]+)/g)].map((match) => Buffer.from(match[1]!, 'hex'))
          for (const canary of [t, ...bytes].flatMap((text) => canariesIn(text))) found.push(`${name}: ${canary}`)
        }
      }
      return found
    })
  expect(await search()).toEqual([])
  await world.asSuperuser(world.database, (db) =>
    db.run('update app.clients set sealed_name = $1', [Buffer.from(`${CANARIES.client} `.repeat(500))]),
  )
  expect(new Set(await search())).toEqual(new Set(['app.clients: client']))
})
