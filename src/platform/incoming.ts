import { Busboy, type BusboyInstance } from '@fastify/busboy'
import type { FastifyRequest } from 'fastify'
import { Refusal } from './refusal.ts'

export type Incoming = { name: string | null; folder: string | null; reason: string | null; bytes: AsyncIterable<Buffer> }

/**
 * The one file of a request: the raw body, named by `X-File-Name` and `X-File-Folder`, with `X-Reason` (percent-encoded UTF-8; a header
 * stands in no proxy's log, as an address does), or the first file of a multipart form. Nothing is buffered beyond the socket's own; the stream throws when the body ends early.
 * @throws Refusal `body.malformed`, `body.length`, `name.refused`
 */
export async function incoming(request: FastifyRequest): Promise<Incoming> {
  if (request.headers['content-type']?.startsWith('multipart/form-data')) return firstFile(request)
  return { name: decoded(request.headers['x-file-name']), ...said(request), bytes: whole(request) }
}

const said = ({ headers }: FastifyRequest) => ({ folder: decoded(headers['x-file-folder']), reason: decoded(headers['x-reason']) })

function decoded(header: string | string[] | undefined): string | null {
  if (typeof header !== 'string') return null
  try {
    return decodeURIComponent(header)
  } catch {
    throw new Refusal('name.refused', { text: 'X-File-Name, X-File-Folder or X-Reason is not percent-encoded UTF-8.' })
  }
}

/** The raw body, checked against its announced length. */
async function* whole(request: FastifyRequest): AsyncGenerator<Buffer> {
  const announced = request.headers['content-length']
  let got = 0
  try {
    // left open when we stop reading, so that the refusal can still be answered
    for await (const part of request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      got += part.length
      yield part
    }
  } catch (fault) {
    if (isCutOff(fault)) throw new Refusal('body.length', { cause: fault })
    throw fault
  }
  if (announced !== undefined && Number(announced) !== got) throw new Refusal('body.length')
}

const isCutOff = (fault: unknown): boolean =>
  fault instanceof Error && 'code' in fault && (fault.code === 'ECONNRESET' || fault.code === 'ERR_STREAM_PREMATURE_CLOSE')

/** The file of a form; whatever its parser says of it, it ended too soon. */
async function* partOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* stream
  } catch (fault) {
    throw fault instanceof Refusal ? fault : new Refusal('body.length', { cause: fault })
  }
}

function firstFile(request: FastifyRequest): Promise<Incoming> {
  return new Promise((resolve, reject) => {
    const refuse = (fault: unknown) => reject(new Refusal('body.malformed', { text: 'The form could not be read.', cause: fault }))
    let parser: BusboyInstance
    try {
      parser = new Busboy({
        headers: request.headers as never,
        preservePath: true,
        limits: { fileSize: Infinity, files: 1, fields: 20, fieldSize: 4096, parts: 30 },
      })
    } catch (fault) {
      return refuse(fault)
    }
    let found = false
    parser.on('file', (_field, stream, filename) => {
      found = true
      // whoever reads the stream is thrown the fault; when nobody does, it must not end the process
      stream.on('error', () => {})
      const broken = (fault: Error) => stream.destroy(new Refusal('body.length', { cause: fault }))
      request.raw.once('aborted', () => broken(new Error('aborted')))
      parser.on('error', broken)
      resolve({ name: filename, ...said(request), bytes: partOf(stream as AsyncIterable<Buffer>) })
    })
    parser.on('error', refuse)
    parser.on('finish', () => {
      if (!found) refuse(new Error('no file'))
    })
    request.raw.pipe(parser)
  })
}
