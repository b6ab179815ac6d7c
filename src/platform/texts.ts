import { linesOfLetter, NO_FACTS, type Extracted, type Facts, type FileKind, type PageText } from './reading/extracted.ts'
import { ReadingFault, type FaultCode } from './reading/fault.ts'
import { kindOf } from './reading/kinds.ts'
import { natureOf } from './reading/natures.ts'
import type { Readers } from './reading/readers.ts'
import type { Limits, Source } from './reading/reading.ts'
import type { Inner, TextKind, Written } from './reading/written.ts'
import { bytesIn, pathOf } from './texts-inner.ts'

/**
 * The text of any file, for being found: its own, and that of what is attached to it or packed in it, each in a reader with
 * limits. Nothing is fetched, run or written to a disk; what lies inside is held in memory, one after the other.
 */
export type Texts = {
  /**
   * `of` is the matter's id and goes on to the reader of PDF; `name` only tells apart kinds that the content does not. A file
   * inside that is broken, hostile or under a password is a line in `unread`, and the rest is read.
   *
   * @throws ReadingFault for the file itself; whatever the source throws
   */
  read(source: Source, of: string, name?: string): Promise<Extracted>
  /** A file inside, by its place as `read` gave it; null where there is none. @throws as `read` */
  inner(source: Source, within: string, of: string): Promise<Source | null>
}

export type TextsLimits = {
  /** bytes of one file inside, and of all of them */
  innerBytes: number
  allBytes: number
  /** how far files stand inside of files, and how many are looked at */
  depth: number
  files: number
  /** characters of the whole document */
  characters: number
  /** after which no more files inside are begun */
  ms: number
  /** of each reader; see `TEXT_LIMITS` */
  reading: Partial<Limits>
}
const MB = 1024 * 1024
export const TEXTS_LIMITS: TextsLimits = {
  innerBytes: 64 * MB,
  allBytes: 256 * MB,
  depth: 5,
  files: 2_000,
  characters: 16 * MB,
  ms: 10 * 60_000,
  reading: {},
}

/** `pdf` gives the pages of a PDF in their order. @throws ReadingFault */
type ReadPdf = (source: Source, of: string) => Promise<{ pages: PageText[]; isCut: boolean }>
type Parts = Pick<Extracted, 'parts' | 'unread' | 'pictures' | 'isCut'>
/** A document under way, with what is left to it. */
type Walk = {
  of: string
  limits: TextsLimits
  out: Parts
  characters: number
  bytes: number
  files: number
  until: number
  /** One file inside is looked for, and nothing told of the others. */ wanted: string | null
  found: Source | null
}
type Seen = { kind: FileKind; facts: Facts }

const MOST_UNREAD = 20
const HELD = 1 * MB
const WHY: Record<FaultCode, string> = {
  'too-much': 'larger than is read here',
  'broken': 'damaged, or not what its kind must be',
  'took-too-long': 'reading it took too long',
  'hostile': 'made in a way that does harm to whoever unpacks it',
  'encrypted': 'under a password',
}

