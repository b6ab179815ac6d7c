import { ClientError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client'
import type { RefusalCode } from '../contract/errors.ts'
import { Refusal } from './refusal.ts'

/** Runs what talks with a provider; whatever it throws becomes the refusal that fits, with the fault as its cause. */
export async function explained<T>(fn: () => Promise<T>): Promise<T> {
  try {
    return await fn()
  } catch (fault) {
    if (fault instanceof Refusal) throw fault
    const text = isStranger(fault)
      ? 'The identity provider does not know Subrosa by the client id and secret that are set. An administrator can correct them.'
      : undefined
    throw new Refusal(codeOf(fault), { text, cause: fault })
  }
}

const isStranger = (fault: unknown): boolean =>
  (fault instanceof ResponseBodyError && ['invalid_client', 'unauthorized_client'].includes(fault.error)) ||
  (fault instanceof WWWAuthenticateChallengeError && fault.cause.some(({ scheme }) => scheme === 'basic'))

/** What was compared and did not fit, by the claim's name. */
const COMPARED: Record<string, RefusalCode> = {
  iss: 'sso.issuer',
  aud: 'sso.audience',
  azp: 'sso.audience',
  nonce: 'sso.nonce',
  issuer: 'sso.issuer',
  sub: 'sso.subject',
}

/** What an ID token must have, in the order in which the library looks. */
const REQUIRED: [claim: string, code: RefusalCode][] = [
  ['aud', 'sso.audience'],
  ['exp', 'sso.expired'],
  ['iat', 'sso.expired'],
  ['iss', 'sso.issuer'],
  ['sub', 'sso.provider'],
  ['nonce', 'sso.nonce'],
  ['auth_time', 'sso.expired'],
]

/**
 * The library tells its faults apart by a code and by what it lays beside it (`cause`), which is not in its documentation:
 * the tests hold each. What is not known here is the provider's fault, never a yes.
 */
function codeOf(fault: unknown): RefusalCode {
  if (fault instanceof ResponseBodyError) return fault.error === 'invalid_grant' ? 'sso.code' : 'sso.provider'
  if (!(fault instanceof ClientError)) return 'sso.provider'
  const beside = fault.cause instanceof Error ? fault.cause.cause : fault.cause
  const has = (name: string): boolean => typeof beside === 'object' && beside !== null && Object.hasOwn(beside, name)
  const at = (name: string): unknown => (beside as Record<string, unknown>)[name]
  switch (fault.code) {
    case 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED':
      return COMPARED[String(at('attribute'))] ?? 'sso.provider'
    case 'OAUTH_JWT_CLAIM_COMPARISON_FAILED':
      return COMPARED[String(at('claim'))] ?? 'sso.provider'
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
      return 'sso.expired'
    case 'OAUTH_KEY_SELECTION_FAILED':
      return 'sso.signature'
    case 'OAUTH_UNSUPPORTED_OPERATION':
      // an encrypted token, a header that must be understood, a key too short; else a kind of token that nobody asked for
      return has('body') ? 'sso.provider' : 'sso.algorithm'
    case 'OAUTH_INVALID_RESPONSE':
      if (has('header')) return 'sso.algorithm'
      // not three parts, or the signature does not verify
      if (typeof beside === 'string' || has('signature')) return 'sso.signature'
      if (has('claims')) return REQUIRED.find(([claim]) => !Object.hasOwn(at('claims') as object, claim))?.[1] ?? 'sso.provider'
      return 'sso.provider'
    default:
      return 'sso.provider'
  }
}
