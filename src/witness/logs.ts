import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCheckpoint, type Checkpoint } from '../core/checkpoint.ts'
import { cosignaturesOn } from '../core/cosignature.ts'
import { BrokenNote, openNote, parseVkey, type NoteKey } from '../core/note.ts'
import { removeUnfinished, syncFolder, writeWhole } from '../platform/durable.ts'
import { Stop } from '../platform/refusal.ts'
import type { Witness } from './folder.ts'

/** A log that the witness was told of. `keys` is empty once it was forgotten: then nothing of it is cosigned, and what was stays known. */
export type Log = { origin: string; vkeys: string[]; keys: NoteKey[]; dir: string }
/** The last checkpoint that it cosigned of a log: the note with the log's signature and its own. `time` in seconds since 1970. */
export type Cosigned = { checkpoint: Checkpoint; note: string; time: number }

const KEYS = 'keys.json'
const LAST = 'checkpoint'
const MOST_EVIDENCE = 100

/** c2sp.org/tlog-witness, monitoring: SHA-256 of the origin, lower-case hexadecimal. */
export const originHash = (origin: string): string => createHash('sha256').update(origin).digest('hex')
const placeOf = (witness: Witness, origin: string): string => join(witness.dir, 'logs', originHash(origin))

/** Trusts a log's key from now on, beside those that it trusts already. Durable when it resolves. @throws Stop `witness.key` */
export async function trustLog(witness: Witness, vkey: string, named?: string): Promise<Log> {
  const { name } = readKey(vkey)
  const origin = named ?? name
  if (/[\n\r]/.test(origin) || origin === '')
    throw new Stop('witness.key', 'The origin of a log is one line, the first of its checkpoints.')
  const known = await logOf(witness, origin)
  const dir = placeOf(witness, origin)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await syncFolder(join(witness.dir, 'logs'))
  await keepKeys(dir, origin, [...new Set([...(known?.vkeys ?? []), vkey])])
  return (await logOf(witness, origin))!
}

/** Cosigns nothing of it any more; what was cosigned stays known, so that trusting it again begins there and not at nothing. Null: no such log. */
export async function forgetLog(witness: Witness, origin: string): Promise<Log | null> {
  const known = await logOf(witness, origin)
  if (!known) return null
  await keepKeys(known.dir, origin, [])
  return { ...known, vkeys: [], keys: [] }
}

const keepKeys = (dir: string, origin: string, vkeys: string[]): Promise<void> =>
  writeWhole(join(dir, KEYS), `${JSON.stringify({ origin, vkeys })}\n`, 0o600)

function readKey(vkey: string): NoteKey {
  try {
    return parseVkey(vkey)
  } catch (fault) {
    throw new Stop(
      'witness.key',
      'This is not the verifier key of a log. It looks like subrosa.example/1a2b3c4d+1a2b3c4d+AS…; the firm’s ledger page shows it.',
      fault,
    )
  }
}

/** Null for a log that it was never told of. @throws Stop `witness.broken` */
export async function logOf(witness: Witness, origin: string): Promise<Log | null> {
  return readLog(placeOf(witness, origin), origin)
}

async function readLog(dir: string, expected: string | null): Promise<Log | null> {
  const text = await read(join(dir, KEYS))
  if (text === null) return null
  try {
    const { origin, vkeys } = JSON.parse(text) as { origin: string; vkeys: string[] }
    if (expected !== null && origin !== expected) throw new Error('another log’s folder')
    return { origin, vkeys, keys: vkeys.map((vkey) => parseVkey(vkey)), dir }
  } catch (fault) {
    throw broken(join(dir, KEYS), fault)
  }
}

/** Every log that it was told of, by origin. @throws Stop `witness.broken` */
export async function logsOf(witness: Witness): Promise<Log[]> {
  const logs = []
  for (const name of await readdir(join(witness.dir, 'logs'))) {
    const log = /^[0-9a-f]{64}$/.test(name) ? await readLog(join(witness.dir, 'logs', name), null) : null
    if (log) logs.push(log)
  }
  return logs.sort((a, b) => (a.origin < b.origin ? -1 : 1))
}

/**
 * What it last cosigned of a log; null when it never did. The file is believed only with the witness's own cosignature on it.
 * @throws Stop `witness.broken`: then nothing of that log may be cosigned, because what was is not known
 */
export async function lastCosigned(witness: Witness, log: Pick<Log, 'dir' | 'origin'>): Promise<Cosigned | null> {
  const note = await read(join(log.dir, LAST))
  if (note === null) return null
  try {
    const checkpoint = parseCheckpoint(openNote(note, [witness.key]).text)
    if (checkpoint.origin !== log.origin) throw new BrokenNote('another log’s checkpoint')
    return { checkpoint, note, time: Math.max(...cosignaturesOn(note, [witness.key]).map((one) => one.time)) }
  } catch (fault) {
    throw broken(join(log.dir, LAST), fault)
  }
}

/** On the disk when it resolves, whole or not at all. */
export const keepCosigned = (log: Log, note: string): Promise<void> => writeWhole(join(log.dir, LAST), note, 0o600)

/** A checkpoint that its log signed and that does not follow from the last: kept beside it, because it may be proof of a fork. */
export async function keepEvidence(log: Log, checkpoint: Checkpoint, request: string): Promise<void> {
  const name = `refused-${checkpoint.size}-${checkpoint.root.toString('hex').slice(0, 16)}.txt`
  const there = (await readdir(log.dir)).filter((one) => one.startsWith('refused-'))
  if (!there.includes(name) && there.length < MOST_EVIDENCE) await writeWhole(join(log.dir, name), request, 0o600)
}

export const evidenceOf = async (log: Log): Promise<string[]> =>
  (await readdir(log.dir)).filter((one) => /^refused-.*\.txt$/.test(one)).sort()

/** What a kill in the middle of writing left. */
export async function clearUnfinished(witness: Witness): Promise<void> {
  await removeUnfinished(witness.dir, null)
  for (const log of await logsOf(witness)) await removeUnfinished(log.dir, null)
}

const broken = (path: string, cause: unknown): Stop =>
  new Stop(
    'witness.broken',
    `${path} is not as the witness wrote it. It cosigns nothing of this log until the file is put right, because it cannot know what it cosigned.`,
    cause,
  )

const read = (path: string): Promise<string | null> =>
  readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null
    throw broken(path, fault)
  })
