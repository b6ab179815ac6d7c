import { chmod, mkdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { BrokenSeal } from './core/bytes.ts'
import { openDoor } from './door/door.ts'
import { Sequencer } from './features/ledger/sequencer.ts'
import { ledgerKey } from './features/ledger/tree.ts'
import { firmState } from './features/firm/setup.ts'
import { newSecret, shown } from './features/sign-in/secrets.ts'
import { openBase, settleLogins, isUnpatched, type Base } from './platform/base.ts'
import { refuseUnreachable } from './platform/cluster-user.ts'
import type { Config } from './platform/config.ts'
import { takeDataFolder, InUse } from './platform/data-folder.ts'
import { removeUnfinished } from './platform/durable.ts'
import { openFirmKeys, type FirmKeys } from './platform/firm-keys.ts'
import type { House } from './platform/house.ts'
import { isOpenToOthers, openKeyring, type RootKey } from './platform/keyring.ts'
import type { Log } from './platform/log.ts'
import { migrate } from './platform/migrate.ts'
import { connect } from './platform/postgres.ts'
import type { Rounds } from './platform/rounds.ts'
import { socketPath } from './platform/private-socket.ts'
import { Stop } from './platform/refusal.ts'
import { furnish } from './furnish.ts'
import { listen, type Listening } from './door/listening.ts'

export type Running = {
  house: House
  base: Base
  sequencer: Sequencer
  /** Sends notices by e-mail. */
  mailer: Rounds
  /** What browsers see; null when only the private socket is served. */
  url: string | null
  /** The one-time set-up link; null once the firm stands. */
  setupUrl: string | null
  /** Settles when something that everything hangs on cannot be trusted or is gone: the process must stop and say why. */
  fatal: Promise<string>
  /** Lets requests end, numbers the ledger, stops PostgreSQL, gives the data folder back. */
  stop(): Promise<void>
}

type Options = {
  log: Log
  /** `null`: no network, the private socket only (a command runs it) */ network: boolean
  web: string | null
  say?: (step: string) => void
}

/**
 * Opens the firm: lock, keys, database, migration, what a crash left, the ledger's clerk, the door. In this order, and
 * closed in the reverse of it; a step that fails closes what stood before it and says why.
 * @throws Stop with a sentence that says what to do
 */
export async function openFirm(config: Config, { log, network, web, say = () => {} }: Options): Promise<Running> {
  const closing: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step()
  }
  try {
    // before anything is made: root's PostgreSQL runs as another user, who must be able to come this far
    if (!config.databaseUrl) await refuseUnreachable(config.data).catch(refuseStart)
    const folder = await takeDataFolder(config.data).catch((fault: unknown) => {
      throw fault instanceof InUse
        ? new Stop(
            'data.in_use',
            `The data folder ${config.data} is in use by process ${fault.pid}. Stop that one first, or name another folder with --data.`,
            fault,
          )
        : new Stop('data.unfit', (fault as Error).message, fault)
    })
    closing.push(() => folder.release())
    const rootKey = await openKeyring(config.keyring, config.data)
    // what a kill in the middle of a rotation left holds keys
    await removeUnfinished(dirname(config.keyring), basename(config.keyring))
    await removeUnfinished(join(config.data, 'keystore'), null)
    if (await isOpenToOthers(config.keyring)) log.warn(`Others on this machine can read the keyring. Run: chmod 600 ${config.keyring}`)
    say('starting PostgreSQL')
    const base = await openBase(config, rootKey, (line) => sayOfPostgres(log, line)).catch(refuseStart)
    closing.push(() => base.stop())
    say('bringing the database up to date')
    const keys = await prepareBase(base, rootKey, log)
    const { house, sequencer, mailer, fatal, end } = await furnish(config, { base, keys, rootKey, log })
    closing.push(end)
    const setup = (await firmState(house)).state === 'new'
    if (setup) house.setup.secret = shown(newSecret())
    const listening = await openDoors(config, house, { network, web })
    closing.push(() => listening.close())
    house.origin = () => listening.origin
    const lost = base.lost.then((why) => `PostgreSQL ended: ${why}`)
    return {
      house,
      base,
      sequencer,
      mailer,
      url: network ? listening.origin : null,
      setupUrl: setup && network ? `${listening.origin}/set-up#s=${house.setup.secret}` : null,
      fatal: Promise.race([fatal, lost]),
      stop: close,
    }
  } catch (fault) {
    await close()
    throw fault
  }
}

/** Its warnings and worse are ours to show; that it started and stopped we say ourselves. */
const sayOfPostgres = (log: Log, line: string): void => {
  if (/\b(WARNING|ERROR|FATAL|PANIC): /.test(line)) log.warn(`postgres: ${line}`)
}

const refuseStart = (fault: unknown): never => {
  throw fault instanceof Stop ? fault : new Stop('database.unfit', (fault as Error).message, fault)
}

/** As the migrator, once at start: roles, schema, access, our logins' passwords, the firm's keys. The connection ends here. */
async function prepareBase(base: Base, rootKey: RootKey, log: Log): Promise<FirmKeys> {
  const { db, end } = await connect(base.migrator)
  try {
    const { applied } = await migrate(db)
    if (applied.length > 0) log.info(`applied ${applied.join(', ')}`)
    const version = (await db.row<{ v: number; t: string }>(
      `select current_setting('server_version_num')::int as v, current_setting('server_version') as t`,
    ))!
    if (isUnpatched(version.v))
      log.warn(`PostgreSQL ${version.t} lacks published security fixes. For real client data point DATABASE_URL at a patched server.`)
    await settleLogins(base, applied.length > 0)
    await db.run('set role subrosa_owner')
    const keys = await openFirmKeys(db, rootKey)
    const { name, vkey } = ledgerKey(keys.ledgerSeed)
    await db.run('insert into ledger.log (origin, vkey) values ($1, $2) on conflict do nothing', [name, vkey])
    return keys
  } catch (fault) {
    throw fault instanceof BrokenSeal
      ? new Stop(
          'keyring.wrong',
          'The firm’s keys do not open with this root key. Put the right keyring file back, or run: subrosa key recover --sheet FILE',
          fault,
        )
      : fault
  } finally {
    await end()
  }
}

async function openDoors(config: Config, house: House, { network, web }: { network: boolean; web: string | null }): Promise<Listening> {
  const socket = socketPath(config.data)
  const room = join(socket, '..')
  await mkdir(room, { recursive: true, mode: 0o700 })
  // where the path is too long for the data folder it stands in /tmp, and someone else may have been there first
  if (process.geteuid && (await stat(room)).uid !== process.geteuid())
    throw new Stop(
      'data.unfit',
      `The folder ${room} belongs to another user, and commands send passwords through it. Remove it, or choose a shorter path with --data.`,
    )
  await chmod(room, 0o700)
  await rm(socket, { force: true })
  return listen(config, { network, socket }, (at, isCommand) =>
    openDoor({ house, tls: at.tls, origins: at.origins, secure: at.secure, trustedProxies: config.trustedProxies, web }, isCommand),
  )
}
