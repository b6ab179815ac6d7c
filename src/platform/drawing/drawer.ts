import type { Readable, Writable } from 'node:stream'
import { startConfined, type Bounds, type Confined } from './confined.ts'
import { HEADER, KINDS, LIMITS, OUTCOMES, type Drawable, type NoPicture, type Source } from './drawing.ts'

/** A small WebP, or why there is none; `missing`: nothing draws on this machine, which says nothing of the file. */
export type Drawn = { picture: Buffer } | { none: NoPicture } | 'missing'

/**
 * Draws what strangers made, in a process of its own, one file at a time, others wait in line. That process has no environment and
 * no right to read anything but the program, to write a byte to a file, or to start another; its memory and its time are bounded.
 * It draws for one matter only, and is ended when it faults, when it is late, and when the next file is another matter's.
 */
export type Drawer = {
  /**
   * @param of whose the file is: what one process has seen is never drawn into another's
   * @param isWanted asked when its turn has come
   * @returns null when it was not wanted any more
   * @throws what the source throws; Error when the drawer was closed
   */
  draw(source: Source, kind: Drawable, of: string, isWanted?: () => boolean): Promise<Drawn | null>
  close(): Promise<void>
}

type Artist = { child: Confined; of: string; /** ms */ worked: number; isOver: boolean }

const BOUNDS: Bounds = { memory: 1_500_000, cpu: 300, hasAddons: true, isLow: false }
/** Replaced well before its processor time is over. */
const WORKS_MS = 100_000
const IDLE_MS = 15_000

/** @param program what runs in the process; another one in tests */
export function openDrawer({ program = new URL('./draw-process.ts', import.meta.url), ms = LIMITS.ms } = {}): Drawer {
  let artist: Artist | null = null
  let idle: NodeJS.Timeout | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let isClosed = false
  let isMissing = false

  const end = () => {
    clearTimeout(idle)
    artist?.child.kill('SIGKILL')
    artist = null
  }
  const artistFor = (of: string): Artist => {
    clearTimeout(idle)
    if (artist && (artist.of !== of || artist.isOver || artist.worked > WORKS_MS)) end()
    return (artist ??= start(program, of))
  }
  const drawNow = async (source: Source, kind: Drawable, of: string): Promise<Drawn> => {
    if (isMissing) return 'missing'
    if (source.size > LIMITS.source) return { none: 'too-much' }
    const own = artistFor(of)
    const began = performance.now()
    let isLate = false
    const late = setTimeout(() => {
      isLate = true
      own.child.kill('SIGKILL')
    }, ms)
    try {
      const drawn = await ask(own, source, kind)
      isMissing = drawn === 'missing'
      return drawn
    } catch (fault) {
      end()
      if (isClosed || !(fault instanceof Ended)) throw fault
      return { none: isLate ? 'took-too-long' : 'crashed' }
    } finally {
      clearTimeout(late)
      own.worked += performance.now() - began
      if (artist) idle = setTimeout(end, IDLE_MS).unref()
    }
  }
  return {
    draw: (source, kind, of, isWanted = () => true) => {
      const drawn = turn.then(() => {
        if (isClosed) throw new Error('couldn’t draw: the drawer was closed')
        return isWanted() ? drawNow(source, kind, of) : null
      })
      turn = drawn.catch(() => {})
      return drawn
    },
    close: async () => {
      isClosed = true
      end()
      await turn
    },
  }
}

function start(program: URL, of: string): Artist {
  const child = startConfined(program, BOUNDS)
  const artist: Artist = { child, of, worked: 0, isOver: false }
  const over = () => (artist.isOver = true)
  child.once('exit', over).once('error', over)
  // a pipe that breaks is told by the end of the process
  child.stdin!.on('error', () => {})
  ;(child.stdio[3] as Readable).on('error', () => {})
  return artist
}

class Ended extends Error {}

/** Gives it the file and takes the picture. @throws Ended, and what the source throws */
async function ask({ child, isOver }: Artist, source: Source, kind: Drawable): Promise<Drawn> {
  const { promise: gone, reject } = Promise.withResolvers<never>()
  gone.catch(() => {})
  const over = () => reject(new Ended())
  if (isOver) over()
  child.once('exit', over).once('error', over)
  const answer = hear(child.stdio[3] as Readable)
  try {
    await Promise.race([gone, give(child.stdin!, source, kind, gone)])
    const [outcome, picture] = await Promise.race([gone, answer.whole])
    if (outcome === 'missing') return 'missing'
    if (outcome !== 'picture') return { none: outcome }
    // what comes out of it is no more to be trusted than what went in
    return isWebp(picture) ? { picture } : { none: 'broken' }
  } finally {
    answer.close()
    child.off('exit', over).off('error', over)
  }
}

async function give(into: Writable, source: Source, kind: Drawable, gone: Promise<never>): Promise<void> {
  const header = Buffer.alloc(HEADER)
  header[0] = KINDS.indexOf(kind)
  header.writeUInt32BE(source.size, 1)
  into.write(header)
  for await (const part of source.read(0, source.size)) if (!into.write(part)) await Promise.race([drained(into), gone])
}

const drained = (into: Writable) => new Promise<void>((resolve) => into.once('drain', resolve))

/** One answer. @throws Ended when it is none */
function hear(from: Readable): { whole: Promise<[(typeof OUTCOMES)[number], Buffer]>; close(): void } {
  const { promise: whole, resolve, reject } = Promise.withResolvers<[(typeof OUTCOMES)[number], Buffer]>()
  whole.catch(() => {})
  let heard = Buffer.alloc(0)
  const take = (part: Buffer) => {
    heard = Buffer.concat([heard, part])
    if (heard.length < HEADER) return
    const [outcome, length] = [OUTCOMES[heard[0]!], heard.readUInt32BE(1)]
    if (outcome === undefined || length > LIMITS.picture || heard.length > HEADER + length) reject(new Ended())
    else if (heard.length === HEADER + length) resolve([outcome, heard.subarray(HEADER)])
  }
  from.on('data', take)
  return { whole, close: () => void from.off('data', take) }
}

const isWebp = (bytes: Buffer): boolean => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'
