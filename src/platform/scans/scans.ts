import type { Bounds } from '../drawing/confined.ts'
import type { PageText } from '../reading/extracted.ts'
import { ReadingFault } from '../reading/fault.ts'
import type { Source } from '../reading/reading.ts'
import { Ended, openLane, type Said } from './lane.ts'
import { LIMITS, NO_LETTERS, SAYS, type NoLetters } from './scan.ts'

export type PdfText = {
  pages: PageText[]
  /** There is more than was read: pages or letters above the limits, a page that cannot be opened, or its reader ended before it. */
  isCut: boolean
}
export type Letters = {
  /** In lines and paragraphs. */
  text: string
  /** 0 to 100, over all words */
  sureness: number
  /** of the file; the others are read by their numbers */
  pages: number
}

/**
 * Reads the text of PDFs and the letters of scans, in two processes of their own, so that a text does not wait for a scan. They
 * have no environment and may read nothing but the program, write to no file and start nothing; their memory and their time are
 * bounded, and whatever a person waits for goes before them. A file's bytes come by a pipe where they are needed, and nothing is
 * kept of them. Each process reads for one matter, one file at a time.
 */
export type Scans = {
  /**
   * The text of a PDF, page by page. A page that is a scan has the text that was stamped on it, or none, and `hasPictures`.
   * @param of whose the file is: what one process has seen is never read into another's
   * @throws ReadingFault, where nothing was read of it; what the source throws; Error when it was closed
   */
  pdf(source: Source, of: string): Promise<PdfText>
  /**
   * The letters of a page, read by machine. What the file is, is told by its first bytes: a PDF, or a PNG, JPEG, WebP or TIFF.
   * @param page from 1, of a PDF or a TIFF; null: the first or only one
   * @param languages ISO 639-1, the main one first; others than `LANGUAGES` are passed over, and English is read when none is left
   * @throws what the source throws; Error when it was closed
   */
  read(source: Source, picture: { page: number | null }, languages: string[], of: string): Promise<Letters | { none: NoLetters }>
  close(): Promise<void>
}

const TEXT: Bounds = { memory: 1_000_000, cpu: 300, hasAddons: false, isLow: true }
const LETTERS: Bounds = { memory: 1_500_000, cpu: 900, hasAddons: true, isLow: true }
/** Each is replaced well before its processor time is over. */
const TEXT_WORKS_MS = 60_000
const LETTERS_WORKS_MS = 400_000

/** @param program what runs in the processes; another one in tests */
export function openScans({
  program = new URL('./scan-process.ts', import.meta.url),
  textMs = LIMITS.textMs,
  lettersMs = LIMITS.lettersMs,
  idleMs = 15_000,
} = {}): Scans {
  const texts = openLane({ program, bounds: TEXT, ms: textMs, worksMs: TEXT_WORKS_MS, idleMs })
  const letters = openLane({ program, bounds: LETTERS, ms: lettersMs, worksMs: LETTERS_WORKS_MS, idleMs })
  return {
    pdf: async (source, of) => {
      if (source.size > LIMITS.pdf) throw new ReadingFault('too-much', 'the PDF is larger than is read')
      const pages: PageText[] = []
      let length = 0
      const hear = (said: Said): boolean | NoLetters | null => {
        if (said.kind !== SAYS.page) return endOf(said)
        const page = { hasPictures: said.bytes[0] === 1, text: said.bytes.toString('utf8', 1) }
        length += page.text.length
        // it keeps these by itself, if it is what it was
        if (pages.push(page) > LIMITS.pages || length > LIMITS.text) throw new Ended()
        return null
      }
      const job = { work: 'text' as const, size: source.size, limits: { pages: LIMITS.pages, text: LIMITS.text } }
      const isCut = await texts.ask(job, source, of, hear, () => {
        pages.length = 0
        length = 0
      })
      if (typeof isCut === 'boolean') return { pages, isCut }
      if (pages.length > 0 && (isCut === 'took-too-long' || isCut === 'crashed')) return { pages, isCut: true }
      throw faultOf(isCut)
    },
    read: async (source, { page }, languages, of) => {
      if (source.size > LIMITS.pdf) return { none: 'too-much' }
      const job = { work: 'letters' as const, size: source.size, page, languages }
      const read = await letters.ask<Letters | NoLetters>(job, source, of, (said) =>
        said.kind === SAYS.letters ? lettersIn(said) : whyIn(said),
      )
      return typeof read === 'string' ? { none: read } : read
    },
    close: async () => void (await Promise.all([texts.close(), letters.close()])),
  }
}

const endOf = (said: Said): boolean | NoLetters => (said.kind === SAYS.end ? said.bytes[0] === 1 : whyIn(said))

function lettersIn({ bytes }: Said): Letters {
  if (bytes.length < 5) throw new Ended()
  return { sureness: Math.min(100, bytes[0]!), pages: bytes.readUInt32BE(1), text: bytes.toString('utf8', 5) }
}

function whyIn({ kind, bytes }: Said): NoLetters {
  const why = NO_LETTERS[bytes[0] ?? NO_LETTERS.length]
  if (kind !== SAYS.none || why === undefined) throw new Ended()
  return why
}

function faultOf(why: NoLetters): Error {
  if (why === 'missing') return new Error('couldn’t read a PDF: its reader cannot be loaded')
  if (why === 'crashed') return new ReadingFault('too-much', 'its reader ended, by its own fault or by a limit')
  return new ReadingFault(why, 'the PDF cannot be read')
}
