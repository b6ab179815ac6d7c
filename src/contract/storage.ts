import { z } from 'zod'
import { call } from './call.ts'
import { VersionNumber } from './document.ts'
import { DocumentId, MatterId, VersionId } from './ids.ts'
import { Instant } from './words.ts'

export const StoreKind = z.enum(['disk', 's3'])
const Store = z.object({ kind: StoreKind, /** `disk`, or the bucket’s name */ label: z.string() })

export const StorageView = z.object({
  /** Where new files go. */ target: StoreKind,
  stores: z.array(Store),
  /** The last move, or the one under way; null: there was none. */
  move: z
    .object({
      state: z.enum(['running', 'ended']),
      begunAt: Instant,
      endedAt: Instant.nullable(),
      moved: z.number().int(),
      /** Sealed. */ bytes: z.number().int(),
      /** What could not be copied as it lies; it is where it was. */ failed: z.number().int(),
    })
    .nullable(),
})
export type StorageView = z.infer<typeof StorageView>

const BrokenVersion = z.object({
  version: VersionId,
  document: DocumentId,
  matter: MatterId,
  number: z.number().int(),
  fault: z.string(),
  foundAt: Instant,
  /** When it was last read whole and was what came in; null: not since it came in. */ goodAt: Instant.nullable(),
  /** The newest version before it that is not broken. */ earlier: z.number().int().nullable(),
  /** The last backup, where it was made after the version came in. */ backup: z.object({ at: Instant, to: z.string() }).nullable(),
})
export const ScrubView = z.object({
  state: z.enum(['never', 'asked', 'running', 'ended']),
  begunAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  checked: z.number().int(),
  bytes: z.number().int(),
  of: z.number().int(),
  ofBytes: z.number().int(),
  /** Matters that were passed over, as their client withholds its key. */ skipped: z.number().int(),
  /** When it begins by itself: every so many days (0: never) in that hour, and how fast it reads, in MiB a second. */
  every: z.object({ days: z.number(), hour: z.number(), pace: z.number() }),
  broken: z.array(BrokenVersion),
})
export type ScrubView = z.infer<typeof ScrubView>

export const KeptView = z.object({
  version: VersionNumber,
  store: Store,
  /** Since when it lies there. */ since: Instant,
  /** Its name there. */ blob: VersionId,
  /** Bytes as they came, and as they lie. */
  size: z.number().int(),
  sealedSize: z.number().int(),
  cipher: z.string(),
  /** Under which key of the matter its own key stands, and since when. */
  key: z.object({
    of: z.enum(['matter']),
    /** the client’s key that it is under too */ own: z.string().nullable(),
    version: z.number().int(),
    since: Instant,
  }),
  sha256: z.string(),
  /** Keyed: comparable within the matter only. */ checksum: z.string(),
  checkedAt: Instant.nullable(),
  goodAt: Instant.nullable(),
  brokenAt: Instant.nullable(),
  /** The last backup made after it came in; null: none holds it. */ backupAt: Instant.nullable(),
})
export type KeptView = z.infer<typeof KeptView>

export const calls = {
  'storage.read': call('GET /storage', 'Where sealed files are kept, and how far a move from one store to the other is', {
    answer: StorageView,
  }),
  'storage.move': call('POST /storage/move', 'Keep new files in that store, and move those that there are', {
    body: z.object({ to: StoreKind }),
    answer: StorageView,
  }),
  'scrub.read': call('GET /scrub', 'The last check of every stored file, how far it is, and what is broken', { answer: ScrubView }),
  'scrub.start': call('POST /scrub', 'Begin to read every stored file and compare it with what came in', { answer: ScrubView }),
  'document.kept': call('GET /documents/:document/kept', 'Where a document is kept, under which key, since when', {
    params: z.object({ document: DocumentId }),
    query: z.object({ version: VersionNumber.optional() }),
    answer: KeptView,
  }),
}
