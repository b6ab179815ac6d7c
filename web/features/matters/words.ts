import type { MatterStatus, MemberView, PartyRole } from '../../../src/contract/matter.ts'
import type { TeamRole } from '../../../src/contract/roles.ts'
import { CLASSES } from '../../../src/contract/words.ts'
import type { MatterClass } from './api.ts'

export const STATUS: Record<MatterStatus, string> = { intake: 'Intake', open: 'Open', closed: 'Closed' }

export const PARTY: Record<PartyRole, string> = {
  'client': 'Joint client',
  'adverse': 'Adverse',
  'co-party': 'Co-party',
  'counsel': 'Counsel',
  'witness': 'Witness',
  'expert': 'Expert',
  'court': 'Court',
}

export const TEAM: Record<TeamRole, string> = {
  responsible: 'Responsible',
  deputy: 'Deputy',
  member: 'Member',
  assistant: 'Assistant',
}
export const TEAM_CHOICES = Object.entries(TEAM).map(([value, label]) => ({ value: value as TeamRole, label }))

/** What brings someone in, where it is not a place on the team. */
export const VIA: Record<Exclude<MemberView['via'], 'team'>, string> = { 'grant': 'Granted for a time', 'break-glass': 'Emergency' }

/** The classes of a matter, with what each is for. */
export const CLASS_MEANS: Record<MatterClass, string> = {
  confidential: 'What every client matter is at least.',
  privileged: 'Legal advice, and work done for a proceeding.',
  restricted: 'For the named few. The strictest handling.',
}
export const MATTER_CLASSES = Object.keys(CLASS_MEANS) as MatterClass[]
export const isStricter = (one: MatterClass, other: MatterClass) => CLASSES.indexOf(one) > CLASSES.indexOf(other)
