import { parseCheckpoint, type Checkpoint } from '../../core/checkpoint.ts'
import { rootOfFrontier, type Frontier } from '../../core/merkle.ts'
import { openNote, parseVkey } from '../../core/note.ts'
import type { EntryRow } from './queries.ts'
import { hashOf, type Position } from './tree.ts'

/** What a kept checkpoint says; null when it is not signed with this key, in the log's name, and with nothing beside it. */
export function readNote(note: string, vkey: string): Checkpoint | null {
  try {
    const key = parseVkey(vkey)
    const { text } = openNote(note, [key])
    const said = parseCheckpoint(text)
    // the firm's signature and nothing beside it
    const isAlone = note.slice(text.length + 1).split('\n').length === 2
    return said.origin === key.name && said.extensions.length === 0 && isAlone ? said : null
  } catch {
    return null
  }
}

/** Whether a frontier is the one of the tree that was signed. */
export function rootIs(said: Checkpoint, frontier: Frontier): boolean {
  try {
    return said.size === frontier.size && rootOfFrontier(frontier).equals(said.root)
  } catch {
    return false
  }
}

/** Whether a leaf's hash is that of its entry, in every column; false for one of which no leaf can be made at all. */
export function isOf(row: EntryRow & { leaf_hash: Buffer; exact: boolean }, place: Position): boolean {
  // a leaf of version 1 has neither, so nothing may stand there; an empty ground would hash like none
  if (!row.exact || row.ground === '' || (row.v === 1 && (row.origin !== null || row.ground !== null))) return false
  try {
    return hashOf(row, place).equals(row.leaf_hash)
  } catch (fault) {
    if (fault instanceof RangeError || fault instanceof TypeError) return false
    throw fault
  }
}

/** PostgreSQL knows an infinite time, which is no date: NaN. */
export const millis = (at: Date): number => (at instanceof Date ? at.getTime() : Number.NaN)
