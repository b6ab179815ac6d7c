import { cleanZip, inspectZip } from './archive.ts'
import type { Bytes } from '../reading/bytes.ts'
import { ReadingFault } from '../reading/fault.ts'
import { DEEPEST, foundIn, LIMITS, type FindingCode, type Found, type Gathered, type Inspection } from './findings.ts'
import { bytesIn, formatOf, type Format } from './formats-here.ts'
import { inspectGif, strippedGif } from './gif.ts'
import { jpegFindings, strippedJpeg } from './jpeg.ts'
import { cleanEml, inspectEml } from './mail.ts'
import { cleanOdf } from './odf-clean.ts'
import { inspectOdf } from './odf.ts'
import { inspectMsg, inspectOle } from './ole.ts'
import { cleanOoxml, type Inside } from './ooxml-clean.ts'
import { inspectOoxml } from './ooxml-inspect.ts'
import { cleanPdf } from './pdf-clean.ts'
import { inspectPages } from './pdf-covered.ts'
import { inspectPdfObjects } from './pdf-inspect.ts'
import { inPdfium, openedPdf } from './pdf-open.ts'
import { samePages } from './pdf-same.ts'
import { inspectPng, strippedPng } from './png.ts'
import { inspectRtf } from './rtf.ts'
import { inspectTiff, strippedTiff } from './tiff.ts'
import { inspectWebp, strippedWebp } from './webp.ts'
import { goneBy, NotCleaned, StillThere, type Cleaned, type CleaningReason, type Wish } from './wish.ts'

type Inspect = (bytes: Buffer, found: Found, source: Bytes) => Promise<void> | void
type Clean = (bytes: Buffer, wish: Wish, inside: Inside, source: Bytes) => Promise<Buffer> | Buffer

/** Formats that hold nothing but what they show, or that are shown whole. */
const plain: Inspect = () => {}

const INSPECTED: Partial<Record<Format, Inspect>> = {
  docx: (_, found, source) => inspectOoxml(source, found, 'docx'),
  xlsx: (_, found, source) => inspectOoxml(source, found, 'xlsx'),
  pptx: (_, found, source) => inspectOoxml(source, found, 'pptx'),
  odt: (_, found, source) => inspectOdf(source, found),
  ods: (_, found, source) => inspectOdf(source, found),
  odp: (_, found, source) => inspectOdf(source, found),
  pdf: inspectPdf,
  doc: (_, found, source) => inspectOle(source, found),
  ole: (_, found, source) => inspectOle(source, found),
  msg: (_, found, source) => inspectMsg(source, found),
  eml: (bytes, found, source) => inspectEml(bytes, source, found),
  rtf: inspectRtf,
  zip: (_, found, source) => inspectZip(source, found),
  jpeg: jpegFindings,
  png: inspectPng,
  gif: inspectGif,
  tiff: inspectTiff,
  webp: inspectWebp,
  txt: plain,
}

const CLEANED: Partial<Record<Format, Clean>> = {
  docx: (_, wish, inside, source) => cleanOoxml(source, wish, 'docx', inside),
  xlsx: (_, wish, inside, source) => cleanOoxml(source, wish, 'xlsx', inside),
  pptx: (_, wish, inside, source) => cleanOoxml(source, wish, 'pptx', inside),
  odt: (_, wish, inside, source) => cleanOdf(source, wish, inside),
  ods: (_, wish, inside, source) => cleanOdf(source, wish, inside),
  odp: (_, wish, inside, source) => cleanOdf(source, wish, inside),
  pdf: cleanedPdf,
  eml: cleanEml,
  zip: (_, __, inside, source) => cleanZip(source, inside),
  jpeg: (bytes) => strippedJpeg(bytes, 'orientation'),
  png: strippedPng,
  gif: strippedGif,
  tiff: strippedTiff,
  webp: strippedWebp,
  txt: (bytes) => bytes,
}

/**
 * What a file tells beside what it shows, with the files inside of it. In memory alone: no file is made, nothing is asked of
 * anyone. It may take as long and as much memory as a hostile file makes it: the caller runs it in a process with limits.
 *
 * The content says what it is, never the name. Never throws for what a file is: what cannot be inspected is `isKnown: false`, and parts of it that could not be are in `unread`.
 */
