import { createHash } from 'node:crypto'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { Stop } from './refusal.ts'

/** A line of the list, with where it begins and where the next does, in bytes. */
type Line = { start: number; end: number; hash: string }
/** A line with its end is at most some 60 bytes; so much is read at once. */
const WINDOW = 256
const PROBES = 64

export type BreachedFile = {
  /**
   * Whether the password, as typed or in its NFKC form, is on the list. When the file has changed since it was looked
   * through, it is looked through again. @throws Stop, or what the disk says: then nothing is known of the password
   */
  has(password: string): Promise<boolean>
  /** The file as it is now; size in bytes, time in ISO 8601. */
  about(): Promise<{ name: string; bytes: number; modified: string }>
}

class Malformed extends Error {
  override name = 'Malformed'
  override message = 'a line of the breached passwords is not 40 hex digits and a count'
}

/**
 * The operator's copy of Have I Been Pwned's list, as its downloader writes it in one file: a line `SHA1:COUNT` per
 * password (hex in either case, the count may be missing, CRLF or LF), ordered by hash. It has tens of gigabytes, so it is
 * searched where it lies and never read whole; the first lines, the last and a sample of others are looked at here.
 *
 * A new list takes the old one's place by renaming. KNOWN: one that is still being copied, or was cut off between two
 * lines, passes as a shorter one; the settings page shows its size.
 *
 * @throws Stop `setting.malformed`: it cannot be read, or is not such a list
 */
export async function openBreachedFile(path: string): Promise<BreachedFile> {
  let checked = ''
  // opened for each question: nothing is held, and a file that took this one's place is noticed
  const opened = async <T>(look: (handle: FileHandle, size: number) => Promise<T>): Promise<T> => {
    await using handle = await openFile(path)
    const { dev, ino, size, mtimeNs } = await handle.stat({ bigint: true })
    const identity = [dev, ino, size, mtimeNs].join()
    if (identity !== checked) await check(path, handle, Number(size))
    checked = identity
    return await look(handle, Number(size))
  }
  await opened(async () => {})
  return {
    has: (password) =>
      opened(async (handle, size) => {
        for (const form of new Set([password, password.normalize('NFKC')])) {
          if (await find(handle, size, createHash('sha1').update(form).digest('hex').toUpperCase())) return true
        }
        return false
      }),
    about: async () => {
      const { size, mtime } = await stat(path)
      return { name: basename(path), bytes: size, modified: mtime.toISOString() }
    },
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    // asked before: to open a pipe would wait for its writer
    if ((await stat(path)).isFile()) return await open(path, 'r')
  } catch (fault) {
    throw refused(
      `${path} cannot be read (${(fault as NodeJS.ErrnoException).code}). Give the path of a file that this program may read.`,
      fault,
    )
  }
  throw refused(`${path} is not a file. Give the path of the list itself.`)
}

const LIST = 'Use the list of SHA-1 hashes ordered by hash, as the downloader of Have I Been Pwned writes it into one file, unpacked.'
const refused = (text: string, cause?: unknown) => new Stop('setting.malformed', `SUBROSA_BREACHED_PASSWORDS: ${text}`, cause)

/** The first lines, lines spread over the file, and the last: each is one, and they are in order. @throws Stop */
async function check(path: string, handle: FileHandle, size: number): Promise<void> {
  try {
    const first = await lineAt(handle, size, 0)
    if (!first) throw refused(`${path} is empty. ${LIST}`)
    let before = first
    const follow = (line: Line | null) => {
      if (line && line.hash < before.hash) throw refused(`${path} is not in the order of its hashes. ${LIST}`)
      before = line ?? before
    }
    for (let n = 0; n < 20; n += 1) follow(await lineAt(handle, size, before.end))
    for (let n = 0; n < PROBES; n += 1) {
      const at = Math.floor((size * n) / PROBES)
      if (at > before.start) follow(await lineAt(handle, size, at))
    }
    for (let line: Line | null = await lineAt(handle, size, Math.max(before.end, size - WINDOW)); line;) {
      follow(line)
      line = await lineAt(handle, size, line.end)
    }
  } catch (fault) {
    if (!(fault instanceof Malformed)) throw fault
    throw refused(`${path} holds a line that is not 40 hex digits with a count, as in 0000…1A:3. ${LIST}`, fault)
  }
}

/** Binary search over bytes: what begins before `low` is less than the hash, what begins at `high` or later is more. */
async function find(handle: FileHandle, size: number, hash: string): Promise<boolean> {
  let low = 0
  let high = size
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const line = await lineAt(handle, size, middle)
    if (line?.hash === hash) return true
    if (line && line.hash < hash) low = line.end
    else high = middle
  }
  return false
}

/** The first line that begins at this byte or later; null when none does. @throws Malformed */
async function lineAt(handle: FileHandle, size: number, at: number): Promise<Line | null> {
  const from = Math.max(at - 1, 0)
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(WINDOW), 0, WINDOW, from)
  const text = buffer.toString('latin1', 0, bytesRead)
  const isEnd = from + bytesRead >= size
  const start = at === 0 ? 0 : text.indexOf('\n') + 1
  if (at > 0 && start === 0 && isEnd) return null
  const rest = text.slice(start)
  if (isEnd && /^[\r\n]*$/.test(rest)) return null
  const [, whole, hash] = /^(([0-9a-f]{40})(?::\d+)?\r?(?:\n|$))/i.exec(rest) ?? []
  if ((at > 0 && start === 0) || !whole || !hash) throw new Malformed()
  return { start: from + start, end: from + start + whole.length, hash: hash.toUpperCase() }
}
