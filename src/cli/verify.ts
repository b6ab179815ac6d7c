import { setTimeout as pause } from 'node:timers/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { BrokenSeal } from '../core/bytes.ts'
import { signingKey } from '../features/ledger/tree.ts'
import type { Fault, OnProgress } from '../features/ledger/faults.ts'
import { verifyLedger, type LedgerCheck } from '../features/ledger/verify.ts'
import { scrub, type Scrubbed } from '../features/vault/scrub.ts'
import { asOwner, joinBase, type Base } from '../platform/base.ts'
import { openBlobs } from '../platform/blobs.ts'
import { readConfig, type Config } from '../platform/config.ts'
import { whoHolds } from '../platform/data-folder.ts'
import { readFirmKeys } from '../platform/firm-keys.ts'
import type { House } from '../platform/house.ts'
import { expectedKey, openKeyring, type RootKey } from '../platform/keyring.ts'
import { openKeystore } from '../platform/keystore.ts'
import { openPool } from '../platform/postgres.ts'
import { Stop } from '../platform/refusal.ts'
import { openClerk } from '../platform/ways.ts'
import { EXIT } from './exit.ts'
import { closeOnSignals, quietLog, refuseForeign } from './join.ts'
import { example, withPlace, type Place } from './options.ts'
import { bytes, print, printJson, progress } from './terminal.ts'
import { verifyBundle } from './verify-bundle.ts'

export function addVerify(program: Command): void {
  const command = withPlace(program.command('verify'))
    .description('Check the whole ledger and every document’s checksum, beside a running server or without one; or one file of evidence')
    .argument('[file]', 'evidence made by subrosa bundle: only that is checked, without a firm')
    .option('--key <VKEY...>', 'the firm’s verifier key, that you have from elsewhere')
    .option('--witness <VKEY...>', 'a witness’s verifier key; it must have cosigned')
  example(
    command,
    'subrosa verify --data /var/lib/subrosa\nsubrosa verify orchard-evidence.zip --key subrosa.example/6983e718+53a4b802+AQ…',
  ).action((file: string | undefined, options: Place & { key?: string[]; witness?: string[] }) =>
    file === undefined ? verify(options) : verifyBundle(file, options),
  )
}

async function verify(options: Place): Promise<void> {
  const config = readConfig(options)
  if ((await expectedKey(config.data)) === null)
    throw new Stop('data.empty', `There is no firm in ${config.data}. Name its folder with --data or SUBROSA_DATA.`)
  const checked = await withProgress((onProgress) => check(config, onProgress))
  if (options.json) printJson(asJson(checked))
  else show(checked)
  if (faultsOf(checked).length > 0) process.exitCode = EXIT.notWhole
}

type Stores = Pick<House, 'clerk' | 'keys' | 'keystore' | 'blobs'>
export type Checked = { ledger: LedgerCheck; vault: Scrubbed }
export const faultsOf = ({ ledger, vault }: Checked): Fault[] => [...ledger.faults, ...vault.faults]

const COUNTED = new Set(['blobs', 'database files'])

/** Shows how far `fn` is, while it runs. */
export async function withProgress<T>(fn: (onProgress: OnProgress) => Promise<T>): Promise<T> {
  const line = progress()
  try {
    return await fn((step, done, of) => {
      if (step === 'files') line.show(`${bytes(done)} of ${bytes(of)}`)
      else if (COUNTED.has(step)) line.show(`${step}: ${done}, ${bytes(of)}`)
      else line.show(of > 1 ? `${step}: ${done} of ${of}` : `${step} …`)
    })
  } finally {
    line.end()
  }
}

/** Checks the firm that runs on this data folder, or opens it, without network, for as long as that takes; `known`: a checkpoint it must hold. */
export async function check(config: Config, onProgress: OnProgress, known?: { size: number; note: string | null }): Promise<Checked> {
  await refuseForeign(config)
  const rootKey = await openKeyring(config.keyring, config.data)
  const { stores, close } = await openStores(config, rootKey)
  const stopWatching = closeOnSignals(close)
  try {
    const ledger = await verifyLedger(stores.clerk, { vkey: signingKey(stores.keys).vkey, detailsOf: stores, known }, onProgress)
    const vault = await scrub(stores, onProgress)
    return { ledger, vault }
  } finally {
    await close()
    stopWatching()
  }
}