export async function inspect(bytes: Buffer, _name: string): Promise<Inspection> {
  const all: Gathered = { findings: [], unread: [] }
  const format = bytes.length > LIMITS.source ? null : await formatOf(bytes)
  if (bytes.length > LIMITS.source) return { isKnown: false, format, reason: 'too-much' }
  try {
    await inspectAs(format, bytes, all, '', 0)
  } catch (fault) {
    return { isKnown: false, format, reason: reasonOf(fault) as Exclude<CleaningReason, 'not-cleaned' | 'changes-meaning' | 'member'> }
  }
  return { isKnown: true, format: format!, ...all }
}

const UNKNOWN = Symbol('unknown format')

async function inspectAs(format: Format | null, bytes: Buffer, all: Gathered, within: string, depth: number): Promise<void> {
  const found = foundIn(all, within, async (inner, called) => {
    const place = [within, called]
      .filter((one) => one !== '')
      .join('/')
      .slice(0, 1000)
    if (depth >= DEEPEST) return void all.unread.push({ within: place, reason: 'too-much' })
    try {
      await inspectAs(await formatOf(inner), inner, all, place, depth + 1)
    } catch (fault) {
      all.unread.push({ within: place, reason: reasonOf(fault) as 'broken' })
    }
  })
  if (format === 'locked') throw new ReadingFault('encrypted', 'it is under a password')
  const work = format && INSPECTED[format]
  if (!work) throw UNKNOWN
  await work(bytes, found, bytesIn(bytes))
}

/** What a reader did not foresee is a file that is not as it must be. */
function reasonOf(fault: unknown): CleaningReason {
  if (fault === UNKNOWN) return 'unknown-format'
  if (fault instanceof NotCleaned) return fault.reason
  if (fault instanceof ReadingFault) return fault.code
  if (fault instanceof RangeError || fault instanceof TypeError) return 'broken'
  throw fault
}

async function inspectPdf(bytes: Buffer, found: Found): Promise<void> {
  const end = bytes.lastIndexOf('%%EOF')
  const around = [bytes.subarray(0, Math.max(0, bytes.indexOf('%PDF-'))), end < 0 ? Buffer.alloc(0) : bytes.subarray(end + 5)]
  for (const part of around)
    if (part.toString('latin1').replaceAll('\0', '').trim() !== '') found.add('trailing-data', `${part.length} bytes`)
  const opened = await openedPdf(bytes)
  if (opened.isRewritten) found.unread('broken', 'what stood in it before it was put in order')
  await inspectPdfObjects(opened.file, found)
  await inPdfium(opened.bytes, (pdfium, document) => inspectPages(pdfium, document, found))
}

async function cleanedPdf(bytes: Buffer, wish: Wish): Promise<Buffer> {
  const opened = await openedPdf(bytes)
  const made = cleanPdf(opened.file, wish)
  await samePages(opened.bytes, made)
  return made
}

/**
 * The copy that leaves, of the same format. Files inside of it are cleaned too where that is known; `left` says what the copy still
 * tells. Never throws for what a file is.
 *
 * @throws StillThere when the copy tells what was to be taken out: the copy is not given then
 */
export async function cleaned(bytes: Buffer, name: string, wish: Wish): Promise<Cleaned> {
  return cleanedWithin(bytes, name, wish, 0)
}

async function cleanedWithin(bytes: Buffer, name: string, wish: Wish, depth: number): Promise<Cleaned> {
  if (bytes.length > LIMITS.source) return { isCleaned: false, format: null, reason: 'too-much' }
  const format = await formatOf(bytes)
  const refused = (reason: CleaningReason): Cleaned => ({ isCleaned: false, format, reason })
  if (format === 'locked') return refused('encrypted')
  const work = format && CLEANED[format]
  if (!work) return refused(format && INSPECTED[format] ? 'not-cleaned' : 'unknown-format')
  const inside: Inside = async (inner, called) => {
    if (depth >= DEEPEST) return null
    const made = await cleanedWithin(inner, called, wish, depth + 1)
    return made.isCleaned ? made.bytes : null
  }
  let made: Buffer
  try {
    made = await work(bytes, wish, inside, bytesIn(bytes))
  } catch (fault) {
    return refused(reasonOf(fault))
  }
  const left = await inspect(made, name)
  if (!left.isKnown) return refused(left.reason)
  // what is put in order may be read as something else
  if (left.format !== format) return refused('changes-meaning')
  const gone = goneBy(wish)
  const still = left.findings.filter((one) => one.within === '' && gone.has(one.code)).map(({ code }) => code)
  if (still.length > 0) throw new StillThere([...new Set<FindingCode>(still)])
  return { isCleaned: true, bytes: made, format: format!, left }
}
