import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFirm } from '../src/main.ts'
import { readConfig } from '../src/platform/config.ts'
import { silentLog } from '../src/platform/log.ts'
import { connect } from '../src/platform/postgres.ts'
import { buildWorld, codeOf } from './world/build.ts'
import { CANARIES } from './world/canaries.ts'
import { Caller } from './world/caller.ts'
import { dumpSchema } from './world/schema.ts'
import { makeFolder, remove } from './world/process.ts'

const BIN = '/usr/lib/postgresql/15/bin'
const here = existsSync(join(BIN, 'postgres')) && process.getuid?.() === 0
const PORT = 5999

let home: string
let server: ChildProcess
let url: string

/** Debian's own server, as the owner of a managed one sees it: a role that may make roles and owns its database. */
beforeAll(async () => {
  if (!here) return
  home = await makeFolder('pg15')
  const [, , uid, gid] = (await readFile('/etc/passwd', 'utf8'))
    .split('\n')
    .find((line) => line.startsWith('postgres:'))!
    .split(':')
  const as = { uid: Number(uid), gid: Number(gid) }
  const dir = join(home, 'cluster')
  await mkdir(dir)
  await chmod(dir, 0o700)
  await chown(dir, as.uid, as.gid)
  await writeFile(join(home, 'password'), 'the superuser of the test')
  execFileSync(
    join(BIN, 'initdb'),
    ['-D', dir, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${join(home, 'password')}`, '--encoding=UTF8', '--locale=C'],
    { ...as, stdio: 'ignore' },
  )
  server = spawn(
    join(BIN, 'postgres'),
    ['-D', dir, '-p', String(PORT), '-c', 'listen_addresses=', '-c', `unix_socket_directories=${dir}`],
    { ...as, stdio: 'ignore' },
  )
  const superuser = { host: dir, port: PORT, user: 'postgres', password: 'the superuser of the test', database: 'postgres' }
  for (;;) {
    const opened = await connect(superuser).catch(() => null)
    if (opened) {
      await opened.db.run(`create role firm_owner login createrole password 'a password'`)
      await opened.db.run('create database firm owner firm_owner')
      await opened.end()
      break
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  url = `postgres://firm_owner:a%20password@localhost:${PORT}/firm?host=${encodeURIComponent(dir)}`
}, 60_000)

afterAll(async () => {
  if (!here) return
  server.kill('SIGINT')
  await new Promise((resolve) => server.once('close', resolve))
  await remove(home)
})

test.skipIf(!here)(
  'the whole firm stands on PostgreSQL 15, with a migrator that is no superuser, and its wall with it',
  async () => {
    const people = await buildWorld(home, { databaseUrl: url })
    const firm = await openFirm(readConfig({ data: join(home, 'data'), port: '0' }, { DATABASE_URL: url }), {
      log: silentLog,
      network: true,
      web: null,
    })
    try {
      const signIn = async (name: string) => {
        const { db, end } = await connect({
          host: join(home, 'cluster'),
          port: PORT,
          user: 'postgres',
          password: 'the superuser of the test',
          database: 'firm',
        })
        await db.run('update app.people set totp_used_step = 0')
        // the same schema as on the PostgreSQL that comes along
        await expect(await dumpSchema(db)).toMatchFileSnapshot('../db/schema.sql')
        await end()
        const caller = new Caller(firm.url!)
        const { email, password, totp } = people[name]!
        await caller.ok('session.create', { body: { email, password, code: codeOf(totp) } })
        return caller
      }
      const ada = await signIn('ada')
      const [matter] = (await ada.ok('matter.list')).matters
      expect(matter!.title).toBe(CANARIES.title)
      const [document] = (await ada.ok('document.list', { params: { matter: matter!.id } })).documents
      expect((await ada.ask('document.download', { params: { document: document!.id } })).bytes.toString()).toContain(CANARIES.content)
      const cora = await signIn('cora')
      expect((await cora.ok('matter.list')).matters).toEqual([])
      expect(await cora.refused('document.download', { params: { document: document!.id } })).toBe('nothing')
    } finally {
      await firm.stop()
    }
  },
  300_000,
)
