import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { DocumentView } from '../src/contract/document.ts'
import { codeOf } from './world/build.ts'
import { Caller } from './world/caller.ts'
import { expectWhole, Kills } from './world/killing.ts'
import { makeFolder, remove, serve, type Served } from './world/process.ts'

const TIMES = process.env.SLOW ? 42 : 1
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
async function uploadUntilDeath(server: Served, onTaken: () => void): Promise<string[]> {
  const acknowledged: string[] = []
  const worker = async () => {
    const caller = new Caller(server.url)
    caller.cookie = cookie
    for (;;) {
      const name = `file ${(next += 1)}`
      files.set(name, randomBytes(1 + (next % 7) * 20_000))
      const reply = await caller.tryUpload(matter, name, `folder ${next % 3}`, files.get(name)!).catch(() => null)
      if (reply === null) return
      if (reply.status !== 201) continue
      acknowledged.push(name)
      onTaken()
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

test(`kill -9 in the middle of uploads, ${TIMES} times: nothing acknowledged is lost, nothing half is listed, the ledger verifies`, async () => {
  const acknowledged = new Set<string>()
  const kills = new Kills('uploads', data)
  let server = await serve(home, data)
  await found(server)
  for (let time = 0; time < TIMES; time += 1) {
    const first = Promise.withResolvers<void>()
    const uploading = uploadUntilDeath(server, first.resolve)
    await Promise.race([first.promise, uploading])
    await kills.strike(server, time, 1000)
    for (const name of await uploading) acknowledged.add(name)
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
  const all = (await listed(server)).length
  expect(acknowledged.size).toBeGreaterThanOrEqual(TIMES)
  expect(await server.stop()).toBe(0)
  await expectWhole(home, data, { blobs: all })
  kills.tell(`${acknowledged.size} uploads acknowledged, none lost, ${all} documents whole`)
}, 2_400_000)
