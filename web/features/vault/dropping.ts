import type { MatterId } from '../../../src/contract/ids.ts'
import { files } from './filing-words.ts'
import { moveDocuments, moveFolder } from './filing.ts'
import type { What } from './list-acts.ts'
import { move } from './moving.tsx'
import { joined, lastName } from './tree.ts'
import { sayRefusal } from './try.ts'
import { offerUndo } from './undo.tsx'

/** Moves what was dropped on a folder, says where it stands now, and offers to put it back: a hand slips. */
export async function drop(matter: MatterId, what: What, folder: string): Promise<void> {
  const moved = what.kind === 'files' ? what.files.filter((document) => document.folder !== folder) : []
  try {
    await move(matter, what, folder)
  } catch (fault) {
    return sayRefusal(fault)
  }
  const name = what.kind === 'folder' ? lastName(what.path) : files(moved.length)
  offerUndo({
    id: `move ${what.kind === 'folder' ? what.path : moved[0]?.id}`,
    said: `${name} moved ${folder ? `to ${lastName(folder)}` : 'out of all folders'}.`,
    undo: async () => {
      if (what.kind === 'folder') return moveFolder(matter, joined(folder, lastName(what.path)), what.path)
      for (const [from, some] of Map.groupBy(moved, (document) => document.folder))
        await moveDocuments(
          matter,
          some.map(({ id }) => id),
          from,
        )
    },
    undone: `${name} moved back.`,
  })
}
