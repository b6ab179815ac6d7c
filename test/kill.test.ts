import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { DocumentView } from '../src/contract/document.ts'
import { codeOf } from './world/build.ts'
import { Caller } from './world/caller.ts'
import { makeFolder, remove, run, serve, type Served } from './world/process.ts'

const TIMES = process.env.SLOW ? 20 : 3
const home = await makeFolder('kill')
const data = join(home, 'data')
afterAll(() => remove(home))

const files = new Map<string, Buffer>()
let next = 0
let cookie: string | null = null
let matter = ''

async function found(server: Served): Promise<void> {
  const secret = new URL(server.setup!).hash.replace('#s=', '')
  const caller = new Caller(server.url)
  const { totpSecret } = await caller.ok('setup.enrol', { body: { secret, email: 'ada@wren-ames.test' } })
  await caller.ok('setup.finish', {
    body: {
      secret,
      firm: 'Wren & Ames LLP',
      name: 'Ada Wren',
      email: 'ada@wren-ames.test',
      password: 'a long enough pass phrase',
      totpSecret,
      code: codeOf(totpSecret),
    },
  })
  const client = await caller.ok('client.create', { body: { name: 'Orchard' } })
  matter = (await caller.ok('matter.create', { body: { client: client.id, title: 'Orchard v. Mill' } })).id
  cookie = caller.cookie
}

/** Uploads, eight at a time, until the server dies; gives what was acknowledged. */
async function uploadUntilDeath(server: Served): Promise<string[]> {
  const acknowledged: string[] = []
  const worker = async () => {
    const caller = new Caller(server.url)
    caller.cookie = cookie
    for (;;) {
      const name = `file ${(next += 1)}`
      files.set(name, randomBytes(1 + (next % 7) * 20_000))
      const reply = await caller.tryUpload(matter, name, `folder ${next % 3}`, files.get(name)!).catch(() => null)
      if (reply === null) return
      if (reply.status === 201) acknowledged.push(name)
    }
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  return acknowledged
}

async function listed(server: Served): Promise<DocumentView[]> {
  const caller = new Caller(server.url)
  caller.cookie = cookie
  const all: DocumentView[] = []
  for (let after: string | null = ''; after !== null;) {
    const page: { documents: DocumentView[]; next: string | null } = await caller.ok('document.list', {
      params: { matter },
      query: after ? { after } : {},
    })
    all.push(...page.documents)
    after = page.next
  }
  return all
}

const serverOf = async (): Promise<number> => Number((await readFile(join(data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
const backends = async (): Promise<number[]> => {
  const postmaster = await serverOf()
  return execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)])
    .toString()
    .split('\n')
    .map(Number)
    .filter(Boolean)
}

test(`kill -9 in the middle of uploads, ${TIMES} times: nothing acknowledged is lost, nothing half is listed, the ledger verifies`, async () => {
  const acknowledged = new Set<string>()
  let server = await serve(home, data)
  await found(server)
  for (let time = 0; time < TIMES; time += 1) {
    const uploading = uploadUntilDeath(server)
    await new Promise((resolve) => setTimeout(resolve, 300 + ((time * 137) % 900)))
    // our process, the database's, or one of its backends
    if (time % 3 === 0) process.kill(server.child.pid!, 'SIGKILL')
    else if (time % 3 === 1) process.kill(await serverOf(), 'SIGKILL')
    else process.kill((await backends()).at(-1)!, 'SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, 300))
    server.child.kill('SIGKILL')
    for (const name of await uploading) acknowledged.add(name)
    await server.ended
    server = await serve(home, data)
    const documents = await listed(server)
    const names = new Set(documents.map((one) => one.name))
    expect([...acknowledged].filter((name) => !names.has(name))).toEqual([])
    const caller = new Caller(server.url)
    caller.cookie = cookie
    for (const document of documents.slice(-60)) {
      const reply = await caller.ask('document.download', { params: { document: document.id } })
      expect([document.name, reply.status, reply.bytes.equals(files.get(document.name)!)]).toEqual([document.name, 200, true])
    }
    expect(await readdir(join(data, 'blobs', 'incoming'))).toEqual([])
  }
  expect(acknowledged.size).toBeGreaterThan(TIMES * 3)
  expect(await server.stop()).toBe(0)
  const verified = await run(home, ['verify', '--data', data])
  expect([verified.code, verified.stderr]).toEqual([0, expect.anything()])
}, 600_000)
