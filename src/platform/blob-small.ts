import { closeSync, fdatasyncSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { BrokenSeal } from '../core/bytes.ts'
import { openFile, sealWhole, type Known, type Sealed } from './blob-seals.ts'
import { passed } from './blob-sweep.ts'
import { MISSING } from './blob-store.ts'
import type { Fault } from './blob-worker.ts'

// Contents of at most a batch, several in one go, in the other thread: the disk is asked without leaving it, since to wake a
// thread for each step costs more than the step.

export type SmallJob =
  /** On the disk when it is done, with its entry; whole, or none is left. */
  | { kind: 'seal'; path: string; key: Uint8Array; context: Uint8Array; content: Uint8Array<ArrayBuffer> }
  /** `paths`: the first that is there. */
  | ({ kind: 'open'; paths: string[]; key: Uint8Array; context: Uint8Array; start: number; end: number } & Known)
  /** Moves a file, into a folder that is made where it is missing. */
  | { kind: 'place'; from: string; to: string }
/** What each kind of job gives. */
export type SmallGives = { seal: Sealed; open: Uint8Array<ArrayBuffer>; place: true }
export type SmallDone = { n: number } & ({ value: SmallGives[SmallJob['kind']] } | { fault: Fault })
export type Numbered = SmallJob & { n: number }

/** What became of each job, in their order; a fault is its job's and no other's. */
export async function doSmall(jobs: readonly Numbered[]): Promise<SmallDone[]> {
  const done: SmallDone[] = []
  for (const job of jobs)
    done.push(
      await work(job).then(
        (value) => ({ n: job.n, value }),
        (fault: NodeJS.ErrnoException) => ({ n: job.n, fault: wordsOf(fault) }),
      ),
    )
  // the entries of all that was written, at once
  const folders = new Set(jobs.flatMap((job, i) => (job.kind === 'seal' && 'value' in done[i]! ? dirname(job.path) : [])))
  for (const folder of folders) {
    try {
      syncFolder(folder)
    } catch (fault) {
      for (const [i, job] of jobs.entries()) {
        if (job.kind !== 'seal' || dirname(job.path) !== folder) continue
        rmSync(job.path, { force: true })
        done[i] = { n: job.n, fault: wordsOf(fault as NodeJS.ErrnoException) }
      }
    }
  }
  return done
}

export const wordsOf = (fault: NodeJS.ErrnoException): Fault => ({
  message: fault.message,
  code: fault.code,
  isBrokenSeal: fault instanceof BrokenSeal,
})

async function work(job: SmallJob): Promise<SmallGives[SmallJob['kind']]> {
  return job.kind === 'seal' ? seal(job) : job.kind === 'open' ? open(job) : place(job)
}

function seal({ path, key, context, content }: SmallJob & { kind: 'seal' }): Sealed {
  const { bytes, sealed } = sealWhole(key, context, content)
  // what came, as one, sealed, and as it was written
  passed(2 * content.length)
  const file = openSync(path, 'wx', 0o600)
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
    fdatasyncSync(file)
  } catch (fault) {
    rmSync(path, { force: true })
    throw fault
  } finally {
    closeSync(file)
  }
  return sealed
}

async function open({ paths, key, context, start, end, ...known }: SmallJob & { kind: 'open' }): Promise<Uint8Array<ArrayBuffer>> {
  const file = openFirst(paths)
  try {
    const { size: length } = fstatSync(file)
    const read = async (at: number, count: number) => readExactly(file, at, count)
    const parts = await Array.fromAsync(openFile({ length, ahead: 0, read }, key, context, start, end, known))
    passed(2 * (end - start))
    return parts.length === 1 ? parts[0]! : new Uint8Array(await new Blob(parts).arrayBuffer())
  } finally {
    closeSync(file)
  }
}

function openFirst(paths: string[]): number {
  for (const path of paths) {
    try {
      return openSync(path, 'r')
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') throw fault
    }
  }
  throw new BrokenSeal(MISSING)
}

function readExactly(file: number, at: number, count: number): Buffer {
  const bytes = Buffer.allocUnsafe(count)
  for (let have = 0; have < count;) {
    const more = readSync(file, bytes, have, count - have, at + have)
    if (more === 0) throw new BrokenSeal('the blob is cut off')
    have += more
  }
  return bytes
}

const folders = new Set<string>()
function place({ from, to }: SmallJob & { kind: 'place' }): true {
  const folder = dirname(to)
  if (!folders.has(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 })
  folders.add(folder)
  renameSync(from, to)
  return true
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
