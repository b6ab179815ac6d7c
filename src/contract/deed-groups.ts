import { deedNames, type Deed } from './deeds.ts'

/** Deeds by what a reader of the ledger asks after; each deed is in one group, `looked` and `refused` beside the others. */
export const DEED_GROUPS = {
  'looked': 'Files opened or taken',
  'refused': 'What was refused',
  'sign-in': 'Signing in and factors',
  'people': 'People, roles and settings',
  'matters': 'Clients, matters and teams',
  'access': 'Walls, grants and emergencies',
  'files': 'Files and folders',
  'ending': 'Holds and destruction',
  'keys': 'Keys and stored files',
  'ledger': 'The ledger and its reviews',
} as const
export type DeedGroup = keyof typeof DEED_GROUPS
export const deedGroups = Object.keys(DEED_GROUPS) as [DeedGroup, ...DeedGroup[]]

const LOOKED: readonly Deed[] = [
  'document.opened',
  'pictures.shown',
  'passages.shown',
  'document.downloaded',
  'document.delivered',
  'bundle.made',
  'bundle.delivered',
  'version.compared',
]
const REFUSED: readonly Deed[] = [
  'nothing.answered',
  'act.refused',
  'session.refused',
  'session.moved',
  'account.closed',
  'passkey.cloned',
  'glass.tried',
]
const ENDING: readonly Deed[] = ['document.destroyed', 'matter.destroyed']

/** The first words of deeds. What is in none of these is the ledger's. */
const ROOMS: Record<Exclude<DeedGroup, 'looked' | 'refused' | 'ledger'>, readonly string[]> = {
  'sign-in': ['session', 'device', 'account', 'password', 'factor', 'passkey', 'recovery', 'identity', 'token'],
  'people': ['firm', 'person', 'role', 'group', 'approval', 'setting', 'matrix', 'notice', 'handover'],
  'matters': ['client', 'matter', 'class', 'party', 'team', 'conflict'],
  'access': ['wall', 'grant', 'glass', 'access', 'probe'],
  'files': ['document', 'version', 'bundle', 'pictures', 'passages', 'search', 'folder', 'upload', 'quarantine'],
  'ending': ['hold', 'destruction', 'certificate'],
  'keys': ['key', 'root', 'storage', 'scrub', 'index', 'clock'],
}

/** The group that a deed belongs to, `looked` and `refused` apart. */
export function groupOf(deed: Deed): DeedGroup {
  if (ENDING.includes(deed)) return 'ending'
  if (deed === 'nothing.answered' || deed === 'act.refused') return 'refused'
  const room = deed.split('.')[0]!
  return (Object.keys(ROOMS) as (keyof typeof ROOMS)[]).find((group) => ROOMS[group].includes(room)) ?? 'ledger'
}

/** The deeds of a group. */
export const deedsOf = (group: DeedGroup): Deed[] =>
  group === 'looked' ? [...LOOKED] : group === 'refused' ? [...REFUSED] : deedNames.filter((deed) => groupOf(deed) === group)
