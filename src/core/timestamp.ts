import { createHash, verify, X509Certificate } from 'node:crypto'
import { equal } from './bytes.ts'
import { BrokenDer, der, derInteger, derOid, readDer, TAG, within, type Der } from './der.ts'

// RFC 3161 with SHA-256: a time-stamping authority says that it saw a digest at a time. The token is CMS SignedData (RFC 5652).

const SHA256 = '2.16.840.1.101.3.4.2.1'
const SIGNED_DATA = derOid('1.2.840.113549.1.7.2')
const TST_INFO = derOid('1.2.840.113549.1.9.16.1.4')
const CONTENT_TYPE = derOid('1.2.840.113549.1.9.3')
const MESSAGE_DIGEST = derOid('1.2.840.113549.1.9.4')
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
const DIGESTS: Record<string, string> = {
  [hexOf('2.16.840.1.101.3.4.2.1')]: 'sha256',
  [hexOf('2.16.840.1.101.3.4.2.2')]: 'sha384',
  [hexOf('2.16.840.1.101.3.4.2.3')]: 'sha512',
}
function hexOf(oid: string): string {
  return derOid(oid).toString('hex')
}

/** A time stamp that does not verify, or is not of what was asked. */
export class BrokenStamp extends Error {
  readonly kind = 'broken stamp'
  override readonly name = 'BrokenStamp'
}

/** The request (TimeStampReq) for a SHA-256 digest; the nonce is 8 random bytes. The authority's certificate is asked for with it. */
export function stampRequest(digest: Buffer, nonce: Buffer): Buffer {
  if (digest.length !== 32 || nonce.length !== 8) throw new RangeError('a SHA-256 digest and eight bytes')
  return der(
    TAG.sequence,
    derInteger(Buffer.of(1)),
    der(TAG.sequence, der(TAG.sequence, derOid(SHA256), der(TAG.none)), der(TAG.octets, digest)),
    derInteger(nonce),
    der(TAG.boolean, Buffer.of(255)),
  )
}

/** `at`: the authority's time. `token`: what to keep. `by`: its certificate's subject, as the certificate says. */
export type Stamp = { at: Date; token: Buffer; by: string; serial: string }

/**
 * Reads an answer (TimeStampResp) to a request with this digest and nonce, and verifies the authority's signature with the
 * certificate that comes with it, which must be for time stamping.
 * KNOWN: who issued that certificate is not asked; whoever relies on the stamp checks the chain (`openssl ts -verify`).
 * @throws BrokenStamp
 */
export function readStamp(answer: Buffer, digest: Buffer, nonce: Buffer): Stamp {
  try {
    const [status, token] = within(sequence(readDer(answer)))
    const code = within(sequence(status))[0]
    if (code?.tag !== TAG.integer || code.content.length !== 1 || code.content[0]! > 1) throw new BrokenStamp('it was refused')
    return readToken(sequence(token).whole, digest, nonce)
  } catch (fault) {
    if (fault instanceof BrokenDer) throw new BrokenStamp(`it cannot be read: ${fault.message}`)
    throw fault
  }
}

/** The same of a token that was kept; `nonce` null: it is not known any more. @throws BrokenStamp */
export function readToken(token: Buffer, digest: Buffer, nonce: Buffer | null): Stamp {
  try {
    const [type, wrapped] = within(sequence(readDer(token)))
    const parts = type && equal(type.whole, SIGNED_DATA) && wrapped?.tag === 0xa0 ? within(sequence(within(wrapped)[0])) : []
    const [infoType, infoWrapped] = within(sequence(parts[2]))
    const inner = infoType && equal(infoType.whole, TST_INFO) && infoWrapped?.tag === 0xa0 ? within(infoWrapped)[0] : undefined
    if (inner?.tag !== TAG.octets) throw new BrokenStamp('it is no time stamp')
    const { at, serial } = infoIn(inner.content, digest, nonce)
    const certificates = parts
      .filter((part) => part.tag === 0xa0)
      .flatMap((part) => within(part).map((one) => new X509Certificate(one.whole)))
    const signers = parts.at(-1)?.tag === TAG.set ? within(parts.at(-1)!) : []
    if (signers.length !== 1) throw new BrokenStamp('it has not one signer')
    const by = signedBy(sequence(signers[0]), inner.content, certificates)
    return { at, token, by: by.subject.replaceAll('\n', ', '), serial }
  } catch (fault) {
    if (fault instanceof BrokenStamp) throw fault
    throw new BrokenStamp(`it cannot be read: ${fault instanceof BrokenDer ? fault.message : 'a certificate is malformed'}`)
  }
}

function infoIn(content: Buffer, digest: Buffer, nonce: Buffer | null): { at: Date; serial: string } {
  const [version, , imprint, serial, time, ...rest] = within(sequence(readDer(content)))
  const [algorithm, stamped] = within(sequence(imprint))
  if (version?.content[0] !== 1 || !equal(within(sequence(algorithm))[0]!.whole, derOid(SHA256)) || !equal(stamped!.content, digest))
    throw new BrokenStamp('it is of something else')
  const said = rest.find((part) => part.tag === TAG.integer)
  if (nonce && (!said || !equal(said.whole, derInteger(nonce)))) throw new BrokenStamp('it is of another request')
  const [, y, mo, d, h, mi, s, fraction] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(time?.content.toString('latin1') ?? '') ?? []
  if (time?.tag !== TAG.time || !y) throw new BrokenStamp('it has no time')
  const at = new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}${(fraction ?? '.000').slice(0, 4).padEnd(4, '0')}Z`)
  if (Number.isNaN(at.getTime())) throw new BrokenStamp('it has no time')
  return { at, serial: serial!.content.toString('hex') }
}

/** The certificate whose key signed these attributes, which name this content. */
function signedBy(signer: Der, content: Buffer, certificates: X509Certificate[]): X509Certificate {
  const [, , digestAlgorithm, attributes, ...behind] = within(signer)
  const hash = DIGESTS[within(sequence(digestAlgorithm))[0]!.whole.toString('hex')]
  const signature = behind.find((part) => part.tag === TAG.octets)
  if (!hash || attributes?.tag !== 0xa0 || !signature) throw new BrokenStamp('it is signed in a way that is not known')
  const valueOf = (oid: Buffer): Der | undefined => {
    const found = within(attributes)
      .map((one) => within(sequence(one)))
      .find(([type]) => type && equal(type.whole, oid))
    return found && within(found[1]!)[0]
  }
  const said = valueOf(MESSAGE_DIGEST)
  if (!said || !equal(said.content, createHash(hash).update(content).digest())) throw new BrokenStamp('its signature is of another content')
  if (!equal(valueOf(CONTENT_TYPE)?.whole ?? Buffer.alloc(0), TST_INFO))
    throw new BrokenStamp('its signature is of another kind of content')
  // they are signed as a SET (RFC 5652, 5.4)
  const signed = der(TAG.set, attributes.content)
  const by = certificates.find((one) => {
    try {
      return one.keyUsage?.includes(TIME_STAMPING) && verify(hash, signed, one.publicKey, signature.content)
    } catch {
      return false
    }
  })
  if (!by) throw new BrokenStamp('its signature does not verify with a certificate for time stamping that comes with it')
  return by
}

function sequence(value: Der | undefined): Der {
  if (value?.tag !== TAG.sequence) throw new BrokenDer('no sequence')
  return value
}
