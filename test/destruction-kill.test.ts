import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { codeOf } from './world/build.ts'
import { Caller } from './world/caller.ts'
import { expectWhole, Kills } from './world/killing.ts'
import { makeFolder, remove, serve } from './world/process.ts'

const TIMES = 21
const PASSWORD = 'a long enough pass phrase'
const home = await makeFolder('kill')
const data = join(home, 'data')
afterAll(() => remove(home))

test.runIf(process.env.SLOW)(
  `kill -9 around a destruction, ${TIMES} times: it comes to its end, no half and no file is left, the ledger verifies`,
  async () => {
    let server = await serve(home, data)
    const secret = new URL(server.setup!).hash.replace('#s=', '')
    let ada = new Caller(server.url)
    const { totpSecret } = await ada.ok('setup.enrol', { body: { secret, email: 'ada@wren-ames.test' } })
    await ada.ok('setup.finish', {
      body: { secret, firm: 'F', name: 'Ada Wren', email: 'ada@wren-ames.test', password: PASSWORD, totpSecret, code: codeOf(totpSecret) },
    })
    // while nobody else could be the second person, a guarded role is given at once
    const { invitation } = await ada.ok('person.invite', {
      body: { name: 'Ruth Okafor', email: 'ruth@wren-ames.test', roles: ['compliance'] },
    })
    let ruth = new Caller(server.url)
    const read = await ruth.ok('invitation.read', { body: { secret: invitation.secret } })
    await ruth.ok('invitation.accept', {
      body: { secret: invitation.secret, password: PASSWORD, totpSecret: read.totpSecret, code: codeOf(read.totpSecret) },
    })
    const client = await ada.ok('client.create', { body: { name: 'Orchard' } })
    const kills = new Kills('destructions', data)
    for (let time = 0; time < TIMES; time += 1) {
      const matter = (await ada.ok('matter.create', { body: { client: client.id, title: `Matter ${time}` } })).id
      for (let n = 0; n < 5; n += 1) await ada.upload(matter, `file ${n}`, 'Letters', Buffer.alloc(30_000, n + 1))
      await server.fresh()
      await ada.ok('matter.close', { params: { matter }, body: { reason: 'Done' } })
      const asked = await ada.ok('matter.destroy', { params: { matter }, body: { reason: 'Past its time', basis: 'Schedule 7' } })
      await ruth.ok('confirmation.decide', { params: { confirmation: asked.confirmation }, body: { approve: true } })
      await kills.strike(server, time, 2600)
      server = await serve(home, data)
      const again = (who: Caller) => Object.assign(new Caller(server.url), { cookie: who.cookie, jar: who.jar })
      ada = again(ada)
      ruth = again(ruth)
      const state = async () => (await ruth.ok('certificate.read', { params: { destruction: asked.destruction } })).state
      await expect.poll(state, { timeout: 60_000, interval: 300 }).toBe('certified')
      expect((await ruth.ok('certificate.read', { params: { destruction: asked.destruction } })).number).toBe(time + 1)
      expect(await ada.refused('matter.read', { params: { matter } })).toBe('nothing')
      // what is left of its key is the note that it ended
      expect((await readdir(join(data, 'keystore'))).filter((one) => !one.endsWith('.ended'))).toEqual([])
      const left = await readdir(join(data, 'blobs'), { recursive: true, withFileTypes: true })
      expect(left.filter((one) => one.isFile()).map((one) => one.name)).toEqual([])
    }
    expect(await server.stop()).toBe(0)
    await expectWhole(home, data, { destroyed: TIMES, blobs: 0 })
    kills.tell('each came to its end, with its certificate')
  },
  2_400_000,
)
