import { createServer, type Server, type Socket } from 'node:net'

/** The test file of EICAR (www.eicar.org): harmless, and found by every scanner. In two halves, so that no scanner finds it here. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD', '-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

export type Mood = 'well' | 'dies' | 'garbles' | 'silent' | 'slow' | 'hasty'

/**
 * clamd's socket as clamd(8) and its clamdscan speak it: `zINSTREAM\0` and `zVERSION\0`, pieces of a length in four bytes
 * (big-endian) up to one of zero, an answer ended by NUL. It knows one thing, and breaks in the ways that it is told to.
 */
export class Clamd {
  mood: Mood = 'well'
  /** What it calls EICAR. */
  signature = 'Eicar-Test-Signature'
  /** `StreamMaxLength`, bytes. */
  most = 1024 * 1024
  /** Contents that were handed to it whole. */
  readonly seen: Buffer[] = []
  readonly #sockets = new Set<Socket>()
  #server: Server | null = null
  port = 0

  async open(): Promise<void> {
    this.#server = createServer((socket) => this.#serve(socket))
    await new Promise<void>((resolve) => this.#server!.listen(this.port, '127.0.0.1', resolve))
    this.port = (this.#server.address() as { port: number }).port
  }
  async close(): Promise<void> {
    const server = this.#server
    this.#server = null
    if (!server) return
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket))
    socket.on('error', () => {})
    let held = Buffer.alloc(0)
    let content: Buffer[] | null = null
    const say = (text: string) => socket.end(`${text}\0`)
    socket.on('data', (part: Buffer) => {
      held = Buffer.concat([held, part])
      if (!content) {
        const end = held.indexOf(0)
        if (end < 0) return
        const command = held.toString('latin1', 0, end)
        held = held.subarray(end + 1)
        if (command === 'zVERSION') return void say('ClamAV 1.4.3/27800/Sun Nov 22 09:00:00 2026')
        if (command !== 'zINSTREAM') return void say('UNKNOWN COMMAND')
        content = []
      }
      for (;;) {
        if (held.length < 4) return
        const length = held.readUInt32BE(0)
        if (length === 0) return void this.#judge(Buffer.concat(content), say)
        if (content.reduce((sum, piece) => sum + piece.length, 0) + length > this.most) {
          socket.removeAllListeners('data')
          socket.resume()
          return void say('INSTREAM size limit exceeded. ERROR')
        }
        if (held.length < 4 + length) return
        content.push(held.subarray(4, 4 + length))
        held = held.subarray(4 + length)
        if (this.mood === 'dies') return void socket.resetAndDestroy()
        if (this.mood === 'hasty') return void say('stream: OK')
      }
    })
  }

  #judge(content: Buffer, say: (text: string) => void): void {
    if (this.mood === 'silent') return
    if (this.mood === 'garbles') return say('stream: OK stream: perhaps')
    this.seen.push(content)
    const verdict = content.includes(EICAR) ? `stream: ${this.signature} FOUND` : 'stream: OK'
    if (this.mood === 'slow') setTimeout(() => say(verdict), 400)
    else say(verdict)
  }
}
