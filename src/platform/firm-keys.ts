import { derive, newKey, unwrapKey, wrapKey } from '../core/keys.ts'
import { newSigningSeed } from '../core/note.ts'
import type { Db } from './postgres.ts'
import { Stop } from './refusal.ts'

/** What hangs under the firm key, opened once at start. */
export type FirmKeys = {
  /** Seals the directory, the people and the firm-wide registers. */
  field: Buffer
  /** Keyed tokens of e-mail addresses and of tries at the door. */
  token: Buffer
  /** Wraps the matters' own halves. */
  matters: Buffer
  /** Pepper of the passwords and of the recovery codes. */
  pepper: Buffer
  /** Ed25519 seed of the ledger's signing key. */
  ledgerSeed: Buffer
}

export const FIRM_KEY_VERSION = 1

/**
 * Opens the firm's keys, and makes them at the very first start. Called by the migrator, as the owner.
 * @throws BrokenSeal when they were wrapped under another root key; Stop `keys.missing` for a firm that has lost them.
 */
export async function openFirmKeys(db: Db, rootKey: Buffer): Promise<FirmKeys> {
  // a firm whose keys are gone must not be given new ones, under which nothing of it opens
  const founded = (await db.row('select 1 as one from app.firm')) !== null
  for (const [name, fresh] of founded
    ? []
    : ([
        ['firm', newKey()],
        ['ledger', newSigningSeed()],
      ] as const)) {
    await db.run('insert into app.keys (name, wrapped) values ($1, $2) on conflict do nothing', [
      name,
      wrapKey(rootKey, `firm keys ${name}`, fresh),
    ])
  }
  const keys = await readFirmKeys(db, rootKey)
  if (!keys) throw new Stop('keys.missing', 'The firm’s own keys are gone from the database. Restore a backup of it; nothing was changed.')
  return keys
}

/** The firm's keys, as the owner; null when there are none. Writes nothing. @throws BrokenSeal under another root key. */
export async function readFirmKeys(db: Db, rootKey: Buffer): Promise<FirmKeys | null> {
  const rows = await db.rows<{ name: string; wrapped: Buffer }>('select name, wrapped from app.keys')
  if (rows.length < 2) return null
  const open = (name: string) => unwrapKey(rootKey, `firm keys ${name}`, rows.find((row) => row.name === name)!.wrapped)
  const firm = open('firm')
  return {
    field: derive(firm, 'firm field v1'),
    token: derive(firm, 'firm token v1'),
    matters: derive(firm, 'firm matters v1'),
    pepper: derive(firm, 'firm pepper v1'),
    ledgerSeed: open('ledger'),
  }
}
