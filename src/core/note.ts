import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto'
import { base64, fromBase64 } from './bytes.ts'

// c2sp.org/signed-note with Ed25519 (RFC 8032), signature type 0x01. Notes are strings here: whoever reads
// one from bytes decodes them as UTF-8, fatally.

/** A note, checkpoint or verifier key that is malformed or not signed as it must be. */
export class BrokenNote extends Error {
  readonly kind = 'broken note'
  override readonly name = 'BrokenNote'
}

/**
 * Who may sign: `id` is a uint32, `publicKey` 32 bytes. Name and id together name the key. `type` is the signature type: 1 signs
 * the text itself, 4 is a witness's timestamped cosignature (cosignature.ts).
 */
export type NoteKey = { name: string; id: number; publicKey: Buffer; type: KeyType }
export type KeyType = 1 | 4

const ED25519 = 1
const COSIGNATURE = 4
const MOST_SIGNATURES = 100
const SEED_DER = Buffer.from('302e020100300506032b657004220420', 'hex')
const PUBLIC_DER = Buffer.from('302a300506032b6570032100', 'hex')

/** 32 random bytes: an Ed25519 private key. */
export function newSigningSeed(): Buffer {
  return randomBytes(32)
}

/**
 * Signs under this name. `sign` takes the text with its final newline and gives the whole note with one
 * signature; further signature lines may be appended to it. Throws BrokenNote for a name or text that no
 * note can carry, RangeError for a seed that is not 32 bytes.
 */
export function signerOf(name: string, seed: Uint8Array): { name: string; vkey: string; sign(text: string): string } {
  const pair = signingPair(name, ED25519, seed)
  return {
    name,
    vkey: pair.vkey,
    sign(text) {
      checkNoteText(text)
      return `${text}\n${pair.line(pair.sign(Buffer.from(text)))}`
    },
  }
}

/**
 * An Ed25519 key under a name and type: `sign` gives the 64 bytes over any bytes, `line` the signature line, with its newline, of
 * what stands behind the key id. For the formats of this folder. Throws as `signerOf`.
 */
