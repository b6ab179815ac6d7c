import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type IDToken,
  type UserInfoResponse,
} from 'openid-client'
import { now } from './clock.ts'
import { clientOf, TOLERANCE_S, type Provider } from './oidc-provider.ts'
import { explained } from './oidc-refusals.ts'
import { Refusal } from './refusal.ts'

export type { Provider }

/** What of a sign-in stays here while the browser is away: bound to that browser, secret, and used once. */
export type Kept = { state: string; nonce: string; verifier: string; maxAge?: number }

/** `acrValues` in the order of preference. `maxAge` in seconds. */
export type Asked = { acrValues?: string[]; prompt?: 'none' | 'login' | 'consent' | 'select_account'; maxAge?: number }

export type Callback = { code?: string; state?: string; iss?: string; error?: string; error_description?: string }

/** A person is `issuer` and `subject` together, never the address. Texts are as the provider wrote them. `authTime` in seconds since 1970. */
export type Claims = {
  issuer: string
  subject: string
  email: string | null
  emailVerified: boolean
  name: string | null
  groups: string[]
  acr: string | null
  amr: string[]
  authTime: number | null
}

/**
 * Where to send the browser, and what to keep for `finish`: the authorization code flow with PKCE, state and nonce
 * (OpenID Connect Core 1.0, 3.1; RFC 7636 with S256). `acrValues` are a wish: look at `acr` afterwards.
 * @throws Refusal `sso.provider`, `sso.issuer`, `sso.algorithm`
 */
export async function begin(provider: Provider, asked: Asked = {}): Promise<{ url: string; kept: Kept }> {
  const { config, metadata } = await clientOf(provider)
  const { acrValues, prompt, maxAge } = asked
  const kept = {
    state: randomState(),
    nonce: randomNonce(),
    verifier: randomPKCECodeVerifier(),
    ...(maxAge !== undefined && { maxAge }),
  }
  const url = buildAuthorizationUrl(config, {
    response_type: 'code',
    redirect_uri: provider.redirectUri,
    scope: [...new Set(['openid', ...(provider.scopes ?? ['profile', 'email'])])].join(' '),
    state: kept.state,
    nonce: kept.nonce,
    code_challenge: await calculatePKCECodeChallenge(kept.verifier),
    code_challenge_method: 'S256',
    ...(acrValues !== undefined && acrValues.length > 0 && { acr_values: acrValues.join(' ') }),
    ...(prompt !== undefined && { prompt }),
    ...(maxAge !== undefined && { max_age: String(maxAge) }),
    // how and when someone authenticated is told by some only on demand (OpenID Connect Core 1.0, 5.5)
    ...(metadata.claims_parameter_supported === true && { claims: '{"id_token":{"acr":null,"amr":null,"auth_time":null}}' }),
  })
  return { url: url.href, kept }
}

/**
 * Who signed in, from what the browser brought back. `kept` is what `begin` gave for this provider and this browser; whoever
 * calls takes it away before, so that it serves once.
 *
 * The ID token's signature is verified though it came over TLS, so that a broken certificate store alone lets nobody in.
 * Address and groups that it lacks are asked of userinfo. `groupsClaim` null: groups are not wanted.
 * KNOWN: a provider that leaves groups out because they are many (Entra ID above 200) and names another source for them is
 * not asked there; `groups` is then empty.
 * @throws Refusal `sso.state`, `sso.issuer`, `sso.denied`, `sso.code`, `sso.algorithm`, `sso.signature`, `sso.audience`,
 * `sso.nonce`, `sso.expired`, `sso.subject`, `sso.provider`
 */
export async function finish(
  provider: Provider,
  kept: Kept,
  callback: Callback,
  { groupsClaim = 'groups' }: { groupsClaim?: string | null } = {},
): Promise<Claims> {
  // an empty expectation would be none: the library skips what it is not given
  if (!kept.state || !kept.nonce || !kept.verifier || callback.state !== kept.state) throw new Refusal('sso.state')
  const { config, metadata, keepKeys } = await clientOf(provider)
  const isNamed = callback.iss !== undefined || metadata.authorization_response_iss_parameter_supported === true
  if (isNamed && callback.iss !== metadata.issuer) throw new Refusal('sso.issuer') // RFC 9207, 2.4
  if (callback.error !== undefined) throw new Refusal('sso.denied', { cause: denied(callback.error) })
  if (!callback.code) throw new Refusal('sso.code')
  const answer = new URL(provider.redirectUri)
  answer.search = new URLSearchParams({
    code: callback.code,
    state: kept.state,
    ...(callback.iss !== undefined && { iss: callback.iss }),
  }).toString()
  return explained(async () => {
    const tokens = await authorizationCodeGrant(config, answer, {
      expectedState: kept.state,
      expectedNonce: kept.nonce,
      pkceCodeVerifier: kept.verifier,
      maxAge: kept.maxAge,
      idTokenExpected: true,
    })
    const told = tokens.claims()!
    checkRest(told, provider.clientId)
    const isWhole = textOf(told.email) !== null && (groupsClaim === null || Object.hasOwn(told, groupsClaim))
    const isAsked = !isWhole && metadata.userinfo_endpoint !== undefined
    // a token of somebody else's would be answered with another subject (OpenID Connect Core 1.0, 5.3.4)
    const more = isAsked ? await fetchUserInfo(config, tokens.access_token, told.sub) : null
    return claimsOf(told, more, groupsClaim)
  }).finally(keepKeys)
}

/** The provider's word for its no, when it is one; whatever else stands in the address is anyone's text. */
const denied = (error: string): Error => new Error(`the provider answered ${/^[a-z_]{1,64}$/.test(error) ? error : 'an error'}`)

/** What the library leaves open: a lone audience with another party, and times that are yet to come. */
function checkRest(told: IDToken, clientId: string): void {
  const latest = now() / 1000 + TOLERANCE_S
  if (told.azp !== undefined && told.azp !== clientId) throw new Refusal('sso.audience')
  if (told.iat > latest || (told.auth_time ?? 0) > latest) throw new Refusal('sso.expired')
  if (told.sub.length === 0 || told.sub.length > 255) throw new Refusal('sso.provider', { cause: new Error('no usable subject') })
}

/** The ID token first; the address and whether it is verified come from one place. */
function claimsOf(told: IDToken, more: UserInfoResponse | null, groupsClaim: string | null): Claims {
  const addressed = textOf(told.email) !== null || more === null ? told : more
  const grouped = groupsClaim !== null && !Object.hasOwn(told, groupsClaim) && more !== null ? more : told
  return {
    issuer: told.iss,
    subject: told.sub,
    email: textOf(addressed.email),
    emailVerified: textOf(addressed.email) !== null && addressed.email_verified === true,
    name: textOf(told.name) ?? textOf(more?.name),
    groups: groupsClaim === null ? [] : textsOf(grouped[groupsClaim]),
    acr: textOf(told.acr),
    amr: textsOf(told.amr),
    authTime: told.auth_time ?? null,
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
/** A list's texts; a lone text is a list of one. */
const textsOf = (value: unknown): string[] => [value].flat().filter((text): text is string => textOf(text) !== null)