const PATIENCE_MS = 20_000

async function openStores(config: Config, rootKey: RootKey): Promise<{ stores: Stores; close(): Promise<void> }> {
  for (const until = performance.now() + PATIENCE_MS; ; await pause(100)) {
    const holder = await whoHolds(config.data)
    const base = holder ? await joinBase(config, rootKey) : null
    if (base) return joined(config, base, rootKey)
    if (holder && performance.now() > until)
      throw new Stop(
        'data.in_use',
        `The data folder ${config.data} is in use by process ${holder.pid}, whose database does not answer. Wait until it is done, or stop it.`,
      )
    if (!holder) {
      const opened = await alone(config)
      if (opened) return opened
    }
  }
}

async function joined(config: Config, base: Base, rootKey: RootKey): Promise<{ stores: Stores; close(): Promise<void> }> {
  const keys = await asOwner(base, (db) => readFirmKeys(db, rootKey)).catch((fault: unknown) => {
    throw fault instanceof BrokenSeal ? new Stop('keyring.wrong', 'The firm’s keys do not open with this root key.', fault) : fault
  })
  if (!keys) throw new Stop('database.unfit', 'The database does not hold the firm’s keys.')
  const pool = openPool(base.clerk, 2)
  const stores = {
    clerk: openClerk(pool),
    keys,
    keystore: await openKeystore(join(config.data, 'keystore'), rootKey),
    blobs: await openBlobs(join(config.data, 'blobs'), config.s3),
  }
  let closing: Promise<void> | null = null
  return { stores, close: () => (closing ??= pool.end()) }
}

/** Null when another process took the data folder in between. */
async function alone(config: Config): Promise<{ stores: Stores; close(): Promise<void> } | null> {
  const { openFirm } = await import('../main.ts')
  const running = await openFirm(config, { log: quietLog, network: false, web: null }).catch((fault: unknown) => {
    if (fault instanceof Stop && fault.code === 'data.in_use') return null
    throw fault
  })
  let closing: Promise<void> | null = null
  return running && { stores: running.house, close: () => (closing ??= running.stop()) }
}

export const asJson = ({ ledger, vault }: Checked) => ({
  whole: ledger.faults.length + vault.faults.length === 0,
  entries: ledger.entries,
  waiting: ledger.waiting,
  checkpoints: ledger.checkpoints,
  destroyed: ledger.destroyed,
  epochs: ledger.epochs,
  blobs: vault.blobs,
  bytes: vault.bytes,
  faults: [...ledger.faults, ...vault.faults],
  notes: vault.notes,
})

/** `1 entry`, `2 entries`. */
export const count = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`

const SHOWN = 20
export function show(checked: Checked): void {
  const { ledger, vault } = checked
  const faults = faultsOf(checked)
  const waiting = ledger.waiting > 0 ? `; ${ledger.waiting} more wait for their number` : ''
  print(
    `Ledger: ${count(ledger.entries, 'entry', 'entries')}, ${count(ledger.checkpoints, 'signed checkpoint')}${ledger.faults.length === 0 ? ', all as they were written' : ''}${waiting}.`,
  )
  print(
    `Documents: ${vault.blobs} opened and compared with the checksum, ${bytes(vault.bytes)}${vault.faults.length === 0 ? ', all whole' : ''}.`,
  )
  for (const { n, at, size, why } of ledger.epochs) print(`Epoch ${n}, since ${at}, after ${count(size, 'entry', 'entries')}: ${why}.`)
  if (ledger.destroyed > 0) print(`Destroyed: ${count(ledger.destroyed, 'matter')}, whose details open no more, as they should.`)
  for (const note of vault.notes.slice(0, SHOWN)) print(`Note: ${note.what} (${note.where})`)
  showFaults(faults)
}

export function showFaults(faults: Fault[]): void {
  for (const fault of faults.slice(0, SHOWN)) print(`Fault: ${fault.what} (${fault.where})`)
  if (faults.length > SHOWN) print(`… and ${faults.length - SHOWN} more${faults.length >= 100 ? ', if not others beyond them' : ''}.`)
}
