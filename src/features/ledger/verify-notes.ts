import { parseCheckpoint, type Checkpoint } from '../../core/checkpoint.ts'
import { rootOfFrontier, type Frontier } from '../../core/merkle.ts'
import { openNote, parseVkey } from '../../core/note.ts'

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
