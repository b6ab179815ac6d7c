import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { S3Settings } from '../../src/platform/s3-settings.ts'

// A small S3 server, faithful in what the program relies on: signatures (SigV4, headers and payload), whole objects only,
// ranges, uploads in parts, lists in pages. Amazon S3 API Reference, 2006-03-01.

/** What is done to one request in place of the right answer; null: nothing. `after`: once it was carried out. */
export type Harm = (asked: Asked) => 'drop' | 'drop-after' | 'stall' | 'truncate' | 'endless' | 'flip' | 'shift' | 503 | 403 | 404 | null
export type Asked = { method: string; key: string; query: URLSearchParams; range: string | undefined; number: number }
type Put = { bytes: Buffer; since: Date }
type Upload = { key: string; parts: Map<number, Buffer> }

const CREDENTIALS = { accessKeyId: 'world', secretAccessKey: 'a+secret/of-the-world' }
const BUCKET = 'vault'
const PAGE = 3

export class S3Server {
  readonly objects = new Map<string, Put>()
  readonly uploads = new Map<string, Upload>()
  readonly asked: Asked[] = []
  harm: Harm = () => null
  /** Bytes of answers' bodies. */
  sent = 0
  readonly #server = createServer((request, response) => void this.#answer(request, response))
  port = 0

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    this.port = (this.#server.address() as AddressInfo).port
    return this
  }
  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
  settings = (more: Partial<S3Settings> = {}): S3Settings => ({
    endpoint: new URL(`http://127.0.0.1:${this.port}`),
    region: 'us-east-1',
    bucket: BUCKET,
    prefix: 'firm/',
    credentials: CREDENTIALS,
    pathStyle: true,
    ca: null,
    patienceMs: 2000,
    ...more,
  })
  /** Keys below the prefix. */
  keys = (): string[] => [...this.objects.keys()].sort()

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://s3')
    const parts: Buffer[] = []
    for await (const part of request.on('error', () => {}) as AsyncIterable<Buffer>) parts.push(part)
    const body = Buffer.concat(parts)
    const key = decodeURIComponent(url.pathname.slice(BUCKET.length + 2))
    const asked = { method: request.method!, key, query: url.searchParams, range: request.headers.range, number: this.asked.length }
    this.asked.push(asked)
    const harm = this.harm(asked)
    if (harm === 'drop') return void request.socket.destroy()
    if (harm === 'stall') return
    if (typeof harm === 'number') return refuse(response, harm, harm === 403 ? 'AccessDenied' : harm === 404 ? 'NoSuchKey' : 'SlowDown')
    if (!url.pathname.startsWith(`/${BUCKET}`)) return refuse(response, 404, 'NoSuchBucket')
    if (!isSigned(request, url, body)) return refuse(response, 403, 'SignatureDoesNotMatch')
    const answer = this.#carryOut(asked, body)
    if (harm === 'drop-after') return void request.socket.destroy()
    send(response, request.method!, answer, harm, (bytes) => (this.sent += bytes))
  }

  #carryOut({ method, key, query, range }: Asked, body: Buffer): Answer {
    if (key === '') {
      if (method === 'HEAD') return { status: 200 }
      return query.has('uploads') ? this.#listUploads(query) : this.#list(query)
    }
    const upload = query.get('uploadId')
    if (method === 'POST' && query.has('uploads')) {
      const id = randomUUID()
      this.uploads.set(id, { key, parts: new Map() })
      return xml(
        `<InitiateMultipartUploadResult><Bucket>${BUCKET}</Bucket><Key>${key}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      )
    }
    if (upload !== null) {
      const held = this.uploads.get(upload)
      if (held?.key !== key) return fault(404, 'NoSuchUpload')
      if (method === 'PUT') {
        held.parts.set(Number(query.get('partNumber')), body)
        return { status: 200, headers: { etag: etagOf(body) } }
      }
      this.uploads.delete(upload)
      return method === 'DELETE' ? { status: 204 } : this.#complete(key, held, body.toString())
    }
    if (method === 'PUT') {
      this.objects.set(key, { bytes: body, since: new Date() })
      return { status: 200, headers: { etag: etagOf(body) } }
    }
    if (method === 'DELETE') {
      this.objects.delete(key)
      return { status: 204 }
    }
    const object = this.objects.get(key)
    return object ? read(object, range) : fault(404, 'NoSuchKey')
  }

  #complete(key: string, { parts }: Upload, list: string): Answer {
    const wanted = [...list.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part]) => ({
      number: Number(/<PartNumber>(\d+)</.exec(part!)?.[1]),
      etag: /<ETag>(.*?)<\/ETag>/.exec(part!)?.[1]?.replaceAll('&quot;', '"'),
    }))
    const bytes = wanted.map(({ number, etag }) => {
      const part = parts.get(number)
      return part && etagOf(part) === etag ? part : null
    })
    if (bytes.includes(null)) return fault(400, 'InvalidPart')
    if (bytes.slice(0, -1).some((part) => part!.length < 5 * 1024 * 1024)) return fault(400, 'EntityTooSmall')
    this.objects.set(key, { bytes: Buffer.concat(bytes as Buffer[]), since: new Date() })
    return xml(`<CompleteMultipartUploadResult><Key>${key}</Key></CompleteMultipartUploadResult>`)
  }

  #list(query: URLSearchParams): Answer {
    const after = query.get('start-after') ?? ''
    const keys = this.keys().filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after)
    const page = keys.slice(0, PAGE).map((key) => `<Contents><Key>${key}</Key></Contents>`)
    return xml(`<ListBucketResult><IsTruncated>${keys.length > PAGE}</IsTruncated>${page.join('')}</ListBucketResult>`)
  }
  #listUploads(query: URLSearchParams): Answer {
    const held = [...this.uploads].filter(([, { key }]) => key.startsWith(query.get('prefix') ?? ''))
    const page = held.map(([id, { key }]) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`)
    return xml(`<ListMultipartUploadsResult>${page.join('')}</ListMultipartUploadsResult>`)
  }
}

