import { isBuiltIn } from '../../../src/contract/roles.ts'

const TEAM: Record<string, string> = {
  responsible: 'being responsible for the matter',
  deputy: 'being the deputy on the matter',
  member: 'a place on the team',
  assistant: 'a place on the team, as assistant',
}

/** What let it through at that moment (docs/formats/ledger.md, Ground), in a reader’s words. */
export function groundWords(ground: string): string {
  const [kind, what = ''] = ground.split(' ', 2)
  if (kind === 'team') return TEAM[what] ?? 'a place on the team'
  if (kind === 'grant') return 'a grant for a time'
  if (kind === 'emergency') return 'an emergency'
  if (kind === 'group') return 'a practice group that the matter is open to'
  if (kind === 'left') return 'having been on the matter until that act'
  if (kind === 'roles') {
    const roles = what.split(',').map((role) => (isBuiltIn(role) ? role : 'one of the firm’s own'))
    return `${roles.length === 1 ? 'the role' : 'the roles'} ${roles.join(', ')}`
  }
  return ground
}
