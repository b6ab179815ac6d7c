import { mkdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { Stop } from '../../platform/refusal.ts'

export type Places = { to: string; keysTo: string }

/**
 * The real paths of where data and keys go. Whoever holds both can read everything, so they must be two places, and
 * neither within the other nor within the data folder.
 * @throws Stop `usage.places`
 */
export async function readPlaces(data: string, given: Places): Promise<Places> {
  const [home, to, keysTo] = (await Promise.all([data, given.to, given.keysTo].map((path) => realPlace(resolve(path))))) as [
    string,
    string,
    string,
  ]
  if (areNested(to, keysTo))
    throw new Stop(
      'usage.places',
      `--to ${given.to} and --keys-to ${given.keysTo} are the same folder, or one is inside the other: keys that lie with the data protect nothing. Name two places, best on two disks.`,
    )
  for (const [flag, place] of [
    ['--to', to],
    ['--keys-to', keysTo],
  ] as const) {
    if (areNested(place, home))
      throw new Stop(
        'usage.places',
        `${flag} ${place} and the data folder ${home} are inside one another: a backup must survive the loss of the data folder.`,
      )
  }
  return { to, keysTo }
}

/** The real path of what may not be there yet. */
async function realPlace(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    if (code !== 'ENOENT' || dirname(path) === path)
      throw new Stop('file.unwritable', `The folder ${path} cannot be reached (${code}).`, fault)
    return join(await realPlace(dirname(path)), basename(path))
  }
}

const areNested = (one: string, other: string): boolean => isWithin(one, other) || isWithin(other, one)
const isWithin = (path: string, dir: string): boolean => path === dir || path.startsWith(dir.endsWith(sep) ? dir : dir + sep)

/** Makes the two folders where they are missing. @throws Stop `file.unwritable` */
export async function makePlaces({ to, keysTo }: Places): Promise<void> {
  for (const dir of [to, keysTo]) {
    await mkdir(dir, { recursive: true, mode: 0o700 }).catch((fault: NodeJS.ErrnoException) => {
      throw new Stop('file.unwritable', `The folder ${dir} cannot be made (${fault.code}).`, fault)
    })
  }
}

/** What one lost disk would take with it, in sentences. */
export async function diskNotes(data: string, { to, keysTo }: Places): Promise<string[]> {
  const [home, sealed, keys] = await Promise.all([data, to, keysTo].map(async (path) => (await stat(path)).dev))
  const notes: string[] = []
  if (sealed === keys)
    notes.push(
      'The data and the keys are on the same disk: whoever takes it can read everything, and whoever loses it loses both. Put them on two.',
    )
  if (sealed === home || keys === home)
    notes.push(
      `The ${sealed === home ? 'backup' : 'key backup'} is on the same disk as the data folder: it does not survive the loss of that disk.`,
    )
  return notes
}

/** Whether a folder is missing, or holds nothing but what a file system puts there itself and `but`. */
export const isEmpty = (names: string[], but: string[] = []): boolean => names.every((name) => name === 'lost+found' || but.includes(name))
