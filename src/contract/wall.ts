import { z } from 'zod'
import { call } from './call.ts'
import { ClientId, ConfirmationId, DestructionId, DocumentId, EntryId, GroupId, MatterId, PersonId, WallId } from './ids.ts'
import { Named, SeenView } from './seen.ts'
import { Instant, Words } from './words.ts'

/** Why a screen stands: ABA Model Rules 1.10(a)(2), 1.11, 1.12, 1.18; SRA Code 6.5; an insider list; or of the firm's own will. */
export const WALL_RULES = ['1.10(a)(2)', '1.11', '1.12', '1.18', 'sra-6.5', 'insider', 'voluntary'] as const
export const WallRule = z.enum(WALL_RULES)
export type WallRule = z.infer<typeof WallRule>
/** Sides of a wall; a one-sided wall has matters on `a` and people who are kept from `a`. */
export const Side = z.enum(['a', 'b'])
export type Side = z.infer<typeof Side>

const line = Words.max(500)
/** What a screen must say of itself (catalogue 6.4). */
const words = {
  reason: Words,
  /** What made it necessary. */ trigger: Words,
  /** The confidential information, described so that it reveals nothing. */ information: Words,
  procedures: z.array(line).min(1).max(30),
  /** How the screened get no part of the fee. */ fee: Words,
  /** What an announced wall tells its addressees and the team; worded so that it reveals no more than it must. */
  memorandum: Words.or(z.literal('')).default(''),
}

/** Who is kept from what. A `two-sided` wall keeps everyone who is, or comes, on a matter of one side from the other. */
const shape = z.object({
  kind: z.enum(['exclusion', 'two-sided']),
  matters: z
    .array(z.object({ matter: MatterId, side: Side.default('a') }))
    .max(200)
    .default([]),
  /** All their matters, also those to come. */ clients: z
    .array(z.object({ client: ClientId, side: Side.default('a') }))
    .max(50)
    .default([]),
  /** Kept from `side`. In a two-sided wall: for those who are on both sides, which one they lose. */
  people: z
    .array(z.object({ person: PersonId, side: Side.default('a') }))
    .max(500)
    .default([]),
  groups: z
    .array(z.object({ group: GroupId, side: Side.default('a') }))
    .max(50)
    .default([]),
})
const wish = shape.extend({
  ...words,
  rule: WallRule,
  /** When the firm came to know that a screen was needed. */ needKnownAt: Instant,
  /** Now, or later; never before now. */ startsAt: Instant.optional(),
  endsAt: Instant.optional(),
  /** Its memorandum is shown to those screened and to the team, who acknowledge it. */ announced: z.boolean().default(false),
  /** The team's access waits until each has acknowledged. */ withholds: z.boolean().default(false),
  /** Days between certifications of compliance, and between reminders of the screen. */
  certifyDays: z.number().int().min(30).max(730).default(180),
  remindDays: z.number().int().min(7).max(365).default(90),
})

export const LossView = z.object({
  person: Named,
  /** How many matters they reach now and would lose, on which sides, and the newest fifty of them. */
  matterCount: z.number().int(),
  sides: z.array(Side),
  matters: z.array(z.object({ id: MatterId, number: z.string(), title: z.string(), how: z.string(), documents: z.number().int() })),
  /** What they opened there before, newest first: of each a hundred at most, of all together five hundred. */
  seen: z.array(SeenView),
  seenCount: z.number().int(),
  firstSeenAt: Instant.nullable(),
})
/** Why a wall cannot be raised as it is. */
export const WallFault = z.object({
  code: z.enum(['everyone', 'responsible', 'oneself', 'last-decider', 'both-sides', 'nobody', 'nothing', 'dates']),
  text: z.string(),
})
export const PreviewView = z.object({
  at: Instant,
  /** How many it stands around today, and the newest five hundred of them. */
  matterCount: z.number().int(),
  matters: z.array(z.object({ id: MatterId, number: z.string(), title: z.string(), client: z.string(), side: Side })),
  losses: z.array(LossView),
  /** Groups that a two-sided wall closes its matters to. */ closed: z.array(z.object({ matter: MatterId, group: z.string() })),
  /** The first access is earlier than the screen: it is late, and its papers say so. */ late: z.boolean(),
  faults: z.array(WallFault),
})
export type PreviewView = z.infer<typeof PreviewView>

