import type { Blobs } from './blobs.ts'
import type { ScrubSettings } from './config.ts'
import type { FirmKeys } from './firm-keys.ts'
import type { RootKey } from './keyring.ts'
import type { Keystore } from './keystore.ts'
import type { BreachedFile } from './breached.ts'
import type { PasswordJudge } from './password-strength.ts'
import type { Log } from './log.ts'
import type { ShareUse } from './recovery-mark.ts'
import type { Mail } from './mail.ts'
import type { Scanner } from './scanner.ts'
import type { UploadParts } from './upload-parts.ts'
import type { Drawer } from './drawing/drawer.ts'
import type { Readers } from './reading/readers.ts'
import type { Scans } from './scans/scans.ts'
import type { Texts } from './texts.ts'
import type { Clerk, Ways } from './ways.ts'

/** What a running firm is made of; every handler is given it, and nothing is reached around it. */
export type House = {
  ways: Ways
  clerk: Clerk
  keys: FirmKeys
  keystore: Keystore
  blobs: Blobs
  /** What has arrived of uploads in parts. */
  parts: UploadParts
  /** Looks for malware; null where none is configured. */
  scanner: Scanner | null
  scrub: ScrubSettings
  /** The last backup that this machine made, and where it stands; null when there is none. */
  lastBackup(): Promise<{ at: string; to: string } | null>
  /** Readers of what strangers made. */
  readers: Readers
  /** The text of what strangers made, and the letters of their scans, for being found. */
  texts: Texts
  scans: Scans
  /** Draws small pictures of what strangers made, in a process of its own. */
  drawer: Drawer
  log: Log
  /** Says whether a password may be chosen. */
  judge: PasswordJudge
  /** The operator's list of breached passwords; null where none is given. */
  breached: BreachedFile | null
  /** The firm's outgoing mail; null where none is set up. */
  mail: Mail | null
  /** The root key as it is now, and where it stands. */
  rootKey: RootKey
  rootPlace: {
    /** Writes the keyring file. */ save(): Promise<unknown>
    /** Says in the data folder which key it is sealed with. */ adopt(): Promise<unknown>
    /** Recovery shares that were used before this start, and that nobody was told of yet. */ sharesUsed(): Promise<ShareUse[]>
    forgetUses(): Promise<void>
    /** Gives the database's logins the passwords that hang on it. */ moveLogins(): Promise<void>
  }
  /** The private socket on which commands of this machine come in. */
  socket: string
  /** What browsers see, `http://localhost:7077`. */
  origin(): string
  /** The one-time secret of the set-up link; null once the firm stands. */
  setup: { secret: string | null }
}
