import { base64, fromBase64 } from './bytes.ts'
import { BrokenNote, checkNoteText } from './note.ts'

// c2sp.org/tlog-checkpoint: the text of a note that states a log's name, size and root.

/** `root` is the 32 bytes of the RFC 6962 root of the first `size` leaves of the log named `origin`. */
export type Checkpoint = { origin: string; size: number; root: Buffer }

/** The text to sign, without extension lines. Throws BrokenNote for what no checkpoint can state. */
export function checkpointText({ origin, size, root }: { origin: string; size: number; root: Uint8Array }): string {
  const text = `${origin}\n${size}\n${base64(root)}\n`
  // Read back, so that nothing is ever signed that a reader refuses or reads otherwise.
  if (parseCheckpoint(text).origin !== origin) throw new BrokenNote('the origin of a checkpoint is one line')
  return text
}

/**
 * The text of an opened note, with its extension lines. Strict: throws BrokenNote for an empty line, a
 * size with a leading zero or above 2^53 - 1, a root that is not the canonical base64 of 32 bytes.
 */
export function parseCheckpoint(text: string): Checkpoint & { extensions: string[] } {
  checkNoteText(text)
  const lines = text.slice(0, -1).split('\n')
  if (lines.length < 3 || lines.includes('')) throw new BrokenNote('a checkpoint has at least three lines and none empty')
  const [origin, size, root, ...extensions] = lines as [string, string, string, ...string[]]
  if (!/^(0|[1-9][0-9]*)$/.test(size) || !Number.isSafeInteger(Number(size))) throw new BrokenNote('a checkpoint has no size')
  const rootBytes = fromBase64(root)
  if (rootBytes?.length !== 32) throw new BrokenNote('a checkpoint has no root')
  return { origin, size: Number(size), root: rootBytes, extensions }
}
