import { z } from 'zod'
import { deedsNamed } from '../../contract/entry-filter.ts'
import { ReviewFilter, ReviewRules } from '../../contract/log-review.ts'
import type { Deed } from '../../contract/deeds.ts'
import type { House } from '../../platform/house.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'

const Plan = z.object({ name: z.string(), filter: ReviewFilter, rules: ReviewRules })
/** What a review looks at and by which rules, as it is sealed in its row and in each of its tasks. */
export type Plan = z.infer<typeof Plan>
type Table = 'log_reviews' | 'log_review_tasks'
type Keys = House['keys']

export const sealPlan = (keys: Keys, table: Table, row: string, { name, filter, rules }: Plan): Buffer =>
  sealFirmText(keys, table, 'sealed_plan', row, JSON.stringify({ name, filter, rules }))
export const openPlan = (keys: Keys, table: Table, row: string, sealed: Buffer): Plan =>
  Plan.parse(JSON.parse(firmText(keys, table, 'sealed_plan', row, sealed)))

/** Deeds that a filter means; none: any. */
export const deedsIn = ({ deeds }: ReviewFilter): Deed[] => deedsNamed(deeds)
