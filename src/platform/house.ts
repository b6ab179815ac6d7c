import type { Blobs } from './blobs.ts'
import type { FirmKeys } from './firm-keys.ts'
import type { Keystore } from './keystore.ts'
import type { Log } from './log.ts'
import type { Clerk, Ways } from './ways.ts'

/** What a running firm is made of; every handler is given it, and nothing is reached around it. */
export type House = {
  ways: Ways
  clerk: Clerk
  keys: FirmKeys
  keystore: Keystore
  blobs: Blobs
  log: Log
  rootKey: { key: Buffer; id: string }
  /** What browsers see, `http://localhost:7077`. */
  origin(): string
  /** The one-time secret of the set-up link; null once the firm stands. */
  setup: { secret: string | null }
}
