import { setTimeout as pause } from 'node:timers/promises'
import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import type { OwnKeys, OwnKeyState } from '../../platform/own-keys.ts'
import { openSealed, placesIn, readAccess, sealNew } from '../../platform/own-root.ts'
import { Stop } from '../../platform/refusal.ts'
import { firmText } from '../keys/firm-words.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'

/** Someone who needs a key waits this long for its service at most; that goes on being asked. */
const WAIT_MS = 5_000
/** A service that did not give its key is asked again after this long at the earliest, when someone needs it. */
const AGAIN_MS = 10_000
const JOB = 'own-key'

/** `minutes`: a key is held so long at most. */
type Settings = { dir: string; minutes: number }
type Keeper = Pick<House, 'clerk' | 'keys' | 'keystore' | 'log'>
type Row = { sealed_name: Buffer; sealed_key: Buffer }

/** What is known of one root: `key` while it is held, `withheld` when its service last failed to give it. Nothing of it is on any disk. */
class Root {
  key: { bytes: Buffer; until: number; at: string; timer: NodeJS.Timeout } | null = null
  withheld: { why: string; at: string; next: number } | null = null
  asking: Promise<void> | null = null
  readonly forgetting = new Map<string, () => void>()

  forget(): void {
    if (this.key) {
      clearTimeout(this.key.timer)
      this.key.bytes.fill(0)
    }
    this.key = null
    for (const forget of this.forgetting.values()) forget()
    this.forgetting.clear()
  }

  state(): OwnKeyState {
    if (this.key) return { state: 'held', at: this.key.at, why: null }
    return this.withheld ? { state: 'withheld', at: this.withheld.at, why: this.withheld.why } : { state: 'resting', at: null, why: null }
  }
}

/**
 * Keys that clients bring, as long as each is held. What waits for one waits outside of every transaction, some seconds and no
 * more; while one is withheld nobody waits, and it is asked for again meanwhile. [Note: A key that a client brings]
 */
export function openOwnKeys(house: Keeper, { dir, minutes }: Settings): OwnKeys {
  const roots = new Map<string, Root>()
  const rootOf = (id: string): Root => {
    const found = roots.get(id) ?? new Root()
    roots.set(id, found)
    return found
  }
  const ask = (id: string): Promise<void> => {
    const root = rootOf(id)
    return (root.asking ??= askNow(house, { dir, minutes }, id, root).finally(() => (root.asking = null)))
  }
  return {
    held(id) {
      const root = rootOf(id)
      if (root.key && performance.now() < root.key.until) return root.key.bytes
      if (root.key) root.forget()
      if (!root.withheld) return patiently(house, id, root, ask(id))
      if (performance.now() >= root.withheld.next) void ask(id)
      return null
    },
    whenForgotten(id, name, forget) {
      const root = rootOf(id)
      if (root.key) root.forgetting.set(name, forget)
      else forget()
    },
    stateOf: (id) => rootOf(id).state(),
    async test(id) {
      const root = rootOf(id)
      // an answer to an earlier question is none to this one
      await root.asking
      root.forget()
      await ask(id)
      return root.state()
    },
    places: () => placesIn(dir),
    async make(id, name) {
      const access = await readAccess(dir, name)
      return { kind: access.kind, sealed: await sealNew(access, id) }
    },
    minutes,
    stop: () => roots.forEach((root) => root.forget()),
  }
}

/** Settles when the service has answered, and after some seconds at the latest: then the key counts as withheld until it does. */
async function patiently(house: Keeper, id: string, root: Root, asked: Promise<void>): Promise<void> {
  const enough = new AbortController()
  const late = pause(WAIT_MS, true, { signal: enough.signal, ref: false }).catch(() => false)
  const isLate = await Promise.race([asked.then(() => false), late])
  enough.abort()
  if (isLate && !root.key) await withhold(house, id, root, 'The client’s key service is slow to answer.')
}

/** Never rejects: that a key is not given out is a state, and not a fault. */
async function askNow(house: Keeper, { dir, minutes }: Settings, id: string, root: Root): Promise<void> {
  try {
    const row = await house.clerk({ name: JOB }, (db) =>
      db.row<Row>('select sealed_name, sealed_key from app.own_roots where id = $1', [id]),
    )
    if (!row) throw new Error(`there is no client’s key ${id}`)
    const name = firmText(house.keys, 'own_roots', 'sealed_name', id, row.sealed_name)
    const access = await readAccess(dir, name)
    const bytes = await openSealed(access, id, firmText(house.keys, 'own_roots', 'sealed_key', id, row.sealed_key))
    // what cannot be written down is not done
    await house.clerk({ name: JOB }, (db) =>
      rememberAsClerk(house, db, 'root.opened', null, null, { object: id, details: { object: name, minutes } }),
    )
    root.forget()
    const ms = minutes * 60_000
    const timer = setTimeout(() => root.forget(), ms)
    timer.unref()
    root.key = { bytes, until: performance.now() + ms, at: iso(new Date(now() + ms)), timer }
    root.withheld = null
  } catch (fault) {
    if (!(fault instanceof Stop)) house.log.error('couldn’t ask for a client’s key', fault)
    await withhold(house, id, root, fault instanceof Stop ? fault.message : 'Something broke on our side.')
  }
}

/** Says so in the ledger, once for each time that it begins or is for another reason. */
async function withhold(house: Keeper, id: string, root: Root, why: string): Promise<void> {
  const before = root.withheld
  root.withheld = { why, at: before?.at ?? iso(new Date(now())), next: performance.now() + AGAIN_MS }
  if (before?.why === why) return
  await house
    .clerk({ name: JOB }, async (db) => {
      const row = await db.row<Row>('select sealed_name, sealed_key from app.own_roots where id = $1', [id])
      const object = row ? firmText(house.keys, 'own_roots', 'sealed_name', id, row.sealed_name) : id
      await rememberAsClerk(house, db, 'root.failed', null, null, { object: id, details: { object, why } })
    })
    .catch((fault: unknown) => house.log.error('couldn’t write down that a client’s key is withheld', fault))
}
