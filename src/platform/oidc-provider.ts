import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  clockTolerance,
  Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  getJwksCache,
  setJwksCache,
  type CustomFetchOptions,
  type ExportedJWKSCache,
  type ServerMetadata,
} from 'openid-client'
import { now } from './clock.ts'
import { explained } from './oidc-refusals.ts'
import { Refusal } from './refusal.ts'

/** `issuer` letter for letter as the provider writes it; `redirectUri` without query; `scopes` beside `openid`. */
export type Provider = { issuer: string; clientId: string; clientSecret: string; redirectUri: string; scopes?: string[] }

/** How far the provider's clock may be from ours. */
export const TOLERANCE_S = 30
const TIMEOUT_S = 10
const MOST_BYTES = 1024 * 1024
const HOUR_MS = 3_600_000
const MOST_ISSUERS = 50
/** Never `none`, and no secret that both sides know: whoever can check such a token can make one. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA']

type Known = { until: number; metadata: Promise<ServerMetadata>; keys: ExportedJWKSCache | null }
const known = new Map<string, Known>()

export type Client = { config: Configuration; metadata: ServerMetadata; /** Call when done. */ keepKeys(): void }

/**
 * The provider's metadata, at most an hour old, and a client for one sign-in. Keys are kept for five minutes; one that is
 * not among them is looked up anew, once in a sign-in.
 *
 * What remains of SSRF: the issuer is an administrator's word. With it the server asks any https address, and loopback over
 * http, for one document, and posts to the endpoints that the document names. No answer is shown, no redirect followed.
 * @throws Refusal `sso.provider`, `sso.issuer`, `sso.algorithm`
 */
export async function clientOf(provider: Provider): Promise<Client> {
  const here = knownOf(provider.issuer)
  const metadata = await here.metadata
  const methods = [metadata.token_endpoint_auth_methods_supported ?? 'client_secret_basic'].flat()
  const authentication = methods.includes('client_secret_basic') ? ClientSecretBasic : ClientSecretPost
  const config = new Configuration(metadata, provider.clientId, { [clockTolerance]: TOLERANCE_S }, authentication(provider.clientSecret))
  config.timeout = TIMEOUT_S
  config[customFetch] = boundedFetch
  if (isLoopback(new URL(provider.issuer))) allowInsecureRequests(config)
  enableNonRepudiationChecks(config)
  // the library looks again for an unknown key only when its list is a minute old: so it is always at least that
  const uat = here.keys === null ? 0 : Math.min(here.keys.uat, Math.floor(now() / 1000) - 60)
  if (here.keys !== null) setJwksCache(config, { jwks: here.keys.jwks, uat })
  const keepKeys = () => {
    const found = getJwksCache(config)
    if (found !== undefined && found.uat > uat) here.keys = found
  }
  return { config, metadata, keepKeys }
}

function knownOf(issuer: string): Known {
  const before = known.get(issuer)
  if (before !== undefined && now() < before.until) return before
  const found: Known = { until: now() + HOUR_MS, metadata: discover(issuer), keys: null }
  known.delete(issuer)
  known.set(issuer, found)
  if (known.size > MOST_ISSUERS) known.delete(known.keys().next().value!)
  // whoever waits for it hears of the failure; the next one asks again
  found.metadata.catch(() => known.get(issuer) === found && known.delete(issuer))
  return found
}

/** OpenID Connect Discovery 1.0, section 4. */
async function discover(issuer: string): Promise<ServerMetadata> {
  const address = URL.parse(issuer)
  if (address === null || !isSafe(address, address) || address.username || address.password || address.search || address.hash)
    throw new Refusal('sso.provider', {
      text: 'The address of the identity provider must begin with https:// and have no question mark. An administrator can correct it.',
    })
  const metadata: ServerMetadata = await explained(async () => {
    // of the client only its name is needed to ask, and not even that is sent
    const config = await discovery(address, 'unnamed', undefined, undefined, {
      [customFetch]: boundedFetch,
      timeout: TIMEOUT_S,
      execute: isLoopback(address) ? [allowInsecureRequests] : [],
    })
    return config.serverMetadata()
  })
  // letter for letter, as the ID token's issuer is compared too; the library takes a trailing slash for none
  if (metadata.issuer !== issuer) throw new Refusal('sso.issuer')
  const { authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint } = metadata
  const endpoints = [authorization_endpoint, token_endpoint, jwks_uri, ...(userinfo_endpoint === undefined ? [] : [userinfo_endpoint])]
  for (const endpoint of endpoints) {
    const url = typeof endpoint === 'string' ? URL.parse(endpoint) : null
    if (url === null || !isSafe(url, address)) throw new Refusal('sso.provider', { cause: new Error('an endpoint is missing or unsafe') })
  }
  const algorithms = accepted(metadata.id_token_signing_alg_values_supported ?? ['RS256'])
  if (algorithms.length === 0) throw new Refusal('sso.algorithm')
  return {
    ...metadata,
    id_token_signing_alg_values_supported: algorithms,
    userinfo_signing_alg_values_supported: accepted(metadata.userinfo_signing_alg_values_supported),
  }
}

const accepted = (announced: unknown): string[] => ALGORITHMS.filter((name) => [announced].flat().includes(name))

/** https; plain http from this machine to itself only, and never because someone outside says so. */
const isSafe = (url: URL, issuer: URL): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url) && isLoopback(issuer))
const isLoopback = (url: URL): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)

/** `fetch` that reads at most a mebibyte, as unpacked. The library gives the time-out and `redirect: 'manual'`. */
async function boundedFetch(url: string, options: CustomFetchOptions): Promise<Response> {
  const answer = await fetch(url, options as RequestInit)
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of answer.body ?? []) {
    size += part.length
    if (size > MOST_BYTES) throw new Error('the provider’s answer is too large')
    parts.push(part)
  }
  return new Response(size === 0 ? null : Buffer.concat(parts), { status: answer.status, headers: answer.headers })
}
