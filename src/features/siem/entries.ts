import type { Deed } from '../../contract/deeds.ts'

/**
 * What leaves the firm of one entry: ids, times and words of our own. Never its details, a title, a name of a matter, client or
 * document; `name`, who did it, only where the receiver gets names of people.
 */
export type Sent = {
  /** position in the log, from 0 */ n: number
  id: string
  at: Date
  numbered: Date
  deed: Deed
  actor: string | null
  name: string | null
  session: string | null
  via: 'browser' | 'command' | 'token' | 'visitor' | 'clerk'
  matter: string | null
  object: string | null
  address: string | null
  /** RFC 6962 hash of the leaf: with it whoever kept it holds the ledger to its word */ leaf: Buffer
}

const FAILED: readonly Deed[] = [
  'session.refused',
  'nothing.answered',
  'act.refused',
  'passkey.cloned',
  'glass.tried',
  'receiver.failed',
  'root.failed',
]
const HIGH: readonly Deed[] = [
  'session.moved',
  'passkey.cloned',
  'account.closed',
  'glass.broken',
  'key.recovered',
  'version.broken',
  'clock.confirmed',
]
const MEDIUM_AREAS = [
  'role',
  'setting',
  'key',
  'root',
  'wall',
  'approval',
  'matrix',
  'destruction',
  'receiver',
  'quarantine',
  'storage',
  'probe',
]
const MEDIUM: readonly Deed[] = [
  'person.changed',
  'person.reset',
  'device.lost',
  'token.created',
  'document.quarantined',
  'document.destroyed',
  'matter.destroyed',
  'hold.lifted',
  'group.changed',
]

export const areaOf = (deed: Deed): string => deed.slice(0, deed.indexOf('.'))
/** What the deed says of itself: it was refused, or found wrong. */
export const hasFailed = (deed: Deed): boolean => FAILED.includes(deed)

export type Severity = 'information' | 'low' | 'medium' | 'high'
export function severityOf(deed: Deed): Severity {
  if (HIGH.includes(deed)) return 'high'
  if (MEDIUM.includes(deed) || MEDIUM_AREAS.includes(areaOf(deed))) return 'medium'
  return hasFailed(deed) ? 'low' : 'information'
}
