import { readFile } from 'node:fs/promises'
import { createServer as createPlain, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTls } from 'node:https'
import type { AddressInfo } from 'node:net'
import { MOST_BODY } from '../core/add-checkpoint.ts'
import { holdFolder, InUse } from '../platform/data-folder.ts'
import type { Log } from '../platform/log.ts'
import { isLoopback } from '../platform/network.ts'
import { Stop } from '../platform/refusal.ts'
import { openCosigning, type Reply } from './cosigning.ts'
import type { Witness } from './folder.ts'
import { clearUnfinished, lastCosigned, logsOf, originHash } from './logs.ts'

export type Place = { host: string; port: number; tls: { cert: string; key: string } | null; isBehindProxy: boolean }
export type Serving = { url: string; close(): Promise<void> }

const LIMITS = { connections: 256, headersMs: 10_000, requestMs: 20_000 }

/**
 * Runs a witness: holds its folder, reads what it cosigned of every log, and answers HTTP.
 * @throws Stop `witness.in_use`, `witness.broken`, `host.unsafe`, `setting.malformed`, `port.in_use`
 */
export async function serveWitness(witness: Witness, place: Place, log: Log): Promise<Serving> {
  if (!place.tls && !place.isBehindProxy && !isLoopback(place.host))
    throw new Stop(
      'host.unsafe',
      `Listening on ${place.host} without TLS lets anyone on the way change answers. Give --tls-cert and --tls-key, or --behind-proxy where a proxy in front ends TLS.`,
    )
  const release = await holdFolder(witness.dir).catch((fault: unknown) => {
    if (!(fault instanceof InUse)) throw new Stop('file.unwritable', `The folder ${witness.dir} cannot be written.`, fault)
    throw new Stop('witness.in_use', `The witness in ${witness.dir} runs already, as process ${fault.pid}.`, fault)
  })
  try {
    await clearUnfinished(witness)
    for (const one of await logsOf(witness)) await lastCosigned(witness, one)
    const server = await open(place, answering(witness, log))
    const { port } = server.address() as AddressInfo
    const host = place.host.includes(':') ? `[${place.host}]` : place.host
    return {
      url: `${place.tls ? 'https' : 'http'}://${host}:${port}`,
      close: async () => {
        await closed(server)
        await release()
      },
    }
  } catch (fault) {
    await release()
    throw fault
  }
}

async function open(place: Place, answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const tls = place.tls && { cert: await pem(place.tls.cert), key: await pem(place.tls.key), minVersion: 'TLSv1.2' as const }
  const server = (tls ? createTls(tls, answer) : createPlain(answer)) as Server
  server.maxConnections = LIMITS.connections
  server.headersTimeout = LIMITS.headersMs
  server.requestTimeout = LIMITS.requestMs
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(place.port, place.host, resolve)).catch(
    (fault: NodeJS.ErrnoException) => {
      throw new Stop(
        'port.in_use',
        `Port ${place.port} on ${place.host} cannot be listened on (${fault.code}). Choose another with --port.`,
        fault,
      )
    },
  )
  return server
}

const pem = (path: string): Promise<Buffer> =>
  readFile(path).catch((fault: NodeJS.ErrnoException) => {
    throw new Stop('setting.malformed', `${path} cannot be read (${fault.code}).`, fault)
  })

/** What is under way has five seconds. */
function closed(server: Server): Promise<void> {
  const hurry = setTimeout(() => server.closeAllConnections(), 5000)
  return new Promise((resolve) => {
    server.close(() => (clearTimeout(hurry), resolve()))
    server.closeIdleConnections()
  })
}

function answering(witness: Witness, log: Log): (request: IncomingMessage, response: ServerResponse) => void {
  const cosigning = openCosigning(witness, log)
  return (request, response) => {
    void reply(witness, cosigning, request)
      .catch((fault: unknown) => {
        log.error('couldn’t answer a request', fault)
        return no(500, 'The witness cannot answer. Its operator’s log says why.')
      })
      .then(({ status, type, body }) => {
        const headers = {
          'content-type': type,
          'content-length': Buffer.byteLength(body),
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        }
        // what was not read to its end is not read on
        response.writeHead(status, request.complete ? headers : { ...headers, connection: 'close' }).end(body)
      })
  }
}

const no = (status: number, text: string): Reply => ({ status, type: 'text/plain; charset=utf-8', body: `${text}\n` })

async function reply(witness: Witness, cosigning: (body: string) => Promise<Reply>, request: IncomingMessage): Promise<Reply> {
  const path = (request.url ?? '').split('?')[0]!
  if (path === '/add-checkpoint') {
    if (request.method !== 'POST') return no(405, 'add-checkpoint is a POST.')
    const body = await bodyOf(request)
    return typeof body === 'string' ? cosigning(body) : body
  }
  const hash = /^\/([0-9a-f]{64})\/checkpoint$/.exec(path)?.[1]
  if (hash === undefined || request.method !== 'GET') return no(404, 'There is nothing here.')
  for (const log of await logsOf(witness)) {
    const last = originHash(log.origin) === hash ? await lastCosigned(witness, log) : null
    if (last) return { status: 200, type: 'text/plain; charset=utf-8', body: last.note }
  }
  return no(404, 'This witness never cosigned a checkpoint of that log.')
}

/** UTF-8, whole; the answer to give where it is not. A request that is cut off throws. */
async function bodyOf(request: IncomingMessage): Promise<string | Reply> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MOST_BODY) return no(413, `A request has at most ${MOST_BODY} bytes.`)
    parts.push(part)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts))
  } catch {
    return no(400, 'The request is not UTF-8.')
  }
}
