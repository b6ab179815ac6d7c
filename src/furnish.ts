import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openKeepers } from './keepers.ts'
import { openReminders } from './features/grants/reminders.ts'
import { closeRegister } from './features/conflicts/register.ts'
import { startSearching } from './features/conflicts/searching.ts'
import { rememberWith } from './features/ledger/ledger.ts'
import { beginRestored } from './features/ledger/restored.ts'
import { readLedgerKey } from './features/ledger/epochs.ts'
import { Sequencer } from './features/ledger/sequencer.ts'
import { fillRegister } from './features/matters/registrar.ts'
import { openOwnKeys } from './features/rotation/own-keys.ts'
import { openMailer } from './features/notices/mailer.ts'
import { stopProbe, sweepProbes } from './features/probe/probes.ts'
import { firmNameOf } from './features/sign-in/links.ts'
import { moveLogins, type Base } from './platform/base.ts'
import { writeDeliveries } from './features/vault/delivering.ts'
import { storageOf } from './features/vault/storing.ts'
import { openBlobs } from './platform/blobs.ts'
import { openBreachedFile } from './platform/breached.ts'
import type { Config } from './platform/config.ts'
import type { FirmKeys } from './platform/firm-keys.ts'
import type { House } from './platform/house.ts'
import { saveKeyring, adopt, type RootKey } from './platform/keyring.ts'
import { openKeystore } from './platform/keystore.ts'
import type { Log } from './platform/log.ts'
import { openMail } from './platform/mail.ts'
import { openScanner } from './platform/scanner.ts'
import { openParts } from './platform/upload-parts.ts'
import { openPasswordJudge } from './platform/password-strength.ts'
import { openPool } from './platform/postgres.ts'
import { forgetUses, sharesUsed } from './platform/recovery-mark.ts'
import { forgetRestored, restoredMark } from './platform/restored-mark.ts'
import { openDrawer } from './platform/drawing/drawer.ts'
import { openReaders } from './platform/reading/readers.ts'
import { openScans } from './platform/scans/scans.ts'
import { openTexts } from './platform/texts.ts'
import { socketPath } from './platform/private-socket.ts'
import { Stop } from './platform/refusal.ts'
import { openClerk, openWays } from './platform/ways.ts'

type Parts = { base: Base; keys: FirmKeys; rootKey: RootKey; log: Log }

/** Pools, ways, stores and the clerk; and what an earlier crash left under `incoming/` is settled before anyone comes in. */
export async function furnish(config: Config, { base, keys, rootKey, log }: Parts) {
  let tell: (why: string) => void = () => {}
  const fatal = new Promise<string>((resolve) => (tell = resolve))
  const doorPool = openPool(base.door, 16)
  const visitorPool = openPool(base.visitor, 4)
  const clerkPool = openPool(base.clerk, 4)
  const clerk = openClerk(clerkPool)
  const keystore = await openKeystore(join(config.data, 'keystore'), rootKey)
  const parts = await openParts(join(config.data, 'uploads'))
  const blobs = await openBlobs(join(config.data, 'blobs'), config.s3)
  const sequencer = new Sequencer({ clerk, log }, keys, tell, (db) => readLedgerKey(db, keys, rootKey))
  const ways = openWays(doorPool, visitorPool, rememberWith({ keys, keystore }), () => sequencer.nudge())
  const breached = config.breachedPasswords ? await openBreachedFile(config.breachedPasswords) : null
  const judge = openPasswordJudge(breached)
  const mail = config.mail && openMail(config.mail, log)
  const readers = openReaders()
  const scans = openScans()
  const house: House = {
    ways,
    clerk,
    keys,
    keystore,
    blobs,
    parts,
    scanner: config.scanner && openScanner(config.scanner),
    scrub: config.scrub,
    lastBackup: () => lastBackup(config.data),
    readers,
    scans,
    texts: openTexts({ readers, pdf: scans.pdf }),
    drawer: openDrawer(),
    log,
    rootKey,
    rootPlace: {
      save: () => saveKeyring(config.keyring, rootKey),
      adopt: () => adopt(config.data, rootKey),
      moveLogins: () => moveLogins(base, rootKey),
      sharesUsed: () => sharesUsed(config.keyring),
      forgetUses: () => forgetUses(config.keyring),
    },
    judge,
    breached,
    mail,
    socket: socketPath(config.data),
    origin: () => '',
    setup: { secret: null },
  }
  keystore.own = openOwnKeys(house, config.ownKeys)
  const storage = await storageOf(house)
  if (!config.s3 && (storage.target === 's3' || storage.moving))
    throw new Stop(
      'storage.missing',
      'The firm keeps sealed files in a bucket, and the settings SUBROSA_S3_ENDPOINT, _BUCKET and _CREDENTIALS are not set. Set them as before.',
    )
  blobs.sendTo(storage.target)
  const settled = await blobs.settle((id) =>
    clerk({ name: 'settle' }, async (db) => (await db.row<{ ok: boolean }>('select hidden.is_version($1) as ok', [id]))!.ok),
  )
  if (settled.kept + settled.removed > 0)
    log.info(`uploads that a crash interrupted: ${settled.kept} were complete and kept, ${settled.removed} removed`)
  await sweepProbes(house)
  await sequencer.run()
  await tellRestored(house, config.data)
  await sequencer.run()
  sequencer.start()
  const mailer = openMailer(house, () => firmNameOf(house))
  mailer.start()
  await fillRegister(house)
  const searching = startSearching(house)
  const keepers = openKeepers(house)
  for (const keeper of keepers) keeper.start()
  const reminders = openReminders(house)
  reminders.start()
  const end = async () => {
    await stopProbe(house)
    await Promise.all(keepers.map((keeper) => keeper.stop()))
    await writeDeliveries(house)
    await searching.stop()
    await closeRegister(house)
    await house.readers.close()
    await house.drawer.close()
    await house.scans.close()
    await reminders.stop()
    // what was asked for at the last moment is told too
    await reminders.run()
    await mailer.stop()
    mail?.close()
    await judge.close()
    keystore.own.stop()
    await sequencer.stop()
    await Promise.all([doorPool.end(), visitorPool.end(), clerkPool.end()])
  }
  return { house, sequencer, mailer, fatal, end }
}

/** A restore is an epoch of the ledger. One that cannot be begun, on a ledger that cannot be trusted, is tried again at the next start. */
async function tellRestored(house: House, data: string): Promise<void> {
  const mark = await restoredMark(data)
  if (!mark) return
  const told = await beginRestored(house, mark).then(
    () => true,
    (fault: unknown) => (house.log.error('couldn’t write into the ledger that it was restored', fault), false),
  )
  if (told) await forgetRestored(data)
}

/** What the last backup wrote of itself into the data folder. */
async function lastBackup(data: string): Promise<{ at: string; to: string } | null> {
  const text = await readFile(join(data, 'last-backup.json'), 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'ENOENT') throw fault
    return null
  })
  return text === null ? null : (JSON.parse(text) as { at: string; to: string })
}
