import { z } from 'zod'
import { call } from './call.ts'
import { Instant, Name, Words } from './words.ts'

/** A certificate or a key in PEM form, as one pastes it. Whether it is one, the server says. */
const Pem = z.string().trim().max(32_000)
const Host = z
  .string()
  .trim()
  .regex(/^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9.:-]*[A-Za-z0-9])?$/, 'A host name or an address, such as siem.firm.example.')
const shared = {
  /** The private CA that is trusted in place of the public ones. */ ca: Pem.nullable(),
  /** Names of people go along; of matters, clients and documents none ever does. */ names: z.boolean(),
}
/** How a receiver is come to, as it is asked for. A secret that is left out stays what it was, while the address stays. */
export const ReceiverSettings = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('syslog'),
    form: z.enum(['rfc5424', 'cef', 'ocsf']),
    host: Host,
    port: z.number().int().min(1).max(65_535),
    /** What the firm shows the receiver, where that asks for it. */ certificate: Pem.nullable(),
    key: Pem.optional(),
    ...shared,
  }),
  z.object({
    kind: z.literal('webhook'),
    form: z.enum(['ocsf', 'cef']),
    url: z.url({ protocol: /^https?$/ }).max(1000),
    secret: z.string().min(16, 'At least 16 characters.').max(200).optional(),
    ...shared,
  }),
])
export type ReceiverSettings = z.infer<typeof ReceiverSettings>

/** The same as it is shown: a secret is never read back, only whether there is one. */
const Shown = z.object({
  kind: z.enum(['syslog', 'webhook']),
  form: z.enum(['rfc5424', 'cef', 'ocsf']),
  /** `host:port`, or the address of the webhook. */ to: z.string(),
  host: z.string().nullable(),
  port: z.number().int().nullable(),
  url: z.string().nullable(),
  ca: z.string().nullable(),
  certificate: z.string().nullable(),
  hasSecret: z.boolean(),
  names: z.boolean(),
})

export const ReceiverView = z.object({
  id: z.uuid(),
  name: z.string(),
  /** `asked`: nothing goes there yet; `over`: a second person refused it, or it was retired. */
  state: z.enum(['asked', 'live', 'over']),
  by: z.string(),
  addedAt: Instant,
  /** What holds; null while nobody has agreed. */ settings: Shown.nullable(),
  /** What waits for a second person. */
  asked: z
    .object({
      id: z.uuid(),
      settings: Shown,
      reason: z.string(),
      by: z.string(),
      at: Instant,
      mine: z.boolean(),
      mayAgree: z.boolean(),
      /** Where nobody else could: when whoever asked may agree alone. */ ripeAt: Instant.nullable(),
    })
    .nullable(),
  /** Entries that it has not taken yet, and since when the first of them stands in the ledger. */
  behind: z.object({ entries: z.number().int(), since: Instant.nullable() }),
  takenAt: Instant.nullable(),
  /** Why the last try failed; null when it did not. */
  fault: z.object({ text: z.string(), at: Instant, since: Instant, nextAt: Instant }).nullable(),
  retiredAt: Instant.nullable(),
})
export type ReceiverView = z.infer<typeof ReceiverView>

const at = z.object({ receiver: z.uuid() })
const reason = Words.max(2000)
export const calls = {
  'receiver.list': call(
    'GET /receivers',
    'Where the ledger is sent to, how far each receiver has taken it, and what waits for a second person',
    {
      answer: z.object({ receivers: z.array(ReceiverView) }),
    },
  ),
  'receiver.add': call('POST /receivers', 'Ask for the ledger to be sent to a receiver (SIEM); a second person decides', {
    status: 201,
    body: z.object({ name: Name, settings: ReceiverSettings, from: z.enum(['now', 'beginning']), reason }),
    answer: ReceiverView,
  }),
  'receiver.change': call('PUT /receivers/:receiver', 'Ask for other settings of a receiver; a second person decides', {
    params: at,
    body: z.object({ settings: ReceiverSettings, reason }),
    answer: ReceiverView,
  }),
  'receiver.decide': call(
    'POST /receivers/:receiver/decision',
    'Decide as the second person what a receiver waits for; whoever asked may take it back',
    {
      status: 204,
      params: at,
      body: z.object({ asked: z.uuid(), approve: z.boolean() }),
    },
  ),
  'receiver.test': call('POST /receivers/:receiver/tests', 'Send a receiver a test message, which holds nothing of the ledger', {
    params: at,
    answer: z.object({ taken: z.boolean(), why: z.string().nullable() }),
  }),
  'receiver.retire': call('POST /receivers/:receiver/end', 'Send nothing to a receiver any more, once it was sent this', {
    status: 204,
    params: at,
    body: z.object({ reason }),
  }),
}
