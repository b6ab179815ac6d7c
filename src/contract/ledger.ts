import { z } from 'zod'
import { call } from './call.ts'
import { deedNames } from './deeds.ts'
import { DeviceId, DocumentId, EntryId, PersonId, SessionId } from './ids.ts'
import { Witnessed } from './witness.ts'
import { Instant } from './words.ts'

export const EntryView = z.object({
  id: EntryId,
  at: Instant,
  deed: z.enum(deedNames),
  /** Who did it; null before there was anyone (a refused sign-in). */
  actor: z.object({ id: PersonId, name: z.string() }).nullable(),
  /** How they came in. */
  via: z.enum(['browser', 'command', 'token', 'visitor', 'clerk']),
  /** What it was done to, in the words of that moment; null when there is nothing to name, or it is sealed to the reader. */
  object: z.string().nullable(),
  document: DocumentId.nullable(),
  /** More of it, as sentences’ parts: `{folder: 'Pleadings', size: 4210}`. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Recorded with the act; numbered and in the Merkle tree as well; or under a checkpoint that a witness cosigned. */
  proof: z.enum(['recorded', 'in the tree', 'witnessed']),
  /** Its number within the matter, counted without gaps; null until numbered. */
  matterNumber: z.number().int().nullable(),
  /** From where it was done, for those who read the firm’s ledger: an IP address or `this host`, the browser in words, ids. */
  from: z.object({ address: z.string(), browser: z.string(), device: DeviceId.nullable(), session: SessionId.nullable() }).nullable(),
  /** What allowed it at that moment, as PostgreSQL found (docs/formats/ledger.md, Ground); null where nobody was asked. */
  ground: z.string().nullable(),
})
export type EntryView = z.infer<typeof EntryView>

export const page = z.object({ before: EntryId.optional(), limit: z.coerce.number().int().min(1).max(500).default(100) })

/** Base64 of 32 bytes. */
const Hash = z.string()
const Size = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
/** The path of a tile below `tile/` (c2sp.org/tlog-tiles): `0/x001/234.p/8`. */
export const TilePath = z
  .string()
  .max(60)
  .regex(/^[0-9]{1,2}\/(x[0-9]{3}\/)*[0-9]{3}(\.p\/[0-9]{1,3})?$/)
const BundlePath = z
  .string()
  .max(60)
  .regex(/^(x[0-9]{3}\/)*[0-9]{3}(\.p\/[0-9]{1,3})?$/)

export const ProofView = z.object({
  entry: EntryId,
  state: EntryView.shape.proof,
  /** Null while it waits for its place, and for whoever may not read the firm’s ledger: positions tell how much happens in it. */
  proof: z
    .object({
      /** Its position in the log, from 0. */
      position: z.number().int(),
      /** The bytes of the leaf, canonical JSON of commitments: docs/formats/ledger.md. */
      leaf: z.string(),
      leafHash: Hash,
      /** The checkpoint it is proved under: how many entries, the root over them, the signed note. */
      size: z.number().int(),
      root: Hash,
      note: z.string(),
      /** The log’s name and verifier key, as the ledger says. Compare them with what you have from elsewhere. */
      origin: z.string(),
      key: z.string(),
      /** The witnesses whose cosignatures stand under the note too. */
      witnesses: z.array(z.object({ name: z.string(), key: z.string(), at: Instant })),
      /** The inclusion proof (RFC 6962, 2.1.1), lowest first. */
      hashes: z.array(Hash),
      /** All of it as c2sp.org/tlog-proof, with the leaf as its extra data. */
      text: z.string(),
    })
    .nullable(),
})
export type ProofView = z.infer<typeof ProofView>

export const calls = {
  'checkpoint.latest': call('GET /ledger/checkpoint', 'The newest signed checkpoint (c2sp.org/tlog-checkpoint)', {
    answer: z.object({
      note: z.string(),
      origin: z.string(),
      size: z.number().int(),
      root: z.string(),
      at: Instant,
      key: z.string(),
      /** The log’s first key. */ first: z.string(),
      /** Epochs after the first: from the entry after `after` on, the key that signs, and why the one before was forgotten. */
      epochs: z.array(z.object({ number: z.number().int(), after: z.number().int(), at: Instant, key: z.string(), why: z.string() })),
      /** The newest checkpoint that a witness cosigned. */ witnessed: Witnessed.nullable(),
    }),
  }),
  'checkpoint.note': call('GET /ledger/log/checkpoint', 'The newest checkpoint as it is signed (c2sp.org/tlog-tiles)', { gives: 'bytes' }),
  'checkpoint.consistency': call('GET /ledger/consistency', 'The proof that the log of one size is the beginning of the log of another', {
    query: z.object({ from: Size, /** the newest checkpoint’s without one */ to: Size.optional() }),
    answer: z.object({
      from: z.number().int(),
      to: z.number().int(),
      hashes: z.array(Hash),
      /** The roots of both. */
      roots: z.object({ from: Hash, to: Hash }),
      /** The signed checkpoint of each size, where there is one of exactly that size. */
      notes: z.object({ from: z.string().nullable(), to: z.string().nullable() }),
    }),
  }),
  'tile.read': call('GET /ledger/log/tile/:tile', 'A tile of the log’s tree (c2sp.org/tlog-tiles)', {
    params: z.object({ tile: TilePath }),
    gives: 'bytes',
    deep: true,
  }),
  'tile.entries': call('GET /ledger/log/tile/entries/:leaves', 'A bundle of the log’s leaves, of entries that the reader sees all of', {
    params: z.object({ leaves: BundlePath }),
    gives: 'bytes',
    deep: true,
  }),
  'entry.prove': call('GET /entries/:entry/proof', 'The proof that an entry stands in the ledger', {
    params: z.object({ entry: EntryId }),
    answer: ProofView,
  }),
  'clock.confirm': call('POST /ledger/clock', 'Say that the clock can be trusted again', { status: 204 }),
}
