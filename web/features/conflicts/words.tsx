import { IconCircleX } from '@tabler/icons-react'
import { line } from '../../ui/icons.ts'
import { State } from '../../ui/state.tsx'
import { listed } from '../people/words.ts'
import type { CheckView, HitView } from './api.ts'

/** Why a name was found, before the words that made it so. */
export const HOW: Record<HitView['why'][number]['how'], string> = {
  'exact': 'The same name',
  'spelling': 'Spelled alike',
  'transliteration': 'The same in another transliteration',
  'order': 'The same words in another order',
  'initials': 'Its initials fit',
  'nickname': 'A short form of the same name',
  'phonetic': 'Sounds like it',
  'legal form': 'Differs in the legal form only',
  'subset': 'One name is part of the other',
  'domain': 'The same e-mail domain',
}

/** The words that made it so: one name whole, or those of either name beside each other. */
export function whyWords({ how, words }: HitView['why'][number]): string {
  const parts = words.split(' ~ ').filter(Boolean)
  return how === 'exact' || how === 'order' ? parts.join(' ') : listed(parts)
}

/** What stands in the register, where it is not the name that someone goes by. */
export const FORM: Record<HitView['form'], string | null> = {
  name: null,
  former: 'former name',
  alias: 'alias',
  email: 'e-mail address',
}

export const ROLE: Record<HitView['role'], string> = {
  'client': 'Client',
  'adverse': 'Adverse party',
  'co-party': 'Co-party',
  'counsel': 'Counsel',
  'witness': 'Witness',
  'expert': 'Expert',
  'court': 'Court',
}

export const CAUSE: Record<CheckView['cause'], string> = {
  demand: 'On demand',
  intake: 'Matter at intake',
  client: 'Names of a client',
  party: 'Names of a party',
}

/** How alike two names are, in a word; the number stands beside it. */
export const likeness = (score: number): string =>
  score >= 0.98 ? 'same' : score >= 0.88 ? 'very like' : score >= 0.75 ? 'like' : 'somewhat like'

const DECIDED = { cleared: 'No conflict', waived: 'Waived with consent', refused: 'Refused' } as const
export const decisionOf = (state: CheckView['state']): string => (state === 'open' ? 'Not decided' : DECIDED[state])

export function CheckState({ of }: { of: CheckView['state'] }) {
  if (of === 'open') return <State kind="wait">Open</State>
  if (of !== 'refused') return <State kind="ok">{DECIDED[of]}</State>
  return (
    <span className="state no">
      <IconCircleX {...line} size={14} />
      {DECIDED[of]}
    </span>
  )
}
