import { readFile, rm } from 'node:fs/promises'
import { writeWhole } from './durable.ts'

/** That a set's shares were put together; nothing of them. `at` is an ISO instant. */
export type ShareUse = { set: string; shares: number[]; at: string }

const markOf = (keyring: string): string => `${keyring}.recovered`

/** Uses of shares that nobody has been told of yet. */
export async function sharesUsed(keyring: string): Promise<ShareUse[]> {
  const text = await readFile(markOf(keyring), 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return '[]'
    throw fault
  })
  return JSON.parse(text) as ShareUse[]
}

/** Leaves a mark beside the keyring file, of which the next start tells the custodians. On the disk when this resolves. */
export const markUse = async (keyring: string, use: ShareUse): Promise<void> =>
  writeWhole(markOf(keyring), `${JSON.stringify([...(await sharesUsed(keyring)), use])}\n`, 0o600)

export const forgetUses = (keyring: string): Promise<void> => rm(markOf(keyring), { force: true })
