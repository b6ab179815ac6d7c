import { readFile, rename, rm } from 'node:fs/promises'
import { writeWhole } from './durable.ts'

/** That a set's shares were put together; nothing of them. `at` is an ISO instant. */
export type ShareUse = { set: string; shares: number[]; at: string }

const markOf = (keyring: string): string => `${keyring}.recovered`
/** Marks that are being told of: what is marked meanwhile is not forgotten with them. */
const takenOf = (keyring: string): string => `${keyring}.recovered.telling`

const noneIfMissing = (fault: NodeJS.ErrnoException): null => {
  if (fault.code !== 'ENOENT') throw fault
  return null
}
const usesIn = async (path: string): Promise<ShareUse[] | null> => {
  const text = await readFile(path, 'utf8').catch(noneIfMissing)
  return text === null ? null : (JSON.parse(text) as ShareUse[])
}

/** Uses of shares that nobody has been told of yet, taken to be told; until they are forgotten the same ones again. */
export async function sharesUsed(keyring: string): Promise<ShareUse[]> {
  const taken = await usesIn(takenOf(keyring))
  if (taken) return taken
  await rename(markOf(keyring), takenOf(keyring)).catch(noneIfMissing)
  return (await usesIn(takenOf(keyring))) ?? []
}

/** Leaves a mark beside the keyring file, of which the next start tells the custodians. On the disk when this resolves. */
export const markUse = async (keyring: string, use: ShareUse): Promise<void> =>
  writeWhole(markOf(keyring), `${JSON.stringify([...((await usesIn(markOf(keyring))) ?? []), use])}\n`, 0o600)

/** Those that were taken were told. */
export const forgetUses = (keyring: string): Promise<void> => rm(takenOf(keyring), { force: true })
