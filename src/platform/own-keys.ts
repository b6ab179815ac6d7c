import { Refusal } from './refusal.ts'

/**
 * [Note: A key that a client brings] A matter's half can be sealed twice: under a root key that the client's own service holds,
 * and that under the firm's. Neither opens the matter alone. The client's is asked for when someone needs it and held in memory
 * for some minutes at most, so that a client who withdraws it is obeyed. It is never asked for inside a transaction: a service
 * that is slow would keep everyone else from the database.
 */
export type OwnKeys = {
  /**
   * The key of a root, while it is held. A promise: it is being asked for; ask again once that has settled, which it does within
   * seconds and without a fault. Null: it is withheld, and is asked for again by itself.
   */
  held(root: string): Buffer | null | Promise<void>
  /** Does this when the key is forgotten; what has the same name takes its place. */
  whenForgotten(root: string, name: string, forget: () => void): void
  /** How a root stands, without asking its service. */
  stateOf(root: string): OwnKeyState
  /** Forgets the key and asks the service for it now. */
  test(root: string): Promise<OwnKeyState>
  /** Keys that the machine knows of, recorded or not. */
  places(): Promise<OwnPlace[]>
  /** A new key for a root, sealed by the service of that name, which is asked at once to open it again. @throws Stop */
  make(root: string, name: string): Promise<{ kind: OwnPlace['kind']; sealed: string }>
  /** How many minutes a key is held. */
  minutes: number
  stop(): void
}
export type OwnPlace = { name: string; kind: 'transit' | 'kms' | 'file' }
/** `resting`: nobody needed it of late. `why`: for those who run keys. */
export type OwnKeyState = {
  state: 'resting' | 'held' | 'withheld'
  /** held until, or withheld since: ISO */ at: string | null
  why: string | null
}

/** For who opens the key store and no client's key, such as a command beside a running server. */
export const noOwnKeys: OwnKeys = {
  held: () => null,
  whenForgotten: () => {},
  stateOf: () => ({ state: 'resting', at: null, why: null }),
  test: async () => ({ state: 'resting', at: null, why: null }),
  places: async () => [],
  make: async () => {
    throw new Error('keys of clients are not opened here')
  },
  minutes: 0,
  stop: () => {},
}

/**
 * The transaction needs keys that are being asked for: it is begun again once that has settled. No refusal, so that nothing takes
 * it for an answer.
 */
export class KeysAsked extends Error {
  readonly settled: Promise<unknown>
  constructor(asked: Promise<void>[]) {
    super('a client’s key is being asked for')
    this.settled = Promise.all(asked)
  }
}

export const isWithheld = (fault: unknown): boolean => fault instanceof Refusal && fault.code === 'key.withheld'
/** For `.catch`: null where a client withholds its key. */
export function unlessWithheld(fault: unknown): null {
  if (isWithheld(fault)) return null
  throw fault
}

/** A transaction may come to one matter after the other; and a key may run out just after it came. */
const MOST_TRIES = 6

/**
 * Runs a transaction, and again where clients' keys had to be asked for: it was rolled back then with all that was said in it, so
 * that what it does besides has to wait for its end. @throws what it throws; Refusal `key.withheld`
 */
export async function withKeys<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run()
    } catch (fault) {
      if (!(fault instanceof KeysAsked)) throw fault
      if (tries === MOST_TRIES) throw new Refusal('key.withheld', { cause: fault })
      await fault.settled
    }
  }
}
