import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { ReceiverSettings, ReceiverView } from '../../src/contract/receiver.ts'
import { isSignedBy } from '../../src/core/webhook.ts'
import type { World } from './world.ts'

/** How a receiver can be ill: it says 500, says nothing, cuts the connection, takes all and then cuts, sends elsewhere, or talks without end. */
export type HookIll = 'well' | 'fails' | 'silent' | 'cuts' | 'late-cut' | 'elsewhere' | 'endless'
export const SECRET = 'the word of both sides'

/** A receiver of a webhook, on this machine. */
export class Hook {
  readonly #server: Server = createServer((request, response) => void this.#take(request, response))
  ill: HookIll = 'well'
  tries = 0
  /** Bodies that it took, and those that were not signed. */
  readonly taken: Buffer[] = []
  readonly unsigned: string[] = []

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return this
  }
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/ledger`
  }
  close(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
  forget(): void {
    this.taken.length = 0
    this.tries = 0
  }
  /** The lines that it took, in the order in which they came. */
  lines<T = Record<string, unknown>>(): T[] {
    return this.taken.flatMap((body) =>
      body
        .toString()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as T),
    )
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.tries += 1
    const { ill } = this
    if (ill === 'silent') return
    if (ill === 'cuts') return void request.socket.destroy()
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts)
    if (ill === 'fails') return void response.writeHead(500).end('a stack trace of theirs')
    if (ill === 'elsewhere') return void response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end()
    if (ill === 'endless') return void response.writeHead(200).end(Buffer.alloc(200_000, 'x'))
    const header = String(request.headers['subrosa-signature'])
    if (!isSignedBy(SECRET, header, body, Math.floor(Date.now() / 1000))) this.unsigned.push(header)
    this.taken.push(body)
    if (ill === 'late-cut') return void request.socket.destroy()
    response.writeHead(204).end()
  }
}

/** Asks for a receiver as Sam, and agrees as Ruth. */
export async function addReceiver(
  world: World,
  settings: ReceiverSettings,
  { from = 'now', name = 'Watch post' }: { from?: 'now' | 'beginning'; name?: string } = {},
): Promise<ReceiverView> {
  const asked = await world.sam.ok('receiver.add', { body: { name, settings, from, reason: 'The insurer asks for it' } })
  await agree(world, asked)
  return asked
}
export const agree = (world: World, { id, asked }: Pick<ReceiverView, 'id' | 'asked'>) =>
  world.ruth.ok('receiver.decide', { params: { receiver: id }, body: { asked: asked!.id, approve: true } })
export const receiver = async (world: World, id: string): Promise<ReceiverView> =>
  (await world.sam.ok('receiver.list')).receivers.find((one) => one.id === id)!

/** Until it has taken everything there is. */
export async function caughtUp(world: World, id: string): Promise<ReceiverView> {
  await world.firm.sequencer.run()
  for (const end = performance.now() + 60_000; performance.now() < end; await pause(100)) {
    const now = await receiver(world, id)
    if (now.behind.entries === 0) return now
    // the waits after a fault are not what is tested here
    await world.asSuperuser(world.database, (db) => db.run('update app.receiver_cursors set next_try = now() where next_try > now()'))
  }
  throw new Error(`the receiver does not catch up: ${JSON.stringify(await receiver(world, id))} ${world.log.slice(-3).join('\n')}`)
}

export type Leaf = { n: number; id: string; deed: string; actor: string | null; matter: string | null; object: string | null }
/** The log as the database has it, from leaf `n` on. */
export const leavesOf = (world: World, n = 0): Promise<Leaf[]> =>
  world.asSuperuser(world.database, (db) =>
    db.rows<Leaf>(
      `select l.n, e.id, e.deed, e.actor, e.matter_id as matter, e.object from ledger.leaves l join ledger.entries e on e.id = l.entry_id
       where l.n >= $1 order by l.n`,
      [n],
    ),
  )
