import { z } from 'zod'
import { call } from './call.ts'
import { CLASSES, Instant, Words } from './words.ts'

/** Ways by which something can leave. */
export const CHANNELS = ['portal', 'smime', 'pgp', 'tls', 'mail', 'paper'] as const
export const VERIFICATION = ['V0', 'V1', 'V2', 'V3', 'V4'] as const
const days = z.number().int().min(1).max(3650)
/** One class's handling (catalogue section 7). Each cell has a rule id `<class>.<cell>` that a refusal names. */
export const Handling = z.object({
  /** At rest; all contents are sealed, whatever the class. */ storage: z.enum(['matter key', 'matter and document key']),
  /** Practice groups may reach it beyond the team; and the largest such group, null for any. */
  groups: z.boolean(),
  maxGroup: z.number().int().min(1).max(500).nullable(),
  /** What opening asks of the session: nothing more, a factor within five minutes, or a passkey. */
  open: z.enum(['session', 'fresh', 'passkey']),
  download: z.boolean(),
  /** What taking a copy asks of the session. */ downloadAsks: z.enum(['session', 'fresh', 'passkey']),
  print: z.boolean(),
  /** The reader's name and the time across what is shown. */ watermark: z.boolean(),
  channels: z.array(z.enum(CHANNELS)),
  recipientLevel: z.enum(VERIFICATION),
  recipientFirst: z.enum(VERIFICATION),
  /** Seconds that a release waits and can be undone. */ sendDelay: z.number().int().min(0).max(86_400),
  /** A second person releases it. */ secondPerson: z.boolean(),
  shareDays: days.nullable(),
  /** What a notification may say of it. */ notify: z.enum(['all', 'title', 'nothing']),
  ai: z.enum(['allowed', 'approved', 'approved without training', 'consent', 'forbidden']),
  /** Days between reviews of who reaches it; null: none. */ reviewDays: days.nullable(),
  retention: z.enum(['none', 'firm', 'matter', 'order']),
  retentionYears: z.number().int().min(0).max(100),
})
export type Handling = z.infer<typeof Handling>

/** Kinds of data that are recognized, each with the mildest class it may have. */
export const DATA_TYPES = ['us-ssn', 'uk-nino', 'iban', 'card', 'health', 'child', 'privileged-marker'] as const
export const DataType = z.enum(DATA_TYPES)
export type DataType = z.infer<typeof DataType>
/** What was found, in words. */
export const DATA_TYPE_WORDS: Record<DataType, [one: string, many: string]> = {
  'us-ssn': ['a US social security number', 'US social security numbers'],
  'uk-nino': ['a UK national insurance number', 'UK national insurance numbers'],
  'iban': ['a bank account number (IBAN)', 'bank account numbers (IBAN)'],
  'card': ['a payment card number', 'payment card numbers'],
  'health': ['words on someone’s health', 'words on someone’s health'],
  'child': ['words on a child', 'words on a child'],
  'privileged-marker': ['a mark of privilege', 'marks of privilege'],
}

export const Matrix = z.object({
  classes: z.object({
    public: Handling,
    internal: Handling,
    confidential: Handling,
    privileged: Handling,
    restricted: Handling,
  }),
  dataTypes: z.record(
    DataType,
    z.object({ minimum: z.enum(CLASSES), /** raise by itself, or refuse a milder label */ does: z.enum(['raise', 'refuse', 'suggest']) }),
  ),
})
export type Matrix = z.infer<typeof Matrix>

export const MatrixView = z.object({
  version: z.number().int(),
  matrix: Matrix,
  setBy: z.string().nullable(),
  setAt: Instant.nullable(),
  reason: z.string().nullable(),
  may: z.object({ change: z.boolean() }),
})
export type MatrixView = z.infer<typeof MatrixView>

export const calls = {
  'matrix.read': call('GET /matrix', 'How each class is handled', {
    query: z.object({ version: z.coerce.number().int().min(0).optional() }),
    answer: MatrixView,
  }),
  'matrix.history': call('GET /matrix/versions', 'Every version, who set it and why', {
    answer: z.object({
      versions: z.array(
        z.object({ version: z.number().int(), setBy: z.string(), setAt: Instant, reason: z.string(), changed: z.array(z.string()) }),
      ),
    }),
  }),
  'matrix.change': call('POST /matrix', 'Change how classes are handled', {
    status: 201,
    body: z.object({ matrix: Matrix, reason: Words, /** the version this was made from */ version: z.number().int().min(0) }),
    answer: MatrixView,
  }),
}
