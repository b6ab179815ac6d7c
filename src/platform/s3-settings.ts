import { readFileSync } from 'node:fs'
import { isLoopback } from './network.ts'
import { Stop } from './refusal.ts'

/** An S3-compatible server and the bucket there that keeps the firm's sealed files. */
export type S3Settings = {
  endpoint: URL
  region: string
  bucket: string
  /** Before every key; empty, or it ends in a slash. */
  prefix: string
  credentials: { accessKeyId: string; secretAccessKey: string }
  /** `https://server/bucket/key`, and not `https://bucket.server/key`. */
  pathStyle: boolean
  /** PEM of the private CA that is trusted in place of the public ones. */
  ca: Buffer | null
  /** How long one request may take, in milliseconds. */
  patienceMs: number
}

const PATIENCE_MS = 60_000
const malformed = (text: string, cause?: unknown): Stop => new Stop('setting.malformed', text, cause)

/** @throws Stop `setting.malformed`, naming the setting and never a key */
export function readS3(env: Record<string, string | undefined>): S3Settings | null {
  const { SUBROSA_S3_ENDPOINT: endpoint, SUBROSA_S3_BUCKET: bucket, SUBROSA_S3_CREDENTIALS: credentials } = env
  if (!endpoint && !bucket && !credentials) return null
  if (!endpoint || !bucket || !credentials)
    throw malformed('SUBROSA_S3_ENDPOINT, SUBROSA_S3_BUCKET and SUBROSA_S3_CREDENTIALS go together.')
  // bucket naming rules, Amazon S3 User Guide
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) throw malformed('SUBROSA_S3_BUCKET is not the name of a bucket.')
  return {
    endpoint: readEndpoint(endpoint),
    region: env.SUBROSA_S3_REGION || 'us-east-1',
    bucket,
    prefix: readPrefix(env.SUBROSA_S3_PREFIX ?? ''),
    credentials: readCredentials(credentials),
    pathStyle: readYesNo(env.SUBROSA_S3_PATH_STYLE ?? 'yes'),
    ca: env.SUBROSA_S3_CA ? readPem(env.SUBROSA_S3_CA) : null,
    patienceMs: PATIENCE_MS,
  }
}

/** In the clear only to this machine: the bytes are sealed, but how many there are of what is not. */
function readEndpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw malformed('SUBROSA_S3_ENDPOINT is not an address such as https://s3.eu-central-1.amazonaws.com.')
  if (url.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
    throw malformed('SUBROSA_S3_ENDPOINT must be an https address; http only to a server on this machine.')
  return url
}

function readPrefix(text: string): string {
  if (!/^[A-Za-z0-9._/-]{0,200}$/.test(text) || text.startsWith('/') || text.includes('//') || text.split('/').includes('..'))
    throw malformed('SUBROSA_S3_PREFIX takes letters, digits and . _ - / such as firm/.')
  return text === '' || text.endsWith('/') ? text : `${text}/`
}

function readYesNo(text: string): boolean {
  if (text !== 'yes' && text !== 'no') throw malformed('SUBROSA_S3_PATH_STYLE is yes or no.')
  return text === 'yes'
}

/** As in ~/.aws/credentials: the lines aws_access_key_id and aws_secret_access_key; a profile's name above them is passed over. */
function readCredentials(file: string): S3Settings['credentials'] {
  const lines = readText('SUBROSA_S3_CREDENTIALS', file)
    .split(/\r?\n/)
    .map((line) => /^\s*(aws_access_key_id|aws_secret_access_key)\s*=\s*(\S+)\s*$/.exec(line))
  const valueOf = (name: string) => lines.filter((line) => line?.[1] === name).map((line) => line![2]!)
  const [ids, secrets] = [valueOf('aws_access_key_id'), valueOf('aws_secret_access_key')]
  if (ids.length !== 1 || secrets.length !== 1)
    throw malformed('The file of SUBROSA_S3_CREDENTIALS must hold one line aws_access_key_id = … and one aws_secret_access_key = ….')
  return { accessKeyId: ids[0]!, secretAccessKey: secrets[0]! }
}

const readPem = (file: string): Buffer => {
  const text = readText('SUBROSA_S3_CA', file)
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw malformed('SUBROSA_S3_CA holds no certificate (PEM).')
  return Buffer.from(text)
}

function readText(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (fault) {
    throw malformed(`The file of ${setting} cannot be read.`, fault)
  }
}
