import { z } from 'zod'
import { call } from './call.ts'
import { ConfirmationId, DestructionId, DocumentId, HoldId, MatterId, PersonId } from './ids.ts'
import { Instant, Words } from './words.ts'

const inMatter = z.object({ matter: MatterId })
const oneHold = z.object({ hold: HoldId })
const one = z.object({ destruction: DestructionId })
/** Documents of one matter, all or none. */
const some = z.array(DocumentId).min(1).max(1000)
const Person = z.object({ id: PersonId, name: z.string() })
const Matter = z.object({ id: MatterId, number: z.string(), title: z.string(), client: z.string() })
const line = Words.max(500)

/** A legal hold (catalogue 6.9). */
export const HoldView = z.object({
  id: HoldId,
  number: z.number().int(),
  matter: Matter,
  /** It holds the matter with all that is in it. */ whole: z.boolean(),
  /** How many documents it holds; of a whole matter 0. */ count: z.number().int(),
  /** Those of them within reach. */ documents: z.array(DocumentId),
  trigger: z.string(),
  triggeredOn: z.string(),
  issuer: z.string(),
  scope: z.string(),
  reason: z.string(),
  custodians: z.array(Person),
  placedBy: Person,
  placedAt: Instant,
  lifted: z.object({ by: Person, at: Instant, reason: z.string() }).nullable(),
  mayLift: z.boolean(),
})
export type HoldView = z.infer<typeof HoldView>

export const DESTRUCTION_STATES = ['asked', 'refused', 'lapsed', 'approved', 'stopped', 'ended', 'erased', 'certified'] as const
export const DestructionView = z.object({
  id: DestructionId,
  kind: z.enum(['document.destroy', 'matter.destroy']),
  matter: Matter,
  state: z.enum(DESTRUCTION_STATES),
  documents: z.number().int(),
  /** What a trash is emptied of; the rest of it, held or taken out again, stays. */ emptying: z
    .object({ stayed: z.number().int() })
    .nullable(),
  /** Of the certificate; null until it is issued. */ number: z.number().int().nullable(),
  reason: z.string(),
  basis: z.string(),
  askedBy: Person,
  askedAt: Instant,
  approvedBy: Person.nullable(),
  approvedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  certifiedAt: Instant.nullable(),
})
export type DestructionView = z.infer<typeof DestructionView>

export const calls = {
  'hold.list': call('GET /holds', 'Legal holds on matters of theirs, or over the firm for those who keep them, newest first', {
    query: z.object({ matter: MatterId.optional() }),
    answer: z.object({ holds: z.array(HoldView) }),
  }),
  'hold.read': call('GET /holds/:hold', 'One legal hold', { params: oneHold, answer: HoldView }),
  'hold.place': call('POST /matters/:matter/holds', 'Place a legal hold on a matter, or on some of its documents', {
    status: 201,
    params: inMatter,
    body: z.object({
      /** Empty: the whole matter. */ documents: z.array(DocumentId).max(1000),
      trigger: line,
      triggeredOn: z.iso.date(),
      issuer: line,
      scope: Words,
      custodians: z.array(PersonId).max(200),
      reason: Words,
    }),
    answer: HoldView,
  }),
  'hold.lift': call('POST /holds/:hold/lifting', 'Lift a legal hold that someone else placed', {
    params: oneHold,
    body: z.object({ reason: Words }),
    answer: HoldView,
  }),
  'document.destroy': call('POST /matters/:matter/destroying', 'Ask for documents to be destroyed for good; a second person decides', {
    status: 201,
    params: inMatter,
    body: z.object({ documents: some, reason: Words, basis: line.optional() }),
    answer: z.object({ confirmation: ConfirmationId, destruction: DestructionId }),
  }),
  'trash.empty': call(
    'POST /matters/:matter/trash/emptying',
    'Ask for all in the trash of a matter to be destroyed for good; a second person decides. What is held stays, and so does what is taken out again meanwhile',
    {
      status: 201,
      params: inMatter,
      body: z.object({ reason: Words, basis: line.optional() }),
      answer: z.object({
        confirmation: ConfirmationId,
        destruction: DestructionId,
        /** How many are to go. */ documents: z.number().int(),
        /** What does not: a legal hold stands on it, or its destruction was asked for already. */
        stay: z.array(z.object({ id: DocumentId, name: z.string(), why: z.enum(['hold', 'asked']) })),
      }),
    },
  ),
  'matter.destroy': call('POST /matters/:matter/destruction', 'Ask for a closed matter to be destroyed for good; a second person decides', {
    status: 201,
    params: inMatter,
    body: z.object({ reason: Words, basis: line }),
    answer: z.object({ confirmation: ConfirmationId, destruction: DestructionId }),
  }),
  'certificate.list': call('GET /destructions', 'What was destroyed, or is to be, newest first', {
    query: z.object({ matter: MatterId.optional() }),
    answer: z.object({ destructions: z.array(DestructionView) }),
  }),
  'certificate.read': call('GET /destructions/:destruction', 'One destruction, with its signed certificate once it is issued', {
    params: one,
    answer: DestructionView.extend({
      /** c2sp.org/signed-note; null until it is issued. */ note: z.string().nullable(),
      /** What was destroyed; its names while its matter's key lives. */
      items: z.array(z.object({ id: DocumentId, name: z.string().nullable(), versions: z.number().int(), bytes: z.number().int() })),
    }),
  }),
  'certificate.print': call('GET /destructions/:destruction/printed', 'A certificate of destruction to be printed (PDF)', {
    params: one,
    gives: 'bytes',
  }),
}
