import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endServerProcesses } from '../src/platform/cluster-processes.ts'
import { writeAccess } from '../src/platform/own-root.ts'
import { codeOf } from './world/build.ts'
import { Caller } from './world/caller.ts'
import { CANARIES } from './world/canaries.ts'
import { dropFirm, ownFirm, running, subrosa, type OwnFirm } from './world/own-firm.ts'
import { until } from './world/rooted.ts'

let firm: OwnFirm
let keys = ''
beforeAll(async () => {
  firm = await ownFirm()
  keys = `${firm.data}.keyring.own`
}, 300_000)
afterAll(() => dropFirm(firm))

async function underKey(): Promise<void> {
  await writeAccess(keys, 'stick', { kind: 'file', key: Buffer.alloc(32, 7).toString('base64') })
  await running(firm, async (door, { url }) => {
    await door.ok('root.add', { body: { name: 'stick' } })
    const { invitation } = await door.ok('person.invite', { body: { name: 'Ben Ames', email: 'ben@wren-ames.test', roles: ['lawyer'] } })
    const ben = new Caller(url!)
    const { totpSecret } = await ben.ok('invitation.read', { body: { secret: invitation.secret! } })
    const body = { secret: invitation.secret!, password: 'a long enough pass phrase', totpSecret, code: codeOf(totpSecret) }
    await ben.ok('invitation.accept', { body })
    const at = { params: { matter: firm.matter } }
    await door.ok('team.join', { ...at, body: { person: (await ben.ok('person.me')).id } })
    const { confirmation } = await door.ok('root.put', { ...at, body: { name: 'stick', reason: 'The client brings its key' } })
    await ben.ok('confirmation.decide', { params: { confirmation }, body: { approve: true } })
    await until('the client’s key', async () => {
      const { ownRoot } = await door.ok('matter.read', at)
      return ownRoot.name === 'stick' && !ownRoot.changing
    })
  })
}

test.runIf(process.env.SLOW)(
  'a backup is made and restored without the client’s key, opens nothing of the matter, and all of it once the key is there',
  async () => {
    await underKey()
    await rename(keys, `${keys}.away`)
    const [to, keysTo] = [join(firm.dir, 'sealed'), join(firm.dir, 'keys')]
    const made = await subrosa('backup', '--data', firm.data, '--to', to, '--keys-to', keysTo, '--json')
    expect(made, made.err).toMatchObject({ code: 0 })
    expect(JSON.parse(made.out)).toMatchObject({ blobs: { count: 3, copied: 3 }, keys: 1, faults: [] })

    await endServerProcesses(join(firm.data, 'postgres'))
    await rm(firm.data, { recursive: true, force: true })
    await rm(`${firm.data}.keyring`, { force: true })
    const back = await subrosa('restore', '--from', to, '--keys-from', keysTo, '--data', firm.data)
    expect(back, back.err).toMatchObject({ code: 0 })
    const checked = await subrosa('verify', '--data', firm.data)
    expect(checked, checked.out + checked.err).toMatchObject({ code: 0 })

    const at = { params: { matter: firm.matter } }
    await running(firm, async (door) => {
      expect((await door.ok('matter.list')).matters).toMatchObject([{ id: firm.matter, isLocked: true, number: '' }])
      expect(await door.refused('matter.read', at)).toBe('key.withheld')
      expect(await door.refused('document.list', at)).toBe('key.withheld')
    })
    await rename(`${keys}.away`, keys)
    await running(firm, async (door) => {
      expect((await door.ok('matter.read', at)).title).toBe(CANARIES.title)
      const { documents } = await door.ok('document.list', at)
      expect(documents).toHaveLength(firm.files.size)
      for (const { id, name } of documents) {
        const { bytes } = await door.ask('document.download', { params: { document: id } })
        expect([name, bytes.equals(firm.files.get(name)!)]).toEqual([name, true])
      }
    })
  },
  240_000,
)
