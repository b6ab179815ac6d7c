import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createHash, randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import type { DocumentView } from '../src/contract/document.ts'
import { codeOf } from './world/build.ts'
import { Caller } from './world/caller.ts'
import { expectWhole, Kills } from './world/killing.ts'
import { makeFolder, remove, serve, type Served } from './world/process.ts'

const TIMES = 42
const FILES = 12
const home = await makeFolder('kill-transfer')
const data = join(home, 'data')
afterAll(() => remove(home))

let cookie: string | null = null
const matters: string[] = []
const contents = new Map<string, string>()
const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const callerOf = (server: Served): Caller => Object.assign(new Caller(server.url), { cookie })

async function found(server: Served): Promise<void> {
  const secret = new URL(server.setup!).hash.replace('#s=', '')
  const caller = new Caller(server.url)
  const email = 'ada@wren-ames.test'
  const { totpSecret } = await caller.ok('setup.enrol', { body: { secret, email } })
  const password = 'a long enough pass phrase'
  await caller.ok('setup.finish', {
    body: { secret, firm: 'Wren & Ames LLP', name: 'Ada Wren', email, password, totpSecret, code: codeOf(totpSecret) },
  })
  cookie = caller.cookie
  for (const name of ['Orchard', 'Mill']) {
    const client = await caller.ok('client.create', { body: { name } })
    matters.push((await caller.ok('matter.create', { body: { client: client.id, title: name } })).id)
  }
  for (let n = 0; n < FILES; n += 1) {
    const bytes = randomBytes(1000 + n * 150_000)
    const document = await caller.upload(matters[0]!, `file ${n}`, '', bytes)
    contents.set(document.id, digest(bytes))
  }
}

const listed = async (server: Served): Promise<DocumentView[][]> =>
  Promise.all(matters.map(async (matter) => (await callerOf(server).ok('document.list', { params: { matter } })).documents))

/** Moves each document to and fro, four at a time, until the server dies; where each stood last, as far as it was told. */
async function moveUntilDeath(
  server: Served,
  places: Map<string, string>,
  onMoved: () => void,
): Promise<{ acknowledged: number; inDoubt: Set<string> }> {
  const ids = [...places.keys()]
  const inDoubt = new Set<string>()
  let acknowledged = 0
  const worker = async (own: string[]) => {
    const caller = callerOf(server)
    for (let n = 0; ; n += 1) {
      const id = own[n % own.length]!
      const from = places.get(id)!
      const to = matters.find((matter) => matter !== from)!
      const body = { documents: [id], to, folder: `Folder ${n % 3}`, copy: false, reason: 'To and fro' }
      inDoubt.add(id)
      const reply = await caller.ask('document.transfer', { params: { matter: from }, body }).catch(() => null)
      if (reply === null) return
      if (reply.status !== 200) {
        // a server whose database was killed refuses, and did nothing or could not say that it did
        if (reply.status < 500) throw new Error(`a move answered ${reply.status}: ${reply.bytes.toString()}`)
        return
      }
      inDoubt.delete(id)
      places.set(id, to)
      acknowledged += 1
      onMoved()
    }
  }
  await Promise.all(Array.from({ length: 4 }, (_, k) => worker(ids.filter((_id, at) => at % 4 === k))))
  return { acknowledged, inDoubt }
}

test.runIf(process.env.SLOW)(
  `kill -9 in the middle of moves between matters, ${TIMES} times: each document stands whole in one of the two, and the ledger verifies`,
  async () => {
    let server = await serve(home, data)
    await found(server)
    const places = new Map([...contents.keys()].map((id) => [id, matters[0]!]))
    const kills = new Kills('moves', data)
    let moves = 0
    for (let time = 0; time < TIMES; time += 1) {
      const first = Promise.withResolvers<void>()
      await server.fresh()
      const moving = moveUntilDeath(server, places, first.resolve)
      await Promise.race([first.promise, moving])
      await kills.strike(server, time, 1000)
      const { acknowledged, inDoubt } = await moving
      moves += acknowledged
      server = await serve(home, data)
      const lists = await listed(server)
      const stands = new Map(lists.flatMap((documents, at) => documents.map(({ id }): [string, string] => [id, matters[at]!])))
      // in both it would be listed twice, in neither not at all
      expect(lists.flat().length).toBe(contents.size)
      expect([...stands.keys()].sort()).toEqual([...contents.keys()].sort())
      for (const [id, matter] of places) if (!inDoubt.has(id)) expect([id, stands.get(id)]).toEqual([id, matter])
      for (const [id, matter] of stands) places.set(id, matter)
      for (const [id, sha256] of contents) {
        const reply = await callerOf(server).ask('document.download', { params: { document: id } })
        expect([id, reply.status, digest(reply.bytes)]).toEqual([id, 200, sha256])
      }
      expect(await readdir(join(data, 'blobs', 'incoming'))).toEqual([])
    }
    expect(moves).toBeGreaterThanOrEqual(TIMES)
    // what a move left behind is named in the transaction that moved it, and erased by a keeper that looks every minute
    const kept = async () => (await readdir(join(data, 'blobs'), { recursive: true })).filter((name) => /[0-9a-f-]{36}$/.test(name)).length
    await expect.poll(kept, { timeout: 150_000, interval: 1000 }).toBe(contents.size)
    expect(await server.stop()).toBe(0)
    await expectWhole(home, data, { blobs: contents.size })
    kills.tell(`${moves} moves acknowledged, each document whole and where it was said to be`)
  },
  2_400_000,
)
