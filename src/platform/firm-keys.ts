import { originOf } from '../core/epoch.ts'
import { derive, newKey, unwrapKey, unwrapWithAny, wrapKey } from '../core/keys.ts'
import { newSigningSeed } from '../core/note.ts'
import { openingKeys, type RootKey } from './keyring.ts'
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
  /** Those that a rotation has not yet replaced everywhere; they only open. */
  olderMatters: Buffer[]
  /** Pepper of the passwords and of the recovery codes. */
  pepper: Buffer
  /** Ed25519 seed of the ledger's signing key, the newest epoch's. */
  ledgerSeed: Buffer
  /** The log's name, which stays when its key is replaced: that of its first key, as checkpoints and epochs say it. */
  ledgerOrigin: string
}

export const FIRM_KEY_VERSION = 1

/**
 * Opens the firm's keys, and makes them at the very first start. Called by the migrator, as the owner.
 * @throws BrokenSeal when they were wrapped under another root key; Stop `keys.missing` for a firm that has lost them.
 */
export async function openFirmKeys(db: Db, root: RootKey): Promise<FirmKeys> {
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
      wrapKey(root.key, firmLabel(name, 1), fresh),
    ])
  }
  const keys = await readFirmKeys(db, root)
  if (!keys) throw new Stop('keys.missing', 'The firm’s own keys are gone from the database. Restore a backup of it; nothing was changed.')
  return keys
}

export type FirmWrap = { name: 'firm' | 'ledger' | 'field' | 'token' | 'pepper'; version: number; wrapped: Buffer }
export const firmLabel = (name: FirmWrap['name'], version: number): string => `firm keys ${name}${version === 1 ? '' : ` ${version}`}`
/** The key that wraps the matters' halves, under one version of the firm key. */
export const mattersKey = (firm: Buffer): Buffer => derive(firm, 'firm matters v1')

/** The firm's keys, as the owner; null when there are none. Writes nothing. @throws BrokenSeal under another root key. */
export async function readFirmKeys(db: Db, root: RootKey): Promise<FirmKeys | null> {
  const log = await db.row<{ origin: string }>('select origin from ledger.log')
  return firmKeysOf(await db.rows<FirmWrap>('select name, version, wrapped from app.keys'), root, log?.origin ?? null)
}

/**
 * [Note: What hangs under the firm key] At first everything but the ledger's seed was derived from it. A rotation makes a new
 * firm key, and keeps what seals data (field, token, pepper) as rows of their own under it: contents are never sealed anew.
 * Only what wraps the matters' halves is derived from the firm key itself, and changes with it.
 */
export function firmKeysOf(rows: FirmWrap[], root: RootKey, origin: string | null): FirmKeys | null {
  const roots = openingKeys(root)
  const firms = rows.filter((row) => row.name === 'firm').sort((a, b) => b.version - a.version)
  const ledger = ledgerKeyOf(rows, root, origin)
  if (firms.length === 0 || !ledger) return null
  const open = firms.map((row) => unwrapWithAny(roots, firmLabel('firm', row.version), row.wrapped))
  const [matters, ...olderMatters] = open.map(mattersKey)
  const sealing = (name: 'field' | 'token' | 'pepper') => {
    const row = rows.find((one) => one.name === name)
    return row ? unwrapKey(open[0]!, firmLabel(name, 1), row.wrapped) : derive(open[0]!, `firm ${name} v1`)
  }
  return {
    field: sealing('field'),
    token: sealing('token'),
    pepper: sealing('pepper'),
    matters: matters!,
    olderMatters,
    ...ledger,
  }
}

/** The key of the ledger's newest epoch; null when there is none. `origin`: as `ledger.log` says it, which later epochs are held against. */
export function ledgerKeyOf(rows: FirmWrap[], root: RootKey, origin: string | null): Pick<FirmKeys, 'ledgerSeed' | 'ledgerOrigin'> | null {
  const [row] = rows.filter((one) => one.name === 'ledger').sort((a, b) => b.version - a.version)
  if (!row) return null
  const seed = unwrapWithAny(openingKeys(root), firmLabel('ledger', row.version), row.wrapped)
  // the first key names the log; what a table says of it is not asked
  return { ledgerSeed: seed, ledgerOrigin: row.version === 1 || origin === null ? originOf(seed) : origin }
}
