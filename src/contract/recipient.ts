import { z } from 'zod'
import { call } from './call.ts'
import { AddressId, MatterId, RecipientId } from './ids.ts'
import { VERIFICATION } from './matrix.ts'
import { OneTimeSecret } from './proof.ts'
import { Instant, Name, Words } from './words.ts'

/** The part that a recipient has in a matter; `other` for whom no other word fits. */
export const PARTS = ['client', 'co-party', 'adverse', 'counsel', 'witness', 'expert', 'court', 'other'] as const
/** On whose side: the firm's client's, the other, or neither (a court, a register, a neutral). */
export const SIDES = ['ours', 'theirs', 'neither'] as const
export const ADDRESS_KINDS = ['email', 'phone', 'post'] as const
export type AddressKind = (typeof ADDRESS_KINDS)[number]

/**
 * How an address is confirmed (catalogue 6.16), with what it reaches at most. `loop`: what was sent to it came back (V1). `question`: a
 * question about the person, never more than V1. `code`: by a second channel (V2); `call-back`: to a number known before (V2);
 * `directory`: of an organization (V2); `certificate`: a signature or key that is valid and whose fingerprint was compared (V3, from V2);
 * `identity`: a document seen in person or by video, `register`: of a bar or of companies (one more than before, up to V4).
 */
export const METHODS = ['loop', 'question', 'code', 'call-back', 'directory', 'certificate', 'identity', 'register'] as const
export type Method = (typeof METHODS)[number]
export const Level = z.enum(VERIFICATION)
export type Level = z.infer<typeof Level>

/** E.164 as people write it: digits, with spaces, dots, brackets and hyphens; 5 to 15 digits, `+` in front where there is a country. */
const Phone = z
  .string()
  .trim()
  .max(40)
  .regex(/^\+?[\d\s().\-/]+$/)
  .refine((text) => /^\d{5,15}$/.test(text.replace(/\D/g, '')))
/** Of any script (RFC 6531); what stands around the @ is read by the server. */
const Mailbox = z
  .string()
  .normalize('NFKC')
  .trim()
  .max(254)
  .regex(/^[^\s@<>,;]+@[^\s@<>,;]+$/u)
export const NewAddress = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('email'), address: Mailbox }),
  z.object({ kind: z.literal('phone'), address: Phone }),
  z.object({ kind: z.literal('post'), address: Words.max(500) }),
])
export type NewAddress = z.infer<typeof NewAddress>

export const VerificationView = z.object({
  method: z.enum(METHODS),
  /** False: it was tried and not confirmed. */ confirmed: z.boolean(),
  level: Level,
  evidence: z.string(),
  /** The other address by which it was confirmed. */ by: z.string().nullable(),
  verifiedBy: z.string(),
  at: Instant,
  expiresAt: Instant,
  void: z.enum(['changed', 'bounced', 'withdrawn']).nullable(),
  voidedAt: Instant.nullable(),
})
export const AddressView = z.object({
  id: AddressId,
  kind: z.enum(ADDRESS_KINDS),
  address: z.string(),
  /** How sure the firm is of it now. */ level: Level,
  levelEnds: Instant.nullable(),
  /** Why it is not what it was. */ fell: z.enum(['expired', 'changed', 'bounced']).nullable(),
  coolsUntil: Instant.nullable(),
  bouncedAt: Instant.nullable(),
  addedAt: Instant,
  /** Newest first. */ verifications: z.array(VerificationView),
})
export type AddressView = z.infer<typeof AddressView>

const called = {
  kind: z.enum(['person', 'organization']),
  name: Name,
  /** where they work */ office: z.union([Name, z.literal('')]).default(''),
}
const placed = {
  part: z.enum(PARTS),
  side: z.enum(SIDES),
  /** For counsel and experts: whom they act for. */ actsFor: z.union([Name, z.literal('')]).default(''),
}
export const RecipientView = z.object({
  id: RecipientId,
  kind: z.enum(['person', 'organization']),
  name: z.string(),
  office: z.string(),
  part: z.enum(PARTS),
  side: z.enum(SIDES),
  actsFor: z.string(),
  addresses: z.array(AddressView),
  /** Their parts in other matters within reach. */
  elsewhere: z.array(z.object({ matter: MatterId, number: z.string(), title: z.string(), part: z.enum(PARTS), side: z.enum(SIDES) })),
  version: z.number().int(),
  addedAt: Instant,
})
export type RecipientView = z.infer<typeof RecipientView>

