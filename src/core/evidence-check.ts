import { fromBase64 } from './bytes.ts'
import { parseCheckpoint } from './checkpoint.ts'
import { cosignaturesOn, parseCosignerKey } from './cosignature.ts'
import {
  BrokenEvidence,
  CORE_FILES,
  fieldsOf,
  isShown,
  MANIFEST,
  manifestFault,
  PAGE,
  PAGE_NOTE,
  parseLeaf,
  REPORT,
  textOf,
  type EvidenceHead,
  type Field,
  type Opening,
  type Why,
} from './evidence.ts'
import { keyAt, newestKey, openEpochs, vouches } from './epoch.ts'
import { checkClaims, subjectFaults, type ClaimResult } from './evidence-claims.ts'
import { parseHead, parseLines } from './evidence-shape.ts'
import { commit, detailsCommitment, leafBytes, originId, type Leaf } from './leaf.ts'
import { leafHash } from './merkle.ts'
import { verifyMany } from './multi-proof.ts'
import { BrokenNote, openNote, parseVkey, splitNote } from './note.ts'
import { BrokenZip, readStoredZip, type StoredFile } from './stored-zip.ts'

export type EvidenceFault = { what: string; where: string }
/** `leaf` null: a place of which nothing is shown. */
export type CheckedEntry = {
  n: number
  hash: Buffer
  leaf: Leaf | null
  open: Partial<Record<Field, Opening>>
  hidden: Partial<Record<Field, Why>>
}
export type Evidence = {
  head: EvidenceHead
  entries: CheckedEntry[]
  claims: ClaimResult[]
  checkpoint: { size: number; note: string }
  /** Who witnessed the checkpoint, and when, in seconds since 1970. */
  cosigned: { name: string; time: number }[]
  /** Whether the log's key is one that the reader named, or followed from one; null where they named none. */
  isKnownKey: boolean | null
  /** The log's keys in order, each vouched for by the one before it; the last signed this. */
  keys: string[]
}
/** Without faults it holds. What cannot be read has no `evidence`. */
export type EvidenceResult = { faults: EvidenceFault[]; evidence: Evidence | null }

/** Verifier keys that the reader has from elsewhere: the firm's, and witnesses' who must have cosigned. */
export type Known = { keys: readonly string[]; witnesses?: readonly string[] }
const MOST_FAULTS = 100

/** Checks a bundle as one file. Never throws for what is in it. */
export function checkBundle(zip: Uint8Array, known: Known = { keys: [] }): EvidenceResult {
  try {
    return checkFiles(readStoredZip(zip), known, [])
  } catch (fault) {
    if (!(fault instanceof BrokenZip)) throw fault
    return { faults: [{ what: 'The file was cut or changed, or is no bundle.', where: 'the whole file' }], evidence: null }
  }
}

/**
 * Checks a bundle's files. `away`: those that need not be at hand, as for the page, which cannot hold itself.
 * In this order: what was signed as a list, the checkpoint, every leaf and opening, the proof, the claims.
 */
export function checkFiles(given: readonly StoredFile[], known: Known, away: readonly string[]): EvidenceResult {
  const faults: EvidenceFault[] = []
  const say = (what: string, where: string) => void (faults.length < MOST_FAULTS && faults.push({ what, where }))
  const files = new Map(given.map(({ name, bytes }) => [name, bytes]))
  for (const name of files.keys())
    if (![...CORE_FILES, MANIFEST, REPORT, PAGE, PAGE_NOTE].includes(name)) say('It is no part of a bundle.', 'a file of another name')
  let signed = MANIFEST
  try {
    const head = parseHead(textOf(files, 'evidence.json'))
    const { vkey, origin } = head.log
    signed = 'evidence.json'
    const epochs = openEpochs(origin, head.log.first, head.log.epochs)
    if (newestKey(epochs) !== vkey) say('The key that signed it is not the newest of its log.', 'evidence.json')
    const keys = [epochs.first, ...epochs.later.map((one) => one.vkey)]
    signed = MANIFEST
    const isKnownKey = known.keys.length === 0 ? null : known.keys.some((key) => vouches(epochs, key))
    if (isKnownKey === false) say('The key that signed is neither the one you named nor one that followed from it.', 'evidence.json')
    checkLists(files, vkey, away, say)
    signed = 'checkpoint'
    const note = textOf(files, 'checkpoint')
    // of which epoch it is its size says, which is not believed before that key's signature holds
    const { size } = parseCheckpoint(splitNote(note).text)
    const said = parseCheckpoint(openNote(note, [parseVkey(keyAt(epochs, size))]).text)
    if (said.origin !== origin || parseVkey(vkey).name !== origin) say('The checkpoint is of another log.', 'checkpoint')
    const cosigned = cosignersOf(note, head.witnesses, known.witnesses ?? [], say)
    const entries = readEntries(textOf(files, 'entries.jsonl'), say)
    if (
      !verifyMany({ leaves: entries.map(({ n, hash }) => ({ index: n, hash })), size: said.size, proof: readProof(files), root: said.root })
    )
      say('The entries are not those of the tree that was signed.', 'proof')
    for (const [id, { salt, json }] of Object.entries(head.origins))
      if (!isPlace(id, salt, json)) say('A place is not the one that entries name.', 'evidence.json')
    for (const fault of subjectFaults(head, entries)) say(fault, 'evidence.json')
    const claims = checkClaims(head, entries)
    for (const claim of claims) if (claim.fault) say(claim.fault, 'evidence.json')
    return { faults, evidence: { head, entries, claims, checkpoint: { size: said.size, note }, cosigned, isKnownKey, keys } }
  } catch (fault) {
    if (fault instanceof BrokenEvidence) say(`It cannot be read: ${fault.message}.`, 'the bundle')
    else if (fault instanceof BrokenNote) say('It is not signed with the key that it names.', signed)
    else throw fault
    return { faults, evidence: null }
  }
}