type Answer = { status: number; headers?: Record<string, string>; body?: Buffer; length?: number }
const xml = (text: string): Answer => ({ status: 200, headers: { 'content-type': 'application/xml' }, body: Buffer.from(text) })
const fault = (status: number, code: string): Answer => ({ ...xml(`<Error><Code>${code}</Code></Error>`), status })
const etagOf = (bytes: Buffer): string => `"${createHash('md5').update(bytes).digest('hex')}"`
function refuse(response: ServerResponse, status: number, code: string): void {
  const { body, headers } = fault(status, code)
  response.writeHead(status, headers).end(body)
}

function read({ bytes, since }: Put, range: string | undefined): Answer {
  const headers = { 'last-modified': since.toUTCString(), 'etag': etagOf(bytes) }
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? []
  if (first === undefined) return { status: 200, headers, body: bytes }
  const end = Math.min(Number(last) + 1, bytes.length)
  if (Number(first) >= bytes.length) return fault(416, 'InvalidRange')
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${first}-${end - 1}/${bytes.length}` },
    body: bytes.subarray(Number(first), end),
  }
}

function send(response: ServerResponse, method: string, answer: Answer, harm: ReturnType<Harm>, count: (bytes: number) => void): void {
  const body = Buffer.from(answer.body ?? '')
  if (harm === 'flip' && body.length > 0) body.writeUInt8(body.at(-1)! ^ 1, body.length - 1)
  const headers = { ...answer.headers }
  if (harm === 'shift') headers['content-range'] = 'bytes 0-0/1'
  response.writeHead(answer.status, harm === 'endless' ? headers : { ...headers, 'content-length': body.length })
  if (method === 'HEAD') return void response.end()
  if (harm === 'truncate') return void response.write(body.subarray(0, body.length >> 1), () => response.destroy())
  if (harm === 'endless') return goOn(response, body, count)
  count(body.length)
  response.end(body)
}

/** The same again and again, until nobody listens. */
function goOn(response: ServerResponse, body: Buffer, count: (bytes: number) => void): void {
  const more = Buffer.concat(Array<Buffer>(Math.ceil(MOST_AT_ONCE / body.length)).fill(body))
  const write = () => {
    if (response.closed) return
    count(more.length)
    if (response.write(more)) setImmediate(write)
    else response.once('drain', write)
  }
  write()
}
const MOST_AT_ONCE = 1024 * 1024

/** SigV4 with an Authorization header, over what was signed and the payload's own hash. */
function isSigned(request: IncomingMessage, url: URL, body: Buffer): boolean {
  const [, id, day, region, names, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d+)\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    ) ?? []
  const payload = request.headers['x-amz-content-sha256'] as string | undefined
  if (id !== CREDENTIALS.accessKeyId || !names?.split(';').includes('host') || payload !== hexOf(body)) return false
  const query = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort()
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`)
  const canonical = [request.method, url.pathname, query.join('&'), headers.join(''), names, payload].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, hexOf(Buffer.from(canonical))].join('\n')
  const key = [day!, region!, 's3', 'aws4_request'].reduce<string | Buffer>(
    (over, part) => createHmac('sha256', over).update(part).digest(),
    `AWS4${CREDENTIALS.secretAccessKey}`,
  )
  return timingSafeEqual(createHmac('sha256', key).update(text).digest(), Buffer.from(signature!, 'hex'))
}
const hexOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
