import { readFile } from 'node:fs/promises'
import { request as plainRequest } from 'node:http'
import { request } from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'
import { isSafe } from './network.ts'
import { Stop } from './refusal.ts'

/** A key of the transit engine of OpenBao or Vault (`/v1/<mount>/encrypt/<key>`). */
export type TransitKey = { address: string; mount: string; key: string; namespace: string | null }
/** Files that say who asks: the token, and the private CA (PEM) of the service's certificate. */
export type TransitAccess = { tokenFile: string | null; caFile: string | null }

const TIMEOUT_MS = 10_000
const TRIES = 3
const MOST_BYTES = 64 * 1024
const no = (text: string, cause?: unknown): Stop => new Stop('keyring.service', text, cause)

/** @throws Stop `keyring.service` */
export async function transitEncrypt(at: TransitKey, access: TransitAccess, plain: Buffer): Promise<string> {
  const { ciphertext } = await ask(at, access, 'encrypt', { plaintext: plain.toString('base64') })
  if (typeof ciphertext !== 'string' || !/^vault:v\d+:/.test(ciphertext))
    throw no(`${at.address} answered with something that is no ciphertext.`)
  return ciphertext
}

/** @throws Stop `keyring.service` */
export async function transitDecrypt(at: TransitKey, access: TransitAccess, ciphertext: string): Promise<Buffer> {
  const { plaintext } = await ask(at, access, 'decrypt', { ciphertext })
  if (typeof plaintext !== 'string') throw no(`${at.address} answered with something that is no plaintext.`)
  return Buffer.from(plaintext, 'base64')
}

/** A service that is busy or out of reach is asked again, a few times; one that says no is not. */
async function ask(at: TransitKey, access: TransitAccess, verb: string, body: object): Promise<Record<string, unknown>> {
  const url = urlOf(at, verb)
  const [token, ca] = [await secretIn(access.tokenFile), access.caFile === null ? undefined : await fileIn(access.caFile)]
  let last: Stop | null = null
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (attempt > 0) await pause(200 * 4 ** attempt)
    const reply = await post(url, { token, namespace: at.namespace, ca }, JSON.stringify(body)).catch((fault: Error) =>
      no(`The key service ${at.address} cannot be reached (${(fault as NodeJS.ErrnoException).code ?? fault.message}).`, fault),
    )
    if (!(reply instanceof Stop) && reply.status === 200) return dataIn(reply.text, at)
    last =
      reply instanceof Stop ? reply : no(`The key service ${at.address} refused to ${verb} with the key ${at.key} (HTTP ${reply.status}).`)
    if (!(reply instanceof Stop) && reply.status < 500 && reply.status !== 429) throw last
  }
  throw last!
}

function urlOf({ address, mount, key }: TransitKey, verb: string): URL {
  if (!isSafe(address)) throw no(`${address} is no https address. A key goes over the network only where it is encrypted.`)
  const base = new URL(address)
  const path = mount.split('/').map(encodeURIComponent).join('/')
  return new URL(`${base.pathname.replace(/\/$/, '')}/v1/${path}/${verb}/${encodeURIComponent(key)}`, base)
}

type Sent = { token: string; namespace: string | null; ca: Buffer | undefined }
/** Redirects are not followed: they would carry the token elsewhere. */
function post(url: URL, { token, namespace, ca }: Sent, body: string): Promise<{ status: number; text: string }> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-vault-token': token,
    'x-vault-request': 'true',
    ...(namespace ? { 'x-vault-namespace': namespace } : {}),
  }
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? request : plainRequest
    const sent = send(url, { method: 'POST', headers, signal, ca }, (reply) => {
      const parts: Buffer[] = []
      let size = 0
      reply.on('data', (part: Buffer) => {
        size += part.length
        if (size > MOST_BYTES) reply.destroy(new Error('the answer is too long'))
        else parts.push(part)
      })
      reply.on('error', reject)
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, text: Buffer.concat(parts).toString() }))
    })
    sent.on('error', (fault) => reject(signal.aborted ? new Error('no answer within 10 seconds', { cause: fault }) : fault))
    sent.end(body)
  })
}

function dataIn(text: string, at: TransitKey): Record<string, unknown> {
  try {
    const { data } = JSON.parse(text) as { data: Record<string, unknown> }
    if (typeof data !== 'object' || data === null) throw new TypeError('no data')
    return data
  } catch (fault) {
    throw no(`What ${at.address} answered is not the answer of a transit engine.`, fault)
  }
}

const fileIn = (path: string): Promise<Buffer> =>
  readFile(path).catch((fault: NodeJS.ErrnoException) => {
    throw no(`${path} cannot be read (${fault.code}).`, fault)
  })
async function secretIn(path: string | null): Promise<string> {
  if (path === null) throw no('The key service asks for a token. Name the file that holds it with SUBROSA_VAULT_TOKEN_FILE.')
  const token = (await fileIn(path)).toString().trim()
  if (!/^[\x21-\x7e]+$/.test(token)) throw no(`There is no token in ${path}.`)
  return token
}