export const AcknowledgementView = z.object({
  person: Named,
  /** Kept out, or on the team. */ as: z.enum(['screened', 'team']),
  askedAt: Instant,
  remindedAt: Instant.nullable(),
  acknowledgedAt: Instant.nullable(),
})
export const CertificationView = z.object({
  id: z.uuid(),
  person: Named,
  capacity: z.enum(['screened', 'partner']),
  from: Instant,
  to: Instant,
  words: z.string(),
  /** Refused tries on the wall's matters in the period, as the ledger has them; null for whoever is screened, who is not told. */
  attempts: z.number().int().nullable(),
  at: Instant,
})
export const WallNote = z.object({
  id: z.uuid(),
  kind: z.enum(['notice', 'inquiry', 'answer', 'breach', 'note']),
  text: z.string(),
  by: z.string(),
  at: Instant,
})
export const WallState = z.enum(['coming', 'standing', 'ended', 'lifted'])
export const WallView = z.object({
  id: WallId,
  kind: z.enum(['exclusion', 'two-sided']),
  rule: WallRule,
  state: WallState,
  announced: z.boolean(),
  withholds: z.boolean(),
  /** What it is called in a list: `Cora Lind from Orchard v. Mill`. */ title: z.string(),
  targets: z.array(z.object({ side: Side, matter: MatterId.nullable(), client: ClientId.nullable(), name: z.string() })),
  screened: z.array(z.object({ side: Side, person: PersonId.nullable(), group: GroupId.nullable(), name: z.string() })),
  startsAt: Instant,
  endsAt: Instant.nullable(),
  raisedBy: z.string(),
  raisedAt: Instant,
  /** Asked for and not yet decided. */
  lifting: z.object({ id: ConfirmationId, askedBy: z.string(), askedAt: Instant, reason: z.string(), mayDecide: z.boolean() }).nullable(),
  liftedAt: Instant.nullable(),
  unacknowledged: z.number().int(),
  /** The next certification that nobody has given; null when none is due any more. */ certificationDueAt: Instant.nullable(),
})
export type WallView = z.infer<typeof WallView>
export const WallPage = WallView.extend({
  reason: z.string(),
  trigger: z.string(),
  information: z.string(),
  procedures: z.array(z.string()),
  fee: z.string(),
  memorandum: z.string(),
  needKnownAt: Instant,
  late: z.boolean(),
  certifyDays: z.number().int(),
  remindDays: z.number().int(),
  seen: z.array(SeenView),
  acknowledgements: z.array(AcknowledgementView),
  certifications: z.array(CertificationView),
  certificationsDue: z.array(Instant),
  notes: z.array(WallNote),
  /** Refused tries on the wall's matters by those whom it screens, newest first. */
  attempts: z.array(z.object({ entry: EntryId, person: Named, at: Instant, call: z.string() })),
  may: z.object({ lift: z.boolean(), certify: z.boolean(), note: z.boolean(), pack: z.boolean() }),
})
export type WallPage = z.infer<typeof WallPage>

/** An announced wall's memorandum, for those it is addressed to: nothing of the matter that it does not say itself. */
export const MemorandumView = z.object({
  wall: WallId,
  as: z.enum(['screened', 'team']),
  memorandum: z.string(),
  procedures: z.array(z.string()),
  since: Instant,
  askedAt: Instant,
  acknowledgedAt: Instant.nullable(),
  /** Access to the matter waits for it. */ withholds: z.boolean(),
})
export type MemorandumView = z.infer<typeof MemorandumView>

