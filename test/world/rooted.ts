import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { writeAccess } from '../../src/platform/own-root.ts'
import type { Filed } from './filed.ts'
import { transitServer, type KeyService } from './key-services.ts'
import type { World } from './world.ts'

/** Two keys that clients bring: `hsm-7` in a transit service, `stick` in a file; and matters that come under them. */
export class Rooted {
  readonly #world: World
  readonly #firm: Filed
  service!: KeyService
  constructor(world: World, firm: Filed) {
    this.#world = world
    this.#firm = firm
  }

  async begin(): Promise<void> {
    const dir = join(this.#world.dir, 'data.keyring.own')
    this.service = await transitServer({ token: 's.client', key: 'wren', namespace: 'client' })
    await this.give()
    const at = { address: this.service.url, mount: 'transit', key: 'wren', namespace: 'client' }
    await writeAccess(dir, 'hsm-7', { kind: 'transit', ...at, tokenFile: this.#token(), caFile: null })
    await writeAccess(dir, 'stick', { kind: 'file', key: Buffer.alloc(32, 7).toString('base64') })
    for (const name of ['hsm-7', 'stick']) await this.#world.sam.ok('root.add', { body: { name } })
  }
  #token = () => join(this.#world.dir, 'token')

  give = (): Promise<void> => writeFile(this.#token(), 's.client\n')
  root = async (name: string) => (await this.#world.sam.ok('root.list')).roots.find((one) => one.name === name)!
  askAgain = async (name = 'hsm-7') => this.#world.sam.ok('root.test', { params: { root: (await this.root(name)).id } })
  /** As a client who takes back what it let the firm ask for. */
  withhold = async (): Promise<void> => {
    await writeFile(this.#token(), 's.revoked\n')
    expect(await this.askAgain()).toMatchObject({ state: 'withheld' })
  }
  giveAgain = async (): Promise<void> => {
    await this.give()
    expect(await this.askAgain()).toMatchObject({ state: 'held' })
  }
  /** As after the minutes for which keys are held. */
  cold = (): void => this.#world.firm.house.keystore.own.stop()

  under = async (name = 'hsm-7', matter = this.#firm.matter): Promise<void> => {
    const { ada, ben } = this.#world
    const at = { params: { matter } }
    const { confirmation } = await ada.ok('root.put', { ...at, body: { name, reason: 'The client brings its key' } })
    await ben.ok('confirmation.decide', { params: { confirmation }, body: { approve: true } })
    const isThere = async () => {
      const { ownRoot } = await ada.ok('matter.read', at)
      return ownRoot.name === name && !ownRoot.changing
    }
    await until('the client’s key', isThere)
  }
}

export async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 40_000; performance.now() < end; await pause(100)) if (await is()) return
  throw new Error(`${what} does not come`)
}
