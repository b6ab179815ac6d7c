import { createHash } from 'node:crypto'
import { hex } from './bytes.ts'
import { canonical, type Json } from './canonical.ts'
import { leafBytes, type Leaf } from './leaf.ts'
import { storedZip, type StoredFile } from './stored-zip.ts'

// The evidence bundle, docs/formats/evidence.md: what it is made of, how it is packed and read. What it proves is asked by
// evidence-check.ts.

/** A bundle, or a part of one, that is not of this format. The message names the part and never quotes it. */
export class BrokenEvidence extends Error {
  readonly kind = 'broken evidence'
  override readonly name = 'BrokenEvidence'
}

export const FORMAT = 'subrosa evidence v1'
const PAGE_FORMAT = 'subrosa evidence page v1'

/** What a leaf commits to, each opened or hidden by itself. Leaves of version 1 have the first four. */
export const FIELDS = ['actor', 'matter', 'object', 'details', 'from', 'ground'] as const
export type Field = (typeof FIELDS)[number]
export const fieldsOf = (leaf: Leaf): readonly Field[] => FIELDS.filter((field) => field in leaf)

/** `salt` (base64 of 16 bytes) and `value` open one commitment. */
export type Opening = { salt: string; value: string }
/** Why a field stays shut: by the word of whoever made the bundle, who could not or did not open it. */
export type Why = 'left out' | 'sealed' | 'other matter' | 'destroyed' | 'withheld'

/** An entry: its leaf to the byte, and each of its fields opened or hidden. */
export type ShownEntry = { leaf: string; open: Partial<Record<Field, Opening>>; hidden: Partial<Record<Field, Why>> }
/** A place in the log of which nothing is shown but that it is taken: the hash of its leaf, base64. */
export type ShutEntry = { n: number; hash: string }
export type EvidenceLine = ShownEntry | ShutEntry
export const isShown = (line: EvidenceLine): line is ShownEntry => 'leaf' in line

export const SUBJECTS = ['matter', 'client', 'person', 'document', 'disclosure', 'period'] as const
/**
 * - `matter`: the entries of the matter with the numbers `first` to `last` are all here; within the period, no other is in the log.
 * - `range`: the same of the log's places `first` to `last`.
 * - `absence`: in what such a claim covers, within the period, is none by this person; `matter` null: of the whole log.
 */
export type Claim =
  | { kind: 'matter'; matter: string; first: number; last: number }
  | { kind: 'range'; first: number; last: number }
  | { kind: 'absence'; person: string; matter: string | null }

/**
 * `id`: the bundle's, which the entry of its making names. `made`: when; `period`: RFC 3339 UTC with milliseconds, null where it
 * is open. `names`: what people, matters, clients and documents are called. `origins`: of places that `from` names by id
 * (base64), the `salt` (base64) and JSON that the id is made of. `destroyed`: when matters ended whose details open no more. `log`: whose
 * checkpoint it is. Names and dates of ends are the firm's word, signed in the manifest; the log does not prove them.
 */
export type EvidenceHead = {
  format: typeof FORMAT
  id: string
  made: string
  firm: string
  maker: string
  subject: { kind: (typeof SUBJECTS)[number]; id: string | null }
  period: { from: string | null; to: string | null }
  claims: Claim[]
  names: Record<string, string>
  origins: Record<string, { salt: string; json: string }>
  destroyed: { matter: string; at: string }[]
  /** `vkey`: the key that signed this, the log's newest; `epochs`: the statements that lead to it from the log's `first`. */
  log: { origin: string; first: string; epochs: string[]; vkey: string }
  witnesses: string[]
}

export type EvidenceParts = {
  head: EvidenceHead
  lines: readonly EvidenceLine[]
  /** Roots of subtrees, as `proofRanges` asks for them. */ proof: readonly Buffer[]
  /** The note, with what witnesses added to it. */ checkpoint: string
  report: Uint8Array
}

