import type { ErrorAnswer } from '../../src/contract/errors.ts'
import type { PersonId } from '../../src/contract/ids.ts'
import type { Role } from '../../src/contract/roles.ts'
import type { Caller, Reply } from './caller.ts'

// Roles, second persons and leavings, in the words of a test.

export const idOf = async (caller: Caller): Promise<PersonId> => (await caller.ok('person.me')).id
/** A refusal's code, or the status of what went through. */
export const codeIn = (reply: Reply): string | number => (reply.json as ErrorAnswer | null)?.error?.code ?? reply.status
export const give = (by: Caller, person: PersonId, roles: Role[], reason = 'needed'): Promise<Reply> =>
  by.ask('person.change', { params: { person }, body: { roles, reason } })
export const decide = (by: Caller, approval: string, approve = true): Promise<Reply> =>
  by.ask('approval.decide', { params: { approval }, body: { approve } })
/** The newest approval that waits for someone. */
export const waitsFor = async (by: Caller, person: PersonId) =>
  (await by.ok('approval.list')).approvals.find((approval) => approval.person === person && approval.state === 'waiting')!
export const leave = (by: Caller, person: PersonId, successor: PersonId, more: { at?: string; reason?: string } = {}): Promise<Reply> =>
  by.ask('person.leave', { params: { person }, body: { successor, ...more } })
/** What someone's notices say. */
export const textsOf = async (caller: Caller): Promise<string[]> => (await caller.ok('notice.list')).notices.map((notice) => notice.text)
/** An hour from now. */
export const soon = (): string => new Date(Date.now() + 3_600_000).toISOString()
