import type { WitnessFault } from '../../contract/witness.ts'
import { addCheckpointBody, parseSize } from '../../core/add-checkpoint.ts'
import { equal } from '../../core/bytes.ts'
import { parseCheckpoint, type Checkpoint } from '../../core/checkpoint.ts'
import { answeredCosignatures, type Cosignature } from '../../core/cosignature.ts'
import { BrokenNote, openNote, type NoteKey } from '../../core/note.ts'
import { now } from '../../platform/clock.ts'
import { sendOut, Unreachable, type Received } from '../../platform/outgoing.ts'

/** What is sent: a checkpoint of ours, and the proof that it follows from what the witness holds. */
export type Step = { old: number; proof: Buffer[]; size: number; note: string }
/** `cosigned`: its line verifies and is of this step. `holds`: another size than it was sent. */
export type Told = { kind: 'cosigned'; cosignature: Cosignature } | { kind: 'holds'; size: number } | { kind: 'fault'; fault: WitnessFault }

const LIMITS = { mostBytes: 64 * 1024, withinMs: 10_000 }
/** Seconds that a witness's clock may be ahead of ours. */
const AHEAD_S = 600

const fault = (code: WitnessFault): Told => ({ kind: 'fault', fault: code })
/** The submission prefix with or without a slash at its end. */
const under = (url: string, path: string): string => `${url.replace(/\/+$/, '')}/${path}`

/** Sends one step, and believes nothing of the answer that does not verify with the witness's own key. Never throws for what a witness does. */
export async function tell(url: string, key: NoteKey, step: Step): Promise<Told> {
  const body = addCheckpointBody({ old: step.old, proof: step.proof, checkpoint: step.note })
  const answer = await sent(() => sendOut(under(url, 'add-checkpoint'), { method: 'POST', type: 'text/plain', body, ...LIMITS }))
  if (answer === null) return fault('away')
  const text = answer.body.toString('utf8')
  switch (answer.status) {
    case 200:
      return believed(step, text, key)
    case 404:
      return fault('unknown')
    case 403:
      return fault('refused')
    case 409: {
      const size = answer.type.split(';')[0] === 'text/x.tlog.size' ? parseSize(text) : null
      return size === null || size === step.old ? fault('odd') : { kind: 'holds', size }
    }
    case 422:
      return fault('unproved')
    default:
      return fault(answer.status === 429 || answer.status >= 500 ? 'away' : 'odd')
  }
}

function believed({ note }: Step, answer: string, key: NoteKey): Told {
  try {
    const [cosignature] = answeredCosignatures(note, answer, [key]).sort((a, b) => b.time - a.time)
    if (!cosignature) return fault('lied')
    return cosignature.time > now() / 1000 + AHEAD_S ? fault('clock') : { kind: 'cosigned', cosignature }
  } catch (broken) {
    if (broken instanceof BrokenNote) return fault('lied')
    throw broken
  }
}

/** What it last cosigned of our log, with our signature and its own on it (the monitoring interface); null where it shows none that verifies. */
export async function shown(
  url: string,
  hash: string,
  keys: { ours: NoteKey[]; its: NoteKey },
): Promise<(Checkpoint & { note: string }) | null> {
  const answer = await sent(() => sendOut(under(url, `${hash}/checkpoint`), { method: 'GET', ...LIMITS }))
  if (answer?.status !== 200) return null
  const note = answer.body.toString('utf8')
  try {
    openNote(note, [keys.its])
    return { ...parseCheckpoint(openNote(note, keys.ours).text), note }
  } catch (broken) {
    if (broken instanceof BrokenNote) return null
    throw broken
  }
}

/** Whether two checkpoints of one size and another root: a fork, whoever says so. */
export const isFork = (theirs: Checkpoint, root: Buffer): boolean => !equal(theirs.root, root)

async function sent(send: () => Promise<Received>): Promise<Received | null> {
  try {
    return await send()
  } catch (away) {
    if (away instanceof Unreachable) return null
    throw away
  }
}
