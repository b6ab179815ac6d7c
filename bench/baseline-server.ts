import { createReadStream, createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import type { Where } from '../src/platform/postgres.ts'

// What a plain server does with the same requests: no person, no wall, no sealing, no ledger. Files go to disk as they
// come and are synced; a row is committed; nothing else. It is no part of the product.
//   POST /files/:name   stream to a temporary file, fsync, rename, insert a row, 201
//   GET  /files/:name   look the row up, stream the file
//   GET  /look          select 1
//   POST /act           insert a row and commit

export type Ready = { port: number }
type Given = { where: Where; dir: string }

process.once('message', (given: Given) => void serve(given))
process.on('disconnect', () => process.exit())

async function serve({ where, dir }: Given): Promise<void> {
  const pool = new pg.Pool({ ...where, max: 16 })
  pool.on('error', () => {})
  await pool.query('create schema if not exists bench')
  await pool.query('create table if not exists bench.files (name text primary key, size bigint not null)')
  await pool.query('create table if not exists bench.acts (id bigint generated always as identity primary key, said text not null)')
  const server = createServer((request, response) => {
    answer(pool, dir, request, response).catch((fault: unknown) => {
      console.error('baseline:', fault)
      response.destroy()
    })
  })
  server.requestTimeout = 0
  server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port } satisfies Ready))
}

async function answer(pool: pg.Pool, dir: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, what, name] = request.url!.split('/')
  if (what === 'files' && request.method === 'POST') {
    const size = await receive(join(dir, name!), request)
    await pool.query('insert into bench.files (name, size) values ($1, $2)', [name, size])
    return reply(response, 201, { name, size })
  }
  if (what === 'files') {
    const { rows } = await pool.query<{ size: string }>('select size from bench.files where name = $1', [name])
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': rows[0]!.size })
    return pipeline(createReadStream(join(dir, name!), { highWaterMark: 1024 * 1024 }), response)
  }
  if (what === 'look') {
    const { rows } = await pool.query<object>('select 1 as one')
    return reply(response, 200, rows[0]!)
  }
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const { name: said } = JSON.parse(Buffer.concat(parts).toString()) as { name: string }
  const { rows } = await pool.query<object>('insert into bench.acts (said) values ($1) returning id', [said])
  return reply(response, 201, rows[0]!)
}

async function receive(path: string, request: IncomingMessage): Promise<number> {
  // `flush` is an fsync before it closes
  const file = createWriteStream(`${path}.new`, { flags: 'wx', flush: true, highWaterMark: 1024 * 1024 })
  await pipeline(request, file)
  await rename(`${path}.new`, path)
  return file.bytesWritten
}

function reply(response: ServerResponse, status: number, value: object): void {
  const body = JSON.stringify(value)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
}