/** The files that the manifest speaks for, in this order. */
export const CORE_FILES = ['evidence.json', 'entries.jsonl', 'proof', 'checkpoint'] as const
export const REPORT = 'report.pdf'
export const MANIFEST = 'manifest'
export const PAGE = 'verify.html'
export const PAGE_NOTE = 'verify.html.note'

/**
 * The bundle as one file. `sign` makes a signed note of a text with the log's key; `page` makes the page that verifies itself of
 * the files that it is to hold, or null where there is none.
 */
export function packEvidence(
  parts: EvidenceParts,
  sign: (text: string) => string,
  page: (files: readonly StoredFile[]) => Uint8Array | null,
): Buffer {
  const core: StoredFile[] = [
    { name: CORE_FILES[0], bytes: Buffer.from(`${canonical(parts.head as unknown as Json)}\n`) },
    { name: CORE_FILES[1], bytes: Buffer.from(parts.lines.map((line) => `${canonical(line as unknown as Json)}\n`).join('')) },
    { name: CORE_FILES[2], bytes: Buffer.from(parts.proof.map((hash) => `${hash.toString('base64')}\n`).join('')) },
    { name: CORE_FILES[3], bytes: Buffer.from(parts.checkpoint) },
  ]
  const report = { name: REPORT, bytes: parts.report }
  const manifest = { name: MANIFEST, bytes: Buffer.from(sign(listOf(FORMAT, [...core, report]))) }
  const html = page([manifest, ...core])
  if (!html) return storedZip([manifest, ...core, report])
  const shown = { name: PAGE, bytes: html }
  const note = { name: PAGE_NOTE, bytes: Buffer.from(sign(listOf(PAGE_FORMAT, [manifest, shown]))) }
  return storedZip([manifest, ...core, report, shown, note])
}

/** The text that a manifest signs: the format, then of each file the SHA-256 in hexadecimal, its length in bytes and its name. */
function listOf(format: string, files: readonly StoredFile[]): string {
  return `${format}\n${files.map(({ name, bytes }) => `${sha256(bytes)} ${bytes.length} ${name}\n`).join('')}`
}

/** What is wrong with files of which a manifest speaks; `away`: those that need not be there. Null: nothing. */
export function manifestFault(
  text: string,
  format: 'manifest' | 'page',
  files: ReadonlyMap<string, Uint8Array>,
  away: readonly string[],
): string | null {
  const names = format === 'page' ? [MANIFEST, PAGE] : [...CORE_FILES, REPORT]
  const lines = text.split('\n')
  if (lines[0] !== (format === 'page' ? PAGE_FORMAT : FORMAT) || lines.length !== names.length + 2 || lines.at(-1) !== '')
    return 'The list of files that was signed is not of this format.'
  for (const [at, name] of names.entries()) {
    const bytes = files.get(name)
    if (!bytes && away.includes(name)) continue
    if (!bytes) return `The file ${name} is not there.`
    if (lines[at + 1] !== `${sha256(bytes)} ${bytes.length} ${name}`) return `The file ${name} was changed after it was signed.`
  }
  return null
}

const sha256 = (bytes: Uint8Array): string => hex(createHash('sha256').update(bytes).digest())

/** Strict UTF-8. @throws BrokenEvidence */
export function textOf(files: ReadonlyMap<string, Uint8Array>, name: string): string {
  const bytes = files.get(name)
  if (!bytes) throw new BrokenEvidence(`${name} is not there`)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new BrokenEvidence(`${name} is no UTF-8`)
  }
}

/** A leaf that `leafBytes` would write just so. @throws BrokenEvidence */
export function parseLeaf(text: string): Leaf {
  try {
    const leaf = JSON.parse(text) as Leaf
    if (leafBytes(leaf).toString('utf8') === text) return leaf
  } catch {
    // said below
  }
  throw new BrokenEvidence('a leaf is not of the ledger’s format')
}

/** A line that `canonical` would write just so, or null. */
export function parseCanonical(line: string): Json | undefined {
  try {
    const value = JSON.parse(line) as Json
    return canonical(value) === line ? value : undefined
  } catch {
    return undefined
  }
}
