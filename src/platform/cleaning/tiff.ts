import { broken, hostile } from '../reading/fault.ts'
import { exifFindings } from './exif.ts'
import type { Found } from './findings.ts'
import { ifdsOf, type Ifd, type Ifds, type Tag } from './ifds.ts'
import { NotCleaned } from './wish.ts'

/** Tags that a picture is drawn by (TIFF 6.0, part 1 and 2; colour profile: ICC.1 B.4). What else there is says something beside it. */
const SHOWN = new Set([
  254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 286, 287, 290, 291, 292, 293,
  296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 334, 336, 338, 339, 340, 341, 347, 529, 530, 531, 532, 34675,
])
const STRIPS = [273, 279] as const
const TILES = [324, 325] as const
const OLD_JPEG = 6
const XMP = 700
const IPTC = 33723
const PHOTOSHOP = 34377
const EXIF = [34665, 34853]
const MOST_PAGES = 10_000

function pagesOf(ifds: Ifds): Ifd[] {
  const pages: Ifd[] = []
  const seen = new Set<number>()
  for (let at = ifds.first; at !== 0;) {
    if (seen.has(at)) throw hostile('its directories come back on themselves')
    if (pages.length >= MOST_PAGES) throw hostile('it has too many pages')
    seen.add(at)
    const page = ifds.ifd(at)
    pages.push(page)
    at = page.next
  }
  if (pages.length === 0) throw broken('it has no page')
  return pages
}

const valueOf = (ifds: Ifds, { tags }: Ifd, tag: number): number => {
  const one = tags.find((each) => each.tag === tag)
  return one && one.count > 0 ? (ifds.numbers({ ...one, count: 1 })[0] ?? 0) : 0
}

/** @throws ReadingFault */
export function inspectTiff(bytes: Buffer, found: Found): void {
  const ifds = ifdsOf(bytes)
  const pages = pagesOf(ifds)
  // camera data hangs at the first page, in the form that Exif has alone; a further page is told below
  if (pages[0]!.tags.some(({ tag }) => EXIF.includes(tag))) exifFindings(onePage(bytes, ifds, pages[0]!), found)
  for (const page of pages) {
    if (page !== pages[0] && valueOf(ifds, page, 254) & 1) found.add('thumbnails')
    for (const one of page.tags) {
      if (one.tag === XMP) found.add('xmp')
      else if (one.tag === IPTC) found.add('iptc')
      else if (one.tag === PHOTOSHOP) found.add('private-data', 'Photoshop')
      else if (EXIF.includes(one.tag)) continue
      else if (!SHOWN.has(one.tag)) found.add('exif', one.kind === 2 ? ifds.text(one) : `tag ${one.tag}`)
    }
  }
}

/** The same bytes with only the directories of camera data in the first one. */
function onePage(bytes: Buffer, ifds: Ifds, page: Ifd): Buffer {
  const copy = Buffer.from(bytes)
  const kept = page.tags.filter(({ tag }) => EXIF.includes(tag))
  writeIfd(copy, ifds, page, kept, 0)
  return copy
}

function writeIfd(into: Buffer, { isLittle, bytes }: Ifds, page: Ifd, tags: Tag[], next: number): void {
  const entries = tags.map(({ entry }) => Buffer.from(bytes.subarray(entry, entry + 12)))
  into.fill(0, page.at, Math.min(into.length, page.at + 2 + page.tags.length * 12 + 4))
  if (isLittle) into.writeUInt16LE(tags.length, page.at)
  else into.writeUInt16BE(tags.length, page.at)
  Buffer.concat(entries).copy(into, page.at + 2)
  const end = page.at + 2 + tags.length * 12
  if (end + 4 > into.length) return
  if (isLittle) into.writeUInt32LE(next, end)
  else into.writeUInt32BE(next, end)
}

/**
 * The picture, bit for bit and each strip where it was, and nothing between them: what no tag of the picture leads to is zero.
 *
 * @throws ReadingFault; NotCleaned `not-cleaned` for the old form of JPEG and for raw pictures, which keep the picture elsewhere
 */
export function strippedTiff(bytes: Buffer): Buffer {
  const ifds = ifdsOf(bytes)
  const all = pagesOf(ifds)
  const pages = all.filter((page, n) => n === 0 || !(valueOf(ifds, page, 254) & 1))
  const out = Buffer.alloc(bytes.length)
  bytes.copy(out, 0, 0, 4)
  if (ifds.isLittle) out.writeUInt32LE(pages[0]!.at, 4)
  else out.writeUInt32BE(pages[0]!.at, 4)
  for (const page of pages) {
    if (valueOf(ifds, page, 259) === OLD_JPEG || valueOf(ifds, page, 254) & 1) throw new NotCleaned('not-cleaned')
    const kept = page.tags.filter(({ tag }) => SHOWN.has(tag))
    for (const one of kept) if (one.end - one.start > 4) copyApart(ifds, all, one.start, one.end, out)
    for (const [places, lengths] of [STRIPS, TILES]) copyPixels(ifds, all, kept, places, lengths, out)
  }
  for (const [n, page] of pages.entries()) {
    const kept = page.tags.filter(({ tag }) => SHOWN.has(tag))
    writeIfd(out, ifds, page, kept, pages[n + 1]?.at ?? 0)
  }
  return out
}

function copyPixels(ifds: Ifds, pages: Ifd[], tags: Tag[], places: number, lengths: number, out: Buffer): void {
  const [at, of] = [tags.find(({ tag }) => tag === places), tags.find(({ tag }) => tag === lengths)]
  if (!at || !of) return
  const sizes = ifds.numbers(of)
  for (const [n, start] of ifds.numbers(at).entries()) {
    const end = start + (sizes[n] ?? 0)
    if (end > ifds.bytes.length) throw broken('it points beyond its end')
    copyApart(ifds, pages, start, end, out)
  }
}

/** Pixels that lie over a directory would bring back what was taken out of it. */
function copyApart({ bytes }: Ifds, pages: Ifd[], start: number, end: number, out: Buffer): void {
  if (start < 8 || pages.some((page) => start < page.at + 6 + page.tags.length * 12 && end > page.at))
    throw hostile('its parts lie over one another')
  bytes.copy(out, start, start, end)
}
