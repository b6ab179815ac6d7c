import { BrokenRequest, parseAddCheckpoint, type AddCheckpoint } from '../core/add-checkpoint.ts'
import { equal } from '../core/bytes.ts'
import { parseCheckpoint, type Checkpoint } from '../core/checkpoint.ts'
import { EMPTY_ROOT, verifyConsistency } from '../core/merkle.ts'
import { BrokenNote, openNote, splitNote } from '../core/note.ts'
import { now } from '../platform/clock.ts'
import type { Log as Says } from '../platform/log.ts'
import { inTurn } from '../platform/rounds.ts'
import type { Witness } from './folder.ts'
import { keepCosigned, keepEvidence, lastCosigned, logOf, type Cosigned, type Log } from './logs.ts'

/** What HTTP answers. */
export type Reply = { status: number; type: string; body: string }

const plain = (status: number, text: string): Reply => ({ status, type: 'text/plain; charset=utf-8', body: `${text}\n` })
/** Of one log, waiting for their turn. */
const MOST_WAITING = 64
/** Seconds: a clock that went back by less is lifted, so that a larger tree never has an earlier time. */
const LIFTED_S = 300

/**
 * Answers add-checkpoint (c2sp.org/tlog-witness) for one witness, whose folder this process holds alone. Requests about one log
 * go one after the other, from reading what was cosigned last to having the next on the disk, so that no two of them are
 * held against the same tree. When a cosignature leaves, its checkpoint is on the disk: a kill in between costs the log an answer,
 * which it asks for again, and never the witness its memory.
 */
export function openCosigning(witness: Witness, says: Says): (body: string) => Promise<Reply> {
  const turns = new Map<string, { waiting: number }>()
  return async (body) => {
    const read = readRequest(body)
    if ('status' in read) return read
    const { request, checkpoint } = read
    const log = await logOf(witness, checkpoint.origin)
    if (!log) return plain(404, 'This witness does not know that log.')
    if (!isSignedBy(log, request)) return plain(403, 'No key that this witness trusts for that log signed the checkpoint.')
    if (request.old > checkpoint.size) return plain(400, 'The old size is above the checkpoint’s.')
    const turn = turns.get(log.origin) ?? { waiting: 0 }
    turns.set(log.origin, turn)
    if (turn.waiting >= MOST_WAITING) return plain(503, 'Too many requests about that log wait. Try again in a moment.')
    turn.waiting += 1
    try {
      return await inTurn(turn, () => cosign(witness, says, log, request, checkpoint, body))
    } finally {
      turn.waiting -= 1
    }
  }
}

function readRequest(body: string): { request: AddCheckpoint; checkpoint: Checkpoint } | Reply {
  try {
    const request = parseAddCheckpoint(body)
    // not verified yet: the text says only whose key to look for
    return { request, checkpoint: parseCheckpoint(splitNote(request.checkpoint).text) }
  } catch (fault) {
    if (fault instanceof BrokenRequest || fault instanceof BrokenNote) return plain(400, `The request is malformed: ${fault.message}.`)
    throw fault
  }
}

function isSignedBy(log: Log, { checkpoint }: AddCheckpoint): boolean {
  try {
    openNote(checkpoint, log.keys)
    return true
  } catch (fault) {
    if (fault instanceof BrokenNote) return false
    throw fault
  }
}

async function cosign(
  witness: Witness,
  says: Says,
  log: Log,
  request: AddCheckpoint,
  checkpoint: Checkpoint,
  body: string,
): Promise<Reply> {
  const last = await lastCosigned(witness, log)
  const size = last?.checkpoint.size ?? 0
  if (request.old !== size) return { status: 409, type: 'text/x.tlog.size', body: `${size}\n` }
  if (!follows(last, request, checkpoint)) {
    await keepEvidence(log, checkpoint, body)
    says.warn(
      `${log.origin}: its checkpoint of size ${checkpoint.size} does not follow from the one of size ${size} that was cosigned; kept as evidence`,
    )
    return plain(422, 'The checkpoint does not follow from the last one that this witness cosigned.')
  }
  const { text, lines } = splitNote(request.checkpoint)
  const line = witness.cosign(text, timeOf(last, says))
  // of the log's lines those of keys that were verified stand in the note; the others may be anything
  const known = lines.filter((one) => log.keys.some((key) => key.name === one.name && key.id === one.id)).map((one) => `${one.line}\n`)
  await keepCosigned(log, `${text}\n${known.join('')}${line}`)
  return { status: 200, type: 'text/plain; charset=utf-8', body: line }
}

/** The heart of it: whether the log has only grown since. A log that was never cosigned may begin at any size, which is then its past. */
function follows(last: Cosigned | null, { old, proof }: AddCheckpoint, { size, root }: Checkpoint): boolean {
  if (size === 0 && !equal(root, EMPTY_ROOT)) return false
  if (old === 0) return proof.length === 0
  return verifyConsistency({ size1: old, size2: size, root1: last!.checkpoint.root, root2: root, proof })
}

function timeOf(last: Cosigned | null, says: Says): number {
  const time = Math.floor(now() / 1000)
  if (!last || time >= last.time) return time
  if (time >= last.time - LIFTED_S) return last.time
  says.warn('this machine’s clock is behind the time of the last cosignature; put it right')
  return time
}
