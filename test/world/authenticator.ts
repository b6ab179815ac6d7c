import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

type Json = Record<string, unknown>
const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()
const b64 = (data: Buffer): string => data.toString('base64url')

/** CBOR (RFC 8949) of what a WebAuthn attestation holds: small integers, byte strings, text, maps. */
function cbor(value: unknown): Buffer {
  const head = (major: number, n: number): Buffer =>
    n < 24 ? Buffer.of((major << 5) | n) : n < 256 ? Buffer.of((major << 5) | 24, n) : Buffer.of((major << 5) | 25, n >> 8, n & 255)
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  const entries = [...(value as Map<unknown, unknown>)]
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([key, one]) => [cbor(key), cbor(one)])])
}

/** A passkey in software (W3C WebAuthn Level 3, section 6): ES256, user verified, whatever a test wants to be wrong with it. */
export class Authenticator {
  readonly id = randomBytes(32)
  readonly #privateKey: KeyObject
  readonly #publicKey: Buffer
  counter = 0
  handle: Buffer | null = null

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#privateKey = privateKey
    const { x, y } = publicKey.export({ format: 'jwk' }) as { x: string; y: string }
    this.#publicKey = cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]),
    )
  }

  #data(rpId: string, flags: number, attested: Buffer): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(this.counter)
    return Buffer.concat([sha256(rpId), Buffer.of(flags), count, attested])
  }

  /** `navigator.credentials.create`. */
  create(options: Json, origin: string): Json & { id: string; response: Json } {
    const { challenge, rp, user } = options as { challenge: string; rp: { id: string }; user: { id: string } }
    this.handle = Buffer.from(user.id, 'base64url')
    const client = Buffer.from(JSON.stringify({ type: 'webauthn.create', challenge, origin, crossOrigin: false }))
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.of(0, this.id.length), this.id, this.#publicKey])
    const authData = this.#data(rp.id, 0x45, attested)
    const attestation = cbor(
      new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]),
    )
    const response = { clientDataJSON: b64(client), attestationObject: b64(attestation), transports: ['internal'] }
    return { id: b64(this.id), rawId: b64(this.id), type: 'public-key', clientExtensionResults: {}, response }
  }

  /** `navigator.credentials.get`; counts up unless told otherwise. */
  get(
    options: Json,
    origin: string,
    wrong: { verified?: boolean; count?: boolean; key?: Authenticator; rpId?: string } = {},
  ): Json & { id: string; response: Json } {
    const { challenge, rpId } = options as { challenge: string; rpId: string }
    if (wrong.count !== false) this.counter += 1
    const client = Buffer.from(JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false }))
    const authData = this.#data(wrong.rpId ?? rpId, wrong.verified === false ? 0x01 : 0x05, Buffer.alloc(0))
    const signature = (wrong.key ?? this).#sign(Buffer.concat([authData, sha256(client)]))
    return {
      id: b64(this.id),
      rawId: b64(this.id),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: b64(client),
        authenticatorData: b64(authData),
        signature: b64(signature),
        userHandle: this.handle ? b64(this.handle) : undefined,
      },
    }
  }
  #sign = (data: Buffer): Buffer => sign('sha256', data, this.#privateKey)
}
