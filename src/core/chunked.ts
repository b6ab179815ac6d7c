import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { BrokenSeal, equal } from './bytes.ts'

// c2sp.org/chunked-encryption, instantiated as Cobblestone-256 (HKDF-Expand with SHA-512, AES-256-GCM):
// salt (24) || commitment (32) || sealed chunks. Every chunk holds 16 KiB, except the last, which is
// always shorter and may be empty. Chunk k stands at HEADER + k * SEALED_CHUNK.

export const CHUNK = 16384
export const TAG = 16
export const HEADER = 56
export const SEALED_CHUNK = CHUNK + TAG

const KEY = 32
const NONCE = 12
const SALT = 24
const CHUNKS = 2 ** 38
const CIPHER = 'aes-256-gcm'
const EMPTY = Buffer.alloc(0)

/** Length in bytes of the whole sealed message. Throws RangeError above 4 PiB - 1. */
export function sealedLength(plain: number): number {
  if (!Number.isSafeInteger(plain) || plain < 0 || plain >= CHUNKS * CHUNK) {
    throw new RangeError('a message holds 0 to 4 PiB - 1 bytes')
  }
  return HEADER + plain + TAG * (Math.floor(plain / CHUNK) + 1)
}

/** Length in bytes of the message inside. Throws BrokenSeal for a length that no whole message has. */
export function plainLength(sealed: number): number {
  const body = sealed - HEADER
  const full = Math.floor(body / SEALED_CHUNK)
  const last = body - full * SEALED_CHUNK
  if (!Number.isSafeInteger(sealed) || body < 0 || last < TAG || full >= CHUNKS) {
    throw new BrokenSeal('a sealed message is cut or has a length that none has')
  }
  return body - TAG * (full + 1)
}

/**
 * Seals one message as a stream: `header`, then what every `push` gives, then what `end` gives.
 * `inputKey` is 32 uniformly random bytes; `salt` (24 bytes) must never repeat for one input key and is
 * random unless given. Not sealed before `end`: without the last short chunk the message is truncated.
 */
export class Sealer {
  readonly header: Buffer
  readonly #key: KeyObject
  readonly #baseNonce: Buffer
  readonly #kept = Buffer.allocUnsafeSlow(CHUNK)
  #keptLength = 0
  #index = 0
  #ended = false

  constructor(inputKey: Uint8Array, context: Uint8Array, salt: Uint8Array = randomBytes(SALT)) {
    const { key, baseNonce, commitment } = derive(inputKey, context, salt)
    this.#key = key
    this.#baseNonce = baseNonce
    this.header = Buffer.concat([salt, commitment])
  }