export function openTexts({ readers, pdf, limits }: { readers: Readers; pdf: ReadPdf; limits?: Partial<TextsLimits> }): Texts {
  /** Reads one file and all inside of it into `walk`. @throws ReadingFault for the file itself */
  const take = async (walk: Walk, given: Source, within: string, name: string, depth: number): Promise<Seen> => {
    const source = given.size <= HELD ? held(await bytesIn(given.read(0, given.size), HELD)) : given
    const head = await bytesIn(source.read(0, Math.min(4096, source.size)), 4096)
    const kind = await kindOf(source)
    const nature = natureOf(head, kind, name)
    const seen = { kind: nature.kind, facts: NO_FACTS }
    if (source.size === 0) return seen
    if (within !== '' && walk.wanted === within) return ((walk.found = source), seen)
    if (nature.way === 'pdf') return (walk.wanted === null && tellPages(walk, await pdf(source, walk.of), within), seen)
    if (nature.way === 'picture') return (walk.out.pictures.push({ page: null, within }), seen)
    if (nature.way === 'program') return (tellUnread(walk, within, 'a program is not read'), seen)
    if (nature.way === 'none') return (tellUnread(walk, within, 'this kind of file is not read'), seen)
    const as = nature.way === 'text' ? 'txt' : (kind as TextKind)
    const written = await readers.text(source, as, walk.limits.reading)
    // who a letter inside is from and to is told with its text: only the document itself has facts
    const text = depth > 0 && nature.kind === 'mail' ? `${linesOfLetter(written.facts)}\n${written.text}` : written.text
    tell(walk, text, null, within)
    if (written.isCut) walk.out.isCut = true
    for (const line of written.unread) tellUnread(walk, within, line)
    await takeInner(walk, source, as, written, within, depth + 1)
    return { ...seen, facts: written.facts }
  }

  const takeInner = async (walk: Walk, source: Source, as: TextKind, { inner }: Written, within: string, depth: number): Promise<void> => {
    const names = new Map<string, number>()
    for (const one of inner) {
      const place = unlike(names, pathOf(within, one.name))
      if (one.size === 0 || !isOnTheWay(walk, place)) continue
      if (depth > walk.limits.depth) tellUnread(walk, place, 'inside of too many other files')
      else if (walk.files <= 0 || walk.bytes <= 0 || walk.characters <= 0 || performance.now() > walk.until) {
        walk.out.isCut = true
        return tellUnread(walk, place, 'and what comes after it: there is more inside than is read')
      } else await takeOne(walk, source, as, one, place, depth)
    }
  }

  const takeOne = async (walk: Walk, source: Source, as: TextKind, one: Inner, place: string, depth: number): Promise<void> => {
    walk.files -= 1
    try {
      const most = Math.min(walk.limits.innerBytes, walk.bytes)
      // what it says is not believed, but saves the work
      if (one.size > most) throw new ReadingFault('too-much', 'a file inside of it is larger than is read')
      const bytes = await bytesIn(innerBytes(source, as, one, walk.limits.reading), most)
      walk.bytes -= bytes.length
      await take(walk, held(bytes), place, one.name, depth)
    } catch (fault) {
      if (!(fault instanceof ReadingFault)) throw fault
      tellUnread(walk, place, WHY[fault.code])
    }
  }

  const innerBytes = (source: Source, as: TextKind, { index, start, size }: Inner, reading: Partial<Limits>): AsyncIterable<Buffer> => {
    if (start !== null) return source.read(start, start + size)
    if (as === 'eml' || as === 'msg') return readers.attachment(source, as, index, reading)
    return readers.archiveEntry(source, index, reading)
  }

  const begin = (of: string, wanted: string | null): Walk => {
    const all = { ...TEXTS_LIMITS, ...limits }
    const out: Parts = { parts: [], unread: [], pictures: [], isCut: false }
    const left = { characters: all.characters, bytes: all.allBytes, files: all.files, until: performance.now() + all.ms }
    return { of, limits: all, out, ...left, wanted, found: null }
  }
  return {
    inner: async (source, within, of) => {
      const walk = begin(of, within)
      await take(walk, source, '', '', 0)
      return walk.found
    },
    read: async (source, of, name = '') => {
      const walk = begin(of, null)
      const { out } = walk
      const seen = await take(walk, source, '', name, 0)
      const { length } = out.unread
      const unread = length > MOST_UNREAD ? [...out.unread.slice(0, MOST_UNREAD - 1), `and ${length - MOST_UNREAD + 1} more`] : out.unread
      return { ...seen, ...out, unread }
    },
  }
}

/** A second one of the same name has a number behind it, so that each place is one file's. */
function unlike(names: Map<string, number>, place: string): string {
  const n = (names.get(place) ?? 0) + 1
  names.set(place, n)
  return n === 1 ? place : `${place} (${n})`
}
const isOnTheWay = ({ wanted, found }: Walk, place: string): boolean =>
  wanted === null || (found === null && (wanted === place || wanted.startsWith(`${place}/`)))

const held = (bytes: Buffer): Source => ({
  size: bytes.length,
  read: async function* (start, end) {
    yield bytes.subarray(start, end)
  },
})

function tell(walk: Walk, text: string, page: number | null, within: string): void {
  const taken = text.slice(0, walk.characters).toWellFormed()
  if (taken.length < text.length) walk.out.isCut = true
  walk.characters -= taken.length
  if (taken.trim() !== '') walk.out.parts.push({ text: taken, page, within, sureness: null })
}

function tellPages(walk: Walk, { pages, isCut }: Awaited<ReturnType<ReadPdf>>, within: string): void {
  if (isCut) walk.out.isCut = true
  for (const [n, { text, hasPictures }] of pages.entries()) {
    // a scan that a court or a machine has stamped has the stamp as its text
    if (hasPictures) walk.out.pictures.push({ page: n + 1, within })
    tell(walk, text, n + 1, within)
  }
}

/** In words for a lawyer, with the place where it stands inside. */
function tellUnread({ out }: Walk, within: string, why: string): void {
  out.unread.push(within ? `${within}: ${why}` : why)
}
