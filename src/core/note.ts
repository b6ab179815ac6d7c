import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto'
import { base64, fromBase64 } from './bytes.ts'

// c2sp.org/signed-note with Ed25519 (RFC 8032), signature type 0x01. Notes are strings here: whoever reads
// one from bytes decodes them as UTF-8, fatally.

/** A note, checkpoint or verifier key that is malformed or not signed as it must be. */
export class BrokenNote extends Error {
  readonly kind = 'broken note'
  override readonly name = 'BrokenNote'
}

/** Who may sign: `id` is a uint32, `publicKey` 32 bytes. Name and id together name the key. */
export type NoteKey = { name: string; id: number; publicKey: Buffer }

const ED25519 = 1
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
  if (seed.length !== 32) throw new RangeError('a signing seed has 32 bytes')
  if (!isName(name)) throw new BrokenNote('a key name is empty or holds spaces, plus or control characters')
  const privateKey = createPrivateKey({ key: Buffer.concat([SEED_DER, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_DER.length)
  const id = idOf(name, publicKey)
  return {
    name,
    vkey: `${name}+${id.toString('hex')}+${base64(Buffer.concat([Buffer.of(ED25519), publicKey]))}`,
    sign(text) {
      checkNoteText(text)
      const signature = sign(null, Buffer.from(text), privateKey)
      return `${text}\n\u2014 ${name} ${base64(Buffer.concat([id, signature]))}\n`
    },
  }
}

/** Reads `<name>+<8 hex digits>+<base64 of 0x01 and the public key>`. Throws BrokenNote. */
export function parseVkey(vkey: string): NoteKey {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? []
  const bytes = fromBase64(encoded)
  if (!isName(name) || bytes?.length !== 33 || bytes[0] !== ED25519) throw new BrokenNote('not an Ed25519 verifier key')
  const publicKey = bytes.subarray(1)
  if (idOf(name, publicKey).toString('hex') !== id) throw new BrokenNote('the id of a verifier key is not that of its key')
  return { name, id: Number.parseInt(id, 16), publicKey }
}

/**
 * The text of a note, and the names of the known keys that signed it, each once.
 * Signatures of unknown keys are ignored. Throws BrokenNote when the note is malformed, when any signature
 * of a known key does not verify, or when no known key signed. Only then may the text be used.
 */
export function openNote(note: string, keys: NoteKey[]): { text: string; signers: string[] } {
  const split = note.lastIndexOf('\n\n')
  if (split < 0) throw new BrokenNote('a note has no signatures')
  const text = note.slice(0, split + 1)
  checkNoteText(text)

  const signers = new Set<string>()
  for (const { name, id, signature } of signaturesIn(note.slice(split + 2))) {
    const key = keys.find((known) => known.name === name && known.id === id)
    if (!key) continue
    if (!isSigned(text, signature, key.publicKey)) throw new BrokenNote('the signature of a known key does not verify')
    signers.add(name)
  }
  if (signers.size === 0) throw new BrokenNote('no known key has signed the note')
  return { text, signers: [...signers] }
}

/** Throws BrokenNote unless the text ends in a newline and holds no other control characters and no lone surrogate. */
export function checkNoteText(text: string): void {
  if (!text.endsWith('\n')) throw new BrokenNote('the text of a note does not end in a newline')
  if (!text.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(text)) {
    throw new BrokenNote('a note holds control characters or text that UTF-8 cannot carry')
  }
}

function signaturesIn(block: string): { name: string; id: number; signature: Buffer }[] {
  const lines = block.split('\n')
  if (lines.pop() !== '') throw new BrokenNote('the signatures of a note do not end in a newline')
  if (lines.length > MOST_SIGNATURES) throw new BrokenNote('a note has too many signatures')
  return lines.map((line) => {
    const [, name = '', encoded = ''] = /^\u2014 ([^ ]+) ([^ ]+)$/.exec(line) ?? []
    const bytes = fromBase64(encoded)
    if (!isName(name) || bytes === null || bytes.length < 5) throw new BrokenNote('a signature line is malformed')
    return { name, id: bytes.readUInt32BE(), signature: bytes.subarray(4) }
  })
}

function isSigned(text: string, signature: Buffer, publicKey: Buffer): boolean {
  const key = createPublicKey({ key: Buffer.concat([PUBLIC_DER, publicKey]), format: 'der', type: 'spki' })
  return verify(null, Buffer.from(text), key, signature)
}

function idOf(name: string, publicKey: Uint8Array): Buffer {
  const hash = createHash('sha256').update(`${name}\n`).update(Buffer.of(ED25519)).update(publicKey)
  return hash.digest().subarray(0, 4)
}

/** Not empty, no Unicode space, no plus, no control character. */
function isName(name: string): boolean {
  return name.isWellFormed() && /^[^\p{White_Space}\u0000-\u001f+]+$/u.test(name)
}
