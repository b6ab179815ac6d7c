import { z } from 'zod'
import { CHANNELS, VERIFICATION } from './matrix.ts'

export type Channel = (typeof CHANNELS)[number]
/** How sure the firm is of a recipient's address (catalogue 6.16): V0 not at all, to V4. */
export type Level = (typeof VERIFICATION)[number]

/**
 * What a release is answered with, mildest first. `release`: it goes, after the class's countdown. `step up`: the sender must do something
 * first, or say why not. `approval`: a second person must approve exactly this. `hold`: it waits for the firm's review. `refuse`: it does not go.
 */
export const ANSWERS = ['release', 'step up', 'approval', 'hold', 'refuse'] as const
export const Answer = z.enum(ANSWERS)
export type Answer = z.infer<typeof Answer>

/** The strictest of them; `release` of none. */
export const strictest = (answers: readonly Answer[]): Answer =>
  answers.reduce((one, other) => (ANSWERS.indexOf(other) > ANSWERS.indexOf(one) ? other : one), 'release')

/** Who may set a fact aside with a reason; `second person`: the sender's reason counts once someone else has approved the release. */
export const OVERRIDES = ['nobody', 'second person', 'sender'] as const
export const Override = z.enum(OVERRIDES)
export type Override = z.infer<typeof Override>

/** Everything that can speak in a release, in the order in which it is told. */
export const FACT_KINDS = [
  'adverse-party',
  'adverse-counsel',
  'other-side',
  'other-side-elsewhere',
  'screened',
  'excluded',
  'lookalike-domain',
  'mistyped-mailbox',
  'other-writing',
  'display-differs',
  'personal-address',
  'alike-name',
  'alike-other-side',
  'left-matter',
  'off-matter',
  'cooling',
  'level-fell',
  'level',
  'new-address',
  'new-domain',
  'free-mail-office',
  'shared-mailbox',
  'first-release',
  'item-adverse',
  'privileged-adverse',
  'privileged-outside',
  'other-client',
  'other-matter',
  'quarantined',
  'covered-text',
  'tracked-changes',
  'comments',
  'hidden-content',
  'metadata',
  'unread',
  'sensitive-identifiers',
  'sensitive-terms',
  'restricted',
  'basis-missing',
  'basis-early',
  'basis-expired',
  'basis-withdrawn',
  'basis-item',
  'basis-recipient',
  'nobody',
  'mixed-sides',
  'mixed-organizations',
  'many-recipients',
  'channel-class',
  'channel-wish',
  'hours-wish',
  'purpose-missing',
  'scope-missing',
  'expiry-missing',
  'expiry-long',
  'download',
  'print',
  'second-person',
  'review',
] as const
export const FactKind = z.enum(FACT_KINDS)
export type FactKind = z.infer<typeof FactKind>

/**
 * What one kind of fact does. `ours`: instead of `does` where it goes to nobody but those within the client's privilege. `classes`: instead of both for
 * a class.
 */
export const Rule = z.object({
  does: Answer,
  ours: Answer.optional(),
  classes: z
    .object({ public: Answer, internal: Answer, confidential: Answer, privileged: Answer, restricted: Answer })
    .partial()
    .optional(),
  override: Override,
})
export type Rule = z.infer<typeof Rule>

/** `monitor`: what would have been answered is told, and everything goes but what no firm may let go. */
export const Rules = z.object({
  mode: z.enum(['enforce', 'monitor']),
  /** More recipients, or organizations by their domains, are too many. */
  most: z.object({ recipients: z.number().int().min(1).max(500), organizations: z.number().int().min(1).max(100) }),
  facts: z.record(FactKind, Rule),
})
export type Rules = z.infer<typeof Rules>