type Say = (what: string, where: string) => void

/** Each witness that the bundle or the reader names has cosigned, or it is a fault. @throws BrokenNote */
function cosignersOf(note: string, told: readonly string[], wanted: readonly string[], say: Say): { name: string; time: number }[] {
  const keys = [...new Set([...told, ...wanted])].map(parseCosignerKey)
  const found = cosignaturesOn(note, keys)
  for (const { name, id } of keys)
    if (!found.some((one) => one.name === name && one.id === id)) say(`The witness ${name} has not cosigned it.`, 'checkpoint')
  return found.map(({ name, time }) => ({ name, time }))
}

/** @throws BrokenNote, BrokenEvidence */
function checkLists(files: ReadonlyMap<string, Uint8Array>, vkey: string, away: readonly string[], say: Say): void {
  const key = parseVkey(vkey)
  const fault = manifestFault(openNote(textOf(files, MANIFEST), [key]).text, 'manifest', files, away)
  if (fault) say(fault, MANIFEST)
  if (away.includes(PAGE) || (!files.has(PAGE) && !files.has(PAGE_NOTE))) return
  const other = manifestFault(openNote(textOf(files, PAGE_NOTE), [key]).text, 'page', files, away)
  if (other) say(other, PAGE_NOTE)
}

/** @throws BrokenEvidence */
function readProof(files: ReadonlyMap<string, Uint8Array>): Buffer[] {
  const lines = textOf(files, 'proof').split('\n')
  if (lines.pop() !== '') throw new BrokenEvidence('the proof is cut')
  return lines.map((line) => hash32(line) ?? fail('a line of the proof is no hash'))
}

function isPlace(id: string, salt: string, json: string): boolean {
  const bytes = fromBase64(salt)
  return bytes?.length === 16 && json.isWellFormed() && originId(bytes, json).toString('base64') === id
}

function hash32(text: string): Buffer | null {
  const bytes = fromBase64(text)
  return bytes?.length === 32 ? bytes : null
}
function fail(what: string): never {
  throw new BrokenEvidence(what)
}

/** @throws BrokenEvidence */
function readEntries(jsonl: string, say: Say): CheckedEntry[] {
  const ids = new Set<string>()
  let before: CheckedEntry | null = null
  return parseLines(jsonl).map((line) => {
    if (!isShown(line)) {
      const shut = { n: line.n, hash: hash32(line.hash) ?? fail('an entry’s hash is none'), leaf: null, open: {}, hidden: {} }
      before = shut
      return shut
    }
    const leaf = parseLeaf(line.leaf)
    const where = `entry ${leaf.id}`
    const entry: CheckedEntry = { n: leaf.n, hash: leafHash(leafBytes(leaf)), leaf, open: line.open, hidden: line.hidden }
    if (ids.has(leaf.id)) say('The entry is there twice.', where)
    ids.add(leaf.id)
    checkOpenings(entry, leaf, say, where)
    if (before?.leaf && before.n + 1 === leaf.n && leaf.numbered < before.leaf.numbered && leaf.deed !== 'clock.confirmed')
      say('It was numbered at a time before that of the entry before it.', where)
    before = entry
    return entry
  })
}

function checkOpenings({ open, hidden }: CheckedEntry, leaf: Leaf, say: Say, where: string): void {
  const fields = fieldsOf(leaf)
  const isEach = fields.every((field) => field in open !== field in hidden)
  if (!isEach || Object.keys(open).length + Object.keys(hidden).length !== fields.length)
    return say('Not each of its fields is either opened or hidden.', where)
  for (const [field, { salt, value }] of Object.entries(open) as [Field, Opening][]) {
    const bytes = fromBase64(salt)
    if (bytes?.length !== 16 || committed(field, bytes, value) !== (leaf as unknown as Record<string, unknown>)[field])
      say(`What is shown as its ${WORDS[field]} is not what was written.`, where)
  }
}

const WORDS: Record<Field, string> = {
  actor: 'actor',
  matter: 'matter',
  object: 'object',
  details: 'details',
  from: 'place it came from',
  ground: 'reason',
}

function committed(field: Field, salt: Buffer, value: string): string | null {
  if (!value.isWellFormed()) return null
  return field === 'details' ? detailsCommitment(salt, value) : commit(salt, field as Parameters<typeof commit>[1], value)
}
