import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from './durable.ts'

/** That the data folder was restored: when, from the backup of which time, and how far the ledger went in that. */
const Restored = z.object({ at: z.iso.datetime(), backup: z.iso.datetime(), size: z.number().int() })
export type RestoredMark = z.infer<typeof Restored>

/** Its name in the data folder. */
export const RESTORED = 'restored.json'

/** Leaves the mark, of which the next start begins an epoch of the ledger. On the disk when this resolves. */
export const markRestored = (dir: string, mark: RestoredMark): Promise<void> =>
  writeWhole(join(dir, RESTORED), `${JSON.stringify(mark)}\n`, 0o600)

/** Null: it was not restored since the last start that told of it. */
export async function restoredMark(data: string): Promise<RestoredMark | null> {
  const text = await readFile(join(data, RESTORED), 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'ENOENT') throw fault
    return null
  })
  return text === null ? null : Restored.parse(JSON.parse(text))
}

/** Once it was told of. */
export const forgetRestored = (data: string): Promise<void> => rm(join(data, RESTORED), { force: true })
