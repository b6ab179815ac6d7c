import { createCipheriv, createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BrokenSeal, hex } from './bytes.ts'
import { CHUNK, HEADER, openBytes, Opener, plainLength, sealBytes, SEALED_CHUNK, sealedLength, Sealer, TAG } from './chunked.ts'

type Good = {
  length: number
  inputKey: string
  salt: string
  context: string
  key: string
  baseNonce: string
  commitment: string
  ciphertextLength: number
  ciphertextSha256: string
  ciphertext?: string
}
type Bad = { why: string; from: number; keep?: number; flip?: number; append?: string; exchange?: [number, number] }

const path = new URL('../../test/vectors/chunked-encryption/vectors.json', import.meta.url)
const { good, bad } = JSON.parse(readFileSync(path, 'utf8')) as { good: Good[]; bad: Bad[] }

const bytes = (text: string) => Buffer.from(text, 'hex')
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex')

/** The plaintext of make.py: SHA-256(le64(0)) || SHA-256(le64(1)) || … */
function stream(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, k) => {
    const counter = Buffer.alloc(8)
    counter.writeUInt32LE(k)
    return createHash('sha256').update(counter).digest()
  })
  return Buffer.concat(blocks).subarray(0, length)
}

function sealedWhole(v: Good): Buffer {
  return sealBytes(bytes(v.inputKey), bytes(v.context), stream(v.length), bytes(v.salt))
}

/** Sealed in pieces of these sizes, over and over. The input buffer is overwritten after each push. */
function sealedInPieces(v: Good, sizes: number[]): Buffer {
  const plain = stream(v.length)
  const sealer = new Sealer(bytes(v.inputKey), bytes(v.context), bytes(v.salt))
  const out = [sealer.header]
  for (let at = 0, k = 0; at < plain.length; k++) {
    const piece = Buffer.from(plain.subarray(at, at + sizes[k % sizes.length]!))
    out.push(sealer.push(piece))
    at += piece.length
    piece.fill(0xee)
  }
  return Buffer.concat([...out, sealer.end()])
}

/** As a range is served: the length first, then each chunk alone, here from the last to the first. */
function openedByChunk(v: Good, sealed: Buffer): Buffer {
  const length = plainLength(sealed.length)
  const opener = new Opener(bytes(v.inputKey), bytes(v.context), sealed.subarray(0, HEADER))
  const plain = Buffer.alloc(length)
  for (let k = Math.floor(length / CHUNK); k >= 0; k--) {
    const at = HEADER + k * SEALED_CHUNK
    plain.set(opener.open(k, sealed.subarray(at, at + SEALED_CHUNK)), k * CHUNK)
  }
  return plain
}

test('the vectors are all here', () => {
  expect([good.length, bad.length]).toEqual([10, 9])
})

describe.each(good)('a message of $length bytes', (v) => {
  test('seals to the bytes that the other library made', () => {
    const sealed = sealedWhole(v)
    expect(hex(sealed.subarray(24, 56))).toBe(v.commitment)
    expect(sealed.length).toBe(v.ciphertextLength)
    expect(sha256(sealed)).toBe(v.ciphertextSha256)
    if (v.ciphertext) expect(hex(sealed)).toBe(v.ciphertext)
  })

  test.each([[[7919]], [[16384]], [[16383, 1, 2]], [[65536]], [[1, 40_000, 0, 16_385]], [[1_000_000]]])(
    'seals in pieces of %j',
    (sizes) => {
      expect(sha256(sealedInPieces(v, sizes))).toBe(v.ciphertextSha256)
    },
  )

  test('opens whole and by chunk, and its length is known beforehand', () => {
    const sealed = sealedWhole(v)
    expect(openBytes(bytes(v.inputKey), bytes(v.context), sealed).equals(stream(v.length))).toBe(true)
    expect(openedByChunk(v, sealed).equals(stream(v.length))).toBe(true)
    expect(sealedLength(v.length)).toBe(v.ciphertextLength)
    expect(plainLength(v.ciphertextLength)).toBe(v.length)
  })
})

function spoiled(v: Good, change: Bad): Buffer {
  let sealed = sealedWhole(v)
  if (change.keep !== undefined) sealed = sealed.subarray(0, change.keep)
  if (change.flip !== undefined) sealed[change.flip]! ^= 1
  if (change.append !== undefined) sealed = Buffer.concat([sealed, bytes(change.append)])
  if (change.exchange) {
    const [a, b] = change.exchange.map((k) => HEADER + k * SEALED_CHUNK) as [number, number]
    const kept = Buffer.from(sealed.subarray(a, a + SEALED_CHUNK))
    sealed.copyWithin(a, b, b + SEALED_CHUNK)
    sealed.set(kept, b)
  }
  return sealed
}

test.each(bad)('does not open: $why', (change) => {
  const v = good.find((one) => one.length === change.from)!
  const sealed = spoiled(v, change)
  expect(sealed.equals(sealedWhole(v))).toBe(false)
  expect(() => openBytes(bytes(v.inputKey), bytes(v.context), sealed)).toThrow(BrokenSeal)
  expect(() => openedByChunk(v, sealed)).toThrow(BrokenSeal)
})

const key = Buffer.alloc(32, 7)
const none = Buffer.alloc(0)

