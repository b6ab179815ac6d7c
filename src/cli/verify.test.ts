import { access, mkdir, readdir, readFile, rename } from 'node:fs/promises'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { canariesIn } from '../../test/world/canaries.ts'
import { dropFirm, ownFirm, running, started, subrosa, type OwnFirm, type Said } from '../../test/world/own-firm.ts'
import { databaseUrl } from '../../test/world/template.ts'
import { World } from '../../test/world/world.ts'
import { serverProcesses } from '../platform/cluster-processes.ts'
import { connect } from '../platform/postgres.ts'
import type { Base } from '../platform/base.ts'

vi.setConfig({ testTimeout: 180_000 })

let firm: OwnFirm
const verify = (...args: string[]): Promise<Said> => subrosa('verify', '--data', firm.data, ...args)

beforeAll(async () => (firm = await ownFirm()))
afterAll(() => dropFirm(firm))
// whatever it did, it started nothing that stays
afterEach(() => expect(serverProcesses(join(firm.data, 'postgres'))).toEqual([]))

/** As the owner of the tables, who may do what no one of ours may. */
async function asVandal(base: Base, ...statements: string[]): Promise<void> {
  const { db, end } = await connect(base.migrator)
  await db.run('set role subrosa_owner')
  for (const table of ['entries', 'leaves', 'checkpoints']) await db.run(`alter table ledger.${table} no force row level security`)
  for (const statement of statements) expect(await db.run(statement), statement).toBeGreaterThan(0)
  for (const table of ['entries', 'leaves', 'checkpoints']) await db.run(`alter table ledger.${table} force row level security`)
  await end()
}

describe('subrosa verify', () => {
  test('checks a firm that does not run, and counts without naming', async () => {
    const said = await verify()
    expect(said, said.err).toMatchObject({ code: 0 })
    expect(said.out).toMatch(
      /^Ledger: \d+ entries, \d+ signed checkpoints, all as they were written\.\nDocuments: 3 opened and compared with the checksum, 3\.1 MB, all whole\.\n$/,
    )
    expect(canariesIn(said.out)).toEqual([])
  })

  test('joins a server that runs, and leaves it running', async () => {
    await running(firm, async (door) => {
      const said = await verify('--json')
      expect(said, said.err).toMatchObject({ code: 0 })
      expect(JSON.parse(said.out)).toMatchObject({ whole: true, blobs: 3, faults: [], notes: [] })
      expect((await door.ok('matter.list')).matters).toHaveLength(1)
    })
  })

  test('after a kill -9 of the server it ends what that left and checks', async () => {
    const server = started('start', '--data', firm.data, '--port', '0')
    const ended = new Promise((resolve) => server.on('exit', resolve))
    for (
      let n = 0;
      n < 600 &&
      !(await access(join(firm.data, 'run/door/door.sock')).then(
        () => true,
        () => false,
      ));
      n += 1
    )
      await pause(100)
    server.kill('SIGKILL')
    await ended
    expect(await verify()).toMatchObject({ code: 0 })
  })

  test('says what is missing: the firm, the keyring', async () => {
    const empty = join(firm.dir, 'empty')
    await mkdir(empty)
    expect(await subrosa('verify', '--data', empty)).toMatchObject({ code: 78, err: expect.stringMatching(/There is no firm in/) })
    expect(await readdir(empty)).toEqual([])
    await rename(`${firm.data}.keyring`, `${firm.data}.away`)
    expect(await verify()).toMatchObject({ code: 78, err: expect.stringMatching(/key recover --sheet/) })
    await rename(`${firm.data}.away`, `${firm.data}.keyring`)
  })

  test('names a changed entry, beside a running server and without one, and a tail that was cut off', async () => {
    await running(firm, async (_, { base }) => {
      await asVandal(base, `update ledger.entries set deed = 'document.opened' where id = (select entry_id from ledger.leaves where n = 3)`)
      expect(await verify()).toMatchObject({
        code: 1,
        out: expect.stringMatching(/Fault: The entry is not the one that was numbered here.*\(leaf 3, entry [0-9a-f-]{36}\)/),
      })
    })
    const said = await verify('--json')
    expect(said.code).toBe(1)
    expect(JSON.parse(said.out).faults).toEqual([
      { what: expect.stringMatching(/not the one that was numbered/), where: expect.stringMatching(/^leaf 3/) },
    ])
    await running(firm, (_, { base }) => asVandal(base, 'delete from ledger.leaves where n >= 6'))
    expect(await verify()).toMatchObject({
      code: 1,
      out: expect.stringMatching(/The tail is cut off: \d+ entries were signed for, and 6 are there\./),
    })
  })
})

describe('a firm on a PostgreSQL of its own', () => {
  const world = new World()
  beforeAll(() => world.open())
  afterAll(() => world.close())

  test('is verified; its backup holds blobs and keys, says so, and comes back beside its database', async () => {
    const shared = inject('world')
    const env = { PATH: process.env.PATH, HOME: world.dir, DATABASE_URL: databaseUrl(shared.host, shared.port, world.database) }
    const run = (...args: string[]) =>
      new Promise<Said>((resolve) =>
        execFile(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { env }, (fault, out, err) =>
          resolve({ code: typeof fault?.code === 'number' ? fault.code : fault ? -1 : 0, out, err }),
        ),
      )
    const at = (name: string) => join(world.dir, name)
    expect(await run('verify', '--data', at('data'))).toMatchObject({ code: 0 })
    await world.firm.stop()
    const said = await run('backup', '--data', at('data'), '--to', at('sealed'), '--keys-to', at('keys'))
    expect(said).toMatchObject({ code: 0, err: expect.stringMatching(/PostgreSQL is the firm’s own .* is not in this backup/) })
    expect(await readdir(join(at('sealed'), (await readdir(at('sealed')))[0]!))).not.toContain('postgres')
    const restored = await run('restore', '--from', at('sealed'), '--keys-from', at('keys'), '--data', at('new'))
    expect(restored, restored.err).toMatchObject({ code: 0 })
    expect(await subrosa('restore', '--from', at('sealed'), '--keys-from', at('keys'), '--data', at('other'))).toMatchObject({
      code: 78,
      err: expect.stringMatching(/name it with DATABASE_URL/),
    })
    expect(JSON.parse(await readFile(at('new/firm.json'), 'utf8'))).toEqual(JSON.parse(await readFile(at('data/firm.json'), 'utf8')))
    await world.start()
  })
})
