import { z } from 'zod'
import { call } from './call.ts'
import { CheckId, MatterId } from './ids.ts'
import { PARTY_ROLES } from './matter.ts'
import { Email, Instant, Name, Words } from './words.ts'

/** Why a name in the register was found: `{how: 'phonetic', words: 'Smyth ~ Smith'}`. */
export const Why = z.object({
  how: z.enum(['exact', 'spelling', 'transliteration', 'order', 'initials', 'nickname', 'phonetic', 'legal form', 'subset', 'domain']),
  words: z.string(),
})
export const HitView = z.object({
  id: z.uuid(),
  /** What was asked, and what stands in the register. */ asked: z.string(),
  name: z.string(),
  form: z.enum(['name', 'former', 'alias', 'email']),
  role: z.enum(PARTY_ROLES),
  /** 0 to 1. */ score: z.number(),
  why: z.array(Why),
  matter: z.object({ id: MatterId, number: z.string(), title: z.string() }).nullable(),
  client: z.string().nullable(),
})
export type HitView = z.infer<typeof HitView>

export const CheckState = z.enum(['open', 'cleared', 'waived', 'refused'])
export const CheckView = z.object({
  id: CheckId,
  cause: z.enum(['demand', 'intake', 'client', 'party']),
  names: z.array(z.string()),
  matter: z.object({ id: MatterId, number: z.string(), title: z.string() }).nullable(),
  askedBy: z.string().nullable(),
  at: Instant,
  /** The register has been looked through; that is done after the answer, and takes a moment. */ searched: z.boolean(),
  state: CheckState,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  reasoning: z.string().nullable(),
  waiver: z.string().nullable(),
})
export type CheckView = z.infer<typeof CheckView>
/** The hits within the reader's reach; every check goes to those who decide, whatever stands here. */
export const CheckPage = CheckView.extend({
  note: z.string(),
  hits: z.array(HitView),
  /** for those who decide: how many more names are like one that was asked */ left: z.number().int(),
  mayDecide: z.boolean(),
})
export type CheckPage = z.infer<typeof CheckPage>

export const calls = {
  'conflict.check': call('POST /conflicts', 'Hold names against the whole firm; those who decide conflicts hear of every check', {
    status: 201,
    body: z
      .object({
        names: z.array(Name).max(100).default([]),
        emails: z.array(Email).max(100).default([]),
        /** Its client and parties are checked as well, and the decision opens it. */ matter: MatterId.optional(),
        note: Words.or(z.literal('')).default(''),
      })
      .refine((body) => body.names.length + body.emails.length > 0 || body.matter !== undefined, 'Name someone, or a matter.'),
    answer: CheckPage,
  }),
  'conflict.list': call('GET /conflicts', 'Checks that one asked for; for those who decide, all', {
    answer: z.object({ checks: z.array(CheckView) }),
  }),
  'conflict.read': call('GET /conflicts/:check', 'One check with its hits within reach', {
    params: z.object({ check: CheckId }),
    answer: CheckPage,
  }),
  'conflict.decide': call('POST /conflicts/:check', 'Decide a check: no conflict, waived with consent, or refused', {
    params: z.object({ check: CheckId }),
    body: z
      .object({
        decision: z.enum(['cleared', 'waived', 'refused']),
        reasoning: Words,
        /** Whose informed consent, confirmed in writing, and where it is kept (ABA Model Rule 1.7(b)(4)). */ waiver: Words.optional(),
      })
      .refine((body) => body.decision !== 'waived' || body.waiver !== undefined, 'Say whose consent it is and where it is kept.'),
    answer: CheckPage,
  }),
}