const one = z.object({ wall: WallId })
export const calls = {
  'wall.preview': call('POST /walls/preview', 'Who would lose what, and what they saw before; nothing is done', {
    body: shape.extend({ startsAt: Instant.optional(), endsAt: Instant.optional() }),
    answer: PreviewView,
  }),
  'wall.raise': call('POST /walls', 'Raise a wall; it stands with the commit', { status: 201, body: wish, answer: WallView }),
  'wall.list': call('GET /walls', 'The walls that one keeps', { answer: z.object({ walls: z.array(WallView) }) }),
  'wall.read': call('GET /walls/:wall', 'One wall with its papers', { params: one, answer: WallPage }),
  'wall.lift': call('POST /walls/:wall/lifting', 'Ask for a wall to be lifted; a second person decides', {
    status: 201,
    params: one,
    body: z.object({ reason: Words }),
    answer: z.object({ confirmation: ConfirmationId }),
  }),
  'wall.note': call('POST /walls/:wall/notes', 'Write down a notice sent, an inquiry, its answer, a breach of the screen', {
    status: 201,
    params: one,
    body: z.object({ kind: WallNote.shape.kind, text: Words }),
    answer: WallNote,
  }),
  'wall.certify': call('POST /walls/:wall/certifications', 'Certify compliance over a period, as one who is screened or as a partner', {
    status: 201,
    params: one,
    body: z.object({ capacity: z.enum(['screened', 'partner']), from: Instant, to: Instant, words: Words }),
    answer: CertificationView,
  }),
  'wall.pack': call(
    'GET /walls/:wall/pack',
    'The screening pack (PDF): notice, description, certifications, what was seen, the ledger’s proof',
    {
      params: one,
      query: z.object({ from: Instant.optional(), to: Instant.optional() }),
      gives: 'bytes',
    },
  ),
  'wall.memoranda': call('GET /memoranda', 'The memoranda of walls that are addressed to oneself', {
    answer: z.object({ memoranda: z.array(MemorandumView) }),
  }),
  'wall.acknowledge': call('POST /memoranda/:wall', 'Acknowledge a memorandum', { params: one, answer: MemorandumView }),
  'wall.register': call('GET /register', 'Clients and matters by name and number, to choose from; no content', {
    query: z.object({ find: z.string().trim().max(200).default(''), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    answer: z.object({
      matters: z.array(z.object({ id: MatterId, number: z.string(), title: z.string(), client: z.string() })),
      clients: z.array(z.object({ id: ClientId, name: z.string() })),
    }),
  }),
  'confirmation.list': call('GET /confirmations', 'What waits for a second person on a matter or a wall, and what was decided', {
    answer: z.object({
      confirmations: z.array(
        z.object({
          id: ConfirmationId,
          kind: z.enum(['wall.lift', 'class.lower', 'document.lower', 'document.destroy', 'matter.destroy', 'root.put', 'root.take']),
          text: z.string(),
          reason: z.string(),
          wall: WallId.nullable(),
          matter: MatterId.nullable(),
          /** of `document.lower` */ document: DocumentId.nullable().optional(),
          /** of `document.destroy` and `matter.destroy` */ destruction: DestructionId.nullable().optional(),
          askedBy: z.string(),
          askedAt: Instant,
          state: z.enum(['waiting', 'approved', 'refused', 'lapsed']),
          decidedBy: z.string().nullable(),
          decidedAt: Instant.nullable(),
          mine: z.boolean(),
          mayDecide: z.boolean(),
        }),
      ),
    }),
  }),
  'confirmation.decide': call('POST /confirmations/:confirmation', 'Decide as the second person', {
    status: 204,
    params: z.object({ confirmation: ConfirmationId }),
    body: z.object({ approve: z.boolean() }),
  }),
}
