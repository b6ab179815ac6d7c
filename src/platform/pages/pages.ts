import { createHash } from 'node:crypto'
import type { Bounds } from '../drawing/confined.ts'
import { drawableOf } from '../drawing/drawing.ts'
import { ReadingFault, type FaultCode } from '../reading/fault.ts'
import { kindOf, READABLE, type ReadableKind } from '../reading/kinds.ts'
import { natureOf } from '../reading/natures.ts'
import type { Readers } from '../reading/readers.ts'
import type { Reading } from '../reading/reading.ts'
import { Ended, openLane, type Said, type Why } from '../scans/lane.ts'
import { MOST_LINES } from './mark-letters.ts'
import { LIMITS, MISSING, NO_PAGES, SAYS, type Job, type NoPages } from './page.ts'
import { documentOf } from './text-blocks.ts'

/** A file: its size in bytes, its bytes from `start` up to and without `end`, and whose it is (the matter's id). */
export type PageSource = { size: number; read(start: number, end: number): AsyncIterable<Buffer>; of: string }
export type PagePicture = { picture: Buffer; type: 'image/webp'; /** pixels */ width: number; height: number }
type None = { none: NoPages }
export type PageWish = {
  /** from 1 */ page: number
  /** pixels across, 200 to 2,000: what is less or more is taken as these. A very long page comes smaller */ width: number
  /** who sees it, what, when: up to six lines of 80 characters, of which one at least shows something */ watermark: string[]
}

/**
 * Pictures of the pages of what strangers made, each with a watermark in its pixels, for whoever may read a file and not have it.
 * PDFs and pictures are drawn as they look; of all else the text is laid out on A4, and says so. One page at a time in a process
 * of its own, others wait in line: it has no environment and may read nothing but the program, write to no file and start nothing;
 * its memory and its time are bounded, it draws for one matter only, and is ended when it faults, is late or idle.
 *
 * KNOWN: the text of a file may hold what its layout hides, such as comments: give the copy that leaves, with these taken out.
 */
export type Pages = {
  /**
   * How many pages `draw` gives. The content says what the file is; `name` stands above a text.
   * @throws what the source throws; the signal's reason; Error when it was closed, or when nothing draws on this machine
   */
  count(source: PageSource, name: string, signal?: AbortSignal): Promise<{ pages: number } | None>
  /**
   * A page, without any letters but as pixels, and nothing of what else the file says of itself.
   * @throws as `count`; Error, and never a picture, where the watermark shows nothing
   */
  draw(source: PageSource, name: string, wish: PageWish, signal?: AbortSignal): Promise<PagePicture | None>
  close(): Promise<void>
}

const BOUNDS: Bounds = { memory: 1_500_000, cpu: 300, hasAddons: true, isLow: false }
/** Replaced well before its processor time is over. */
const WORKS_MS = 100_000
const HEAD = 4096
/** UTF-16 units of a line that are sent along; of these so many characters are drawn as fit. */
const MARK = 2_000
const OF_READING: Record<FaultCode, NoPages> = {
  'too-much': 'too-much',
  'broken': 'broken',
  'took-too-long': 'took-too-long',
  'hostile': 'unreadable',
  'encrypted': 'encrypted',
}

type Work = { work: 'count' } | ({ work: 'draw' } & PageWish)
type Drawn = { pages: number } | PagePicture