export function signingPair(name: string, type: KeyType, seed: Uint8Array) {
  if (seed.length !== 32) throw new RangeError('a signing seed has 32 bytes')
  if (!isName(name)) throw new BrokenNote('a key name is empty or holds spaces, plus or control characters')
  const privateKey = createPrivateKey({ key: Buffer.concat([SEED_DER, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_DER.length)
  const id = idOf(name, type, publicKey)
  return {
    vkey: `${name}+${id.toString('hex')}+${base64(Buffer.concat([Buffer.of(type), publicKey]))}`,
    sign: (bytes: Buffer): Buffer => sign(null, bytes, privateKey),
    line: (signature: Buffer): string => `\u2014 ${name} ${base64(Buffer.concat([id, signature]))}\n`,
  }
}

/** Reads `<name>+<8 hex digits>+<base64 of 0x01 and the public key>`, the key of a log. Throws BrokenNote. */
export function parseVkey(vkey: string): NoteKey {
  return readVkey(vkey, ED25519)
}

/** Reads a verifier key of this type and no other. Throws BrokenNote. */
export function readVkey(vkey: string, type: KeyType): NoteKey {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? []
  const bytes = fromBase64(encoded)
  if (!isName(name) || bytes?.length !== 33 || bytes[0] !== type)
    throw new BrokenNote(`not an Ed25519 verifier key${type === COSIGNATURE ? ' of a witness' : ''}`)
  const publicKey = bytes.subarray(1)
  if (idOf(name, type, publicKey).toString('hex') !== id) throw new BrokenNote('the id of a verifier key is not that of its key')
  return { name, id: Number.parseInt(id, 16), publicKey, type }
}

/** A signature line as it stands, without its newline; `signature` is what comes behind the key id. */
export type SignatureLine = { name: string; id: number; signature: Buffer; line: string }

/**
 * The text of a note, and the names of the known keys that signed it, each once.
 * Signatures of unknown keys are ignored. Throws BrokenNote when the note is malformed, when any signature
 * of a known key does not verify, or when no known key signed. Only then may the text be used.
 */
export function openNote(note: string, keys: readonly NoteKey[]): { text: string; signers: string[] } {
  const { text, lines } = splitNote(note)
  const signers = new Set(lines.filter((line) => isOfKnown(text, line, keys)).map((line) => line.name))
  if (signers.size === 0) throw new BrokenNote('no known key has signed the note')
  return { text, signers: [...signers] }
}

/** A note as it is written, nothing verified: the text is not to be believed yet. Throws BrokenNote when it is malformed. */
export function splitNote(note: string): { text: string; lines: SignatureLine[] } {
  const split = note.lastIndexOf('\n\n')
  if (split < 0) throw new BrokenNote('a note has no signatures')
  const text = note.slice(0, split + 1)
  checkNoteText(text)
  return { text, lines: signatureLines(note.slice(split + 2)) }
}

/** Whether a line is of a known key, and then it verifies. Throws BrokenNote when it is of a known key and does not. */
export function isOfKnown(text: string, line: SignatureLine, keys: readonly NoteKey[]): boolean {
  const key = keys.find((known) => known.name === line.name && known.id === line.id)
  if (!key) return false
  if (!isSigned(text, line.signature, key)) throw new BrokenNote('the signature of a known key does not verify')
  return true
}

/** Throws BrokenNote unless the text ends in a newline and holds no other control characters and no lone surrogate. */
export function checkNoteText(text: string): void {
  if (!text.endsWith('\n')) throw new BrokenNote('the text of a note does not end in a newline')
  if (!text.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(text)) {
    throw new BrokenNote('a note holds control characters or text that UTF-8 cannot carry')
  }
}

/** Signature lines, each with its newline. Throws BrokenNote. */
export function signatureLines(block: string): SignatureLine[] {
  const lines = block.split('\n')
  if (lines.pop() !== '') throw new BrokenNote('the signatures of a note do not end in a newline')
  if (lines.length > MOST_SIGNATURES) throw new BrokenNote('a note has too many signatures')
  return lines.map((line) => {
    const [, name = '', encoded = ''] = /^\u2014 ([^ ]+) ([^ ]+)$/.exec(line) ?? []
    const bytes = fromBase64(encoded)
    if (!isName(name) || bytes === null || bytes.length < 5) throw new BrokenNote('a signature line is malformed')
    return { name, id: bytes.readUInt32BE(), signature: bytes.subarray(4), line }
  })
}

/** c2sp.org/tlog-cosignature: 8 bytes of time (u64be, seconds since 1970) stand before the 64 of the signature. Null: not so. */
export function cosignatureTime(signature: Buffer): number | null {
  const time = signature.length === 72 ? signature.readBigUInt64BE() : null
  return time === null || time > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(time)
}

/** What a witness signs of a checkpoint's text at this time. */
export const cosignedBytes = (text: string, time: number): Buffer => Buffer.from(`cosignature/v1\ntime ${time}\n${text}`)

function isSigned(text: string, signature: Buffer, { type, publicKey }: NoteKey): boolean {
  if (type === ED25519) return isSignedBy(publicKey, Buffer.from(text), signature)
  const time = cosignatureTime(signature)
  return time !== null && isSignedBy(publicKey, cosignedBytes(text, time), signature.subarray(8))
}

function isSignedBy(publicKey: Buffer, bytes: Buffer, signature: Buffer): boolean {
  const key = createPublicKey({ key: Buffer.concat([PUBLIC_DER, publicKey]), format: 'der', type: 'spki' })
  return verify(null, bytes, key, signature)
}

function idOf(name: string, type: KeyType, publicKey: Uint8Array): Buffer {
  const hash = createHash('sha256').update(`${name}\n`).update(Buffer.of(type)).update(publicKey)
  return hash.digest().subarray(0, 4)
}

/** Not empty, no Unicode space, no plus, no control character. */
function isName(name: string): boolean {
  return name.isWellFormed() && /^[^\p{White_Space}\u0000-\u001f+]+$/u.test(name)
}
