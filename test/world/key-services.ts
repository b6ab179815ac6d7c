import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a service does wrong, until it is told otherwise; `silent` also for one request, whose token ends in that word. */
export type Ill = 'well' | 'busy' | 'garbage' | 'other-key' | 'long' | 'silent' | 'sealed'
/** `gate`: what is asked meanwhile is answered once this has resolved. */
export type KeyService = { url: string; ill: Ill; asked: number; gate: Promise<void> | null; stop(): Promise<void> }

type Key = { bytes: Buffer }
const seal = ({ bytes }: Key, aad: string, plain: Buffer): Buffer => {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', bytes, nonce).setAAD(Buffer.from(aad))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}
const open = ({ bytes }: Key, aad: string, sealed: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', bytes, sealed.subarray(0, 12)).setAAD(Buffer.from(aad))
  decipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
}

async function listening(
  answer: (request: IncomingMessage, body: Buffer, reply: ServerResponse, service: KeyService) => void,
): Promise<KeyService> {
  const server: Server = createServer((request, reply) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      service.asked += 1
      if (service.ill === 'silent' || String(request.headers['x-vault-token']).endsWith('silent')) return
      if (service.ill === 'garbage') return void reply.end('<html>hello')
      if (service.ill === 'long') return void reply.end('x'.repeat(1_000_000))
      void Promise.resolve(service.gate).then(() => answer(request, Buffer.concat(parts), reply, service))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const service: KeyService = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ill: 'well',
    asked: 0,
    gate: null,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return service
}

/** The transit engine of OpenBao and Vault, as its HTTP interface is documented: token, namespace, its forms and its faults. */
export function transitServer({ token, key, namespace }: { token: string; key: string; namespace: string }): Promise<KeyService> {
  const keys = { [key]: { bytes: randomBytes(32) } }
  const json = (reply: ServerResponse, status: number, value: object) =>
    reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ request_id: randomUUID(), ...value }))
  return listening((request, body, reply, service) => {
    if (service.ill === 'busy') return json(reply, 503, { errors: ['standby'] })
    if (service.ill === 'sealed') return json(reply, 503, { errors: ['Vault is sealed'] })
    if (request.headers['x-vault-token'] !== token) return json(reply, 403, { errors: ['permission denied'] })
    if (request.headers['x-vault-namespace'] !== namespace) return json(reply, 404, { errors: ['no handler for route'] })
    const [, verb, name] = /^\/v1\/transit\/(encrypt|decrypt)\/([^/]+)$/.exec(request.url!) ?? []
    const found = name === undefined ? undefined : keys[name]
    if (!found || request.method !== 'POST') return json(reply, 400, { errors: ['encryption key not found'] })
    const given = JSON.parse(body.toString()) as { plaintext?: string; ciphertext?: string }
    if (verb === 'encrypt') {
      const sealed = seal(found, name!, Buffer.from(given.plaintext!, 'base64')).toString('base64')
      return json(reply, 200, { data: { ciphertext: `vault:v1:${sealed}`, key_version: 1 } })
    }
    try {
      const plain = open(found, name!, Buffer.from(given.ciphertext!.replace(/^vault:v1:/, ''), 'base64'))
      return json(reply, 200, { data: { plaintext: (service.ill === 'other-key' ? randomBytes(32) : plain).toString('base64') } })
    } catch {
      return json(reply, 400, { errors: ['invalid ciphertext: unable to decrypt'] })
    }
  })
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest()

/** Signature Version 4, as AWS documents it, over what came in. */
function isSigned(request: IncomingMessage, body: Buffer, { id, secret }: { id: string; secret: string }): boolean {
  const header = request.headers.authorization ?? ''
  const [, credential, signed, signature] =
    /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/.exec(header) ?? []
  if (!credential) return false
  const [keyId, day, region, name, end] = credential.split('/')
  if (keyId !== id || name !== 'kms' || end !== 'aws4_request') return false
  const names = signed!.split(';')
  if (!['host', 'x-amz-date', 'x-amz-target'].every((one) => names.includes(one))) return false
  const headers = names.map((one) => `${one}:${String(request.headers[one]).trim()}\n`).join('')
  const canonical = [request.method, request.url, '', headers, signed, sha256(body)].join('\n')
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], `${day}/${region}/kms/aws4_request`, sha256(canonical)].join('\n')
  const key = ['kms', 'aws4_request'].reduce((last, part) => hmac(last, part), hmac(hmac(`AWS4${secret}`, day!), region!))
  return hmac(key, text).toString('hex') === signature
}

/** AWS KMS, JSON 1.1: Encrypt and Decrypt with their encryption context, for requests that are signed (SigV4). */
export function kmsServer(access: { id: string; secret: string }, keyId: string): Promise<KeyService> {
  const key = { bytes: randomBytes(32) }
  const json = (reply: ServerResponse, status: number, value: object) =>
    reply.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(value))
  const fault = (reply: ServerResponse, type: string, status = 400) => json(reply, status, { __type: type, message: type })
  return listening((request, body, reply, service) => {
    if (service.ill === 'busy' || service.ill === 'sealed') return fault(reply, 'KMSInternalException', 500)
    if (!isSigned(request, body, access)) return fault(reply, 'InvalidSignatureException')
    const given = JSON.parse(body.toString()) as { KeyId: string; Plaintext?: string; CiphertextBlob?: string; EncryptionContext?: object }
    if (given.KeyId !== keyId) return fault(reply, 'NotFoundException')
    const context = JSON.stringify(given.EncryptionContext ?? {})
    if (request.headers['x-amz-target'] === 'TrentService.Encrypt')
      return json(reply, 200, {
        KeyId: keyId,
        CiphertextBlob: seal(key, context, Buffer.from(given.Plaintext!, 'base64')).toString('base64'),
      })
    try {
      const plain = open(key, context, Buffer.from(given.CiphertextBlob!, 'base64'))
      return json(reply, 200, { KeyId: keyId, Plaintext: (service.ill === 'other-key' ? randomBytes(32) : plain).toString('base64') })
    } catch {
      return fault(reply, 'InvalidCiphertextException')
    }
  })
}