/** @param program what runs in the process; another one in tests */
export function openPages({
  readers,
  program = new URL('./page-process.ts', import.meta.url),
  ms = LIMITS.ms,
  idleMs = 15_000,
}: {
  readers: Pick<Readers, 'read' | 'text'>
  program?: URL
  ms?: number
  idleMs?: number
}): Pages {
  const lane = openLane({ program, bounds: BOUNDS, ms, worksMs: WORKS_MS, idleMs })

  const ask = async (job: Job, source: PageSource, signal?: AbortSignal): Promise<Drawn | None | null> => {
    const answer = await lane.ask<Drawn | NoPages | 'missing' | 'unknown' | Why>(
      job,
      source,
      source.of,
      (said) => heard(job, said),
      () => signal?.throwIfAborted(),
    )
    if (answer === 'missing') throw new Error('couldn’t draw a page: what draws it cannot be loaded')
    if (answer === 'crashed') return { none: 'too-much' }
    if (answer === 'unknown') return null
    return typeof answer === 'string' ? { none: answer } : answer
  }
  const work = async (given: PageSource, name: string, wish: Work, signal?: AbortSignal): Promise<Drawn | None> => {
    const source = { ...given, read: (start: number, end: number) => heeding(given.read(start, end), signal) }
    const way = await wayOf(source)
    if (way === 'none') return { none: 'unreadable' }
    if (way === 'pdf' || way === 'image') return (await ask({ ...wish, what: way, size: source.size }, source, signal))!
    if (source.size > LIMITS.text) return { none: 'too-much' }
    const key = await keyOf(source, name)
    const kept = await ask({ ...wish, what: 'text', key, size: 0 }, { ...source, size: 0 }, signal)
    if (kept) return kept
    const text = Buffer.from(JSON.stringify(documentOf(await readAs(source, way), name)))
    return (await ask({ ...wish, what: 'text', key, size: text.length }, { ...inMemory(text), of: source.of }, signal))!
  }
  const readAs = async (source: PageSource, kind: ReadableKind | 'txt'): Promise<Reading> => {
    if (kind !== 'txt') return readers.read(source, kind)
    const { text, isCut } = await readers.text(source, 'txt', { text: LIMITS.length })
    return { kind: 'text', blocks: text === '' ? [] : [{ type: 'paragraph', text }], cut: isCut }
  }
  /** `heard` has seen that it answers what was asked. */
  const answered = <T extends Drawn>(source: PageSource, name: string, wish: Work, signal?: AbortSignal): Promise<T | None> => {
    const run = work(source, name, wish, signal).catch((fault: unknown) => {
      if (fault instanceof ReadingFault) return { none: OF_READING[fault.code] }
      throw fault
    })
    return unlessAborted(run as Promise<T | None>, signal)
  }
  return {
    count: (source, name, signal) => answered(source, name, { work: 'count' }, signal),
    draw: async (source, name, { page, width, watermark }, signal) => {
      if (!Number.isSafeInteger(page) || page < 1 || page > LIMITS.pages) return { none: 'no-page' }
      const lines = watermark.filter((line) => /\S/u.test(line)).map((line) => line.slice(0, MARK))
      if (lines.length === 0) throw new Error('couldn’t draw a page: it has no watermark')
      return answered(source, name, { work: 'draw', page, width, watermark: lines.slice(0, MOST_LINES) }, signal)
    },
    close: () => lane.close(),
  }
}

/** What comes out of the process is no more to be trusted than what went in. @throws Ended */
function heard(job: Job, { kind, bytes }: Said): Drawn | NoPages | 'missing' | 'unknown' {
  if (kind === SAYS.none && bytes.length === 1) {
    const why = bytes[0] === MISSING ? 'missing' : NO_PAGES[bytes[0]!]
    if (why) return why
  }
  if (kind === SAYS.unknown && job.what === 'text' && job.size === 0) return 'unknown'
  if (kind === SAYS.pages && job.work === 'count' && bytes.length === 4) {
    const pages = bytes.readUInt32BE()
    if (pages > 0 && pages <= LIMITS.pages) return { pages }
  }
  if (kind === SAYS.picture && job.work === 'draw' && bytes.length > 20 && bytes.length <= LIMITS.drawn + 8) {
    const [width, height, picture] = [bytes.readUInt32BE(0), bytes.readUInt32BE(4), Buffer.from(bytes.subarray(8))]
    if (isWebp(picture) && width > 0 && height > 0) return { picture, type: 'image/webp', width, height }
  }
  throw new Ended()
}

const isWebp = (bytes: Buffer): boolean => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'

/** By the content alone. What is no picture that is drawn here, no text and no kind that is read: none. */
async function wayOf(source: PageSource): Promise<'pdf' | 'image' | 'txt' | ReadableKind | 'none'> {
  if (source.size === 0) return 'txt'
  const kind = await kindOf(source)
  const head = Buffer.concat(await Array.fromAsync(source.read(0, Math.min(HEAD, source.size))))
  const { way } = natureOf(head, kind)
  if (way === 'pdf') return 'pdf'
  if (way === 'picture') return drawableOf(head) === 'image' ? 'image' : 'none'
  if (way === 'text') return 'txt'
  return way === 'read' && isReadable(kind) ? kind : 'none'
}

const isReadable = (kind: string | null): kind is ReadableKind => (READABLE as readonly (string | null)[]).includes(kind)

/** The same name and bytes have the same key, and no others do. */
async function keyOf(source: PageSource, name: string): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(name))
  for await (const part of source.read(0, source.size)) hash.update(part)
  return hash.digest('hex')
}

const inMemory = (bytes: Buffer) => ({
  size: bytes.length,
  read: async function* (start: number, end: number) {
    yield bytes.subarray(start, end)
  },
})

async function* heeding(parts: AsyncIterable<Buffer>, signal?: AbortSignal): AsyncGenerator<Buffer> {
  for await (const part of parts) {
    signal?.throwIfAborted()
    yield part
  }
}

/** Who does not wait any more is answered at once. What is being drawn for them comes to its end unheard; what waits is not begun. */
async function unlessAborted<T>(run: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return run
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  run.catch(() => {})
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([aborted, run])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