  /** All chunks that are now complete, sealed; possibly none. Copies the input that it keeps. */
  push(plain: Uint8Array): Buffer {
    if (this.#ended) throw new Error('the message has ended')
    const chunks = Math.floor((this.#keptLength + plain.length) / CHUNK)
    const out = chunks === 0 ? EMPTY : Buffer.allocUnsafe(chunks * SEALED_CHUNK)
    let read = 0
    for (let k = 0; k < chunks; k++) {
      const end = read + CHUNK - this.#keptLength
      this.#seal(plain.subarray(read, end), out, k * SEALED_CHUNK)
      read = end
    }
    this.#kept.set(plain.subarray(read), this.#keptLength)
    this.#keptLength += plain.length - read
    return out
  }

  /** The last chunk, always short, possibly empty. The sealer is spent. */
  end(): Buffer {
    if (this.#ended) throw new Error('the message has ended')
    this.#ended = true
    const out = Buffer.allocUnsafe(this.#keptLength + TAG)
    this.#seal(EMPTY, out, 0)
    return out
  }

  /** Writes the next chunk, what was kept followed by `rest`, and its tag into `out` at `at`. */
  #seal(rest: Uint8Array, out: Buffer, at: number): void {
    const cipher = createCipheriv(CIPHER, this.#key, nonceOf(this.#baseNonce, this.#index++))
    const length = this.#keptLength + rest.length
    if (this.#keptLength > 0) out.set(cipher.update(this.#kept.subarray(0, this.#keptLength)), at)
    if (rest.length > 0) out.set(cipher.update(rest), at + this.#keptLength)
    cipher.final()
    out.set(cipher.getAuthTag(), at + length)
    this.#keptLength = 0
  }
}

/**
 * Opens the chunks of one message, in any order. `header` is the first 56 bytes of the sealed message.
 * Throws BrokenSeal when key, context and header do not belong together (the commitment, compared in
 * constant time). It does not know the message's length: that comes from `plainLength`.
 */
export class Opener {
  readonly #key: KeyObject
  readonly #baseNonce: Buffer

  constructor(inputKey: Uint8Array, context: Uint8Array, header: Uint8Array) {
    if (header.length !== HEADER) throw new BrokenSeal('a sealed message is cut inside its header')
    const { key, baseNonce, commitment } = derive(inputKey, context, header.subarray(0, SALT))
    if (!equal(commitment, header.subarray(SALT))) {
      throw new BrokenSeal('a sealed message was sealed under another key, context or salt')
    }
    this.#key = key
    this.#baseNonce = baseNonce
  }

  /**
   * The plain bytes of one chunk, authenticated. Throws BrokenSeal when the chunk is not this message's
   * chunk number `chunkIndex` or has an impossible length. Whoever needs to know where the message ends
   * opens its last chunk: only a chunk shorter than SEALED_CHUNK ends a message.
   */
  open(chunkIndex: number, sealedChunk: Uint8Array): Buffer {
    const end = sealedChunk.length - TAG
    if (end < 0 || end > CHUNK) throw new BrokenSeal('a sealed chunk has a length that none has')
    const nonce = nonceOf(this.#baseNonce, chunkIndex)
    const decipher = createDecipheriv(CIPHER, this.#key, nonce, { authTagLength: TAG })
    decipher.setAuthTag(sealedChunk.subarray(end))
    const plain = decipher.update(sealedChunk.subarray(0, end))
    try {
      decipher.final()
    } catch {
      throw new BrokenSeal('a sealed chunk does not authenticate in its place')
    }
    return plain
  }
}

/** A whole message at once. */
export function sealBytes(key: Uint8Array, context: Uint8Array, plain: Uint8Array, salt?: Uint8Array): Buffer {
  const sealer = new Sealer(key, context, salt)
  return Buffer.concat([sealer.header, sealer.push(plain), sealer.end()])
}

/** Undoes `sealBytes`. Throws BrokenSeal for anything but exactly one whole message. */
export function openBytes(key: Uint8Array, context: Uint8Array, sealed: Uint8Array): Buffer {
  const plain = Buffer.allocUnsafe(plainLength(sealed.length))
  const opener = new Opener(key, context, sealed.subarray(0, HEADER))
  for (let k = 0, at = HEADER; at < sealed.length; k++, at += SEALED_CHUNK) {
    plain.set(opener.open(k, sealed.subarray(at, at + SEALED_CHUNK)), k * CHUNK)
  }
  return plain
}

/** HKDF-Expand (RFC 5869, section 2.3) of key || base nonce || commitment: two blocks of SHA-512. */
function derive(inputKey: Uint8Array, context: Uint8Array, salt: Uint8Array) {
  if (inputKey.length !== KEY) throw new RangeError('an input key has 32 bytes')
  if (salt.length !== SALT) throw new RangeError('a salt has 24 bytes')
  const info = Buffer.concat([Buffer.from('c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0'), salt, context])
  const first = createHmac('sha512', inputKey).update(info).update(Buffer.of(1)).digest()
  const second = createHmac('sha512', inputKey).update(first).update(info).update(Buffer.of(2)).digest()
  const okm = Buffer.concat([first, second])
  return {
    // A key object, not bytes: Node then sets up the cipher more than twice as fast.
    key: createSecretKey(okm.subarray(0, KEY)),
    baseNonce: okm.subarray(KEY, KEY + NONCE),
    commitment: okm.subarray(KEY + NONCE, KEY + NONCE + 32),
  }
}

/** The base nonce XOR the chunk number (big-endian, in the last five bytes). Throws RangeError at 2^38. */
function nonceOf(baseNonce: Buffer, index: number): Buffer {
  if (!Number.isSafeInteger(index) || index < 0 || index >= CHUNKS) throw new RangeError('a chunk number is 0 to 2^38 - 1')
  const nonce = Buffer.from(baseNonce)
  const high = Math.floor(index / 2 ** 32)
  nonce[7] = nonce[7]! ^ high
  nonce.writeInt32BE(nonce.readInt32BE(8) ^ (index | 0), 8)
  return nonce
}
