import { randomBytes, timingSafeEqual } from 'node:crypto'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { exactToken } from '../core/tokens.ts'
import { decodeAttestationObject } from '@simplewebauthn/server/helpers'
import { now } from './clock.ts'
import { Refusal } from './refusal.ts'

/** What a passkey is bound to: the host and the origin that browsers see, and the firm's name to show. */
export type Party = { origin: string; name: string; /** keys the challenges */ key: Buffer }
export type Options = Record<string, unknown>
/** What a browser sent; the library looks at all of it. */
export type Given = { id: string; response: Record<string, unknown> }
/** What a challenge is good for; one for signing in proves nothing inside a session, and the reverse. */
export type Purpose = { kind: 'sign-in' } | { kind: 'enrol' | 'prove'; subject: string }
export type NewPasskey = { credentialId: Buffer; publicKey: Buffer; counter: number; transports: string[]; synced: boolean }
/** A challenge that was answered: to be spent, so that it is answered once. */
export type Answered = { challenge: Buffer; until: Date }

const LASTS_MS = 5 * 60_000
// EdDSA, ES256, RS256: what Node's own WebCrypto verifies on every version we run on (IANA COSE algorithms)
const ALGORITHMS = [-8, -7, -257]

const host = (party: Party): string => new URL(party.origin).hostname

/**
 * A challenge that the server need not remember: its end, 16 random bytes and a MAC over both and the purpose. It serves
 * until its end, and once (the caller spends it).
 */
function newChallenge({ key }: Party, purpose: Purpose): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(24)
  head.writeBigUInt64BE(BigInt(now() + LASTS_MS))
  randomBytes(16).copy(head, 8)
  return new Uint8Array(Buffer.concat([head, mac(key, purpose, head)]))
}
const mac = (key: Buffer, purpose: Purpose, head: Buffer): Buffer =>
  exactToken(key, `webauthn challenge ${purpose.kind}`, `${'subject' in purpose ? purpose.subject : ''} ${head.toString('hex')}`)

function readChallenge({ key }: Party, purpose: Purpose, text: string): Answered | null {
  const challenge = Buffer.from(text, 'base64url')
  if (challenge.length !== 40) return null
  const head = challenge.subarray(0, 24)
  const until = Number(head.readBigUInt64BE())
  return timingSafeEqual(mac(key, purpose, head), challenge.subarray(24)) && until > now() ? { challenge, until: new Date(until) } : null
}

/** For `navigator.credentials.create`: a passkey that is found without a name, on a device that checks who holds it. */
export async function enrolOptions(
  party: Party,
  purpose: Purpose & { kind: 'enrol' },
  person: { handle: Buffer; email: string; name: string; has: Buffer[] },
): Promise<Options> {
  const options = await generateRegistrationOptions({
    rpName: party.name,
    rpID: host(party),
    userID: new Uint8Array(person.handle),
    userName: person.email,
    userDisplayName: person.name,
    challenge: newChallenge(party, purpose),
    attestationType: 'none',
    timeout: LASTS_MS,
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: person.has.map((id) => ({ id: id.toString('base64url') })),
  })
  return { ...options }
}

/** W3C WebAuthn Level 3, 7.1. @throws Refusal `passkey.refused` */
export async function verifyEnrolment(
  party: Party,
  purpose: Purpose & { kind: 'enrol' },
  given: Given,
): Promise<{ passkey: NewPasskey; answered: Answered }> {
  // none was asked for, and judging one would look certificates up elsewhere
  if (formatOf(given) !== 'none') throw new Refusal('passkey.refused')
  let answered: Answered | null = null
  const { registrationInfo } = await verifyRegistrationResponse({
    response: given as unknown as RegistrationResponseJSON,
    expectedChallenge: (text) => (answered = readChallenge(party, purpose, text)) !== null,
    expectedOrigin: party.origin,
    expectedRPID: host(party),
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(refused)
  if (!registrationInfo || !answered) throw new Refusal('passkey.refused')
  const { credential, credentialBackedUp, credentialDeviceType } = registrationInfo
  return {
    answered,
    passkey: {
      credentialId: Buffer.from(credential.id, 'base64url'),
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: transportsOf(credential.transports),
      synced: credentialBackedUp || credentialDeviceType === 'multiDevice',
    },
  }
}

// W3C WebAuthn Level 3, 5.8.4, and what browsers added to it
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']
const transportsOf = (told: unknown): string[] => (Array.isArray(told) ? TRANSPORTS.filter((one) => told.includes(one)) : [])

/** For `navigator.credentials.get`; without `allow` any passkey of this host may answer, and nobody is named. */
export async function proveOptions(
  party: Party,
  purpose: Purpose,
  allow?: { credential_id: Buffer; transports: string[] }[],
): Promise<Options> {
  const options = await generateAuthenticationOptions({
    rpID: host(party),
    challenge: newChallenge(party, purpose),
    timeout: LASTS_MS,
    userVerification: 'required',
    ...(allow && {
      allowCredentials: allow.map((one) => ({ id: one.credential_id.toString('base64url'), transports: one.transports as never[] })),
    }),
  })
  return { ...options }
}

/**
 * W3C WebAuthn Level 3, 7.2. Whether the count grew is the caller's to ask, where it is kept.
 * @throws Refusal `passkey.refused`
 */
export async function verifyProof(
  party: Party,
  purpose: Purpose,
  given: Given,
  known: { credential_id: Buffer; public_key: Buffer },
): Promise<{ counter: number; answered: Answered }> {
  let answered: Answered | null = null
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: given as unknown as AuthenticationResponseJSON,
    expectedChallenge: (text) => (answered = readChallenge(party, purpose, text)) !== null,
    expectedOrigin: party.origin,
    expectedRPID: host(party),
    credential: { id: known.credential_id.toString('base64url'), publicKey: new Uint8Array(known.public_key), counter: 0 },
    requireUserVerification: true,
  }).catch(refused)
  if (!verified || !answered) throw new Refusal('passkey.refused')
  return { counter: authenticationInfo.newCounter, answered }
}

function formatOf({ response }: Given): string | null {
  try {
    return decodeAttestationObject(new Uint8Array(Buffer.from(String(response['attestationObject']), 'base64url'))).get('fmt')
  } catch {
    return null
  }
}

/** Whatever the library says against what was sent is a refusal: nothing in there is ours. */
const refused = (fault: unknown): never => {
  throw new Refusal('passkey.refused', { cause: fault })
}