const inMatter = z.object({ matter: MatterId })
const one = z.object({ matter: MatterId, recipient: RecipientId })
const address = z.object({ matter: MatterId, recipient: RecipientId, address: AddressId })
export const calls = {
  'recipient.list': call('GET /matters/:matter/recipients', 'Who may be sent something out of a matter', {
    params: inMatter,
    answer: z.object({ recipients: z.array(RecipientView), may: z.object({ keep: z.boolean(), verify: z.boolean() }) }),
  }),
  'recipient.create': call('POST /matters/:matter/recipients', 'Add a recipient, with their part in the matter and their addresses', {
    status: 201,
    params: inMatter,
    body: z.object({ ...called, ...placed, addresses: z.array(NewAddress).max(20).default([]) }),
    answer: RecipientView,
  }),
  'recipient.find': call('POST /matters/:matter/recipients/finding', 'Recipients of other matters within reach, by an address or a name', {
    params: inMatter,
    body: z.object({ text: Words.max(300) }),
    answer: z.object({ recipients: z.array(RecipientView.pick({ id: true, kind: true, name: true, office: true, elsewhere: true })) }),
  }),
  'recipient.place': call('POST /matters/:matter/recipients/:recipient', 'Give a recipient of another matter a part in this one', {
    status: 201,
    params: one,
    body: z.object(placed),
    answer: RecipientView,
  }),
  'recipient.read': call('GET /matters/:matter/recipients/:recipient', 'A recipient with all that confirms their addresses', {
    params: one,
    answer: RecipientView,
  }),
  'recipient.change': call('PUT /matters/:matter/recipients/:recipient', 'Change how a recipient is called, and their part', {
    params: one,
    body: z.object({ ...called, ...placed, version: z.number().int().min(1) }),
    answer: RecipientView,
  }),
  'recipient.remove': call('DELETE /matters/:matter/recipients/:recipient', 'Take a recipient out of the matter', {
    status: 204,
    params: one,
  }),
  'address.add': call(
    'POST /matters/:matter/recipients/:recipient/addresses',
    'Add an address; it cools off where there was one of its kind',
    {
      status: 201,
      params: one,
      body: NewAddress,
      answer: RecipientView,
    },
  ),
  'address.end': call(
    'DELETE /matters/:matter/recipients/:recipient/addresses/:address',
    'An address serves no more, and what confirmed it falls',
    {
      params: address,
      answer: RecipientView,
    },
  ),
  'recipient.verify': call(
    'POST /matters/:matter/recipients/:recipient/addresses/:address/verifications',
    'Record how an address was confirmed, or was not',
    {
      status: 201,
      params: address,
      body: z.object({
        method: z.enum(METHODS).exclude(['code']),
        confirmed: z.boolean(),
        /** What was compared, with whom it was spoken and when, the fingerprint, the document. */ evidence: Words,
        /** For a call-back: the number that was called. */ by: AddressId.optional(),
      }),
      answer: RecipientView,
    },
  ),
  'recipient.doubt': call('POST /matters/:matter/recipients/:recipient/addresses/:address/doubts', 'Let what confirms an address fall', {
    params: address,
    body: z.object({ reason: Words }),
    answer: RecipientView,
  }),
  'recipient.challenge': call(
    'POST /matters/:matter/recipients/:recipient/addresses/:address/challenges',
    'Send a code by a second channel',
    {
      status: 201,
      params: address,
      body: z.object({ by: AddressId }),
      answer: z.object({
        endsAt: Instant,
        /** To be said over the telephone; null where it goes by e-mail. */ code: z.string().nullable(),
      }),
    },
  ),
  'challenge.answer': call('POST /challenges/answers', 'Give the code that came by another channel', {
    status: 204,
    body: z.object({ secret: OneTimeSecret, code: z.string().trim().max(40) }),
  }),
}
