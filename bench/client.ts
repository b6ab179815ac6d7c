import { createHash, randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { replyOf, wholeReply } from './replies.ts'

// The client of every figure over HTTP, in a process of its own: HTTP/1.1 by hand over node:net, so that it costs
// little and the same whichever server it speaks to. Ends when its channel closes.

/** `host`: 127.0.0.1 where none is said. `authorization`: the header's value. */
type To = { host?: string; port: number; authorization: string | null }
export type Order =
  | (To & { kind: 'upload'; method: 'POST' | 'PUT'; path: string; size: number })
  | (To & { kind: 'uploads'; method: 'POST' | 'PUT'; paths: string[]; size: number })
  | (To & { kind: 'download'; path: string; size: number; isChecked: boolean })
  | (To & { kind: 'files'; method: 'POST' | 'PUT' | 'GET'; paths: string[]; size: number; connections: number })
  | (To & {
      kind: 'load'
      method: string
      path: string
      /** every `%` becomes a number of its own */ body: string | null
      connections: number
      seconds: number
    })
/** `sha256` of what went through, where it is known. `latencies` in ms, in order. */
export type Done = { seconds: number; answer: string; sha256: string; latencies: number[] }

const BLOCK = randomBytes(1024 * 1024)

process.on('message', (order: Order) => {
  const work = done(order)
  work.then(
    (done) => process.send!(done),
    (fault: Error) => process.send!({ fault: fault.message }),
  )
})
process.on('disconnect', () => process.exit())

function done(order: Order): Promise<Done> {
  if (order.kind === 'upload') return upload(order)
  if (order.kind === 'uploads') return uploads(order)
  if (order.kind === 'download') return download(order)
  return order.kind === 'files' ? files(order) : load(order)
}

const headOf = (method: string, path: string, { host = 'localhost', port, authorization }: To, more: string[]): string =>
  [
    `${method} ${path} HTTP/1.1`,
    `host: ${host}:${port}`,
    ...(authorization ? [`authorization: ${authorization}`] : []),
    ...more,
    '',
    '',
  ].join('\r\n')
const HERE = '127.0.0.1'

const hashes = new Map<number, string>()
/** Of `size` bytes of blocks; made before the clock starts. */
function hashOf(size: number): string {
  const known = hashes.get(size)
  if (known) return known
  const hash = createHash('sha256')
  for (let left = size; left > 0; left -= BLOCK.length) hash.update(BLOCK.subarray(0, left))
  const made = hash.digest('hex')
  hashes.set(size, made)
  return made
}

async function upload(order: Order & { kind: 'upload' }): Promise<Done> {
  const { method, path, size } = order
  const sha256 = hashOf(size)
  const begun = performance.now()
  const socket = connect({ port: order.port, host: order.host ?? HERE, noDelay: true })
  const answered = replyOf(socket)
  answered.catch(() => {})
  socket.write(headOf(method, path, order, ['content-type: application/octet-stream', `content-length: ${size}`, 'connection: close']))
  for (let left = size; left > 0; left -= BLOCK.length) {
    const more = socket.write(BLOCK.subarray(0, left))
    if (!more) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), answered])
  }
  const { status, body } = await answered
  const seconds = (performance.now() - begun) / 1000
  socket.destroy()
  if (status < 200 || status > 299) throw new Error(`${path} answered ${status}: ${body}`)
  return { seconds, answer: body, sha256, latencies: [] }
}

/** All at once. */
async function uploads({ paths, ...order }: Order & { kind: 'uploads' }): Promise<Done> {
  const begun = performance.now()
  await Promise.all(paths.map((path) => upload({ ...order, kind: 'upload', path })))
  return { seconds: (performance.now() - begun) / 1000, answer: '', sha256: '', latencies: [] }
}

