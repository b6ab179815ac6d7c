import type { FaultCode } from '../reading/fault.ts'
import { LIMITS as READING, type Limits } from '../reading/reading.ts'

/**
 * What a file tells beside what it shows. Examples are the file's own words: confidential and untrusted.
 *
 * | code | what it is |
 * |---|---|
 * | `document-properties` | author, company, manager, template, dates, editing time and the like |
 * | `custom-properties`, `custom-xml` | what firms, templates and programs put there for themselves |
 * | `tracked-…` | insertions, deletions, moves and changes of form that were neither accepted nor rejected |
 * | `comments`, `people` | remarks; lists of those who wrote them or edit with others |
 * | `hidden-…`, `very-hidden-sheets`, `invisible-text` | what is there and is not shown |
 * | `ocr-text` | unseen letters over a picture of them: what makes a scan searchable |
 * | `covered-text` | text that can still be copied out from under a box, a line, a picture or an annotation |
 * | `unapplied-redactions` | marked for redaction and never taken out |
 * | `outside-text` | text beyond the edge of its page |
 * | `notes` | speaker notes |
 * | `embedded-files`, `attachments` | whole files inside of it |
 * | `external-links`, `template`, `local-paths`, `data-connections` | where it came from and what it fetches |
 * | `macros`, `scripts`, `actions` | what it does by itself |
 * | `revision-marks`, `edit-history`, `earlier-revisions` | which sessions, who, and what stood there before |
 * | `unreferenced-parts` | what is in the file and no part of the document |
 * | `private-data` | what a program keeps in it for itself |
 * | `exif`, `location`, `maker-notes`, `thumbnails`, `iptc`, `xmp`, `picture-texts` | what cameras and picture programs wrote |
 * | `trailing-data` | bytes behind the end, or before the head |
 * | `mail-routing`, `mail-programs`, `blind-recipients` | the way of a message, its programs, and whom nobody was to see |
 * | `signatures` | signatures, which a cleaned copy cannot keep |
 */
export type FindingCode =
  | 'document-properties'
  | 'custom-properties'
  | 'custom-xml'
  | 'tracked-insertions'
  | 'tracked-deletions'
  | 'tracked-moves'
  | 'tracked-formatting'
  | 'comments'
  | 'people'
  | 'hidden-text'
  | 'hidden-sheets'
  | 'very-hidden-sheets'
  | 'hidden-rows'
  | 'hidden-columns'
  | 'hidden-cells'
  | 'hidden-names'
  | 'hidden-slides'
  | 'hidden-shapes'
  | 'hidden-layers'
  | 'invisible-text'
  | 'ocr-text'
  | 'covered-text'
  | 'unapplied-redactions'
  | 'outside-text'
  | 'notes'
  | 'embedded-files'
  | 'attachments'
  | 'external-links'
  | 'template'
  | 'local-paths'
  | 'data-connections'
  | 'pivot-caches'
  | 'macros'
  | 'scripts'
  | 'actions'
  | 'form-values'
  | 'annotations'
  | 'printer-settings'
  | 'revision-marks'
  | 'edit-history'
  | 'earlier-revisions'
  | 'unreferenced-parts'
  | 'private-data'
  | 'exif'
  | 'location'
  | 'maker-notes'
  | 'thumbnails'
  | 'iptc'
  | 'xmp'
  | 'picture-texts'
  | 'trailing-data'
  | 'mail-routing'
  | 'mail-programs'
  | 'blind-recipients'
  | 'signatures'

/** `within`: which file inside of the file, as `annex.docx/word/media/image1.jpeg`; '': the file itself. `places`: on pages. */
export type Finding = { code: FindingCode; count: number; examples: string[]; within: string; places: Place[] }
/** In the page's own units, which are points where it says nothing else; pages count from 1; `letters`: how many stand there. */
export type Place = { page: number; left: number; bottom: number; right: number; top: number; letters: number; cover: Cover }
export type Cover = 'dark' | 'page-coloured' | 'coloured' | 'picture' | 'annotation' | 'redaction' | 'none'

/** Why something was not inspected: `unknown-format`, or what a reader of formats says. */
export type Reason = FaultCode | 'unknown-format'
export type Inspection =
  | { isKnown: true; format: string; findings: Finding[]; unread: { within: string; reason: Reason }[] }
  | { isKnown: false; format: string | null; reason: Reason }

const EXAMPLES = 20
const LONGEST = 200
const PLACES = 2_000
const MOST_UNREAD = 100

/** What one inspection gathers. `inside` looks into a file inside of this one. */
export type Found = {
  add(code: FindingCode, example?: string | string[], count?: number): void
  place(code: FindingCode, place: Place, example: string): void
  unread(reason: Reason, part?: string): void
  inside(bytes: Buffer, name: string): Promise<void>
}

export type Gathered = { findings: Finding[]; unread: { within: string; reason: Reason }[] }

/** A gathering for `within`, into what is gathered so far. */
export function foundIn(all: Gathered, within: string, inside: Found['inside']): Found {
  const of = (code: FindingCode): Finding => {
    const known = all.findings.find((one) => one.code === code && one.within === within)
    if (known) return known
    const made: Finding = { code, count: 0, examples: [], within, places: [] }
    all.findings.push(made)
    return made
  }
  const say = (finding: Finding, example: string) => {
    if (finding.examples.length >= EXAMPLES) return
    const text = example
      .slice(0, LONGEST * 4)
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, LONGEST)
      .toWellFormed()
    if (text !== '' && !finding.examples.includes(text)) finding.examples.push(text)
  }
  return {
    add: (code, example = [], count = 1) => {
      if (count <= 0) return
      const finding = of(code)
      finding.count += count
      for (const one of typeof example === 'string' ? [example] : example) say(finding, one)
    },
    place: (code, place, example) => {
      const finding = of(code)
      finding.count += place.letters
      if (finding.places.length < PLACES) finding.places.push(place)
      say(finding, example)
    },
    unread: (reason, part = '') => {
      if (all.unread.length < MOST_UNREAD) all.unread.push({ within: [within, part].filter((one) => one !== '').join('/'), reason })
    },
    inside,
  }
}

const MB = 1024 * 1024
/** A document that leaves is held in memory, several times over. */
export const LIMITS: Limits = { ...READING, source: 256 * MB, part: 128 * MB, unpacked: 512 * MB, entries: 20_000 }
/** Files inside of files inside of files. */
export const DEEPEST = 4
