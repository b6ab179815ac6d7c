import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFolder } from '../platform/durable.ts'
import { Stop } from '../platform/refusal.ts'

type Write = (part: Uint8Array) => Promise<unknown>

/**
 * Writes a file under a name of its own and gives it its name once `fill` has handed all of it over and it is on the disk: whole or not
 * at all, for this user alone. Gives how many bytes it has. @throws Stop `file.unwritable`, and what `fill` throws
 */
export async function saveAs(path: string, fill: (write: Write) => Promise<unknown>): Promise<number> {
  const arriving = `${path}.${randomBytes(4).toString('hex')}.part`
  const unwritable = (fault: NodeJS.ErrnoException): never => {
    throw new Stop('file.unwritable', `${path} cannot be written (${fault.code}).`, fault)
  }
  const handle = await open(arriving, 'wx', 0o600).catch(unwritable)
  let size = 0
  try {
    await fill(async (part) => {
      // in full: a write alone may take less than it is given
      await handle.writeFile(part).catch(unwritable)
      size += part.length
    })
    await handle.sync().catch(unwritable)
    await handle.close().catch(unwritable)
    await rename(arriving, path).catch(unwritable)
    await syncFolder(dirname(path))
    return size
  } catch (fault) {
    await handle.close().catch(() => {})
    await rm(arriving, { force: true })
    throw fault
  }
}