function download(order: Order & { kind: 'download' }): Promise<Done> {
  const { path, size, isChecked } = order
  return new Promise((resolve, reject) => {
    const hash = createHash('sha256')
    let head = ''
    let got = -1
    let seconds = 0
    const begun = performance.now()
    const take = (bytes: Uint8Array) => {
      if (isChecked) hash.update(bytes)
      got += bytes.length
      if (got === size) seconds = (performance.now() - begun) / 1000
    }
    const hear = (count: number, buffer: Uint8Array) => {
      const bytes = buffer.subarray(0, count)
      if (got >= 0) {
        take(bytes)
        return true
      }
      const before = head.length
      head += Buffer.from(bytes).toString('latin1')
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return true
      if (head.slice(9, 12) !== '200') socket.destroy(new Error(`${path} answered ${head.slice(9, 12)}`))
      got = 0
      take(bytes.subarray(end + 4 - before))
      return true
    }
    // one buffer for all that comes; the server closes when it is done
    const socket = connect({
      port: order.port,
      host: order.host ?? HERE,
      onread: { buffer: Buffer.allocUnsafe(256 * 1024), callback: hear },
    })
    socket.once('error', reject)
    socket.once('close', () => {
      if (got === size) resolve({ seconds, answer: '', sha256: isChecked ? hash.digest('hex') : '', latencies: [] })
      else reject(new Error(`the connection ended after ${got} of ${size} bytes`))
    })
    socket.write(headOf('GET', path, order, ['connection: close']))
  })
}

async function load(order: Order & { kind: 'load' }): Promise<Done> {
  const { method, path, body, connections, seconds } = order
  const latencies: number[] = []
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(order)))
  const begun = performance.now()
  const until = begun + seconds * 1000
  let last = ''
  await Promise.all(
    sockets.map(async (socket) => {
      while (performance.now() < until) {
        const sent = body?.replaceAll('%', randomBytes(6).toString('hex')) ?? ''
        const asked = performance.now()
        const answered = replyOf(socket)
        socket.write(
          headOf(
            method,
            path,
            order,
            body === null ? [] : ['content-type: application/json', `content-length: ${Buffer.byteLength(sent)}`],
          ) + sent,
        )
        const reply = await answered
        socket.removeAllListeners('error').removeAllListeners('close')
        latencies.push(performance.now() - asked)
        if (reply.status >= 300) throw new Error(`${path} answered ${reply.status}: ${reply.body}`)
        last = reply.body
      }
    }),
  )
  const took = (performance.now() - begun) / 1000
  for (const socket of sockets) socket.destroy()
  return { seconds: took, answer: last, sha256: '', latencies: latencies.sort((a, b) => a - b) }
}

/** Small files over connections that stay open, one after the other on each. `answer`: what each upload was answered, as a list. */
async function files(order: Order & { kind: 'files' }): Promise<Done> {
  const { method, paths, size } = order
  const connections = Math.min(order.connections, paths.length)
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(order)))
  const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)))
  const latencies: number[] = []
  const answers: string[] = []
  let next = 0
  const begun = performance.now()
  await Promise.all(
    sockets.map(async (socket) => {
      for (let isLast = false; !isLast;) {
        const mine = next++
        // the last ones are one for each connection; the server closes it when it is done, which may be after we have all
        isLast = mine >= paths.length - connections
        const close = isLast ? ['connection: close'] : []
        const asked = performance.now()
        const answered = wholeReply(socket)
        if (method === 'GET') socket.write(headOf('GET', paths[mine]!, order, close))
        else {
          // no two contents are the same
          const content = Buffer.from(BLOCK.subarray(0, size))
          randomBytes(16).copy(content)
          socket.write(headOf(method, paths[mine]!, order, ['content-type: application/octet-stream', `content-length: ${size}`, ...close]))
          socket.write(content)
        }
        const { status, body } = await answered
        latencies.push(performance.now() - asked)
        if (status >= 300) throw new Error(`${paths[mine]} answered ${status}: ${body.toString('utf8', 0, 500)}`)
        if (method === 'GET' && body.length !== size) throw new Error(`${paths[mine]} gave ${body.length} of ${size} bytes`)
        answers[mine] = method === 'GET' ? createHash('sha256').update(body).digest('hex') : body.toString('utf8')
      }
    }),
  )
  const seconds = (performance.now() - begun) / 1000
  await Promise.all(closed)
  return { seconds, answer: JSON.stringify(answers), sha256: '', latencies: latencies.sort((a, b) => a - b) }
}

const opened = ({ host = HERE, port }: To): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host, noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
