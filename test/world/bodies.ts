import { expect } from 'vitest'
import type { Call } from '../../src/contract/call.ts'
import { calls, type CallId } from '../../src/contract/calls.ts'
import { GROUP, PATCH, USER } from '../../src/contract/scim.ts'
import { uuidv7 } from '../../src/core/ids.ts'

const nobody = () => uuidv7(Date.now())
const roleWish = { name: 'Some role', words: '', permissions: ['matter.list'] }

/** For each call with a body one that fits it, about nothing that is there. */
const BODIES: Partial<Record<CallId, () => unknown>> = {
  'setup.enrol': () => ({ secret: 'a'.repeat(43), email: 'x@wren-ames.test' }),
  'setup.finish': () => ({
    secret: 'a'.repeat(43),
    firm: 'F',
    name: 'N',
    email: 'x@wren-ames.test',
    password: 'a long enough pass phrase',
  }),
  'invitation.read': () => ({ secret: 'a'.repeat(43) }),
  'invitation.accept': () => ({ secret: 'a'.repeat(43) }),
  'session.create': () => ({ email: 'x@wren-ames.test', password: 'x' }),
  'session.revokeAll': () => ({}),
  'session.prove': () => ({ code: '000000' }),
  'passkey.create': () => ({ name: 'Key', passkey: { id: 'AAAA', response: {} } }),
  'passkey.rename': () => ({ name: 'Key' }),
  'totp.create': () => ({ totpSecret: 'A'.repeat(32), code: '000000' }),
  'password.judge': () => ({ password: 'x' }),
  'password.change': () => ({ current: 'x', password: 'a long enough pass phrase' }),
  'password.forget': () => ({ email: 'x@wren-ames.test' }),
  'password.reset': () => ({ secret: 'a'.repeat(43), password: 'a long enough pass phrase' }),
  'password.renew': () => ({ secret: 'a'.repeat(43), password: 'a long enough pass phrase' }),
  'token.create': () => ({ name: 'a token', scope: ['person.list'] }),
  'token.issue': () => ({ name: 'a token', email: 'x@wren-ames.test', password: 'x' }),
  'person.invite': () => ({ name: 'New Person', email: `new${Math.random()}@wren-ames.test`, roles: ['staff'] }),
  'person.edit': () => ({ name: 'Some One', email: `some${Math.random()}@wren-ames.test` }),
  'person.change': () => ({ roles: ['staff'], reason: 'A reason' }),
  'person.reset': () => ({ what: 'password', reason: 'A reason' }),
  'person.endSessions': () => ({}),
  'person.leave': () => ({ successor: nobody() }),
  'person.return': () => ({ roles: ['staff'], reason: 'A reason' }),
  'handover.take': () => ({ person: nobody() }),
  'role.create': () => ({ ...roleWish, name: `Role ${Math.random()}` }),
  'role.change': () => roleWish,
  'approval.decide': () => ({ approve: true }),
  'setting.change': () => ({ value: { rotationDays: null, history: 0 }, reason: 'A reason' }),
  'group.create': () => ({ name: `Group ${Math.random()}`, roles: [] }),
  'group.change': () => ({ name: 'Group', roles: [] }),
  'sso.finish': () => ({ code: 'x', state: 'y' }),
  'sso.second': () => ({ secret: 'a'.repeat(43), code: '000000' }),
  'sso.link': () => ({ code: 'x', state: 'y' }),
  'scim.userCreate': () => ({ schemas: [USER], userName: `scim${Math.random()}@wren-ames.test` }),
  'scim.userReplace': () => ({ schemas: [USER], userName: `scim${Math.random()}@wren-ames.test` }),
  'scim.userChange': () => ({ schemas: [PATCH], Operations: [{ op: 'replace', path: 'active', value: true }] }),
  'scim.groupCreate': () => ({ schemas: [GROUP], displayName: `Group ${Math.random()}` }),
  'scim.groupReplace': () => ({ schemas: [GROUP], displayName: `Group ${Math.random()}` }),
  'scim.groupChange': () => ({ schemas: [PATCH], Operations: [{ op: 'replace', path: 'displayName', value: 'Group' }] }),
  'client.create': () => ({ name: 'Some Client' }),
  'matter.create': () => ({ client: nobody(), title: 'Some matter' }),
  'team.join': () => ({ person: nobody(), role: 'member' }),
}

/** A body that a call takes; undefined for a call without one. */
export function bodyOf(id: CallId): unknown {
  const { body } = calls[id] as Call
  if (!body) return undefined
  const made = BODIES[id]?.()
  expect(body.safeParse(made).success, `a body for ${id} in test/world/bodies.ts`).toBe(true)
  return made
}

/** An id for every parameter there is, of nothing. */
export const inventedIds = (): Record<string, string> => ({
  ...Object.fromEntries(
    Object.values(calls).flatMap((call) =>
      [...call.path.matchAll(/:(\w+)/g)].map((match): [string, string] => [match[1]!, uuidv7(Date.now())]),
    ),
  ),
  setting: 'password',
})
