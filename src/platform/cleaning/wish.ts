import type { Inspection, FindingCode, Reason } from './findings.ts'

/** What the copy that leaves shall not tell. What is always taken out needs no wish: properties, traces of editing, places, thumbnails. */
export type Wish = {
  /** Word and OpenDocument; `keep` leaves them as they are */
  trackedChanges: 'accept' | 'reject' | 'keep'
  /** remarks in Office files and OpenDocument */
  comments: 'remove' | 'keep'
  /** Word, OpenDocument, RTF */
  hiddenText: 'remove' | 'keep'
  /** presentations */
  notes: 'remove' | 'keep'
  hiddenSlides: 'remove' | 'keep'
  /** macros; in a PDF JavaScript and what it does by itself */
  scripts: 'remove' | 'keep'
  /** of a PDF: files in it; notes, marks and drawings laid on its pages, but not links and fields of forms */
  attachments: 'remove' | 'keep'
  annotations: 'remove' | 'keep'
}

export const STRICTEST: Wish = {
  trackedChanges: 'accept',
  comments: 'remove',
  hiddenText: 'remove',
  notes: 'remove',
  hiddenSlides: 'remove',
  scripts: 'remove',
  attachments: 'remove',
  annotations: 'remove',
}

/**
 * The copy that leaves, or why there is none. `left`: what an inspection of the copy still finds, which nobody asked to be taken
 * out or which cannot be: text under boxes, hidden sheets, links to elsewhere.
 */
export type Cleaned =
  | { isCleaned: true; bytes: Buffer; format: string; left: Extract<Inspection, { isKnown: true }> }
  | { isCleaned: false; format: string | null; reason: CleaningReason }
/**
 * Beside what an inspection says: `not-cleaned`: no writer for this format; `changes-meaning`: what it shows would not be the same;
 * `member`: something in the archive cannot be cleaned.
 */
export type CleaningReason = Reason | 'not-cleaned' | 'changes-meaning' | 'member'

/** The copy still tells what was to be taken out: it is not given. A fault of ours, not of the file. */
export class StillThere extends Error {
  override name = 'StillThere'
  readonly codes: FindingCode[]
  constructor(codes: FindingCode[]) {
    super(`couldn’t clean a file: the copy still tells ${codes.join(', ')}`)
    this.codes = codes
  }
}

/** Why a file is refused rather than cleaned in part. */
export class NotCleaned extends Error {
  override name = 'NotCleaned'
  readonly reason: CleaningReason
  constructor(reason: CleaningReason) {
    super(`couldn’t clean a file: ${reason}`)
    this.reason = reason
  }
}

const ALWAYS: FindingCode[] = [
  'document-properties',
  'custom-properties',
  'custom-xml',
  'thumbnails',
  'printer-settings',
  'revision-marks',
  'edit-history',
  'template',
  'unreferenced-parts',
  'earlier-revisions',
  'private-data',
  'exif',
  'location',
  'maker-notes',
  'iptc',
  'xmp',
  'picture-texts',
  'trailing-data',
  'mail-routing',
  'mail-programs',
  'blind-recipients',
]

/** What an inspection of the copy must not find in the file itself. */
export function goneBy(wish: Wish): Set<FindingCode> {
  const gone = new Set(ALWAYS)
  const add = (is: boolean, ...codes: FindingCode[]) => {
    if (is) for (const code of codes) gone.add(code)
  }
  add(wish.trackedChanges !== 'keep', 'tracked-insertions', 'tracked-deletions', 'tracked-moves', 'tracked-formatting')
  add(wish.comments === 'remove', 'comments', 'people')
  add(wish.hiddenText === 'remove', 'hidden-text')
  add(wish.notes === 'remove', 'notes')
  add(wish.hiddenSlides === 'remove', 'hidden-slides')
  add(wish.scripts === 'remove', 'macros', 'scripts', 'actions')
  add(wish.attachments === 'remove', 'attachments')
  add(wish.annotations === 'remove', 'annotations')
  return gone
}
