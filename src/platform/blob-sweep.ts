import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type Collect = (options: { type: 'minor' }) => void

const EVERY = 4 * 1024 * 1024
let collect: Collect | null = null
let since = 0

/**
 * Told of every byte of a large file that went through this thread; frees, now and then, the buffers it went in.
 *
 * They are dead at once, yet V8 counts them against the old generation and marks the whole heap again and again: that
 * took a third of all the time that a large file cost. Collecting the young generation takes about a millisecond.
 */
export function passed(bytes: number): void {
  since += bytes
  if (since < EVERY) return
  since = 0
  collect ??= findCollect()
  collect({ type: 'minor' })
}

/**
 * V8 shows its collector only to contexts made after it is told to; what runs in ours is not shown it. Not taken back
 * again: the flag is the whole process's, and another thread may be about to ask. Where there is none, nothing is swept.
 */
function findCollect(): Collect {
  setFlagsFromString('--expose-gc')
  return (runInNewContext('globalThis.gc') as Collect | undefined) ?? (() => {})
}