test('another key, another context or a changed commitment is refused before any chunk', () => {
  const { header } = new Sealer(key, Buffer.from('version 1'))
  expect(() => new Opener(key, Buffer.from('version 1'), header)).not.toThrow()
  expect(() => new Opener(Buffer.alloc(32, 8), Buffer.from('version 1'), header)).toThrow(BrokenSeal)
  expect(() => new Opener(key, Buffer.from('version 2'), header)).toThrow(BrokenSeal)
  header[55]! ^= 0x80
  expect(() => new Opener(key, Buffer.from('version 1'), header)).toThrow(BrokenSeal)
})

test('a chunk opens under its own number only, and any bit of it counts', () => {
  const sealed = sealBytes(key, none, stream(3 * CHUNK + 5))
  const opener = new Opener(key, none, sealed.subarray(0, HEADER))
  const chunk = sealed.subarray(HEADER + SEALED_CHUNK, HEADER + 2 * SEALED_CHUNK)
  expect(opener.open(1, chunk).equals(stream(2 * CHUNK).subarray(CHUNK))).toBe(true)
  for (const other of [0, 2, 1 + 2 ** 32, 2 ** 38 - 1]) expect(() => opener.open(other, chunk)).toThrow(BrokenSeal)
  for (const at of [0, 8000, CHUNK, SEALED_CHUNK - 1]) {
    const changed = Buffer.from(chunk)
    changed[at]! ^= 0x10
    expect(() => opener.open(1, changed)).toThrow(BrokenSeal)
  }
  for (const wrong of [0, TAG - 1, SEALED_CHUNK + 1]) expect(() => opener.open(1, Buffer.alloc(wrong))).toThrow(BrokenSeal)
})

test('a chunk longer than 16 KiB is refused though it authenticates', () => {
  const v = good[0]!
  const cipher = createCipheriv('aes-256-gcm', bytes(v.key), bytes(v.baseNonce))
  const long = (length: number) => Buffer.concat([cipher.update(Buffer.alloc(length)), cipher.final(), cipher.getAuthTag()])
  const opener = new Opener(bytes(v.inputKey), bytes(v.context), sealedWhole(v).subarray(0, HEADER))
  expect(() => opener.open(0, long(CHUNK + 1))).toThrow('length')
})

test('a message spliced from two under one key does not open', () => {
  const [a, b] = [sealBytes(key, none, stream(CHUNK + 9)), sealBytes(key, none, stream(CHUNK + 9))]
  const spliced = Buffer.concat([a.subarray(0, HEADER + SEALED_CHUNK), b.subarray(HEADER + SEALED_CHUNK)])
  expect(() => openBytes(key, none, spliced)).toThrow(BrokenSeal)
})

test('every length below three chunks goes there and back, and every other sealed length is refused', () => {
  const lengths = Array.from({ length: 3 * CHUNK }, (_, plain) => plain)
  const possible = new Set(lengths.map(sealedLength))
  expect(lengths.every((plain) => plainLength(sealedLength(plain)) === plain)).toBe(true)
  const refused = Array.from({ length: HEADER + 3 * SEALED_CHUNK }, (_, sealed) => sealed).filter((n) => !possible.has(n))
  expect(refused).toContain(HEADER + SEALED_CHUNK)
  for (const sealed of refused) expect(() => plainLength(sealed)).toThrow(BrokenSeal)
})

test('the chunk counter stops at 2^38', () => {
  const { header } = new Sealer(key, none)
  const opener = new Opener(key, none, header)
  expect(() => opener.open(2 ** 38, Buffer.alloc(TAG))).toThrow(RangeError)
  expect(() => opener.open(-1, Buffer.alloc(TAG))).toThrow(RangeError)
  const most = 2 ** 52 - 1
  expect(plainLength(sealedLength(most))).toBe(most)
  expect(() => sealedLength(most + 1)).toThrow(RangeError)
  expect(() => plainLength(sealedLength(most) + 2 * TAG)).toThrow(BrokenSeal)
})

test('each message has its own salt, and a sealer seals one message', () => {
  expect(new Sealer(key, none).header.equals(new Sealer(key, none).header)).toBe(false)
  const sealer = new Sealer(key, none)
  sealer.end()
  expect(() => sealer.push(stream(1))).toThrow('ended')
  expect(() => sealer.end()).toThrow('ended')
  expect(() => new Sealer(key.subarray(1), none)).toThrow(RangeError)
  expect(() => new Sealer(key, none, Buffer.alloc(23))).toThrow(RangeError)
})

test('any split into pieces seals to the same bytes', () => {
  const salt = Buffer.alloc(24, 3)
  fc.assert(
    fc.property(fc.array(fc.nat(40_000), { maxLength: 8 }), (sizes) => {
      const plain = stream(sizes.reduce((a, b) => a + b, 0))
      const sealer = new Sealer(key, none, salt)
      let at = 0
      const pieces = sizes.map((size) => sealer.push(plain.subarray(at, (at += size))))
      const sealed = Buffer.concat([sealer.header, ...pieces, sealer.end()])
      return sealed.equals(sealBytes(key, none, plain, salt)) && openBytes(key, none, sealed).equals(plain)
    }),
    { numRuns: 40 },
  )
})
