import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { MatterId } from '../contract/ids.ts'
import { Lost, Refused } from './exchange.ts'
import type { Found, LeftOut } from './import-walk.ts'
import type { Joined } from './join.ts'

/** What stands in the matter: name in folder to content. */
type Standing = Map<string, { id: string; size: number; sha256: string }>
/** One line of the manifest: what stands in the matter now. `path`: below the folder that was imported. */
export type Line = { path: string; size: number; sha256: string; id: string }
const keyOf = ({ folder, name }: { folder: string; name: string }): string => `${folder}\0${name}`.normalize('NFC')

/** A file that stays out; the others go on. */
class Unfit extends Error {
  readonly code: string
  constructor(code: string, text: string) {
    super(text)
    this.code = code
  }
}
const OTHER_CONTENT = 'A document of that name with other content stands there already. It was not overwritten.'

/** Refusals that are not about the one file: going on would only repeat them. */
const ENDS_ALL = ['session.none', 'may.not', 'scope.exceeded', 'nothing', 'disk.full', 'clock.untrusted']
/** Waits before another try, when the server went away or is stopping: about eight seconds in all. */
const WAITS_MS = [200, 500, 1000, 2000, 4000]
/** Up to this size a file is read at once; a larger one is streamed. */
const WHOLE = 1024 * 1024

export type Tally = {
  imported: number
  already: number
  bytes: number
  failed: LeftOut[]
  /** What was imported, or stood there already. */
  manifest: Line[]
  /** bytes sent or found, those of files under way included */ passed: number
}

/**
 * Imports files, `most` at a time. A file that stands there with the same content is skipped, so that a second run
 * continues the first; a name that stands with other content is never overwritten. What was not imported is in
 * `tally.failed`.
 * @throws Refused or Lost when it cannot go on; what was tallied until then holds.
 */
export async function importFiles(
  firm: Joined,
  matter: MatterId,
  files: Found[],
  most: number,
  tally: Tally,
  onStep: () => void,
): Promise<void> {
  let standing = await listed(firm, matter)
  // many files may meet a taken name at once; one listing answers them all
  let listing: Promise<Standing> | null = null
  const relist = async () => {
    listing ??= listed(firm, matter).finally(() => (listing = null))
    standing = await listing
  }
  const bring = async (file: Found): Promise<'imported' | 'already'> => {
    let sent = false
    for (let tries = 0; ; tries += 1) {
      const there = standing.get(keyOf(file))
      if (there) {
        if (there.size !== file.size || (await sha256Of(file)) !== there.sha256) throw new Unfit('name.taken', OTHER_CONTENT)
        tally.passed += sent ? 0 : file.size
        tally.manifest.push({ path: file.shown, size: there.size, sha256: there.sha256, id: there.id })
        return sent ? 'imported' : 'already'
      }
      try {
        const { id, size, sha256 } = await send(firm, matter, file, (count) => ((tally.passed += count), onStep()))
        tally.manifest.push({ path: file.shown, size, sha256, id })
        return 'imported'
      } catch (fault) {
        // closed by Ctrl-C: the process is about to end, and there is nothing to say of this file
        if (firm.isClosed()) await new Promise(() => {})
        if (ended) throw fault
        // the answer may have been lost and not the document: the next look at what stands there tells
        if (fault instanceof Refused && fault.code === 'name.taken' && tries < WAITS_MS.length) await relist()
        else if (isPassing(fault) && tries < WAITS_MS.length) await pause(WAITS_MS[tries])
        else throw fault
        sent ||= isPassing(fault)
      }
    }
  }
  const queue = files.values()
  let ended = false
  const work = async () => {
    for (const file of queue) {
      if (ended) return
      try {
        tally[await bring(file)] += 1
        tally.bytes += file.size
      } catch (fault) {
        if (!isOfFile(fault)) {
          ended = true
          throw fault
        }
        tally.failed.push({ path: file.shown, code: fault.code, text: fault.message })
      }
      onStep()
    }
  }
  const failed = new Promise<never>((_, reject) => void firm.fatal.then((why) => reject(new Lost(why))))
  await Promise.race([Promise.all(Array.from({ length: most }, work)), failed])
}

const isPassing = (fault: unknown): boolean =>
  fault instanceof Lost || (fault instanceof Refused && fault.status === 503 && fault.code !== 'clock.untrusted')
const isOfFile = (fault: unknown): fault is Unfit | Refused =>
  fault instanceof Unfit || (fault instanceof Refused && fault.status !== 503 && !ENDS_ALL.includes(fault.code))

async function listed(firm: Joined, matter: MatterId): Promise<Standing> {
  const standing: Standing = new Map()
  for (let after: never | undefined; ;) {
    const page = await firm.ask('document.list', { params: { matter }, query: { after, limit: 1000 } })
    for (const one of page.documents) standing.set(keyOf(one), one)
    if (!page.next) return standing
    after = page.next as never
  }
}

async function send(firm: Joined, matter: MatterId, file: Found, passed: (bytes: number) => void): Promise<Omit<Line, 'path'>> {
  const handle = await opened(file)
  const hash = createHash('sha256')
  let count = 0
  try {
    const { size, mtimeMs } = await handle.stat()
    if (size === 0) throw new Unfit('document.empty', 'The file is empty; an empty file is not kept.')
    const whole = size <= WHOLE ? await handle.readFile().catch(unreadable) : null
    const body = whole ?? (() => counted(handle, size))
    if (whole) hash.update(whole)
    const view = await firm.send(
      'document.upload',
      { params: { matter } },
      {
        'content-length': whole?.length ?? size,
        'x-file-name': encodeURIComponent(file.name),
        'x-file-folder': encodeURIComponent(file.folder),
      },
      body,
    )
    if (whole) passed(whole.length)
    if (view.sha256 !== hash.digest('hex')) throw new Unfit('file.changed', 'What was stored is not what was read here. Compare the two.')
    const after = await handle.stat()
    if (after.size !== size || after.mtimeMs !== mtimeMs)
      throw new Unfit('file.changed', 'It was changed while it was being read. What was read is stored; add the file again as a version.')
    return view
  } catch (fault) {
    passed(-count)
    throw fault
  } finally {
    await handle.close()
  }

  async function* counted(source: FileHandle, size: number): AsyncGenerator<Buffer> {
    for await (const part of source.createReadStream({ autoClose: false, start: 0, end: size - 1, highWaterMark: 256 * 1024 })) {
      hash.update(part as Buffer)
      count += (part as Buffer).length
      passed((part as Buffer).length)
      yield part as Buffer
    }
    if (count !== size) throw new Unfit('file.changed', 'It became shorter while it was being read.')
  }
}

async function sha256Of(file: Found): Promise<string> {
  const handle = await opened(file)
  try {
    const hash = createHash('sha256')
    for await (const part of handle.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 })) hash.update(part as Buffer)
    return hash.digest('hex')
  } catch (fault) {
    return unreadable(fault)
  } finally {
    await handle.close()
  }
}

const opened = (file: Found): Promise<FileHandle> => open(file.path, 'r').catch(unreadable)
function unreadable(fault: unknown): never {
  throw new Unfit('file.unreadable', `It cannot be read (${(fault as NodeJS.ErrnoException).code ?? 'unknown'}).`)
}
