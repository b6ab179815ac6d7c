import { isSafe } from './network.ts'
import { Stop } from './refusal.ts'

/** A symmetric key of AWS KMS. `endpoint`: another address than the region's own. */
export type KmsKey = { keyId: string; region: string; endpoint: string | null }

/** Bound into the ciphertext (encryption context), and shown in the trail of the key's owner. */
export type Context = Record<string, string>
const ROOT: Context = { subrosa: 'root key' }
const TIMEOUT_MS = 10_000

/** Who asks is found the way of AWS's own tools: environment, shared files, the machine's role. @throws Stop `keyring.service` */
async function client({ region, endpoint }: KmsKey) {
  if (endpoint && !isSafe(endpoint))
    throw new Stop('keyring.service', `${endpoint} is no https address. A key goes over the network only where it is encrypted.`)
  const { KMSClient } = await import('@aws-sdk/client-kms')
  return new KMSClient({
    region,
    ...(endpoint ? { endpoint } : {}),
    maxAttempts: 3,
    requestHandler: { requestTimeout: TIMEOUT_MS, connectionTimeout: TIMEOUT_MS, throwOnRequestTimeout: true },
  })
}

/** Base64 of KMS's ciphertext, bound to its encryption context. @throws Stop `keyring.service` */
export async function kmsEncrypt(at: KmsKey, plain: Buffer, context = ROOT): Promise<string> {
  const { EncryptCommand } = await import('@aws-sdk/client-kms')
  const kms = await client(at)
  const { CiphertextBlob } = await kms
    .send(new EncryptCommand({ KeyId: at.keyId, Plaintext: plain, EncryptionContext: context }))
    .catch(refuse(at))
  if (!CiphertextBlob) throw new Stop('keyring.service', 'AWS KMS answered without a ciphertext.')
  return Buffer.from(CiphertextBlob).toString('base64')
}

/** @throws Stop `keyring.service` */
export async function kmsDecrypt(at: KmsKey, ciphertext: string, context = ROOT): Promise<Buffer> {
  const { DecryptCommand } = await import('@aws-sdk/client-kms')
  const kms = await client(at)
  const given = { KeyId: at.keyId, CiphertextBlob: Buffer.from(ciphertext, 'base64'), EncryptionContext: context }
  const { Plaintext } = await kms.send(new DecryptCommand(given)).catch(refuse(at))
  if (!Plaintext) throw new Stop('keyring.service', 'AWS KMS answered without a plaintext.')
  return Buffer.from(Plaintext)
}

const refuse =
  ({ keyId, region }: KmsKey) =>
  (fault: Error): never => {
    throw new Stop('keyring.service', `AWS KMS in ${region} did not serve the key ${keyId} (${fault.name}).`, fault)
  }
