import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cosignerOf } from '../../src/core/cosignature.ts'
import { newSigningSeed } from '../../src/core/note.ts'

type Says = { status: number; type?: string; body?: string }

/** A witness that says whatever a test has it say, under a key that is real. */
export class LyingWitness {
  readonly signer = cosignerOf('liar.example', newSigningSeed())
  /** `null`: it takes the request and never answers. */
  says: (request: { method: string; path: string; body: string }) => Says | null | Promise<Says | null> = () => ({ status: 500 })
  asked = 0
  #server: Server | null = null
  url = ''

  async open(): Promise<void> {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        this.asked += 1
        const body = Buffer.concat(parts).toString()
        void Promise.resolve(this.says({ method: request.method!, path: request.url!, body })).then(
          (said) => said && response.writeHead(said.status, { 'content-type': said.type ?? 'text/plain' }).end(said.body ?? ''),
        )
      })
    })
    await new Promise<void>((resolve) => this.#server!.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }
  async close(): Promise<void> {
    this.#server?.closeAllConnections()
    await new Promise((resolve) => this.#server?.close(resolve))
  }
}
