import type { Known, Sealed } from './blob-seals.ts'

export type StoreKind = 'disk' | 's3'
/** What came in: its length and SHA-256, and its first bytes, to tell what it is. */
export type Received = Sealed & { head: Buffer }
/** Where a blob's content opens: its key, and what it is bound to. */
export type Lock = { key: Buffer; context: Buffer }

/**
 * A place for sealed bytes, one blob a version, under its id. The same bytes lie in every store: a blob that was copied
 * from one to the other byte by byte is the blob. None of them is trusted: what they give is authenticated chunk by chunk.
 */
export type BlobStore = {
  readonly kind: StoreKind
  /** For people: the folder's kind or the bucket's name. */
  readonly label: string
  /** Seals a stream under `id`. Durable when this resolves; nothing is left when it rejects, or its trace for `settle` is. */
  receive(id: string, lock: Lock, source: AsyncIterable<Buffer>): Promise<Received>
  /** Its version is committed. */
  keep(id: string): Promise<void>
  /** Its version will never be. */
  discard(id: string): Promise<void>
  /** What is not there is no fault. */
  erase(id: string): Promise<void>
  /** Length of the sealed bytes, and since when they lie here; null when they do not. */
  find(id: string): Promise<{ length: number; since: Date } | null>
  /** @throws BrokenSeal, with the message `MISSING` when it is not here */
  read(id: string, lock: Lock, start: number, end: number, known?: Known): AsyncGenerator<Buffer>
  /** The sealed bytes, whole, as they lie. */
  sealed(id: string): AsyncGenerator<Buffer>
  /**
   * Takes sealed bytes that lie elsewhere, reads them back and compares length and SHA-256 before anyone sees them here.
   * Replaces what lies here under that id. How many bytes. @throws when they are not the same
   */
  adopt(id: string, sealed: AsyncIterable<Buffer>): Promise<number>
  /** Ends what a crash left open. */
  settle(isVersion: (id: string) => Promise<boolean>): Promise<{ kept: number; removed: number }>
  /** `3f/<id>` of all that is kept, in order. */
  list(): AsyncGenerator<string>
}

export const MISSING = 'the blob is missing'
/** The folder of an id within a store: UUIDv7 starts with the time, so its last two digits spread the blobs. */
export const pathOf = (id: string): string => `${id.slice(-2)}/${id}`

const HEAD = 4100
/** Keeps the first bytes of what passes. */
export type Head = { see(part: Buffer, at: number): void; bytes(): Buffer }
export function headOf(): Head {
  const parts: Buffer[] = []
  return {
    see: (part, at) => {
      if (at < HEAD) parts.push(Buffer.from(part.subarray(0, HEAD - at)))
    },
    bytes: () => Buffer.concat(parts),
  }
}
