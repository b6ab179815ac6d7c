import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { CreateBucketCommand, DeleteObjectCommand, ListMultipartUploadsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import type { S3Settings } from '../../src/platform/s3-settings.ts'

/** `SUBROSA_TEST_S3=http://KEY:SECRET@127.0.0.1:8085/BUCKET?region=us-east-1`: a server to test with; null: none is named. */
export const REAL_S3 = process.env.SUBROSA_TEST_S3 ? new URL(process.env.SUBROSA_TEST_S3) : null

/**
 * A real S3 server behind a relay of ours, which can be cut; https is passed through only without one. What a test puts there
 * lies under a prefix of its own and is erased at the end.
 */
export class RealS3 {
  readonly prefix = `subrosa-test-${randomBytes(6).toString('hex')}/`
  readonly #at: URL
  readonly #client: S3Client
  readonly #sockets = new Set<Socket>()
  readonly #relay = createServer((near) => this.#pass(near))
  /** While it is, every connection is refused and those that stood are broken. */
  #isCut = false
  /** Bytes that went to the server. */
  sent = 0

  constructor(at: URL) {
    if (at.protocol !== 'http:') throw new Error('SUBROSA_TEST_S3 is http, to a server on this machine')
    this.#at = at
    this.#client = new S3Client({
      endpoint: at.origin,
      region: this.#region(),
      credentials: this.#credentials(),
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    })
  }
  get bucket(): string {
    return this.#at.pathname.slice(1)
  }
  get port(): number {
    return (this.#relay.address() as AddressInfo).port
  }
  #region = (): string => this.#at.searchParams.get('region') ?? 'us-east-1'
  #credentials = () => ({
    accessKeyId: decodeURIComponent(this.#at.username),
    secretAccessKey: decodeURIComponent(this.#at.password),
  })

  async open(): Promise<this> {
    await this.#client.send(new CreateBucketCommand({ Bucket: this.bucket })).catch((fault: Error) => {
      if (!/^BucketAlready/.test(fault.name)) throw fault
    })
    await new Promise<void>((resolve) => this.#relay.listen(0, '127.0.0.1', resolve))
    return this
  }
  async close(): Promise<void> {
    for (const Key of await this.keys()) await this.#client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key }))
    this.#client.destroy()
    this.cut()
    await new Promise((resolve) => this.#relay.close(resolve))
  }

  cut(): void {
    this.#isCut = true
    for (const socket of this.#sockets) socket.destroy()
  }
  mend(): void {
    this.#isCut = false
  }
  #pass(near: Socket): void {
    if (this.#isCut) return void near.destroy()
    const far = connect(Number(this.#at.port || 80), this.#at.hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => (this.#sockets.delete(socket), other.destroy()))
      socket.pipe(other)
    }
    near.on('data', (part: Buffer) => (this.sent += part.length))
  }

  settings = (more: Partial<S3Settings> = {}): S3Settings => ({
    endpoint: new URL(`http://127.0.0.1:${this.port}`),
    region: this.#region(),
    bucket: this.bucket,
    prefix: this.prefix,
    credentials: this.#credentials(),
    pathStyle: true,
    ca: null,
    patienceMs: 20_000,
    ...more,
  })
  /** As a firm is told of it; `file` is where its credentials are written. */
  async env(file: string): Promise<Record<string, string>> {
    const { accessKeyId, secretAccessKey } = this.#credentials()
    await writeFile(file, `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`, { mode: 0o600 })
    return {
      SUBROSA_S3_ENDPOINT: `http://127.0.0.1:${this.port}`,
      SUBROSA_S3_BUCKET: this.bucket,
      SUBROSA_S3_CREDENTIALS: file,
      SUBROSA_S3_REGION: this.#region(),
      SUBROSA_S3_PREFIX: this.prefix,
    }
  }

  /** Under our prefix, asked of the server itself. */
  async keys(): Promise<string[]> {
    const keys: string[] = []
    for (let ContinuationToken: string | undefined; ;) {
      const page = await this.#client.send(new ListObjectsV2Command({ Bucket: this.bucket, Prefix: this.prefix, ContinuationToken }))
      keys.push(...(page.Contents ?? []).map((one) => one.Key!))
      if (!(ContinuationToken = page.NextContinuationToken)) return keys
    }
  }
  /** Uploads in parts that were begun and not ended. */
  async begun(): Promise<string[]> {
    const answer = await this.#client.send(new ListMultipartUploadsCommand({ Bucket: this.bucket, Prefix: this.prefix }))
    return (answer.Uploads ?? []).map((one) => one.Key!)
  }
}
