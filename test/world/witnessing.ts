import { createHash, randomBytes } from 'node:crypto'
import { addCheckpointBody } from '../../src/core/add-checkpoint.ts'
import { checkpointText } from '../../src/core/checkpoint.ts'
import { consistencyProof, leafHash, rootOf } from '../../src/core/merkle.ts'
import { newSigningSeed, signerOf } from '../../src/core/note.ts'

/** A log of leaves made up, with its real key: it can also do what no log may. */
export class MadeLog {
  readonly signer: ReturnType<typeof signerOf>
  readonly leaves: Buffer[]

  constructor(origin = `log.example/${randomBytes(4).toString('hex')}`, seed: Buffer = newSigningSeed(), leaves: Buffer[] = []) {
    this.signer = signerOf(origin, seed)
    this.leaves = leaves
  }

  get origin(): string {
    return this.signer.name
  }
  get vkey(): string {
    return this.signer.vkey
  }

  grow(by: number): this {
    for (let n = 0; n < by; n++) this.leaves.push(leafHash(randomBytes(8)))
    return this
  }

  /** The same log and key with another history from leaf `at` on. */
  forked(at: number, size: number): MadeLog {
    const other = new MadeLog(this.origin, undefined, this.leaves.slice(0, at)).grow(size - at)
    return Object.assign(other, { signer: this.signer })
  }

  text(size = this.leaves.length): string {
    return checkpointText({ origin: this.origin, size, root: rootOf(this.leaves.slice(0, size)) })
  }
  note(size = this.leaves.length): string {
    return this.signer.sign(this.text(size))
  }
  proof(old: number, size = this.leaves.length): Buffer[] {
    return old === 0 || old > size ? [] : consistencyProof(this.leaves, old, size)
  }
  /** The body of a request that is as it should be. */
  body(old: number, size = this.leaves.length): string {
    return addCheckpointBody({ old, proof: this.proof(old, size), checkpoint: this.note(size) })
  }
}

export type Answer = { status: number; type: string; body: string }
export async function post(url: string, body: string | Uint8Array<ArrayBuffer>): Promise<Answer> {
  const reply = await fetch(`${url}/add-checkpoint`, { method: 'POST', body })
  return { status: reply.status, type: reply.headers.get('content-type') ?? '', body: await reply.text() }
}

export const hashOfOrigin = (origin: string): string => createHash('sha256').update(origin).digest('hex')
