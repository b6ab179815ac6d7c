import type { Cadence } from '../../contract/log-review.ts'
import type { Plan } from './plan.ts'

type Seed = Plan & { cadence: Cadence; sample: number; days: number }
const rules: Plan['rules'] = { zone: 'UTC', from: 7, to: 20, refusals: 10, bulk: 50 }

/** The reviews with which a firm begins (catalogue S0-27: regular audits of access logs); each can be changed or ended. */
export const SEEDS: readonly Seed[] = [
  { name: 'The weekly access-log review', filter: { deeds: ['looked'] }, rules, cadence: 'weekly', sample: 25, days: 7 },
  {
    name: 'The monthly review of refusals, emergencies and walls',
    filter: { deeds: ['refused', 'access'] },
    rules,
    cadence: 'monthly',
    sample: 25,
    days: 14,
  },
  {
    name: 'The quarterly review of those who run the system',
    filter: { deeds: ['people', 'keys', 'ledger'] },
    rules,
    cadence: 'quarterly',
    sample: 40,
    days: 21,
  },
]
