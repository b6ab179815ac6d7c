/** What a page shows of a foreign file. All text is plain and untrusted: it may say anything, and is never markup. */
export type Reading = MailReading | MailsReading | TextReading | SheetsReading | ArchiveReading

export type MailReading = {
  kind: 'mail'
  subject: string
  from: Address | null
  to: Address[]
  cc: Address[]
  /** ISO 8601, UTC; null when the message has none that can be read */
  date: string | null
  text: string
  /** `html`: the text was taken out of markup; `unread`: there is one, in a form that is not read here */
  textFrom: 'plain' | 'html' | 'none' | 'unread'
  attachments: Attachment[]
  /** more text or more recipients than are shown */
  cut: boolean
}
export type Address = { name: string; address: string }
/** `size` in bytes, decoded. `index` is for `attachment`; null when its bytes cannot be taken out. */
export type Attachment = { name: string; mediaType: string; size: number; index: number | null }

/**
 * An mbox: its messages, in order. `index` is for `attachment`, which gives the message; whoever takes many of them reads the
 * `size` bytes from `start` on in the file itself. Lines that a mail program marked (`>From `) stay as they are.
 */
export type MailsReading = { kind: 'mails'; mails: Mail[]; cut: boolean }
export type Mail = { index: number; subject: string; from: Address | null; date: string | null; start: number; size: number }

export type TextReading = { kind: 'text'; blocks: Block[]; cut: boolean }
/** `level` 1 to 9. */
export type Block =
  { type: 'heading'; level: number; text: string } | { type: 'paragraph' | 'list'; text: string } | { type: 'table-row'; cells: string[] }

/** Cells as text: numbers as they are kept, dates as ISO 8601, formulas by their last result. */
export type SheetsReading = { kind: 'sheets'; sheets: { name: string; isHidden: boolean; rows: string[][]; cut: boolean }[]; cut: boolean }

export type ArchiveReading = { kind: 'archive'; entries: ArchiveEntry[]; cut: boolean }
/** `path` as it stands in the archive; `refused` says why it must not become a name. `index` is for `archiveEntry`. */
export type ArchiveEntry = {
  index: number
  path: string
  size: number
  isDirectory: boolean
  isEncrypted: boolean
  refused: RefusedPath | null
}
export type RefusedPath =
  | 'empty'
  | 'traversal'
  | 'absolute'
  | 'drive'
  | 'device'
  | 'nul'
  | 'backslash'
  | 'control'
  | 'bidi'
  | 'too-long'
  | 'trailing'
  | 'encoding'
  | 'link'
  | 'duplicate'
  | 'duplicate-unicode'
  | 'duplicate-case'
  | 'file-as-folder'

/** A file to be read: its size in bytes, and its bytes from `start` up to and without `end`. */
export type Source = { size: number; read(start: number, end: number): AsyncIterable<Buffer> }

export type Limits = {
  /** wall clock for a reading; for a stream, the longest wait for one piece, on either side */
  ms: number
  /** bytes of a source that are looked at */
  source: number
  /** bytes that one part may unpack to */
  part: number
  /** bytes that an archive may unpack to in all, as it declares */
  unpacked: number
  /** unpacked over packed, for what unpacks to more than 16 MiB */
  ratio: number
  /** characters of text in a reading */
  text: number
  blocks: number
  rows: number
  columns: number
  cells: number
  /** entries of an archive, messages of an mbox that are listed */
  entries: number
  /** parts of a message */
  parts: number
}

const MB = 1024 * 1024
export const LIMITS: Limits = {
  ms: 20_000,
  source: 2048 * MB,
  part: 1024 * MB,
  unpacked: 16_384 * MB,
  ratio: 250,
  text: 2 * MB,
  blocks: 20_000,
  rows: 2_000,
  columns: 200,
  cells: 200_000,
  entries: 20_000,
  parts: 1_000,
}
/** For being found: a document is searched whole, and shown in part. */
export const TEXT_LIMITS: Limits = { ...LIMITS, ms: 60_000, text: 8 * MB, blocks: 500_000, rows: 50_000, columns: 1_000, cells: 1_000_000 }
/** Small things are packed as well as they like. */
export const RATIO_FROM = 16 * MB
