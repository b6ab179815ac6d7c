import { randomInt, randomUUID } from 'node:crypto'
import { now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { NotTaken } from '../../platform/not-taken.ts'
import type { Db } from '../../platform/postgres.ts'
import { Rounds } from '../../platform/rounds.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import { openPlace } from '../ledger/origins.ts'
import { notify } from '../notices/notices.ts'
import type { Sent } from './entries.ts'
import { post } from './posting.ts'
import * as kept from './queries.ts'
import { openSettings, type Kept } from './settings.ts'

const EVERY_MS = 1000
/** Entries at a time: about half a megabyte, and the most that is ever in memory for one receiver. */
const MOST = 500
const LONGEST_WAIT_MS = 300_000
/** A receiver that takes nothing for so long is told of, and again after a day. */
const AWAY_MS = 15 * 60_000
const AGAIN_MS = 24 * 3_600_000
const JOB = 'receivers'

/** The wait after the nth fault in a row: from a second to five minutes, and up to half of it less, so that processes do not ask in step. */
export const waitAfter = (faults: number): number => {
  const longest = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(faults, 20))
  return longest / 2 + randomInt(Math.ceil(longest / 2))
}

/**
 * Sends the ledger to its receivers, each at its own pace: a receiver is due, then sent to batch by batch while it takes them, then
 * at rest until there is more, or until a fault is waited out. Nothing that serves people waits for any of it.
 */
export class Senders extends Rounds {
  readonly #underWay = new Map<string, Promise<void>>()
  readonly #end = new AbortController()
  /** This process, as the lease of a receiver knows it. */
  readonly #me = randomUUID()
  readonly #house: House

  constructor(house: House) {
    super(EVERY_MS, () => this.#round(), { log: house.log, fault: 'couldn’t look which receivers are due' })
    this.#house = house
  }

  async #round(): Promise<void> {
    for (const id of await this.#house.clerk({ name: JOB }, (db) => kept.dueReceivers(db, this.#me))) {
      if (this.#underWay.has(id) || this.#end.signal.aborted) continue
      const work = sendAll(this.#house, id, this.#me, this.#end.signal)
        .catch((fault: unknown) => this.#house.log.error('couldn’t send the ledger to a receiver', fault))
        .finally(() => this.#underWay.delete(id))
      this.#underWay.set(id, work)
    }
  }

  /** One round, and all that it began; for tests. */
  async settle(): Promise<void> {
    await this.run()
    await Promise.all(this.#underWay.values())
  }

  /** Breaks off what is under way: what was not taken is sent after the next start. */
  override async stop(): Promise<void> {
    this.#end.abort()
    await super.stop()
    await Promise.all(this.#underWay.values())
  }
}

/** Batch after batch, until nothing is left, it does not take one, or this process ends. */
async function sendAll(house: House, receiver: string, me: string, signal: AbortSignal): Promise<void> {
  try {
    while (!signal.aborted && (await sendBatch(house, receiver, me, signal)));
  } catch (fault) {
    if (signal.aborted) return
    if (!(fault instanceof NotTaken)) house.log.error('couldn’t send the ledger to a receiver', fault)
    await keepFault(
      house,
      receiver,
      me,
      fault instanceof NotTaken ? fault.message : 'Something broke on our side; the server’s log says what.',
    )
  } finally {
    await house.clerk({ name: JOB }, (db) => kept.letGo(db, receiver, me))
  }
}

/** Whether there may be more. @throws NotTaken */
async function sendBatch(house: House, receiver: string, me: string, signal: AbortSignal): Promise<boolean> {
  const batch = await house.clerk({ name: JOB }, async (db) => {
    const job = await kept.takeReceiver(db, receiver, me)
    if (!job) return null
    const settings = openSettings(house, job.settings_id, job.sealed_settings)
    return { job, settings, entries: job.late ? [] : await entriesOf(house, db, receiver, settings, job.next) }
  })
  if (!batch) return false
  const { job, settings, entries } = batch
  if (entries.length > 0) await post(house, settings, entries, signal)
  const isLast = job.late || (job.retired && entries.some((entry) => entry.deed === 'receiver.retired' && entry.object === receiver))
  await house.clerk({ name: JOB }, async (db) => {
    if (entries.length > 0) await took(house, db, receiver, me, job.next, entries.at(-1)!.n + 1)
    if (isLast) await kept.endReceiver(db, receiver, me)
  })
  return entries.length === MOST && !isLast
}

async function entriesOf(house: House, db: Db, receiver: string, settings: Kept, next: number): Promise<Sent[]> {
  const rows = await kept.entriesFrom(db, next, MOST)
  // in order and whole: what is missing is the ledger's fault, and is not skipped
  if (rows.some((row, at) => row.n !== next + at)) throw new Error(`the ledger has a hole at or after leaf ${next}`)
  const people = settings.names ? [...new Set(rows.flatMap((row) => row.actor ?? []))] : []
  const names = people.length === 0 ? [] : await kept.namesToSend(db, receiver, people)
  const nameOf = new Map(names.map((row) => [row.person, firmText(house.keys, 'people', 'sealed_name', row.person, row.sealed_name)]))
  return rows.map(({ matter_id: matter, origin, sealed_origin: sealed, ...row }) => ({
    ...row,
    matter,
    name: (row.actor && nameOf.get(row.actor)) ?? null,
    address: origin && sealed ? openPlace(house.keys, origin, sealed).place.address : null,
  }))
}

/** Keeps how far it has come, in one transaction with what is said of a receiver that was away. */
async function took(house: House, db: Db, receiver: string, me: string, from: number, next: number): Promise<void> {
  const before = await kept.faultsOf(db, receiver)
  if (!(await kept.keepTaken(db, receiver, me, from, next)) || before.told_at === null) return
  const object = await nameOf(house, db, receiver)
  await rememberAsClerk(house, db, 'receiver.back', null, null, { object: receiver, details: { object, faults: before.faults } })
  await notify(house, db, await kept.toldOf(db), {
    text: `${object} takes the ledger again. It gets everything from where it stopped.`,
    todo: 'There is nothing to do.',
    page: 'receivers',
  })
}

const nameOf = async (house: House, db: Db, receiver: string): Promise<string> =>
  firmText(house.keys, 'receivers', 'sealed_name', receiver, (await kept.nameRow(db, receiver))!.sealed_name)

/** Keeps why, when it is tried again, and tells those who run receivers once it has been away for long. */
async function keepFault(house: House, receiver: string, me: string, why: string): Promise<void> {
  await house.clerk({ name: JOB }, async (db) => {
    const { faults } = await kept.faultsOf(db, receiver)
    const sealed = sealFirmText(house.keys, 'receiver_cursors', 'sealed_fault', receiver, why)
    const away = await kept.keepFault(db, receiver, me, sealed, waitAfter(faults))
    if (!away || now() - away.failing_since.getTime() < AWAY_MS) return
    if (away.told_at !== null && now() - away.told_at.getTime() < AGAIN_MS) return
    const object = await nameOf(house, db, receiver)
    if (away.told_at === null)
      await rememberAsClerk(house, db, 'receiver.failed', null, null, { object: receiver, details: { object, faults: away.faults, why } })
    await notify(house, db, await kept.toldOf(db), {
      text: `${object}, where the ledger is sent to, has taken nothing since ${away.failing_since.toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
      todo: `${why} Nothing is lost: it gets everything once it is back. Look at it under Receivers.`,
      page: 'receivers',
    })
    await kept.keepTold(db, receiver)
  })
}
