import type { Stats } from 'node:fs'
import { readdir, realpath, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { BrokenSeal } from '../core/bytes.ts'
import type { Config } from '../platform/config.ts'
import { whoHolds } from '../platform/data-folder.ts'
import { expectedKey, readKeyring, type RootKey } from '../platform/keyring.ts'
import { openKeystore } from '../platform/keystore.ts'
import { Stop } from '../platform/refusal.ts'
import { note, ok, unsafe, type Finding } from './finding.ts'
import { bytes } from './terminal.ts'

const LITTLE = 2_000_000_000

/** The data folder: whose it is, who may read it, who works with it, how full its disk is, what a crash left. */
export async function lookAtData({ data }: Config): Promise<Finding[]> {
  const entry = await statOrNull(data)
  if (!entry) return [note('data.none', `There is no data folder at ${data} yet.`, 'subrosa start makes it; or name another with --data.')]
  const findings = [modeOfData(data, entry)]
  const holder = await whoHolds(data)
  findings.push(
    holder
      ? ok('data.holder', `The data folder is in use by process ${holder.pid}.`)
      : note('data.holder', 'The server is stopped: no process holds the data folder.'),
  )
  const disk = await statfs(data)
  const free = disk.bavail * disk.bsize
  findings.push(
    free < LITTLE
      ? unsafe('disk.space', `${bytes(free)} are free on the data folder’s disk.`, 'Make room: a full disk stops every change.')
      : ok('disk.space', `${bytes(free)} are free on the data folder’s disk.`),
  )
  const arriving = await readdir(join(data, 'blobs/incoming')).catch(() => [])
  if (arriving.length > 0)
    findings.push(
      note(
        'uploads.unsettled',
        holder ? `${arriving.length} uploads are under way.` : `A crash interrupted ${arriving.length} uploads.`,
        holder ? null : 'Nothing: the next start keeps those that were complete and removes the others.',
      ),
    )
  return findings
}

/** The folder itself may be passable (0711), for PostgreSQL’s user; it must not be readable or writable to others. */
function modeOfData(data: string, entry: Stats): Finding {
  const mode = (entry.mode & 0o777).toString(8).padStart(4, '0')
  if (process.platform === 'win32' || !(entry.mode & 0o066)) return ok('data.mode', `The data folder is ${data} (${mode}).`)
  return unsafe(
    'data.mode',
    `Others on this machine may ${entry.mode & 0o022 ? 'write to' : 'read'} the data folder ${data} (${mode}).`,
    `chmod 700 ${data}`,
  )
}

/** The root key: there, for its owner alone, the one of this data, and not lost together with it. */
export async function lookAtKeyring({ data, keyring }: Config): Promise<Finding[]> {
  const expected = await expectedKey(data).catch(() => null)
  const entry = await statOrNull(keyring)
  if (!entry)
    return [
      expected
        ? unsafe(
            'keyring.missing',
            `The root key is not at ${keyring}: the data cannot be opened.`,
            'Put the keyring file back, or run: subrosa key recover --sheet FILE',
          )
        : note('keyring.none', `There is no keyring at ${keyring} yet; the first start makes it.`),
    ]
  const findings: Finding[] = []
  const mode = (entry.mode & 0o777).toString(8).padStart(4, '0')
  const isOpen = process.platform !== 'win32' && (entry.mode & 0o077) !== 0
  findings.push(
    isOpen
      ? unsafe(
          'keyring.mode',
          `Others on this machine may read the keyring ${keyring} (${mode}).`,
          `chmod 600 ${keyring}; whoever may have read it can open every copy of the data.`,
        )
      : ok('keyring.mode', `The keyring is ${keyring} (${mode}).`),
  )
  const home = await statOrNull(join(data, 'firm.json'))
  if (home && home.uid !== entry.uid)
    findings.push(
      unsafe(
        'keyring.owner',
        `The keyring belongs to another user (${entry.uid}) than the data (${home.uid}).`,
        `chown ${home.uid} ${keyring}`,
      ),
    )
  findings.push(...(await matchOf(keyring, expected)), ...(await placeOf(keyring, data, entry)))
  return findings
}

async function matchOf(keyring: string, expected: string | null): Promise<Finding[]> {
  const read = await readable(keyring)
  if (read instanceof Stop)
    return [unsafe(read.code, read.message, 'Put a good copy of the keyring file back, or run: subrosa key recover --sheet FILE')]
  if (expected === null || !read) return []
  return [
    read.id === expected
      ? ok('keyring.match', 'The root key is the one that this data was sealed with.')
      : unsafe(
          'keyring.wrong',
          `The root key (${read.id}) is not the one that this data was sealed with (${expected}).`,
          'Put the right keyring file back, or run: subrosa key recover --sheet FILE',
        ),
  ]
}

async function placeOf(keyring: string, data: string, entry: Stats): Promise<Finding[]> {
  const home = await statOrNull(data)
  const inside = (await realpath(keyring)).startsWith(`${await realpath(data).catch(() => data)}/`)
  if (inside)
    return [
      unsafe(
        'keyring.inside',
        'The keyring lies in the data folder: whoever copies the folder has the key as well.',
        'Move it out and name its place with --keyring or SUBROSA_KEYRING.',
      ),
    ]
  if (home && home.dev === entry.dev)
    return [
      note(
        'keyring.disk',
        'The keyring lies on the same disk as the data: a stolen disk has both.',
        'Keep it on another disk, named with SUBROSA_KEYRING, or encrypt the disk.',
      ),
    ]
  return []
}

const readable = (keyring: string): Promise<RootKey | null | Stop> =>
  readKeyring(keyring).catch((fault: unknown) => {
    if (fault instanceof Stop) return fault
    throw fault
  })

/** The matters' halves outside the database: each opens under this root key. */
export async function lookAtKeystore({ data, keyring }: Config): Promise<Finding[]> {
  const dir = join(data, 'keystore')
  const root = await readable(keyring)
  if (!(await statOrNull(dir)) || !root || root instanceof Stop) return []
  const store = await openKeystore(dir, root)
  const halves = await store.halves()
  const broken: string[] = []
  for (const { matter, version } of halves) {
    await store.get(matter, version).catch((fault: unknown) => {
      if (!(fault instanceof BrokenSeal)) throw fault
      broken.push(matter)
    })
  }
  if (broken.length > 0)
    return [
      unsafe(
        'keystore.broken',
        `${broken.length} of ${halves.length} files of the key store do not open under this root key, first ${broken[0]}: those matters cannot be read.`,
        'Restore the key store from the keys’ backup.',
      ),
    ]
  return [ok('keystore.opens', `The key store’s ${halves.length} files open.`)]
}

async function statOrNull(path: string): Promise<Stats | null> {
  return stat(path).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT' || fault.code === 'ENOTDIR') return null
    if (fault.code === 'EACCES') throw new Stop('data.not_yours', `${dirname(path)} is not this user’s to look into.`, fault)
    throw fault
  })
}
