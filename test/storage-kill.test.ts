import { randomBytes, randomInt } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { codeOf } from './world/build.ts'
import { Caller } from './world/caller.ts'
import { expectWhole, Kills } from './world/killing.ts'
import { makeFolder, remove, run, serve, type Served } from './world/process.ts'
import { S3Server } from './world/s3-server.ts'

const TIMES = 43
const s3 = await new S3Server().open()
const home = await makeFolder('storage-kill')
const data = join(home, 'data')
afterAll(async () => {
  await s3.close()
  await remove(home)
})

const files = new Map<string, Buffer>()
let cookie: string | null = null
let matter = ''
let env: Record<string, string> = {}
const callerOf = (server: Served): Caller => {
  const caller = new Caller(server.url)
  caller.cookie = cookie
  return caller
}

async function found(server: Served): Promise<void> {
  const caller = new Caller(server.url)
  const secret = new URL(server.setup!).hash.replace('#s=', '')
  const email = 'ada@wren-ames.test'
  const { totpSecret } = await caller.ok('setup.enrol', { body: { secret, email } })
  const who = { firm: 'Wren & Ames LLP', name: 'Ada Wren', email, password: 'a long enough pass phrase' }
  await caller.ok('setup.finish', { body: { secret, ...who, totpSecret, code: codeOf(totpSecret) } })
  cookie = caller.cookie
  const client = await caller.ok('client.create', { body: { name: 'Orchard' } })
  matter = (await caller.ok('matter.create', { body: { client: client.id, title: 'Orchard v. Mill' } })).id
}

const onDisk = async (): Promise<string[]> =>
  (await readdir(join(data, 'blobs'), { recursive: true })).filter((name) => /[0-9a-f-]{36}(\.\w+)?$/.test(name))

test.runIf(process.env.SLOW)(
  `kill -9 in the middle of a move, ${TIMES} times: nothing acknowledged is lost, the move goes on, and no copy is left over`,
  async () => {
    const credentials = join(home, 's3')
    const { accessKeyId, secretAccessKey } = s3.settings().credentials
    await writeFile(credentials, `aws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\n`, { mode: 0o600 })
    env = { SUBROSA_S3_ENDPOINT: `http://127.0.0.1:${s3.port}`, SUBROSA_S3_BUCKET: 'vault', SUBROSA_S3_CREDENTIALS: credentials }
    let server = await serve(home, data, env)
    await found(server)
    const caller = callerOf(server)
    for (let n = 0; n < 60; n += 1) {
      const name = `file ${n}`
      files.set(name, randomBytes(n === 7 ? 13_000_000 : 1 + n * 3000))
      await caller.upload(matter, name, '', files.get(name)!)
    }
    const kills = new Kills('moves between disk and S3', data)
    for (let time = 0; time < TIMES; time += 1) {
      const to = time % 2 === 0 ? 's3' : 'disk'
      await server.fresh()
      await callerOf(server).ok('storage.move', { body: { to } })
      const asked = s3.asked.length
      // somewhere among the requests of the move
      const until = asked + randomInt(5, 155)
      while (s3.asked.length < until) await pause(5)
      await kills.strike(server, time + 1)
      server = await serve(home, data, env)
      const again = callerOf(server)
      const name = `after ${time}`
      files.set(name, randomBytes(5000))
      await again.upload(matter, name, '', files.get(name)!)
      for (;;) {
        const { move } = await again.ok('storage.read')
        if (move!.state === 'ended') break
        await pause(200)
      }
      const { documents } = await again.ok('document.list', { params: { matter } })
      expect(new Set(documents.map((one) => one.name))).toEqual(new Set(files.keys()))
      for (const one of documents)
        expect((await again.ask('document.download', { params: { document: one.id } })).bytes.equals(files.get(one.name)!), one.name).toBe(
          true,
        )
      const lie = { disk: (await onDisk()).length, s3: s3.objects.size }
      expect(lie).toEqual(to === 's3' ? { disk: 0, s3: files.size } : { disk: files.size, s3: 0 })
      expect(s3.uploads.size).toBe(0)
    }
    await server.stop()
    await expectWhole(home, data, { blobs: files.size }, env)
    // without its settings nothing is begun that could not be read
    expect((await run(home, ['verify', '--data', data], '', {})).stderr).toMatch(/keeps sealed files in a bucket/)
    kills.tell(`${files.size} documents whole, each in one store`)
  },
  2_400_000,
)
