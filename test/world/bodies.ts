import { expect } from 'vitest'
import type { Call } from '../../src/contract/call.ts'
import { calls, type CallId } from '../../src/contract/calls.ts'
import { DATA_TYPES } from '../../src/contract/matrix.ts'
import { GROUP, PATCH, USER } from '../../src/contract/scim.ts'
import { CLASSES } from '../../src/contract/words.ts'
import { uuidv7 } from '../../src/core/ids.ts'

const nobody = () => uuidv7(Date.now())
const receiverWish = { kind: 'webhook', form: 'ocsf', url: 'https://127.0.0.1:9/', secret: 'a'.repeat(20), ca: null, names: false }
const roleWish = { name: 'Some role', words: '', permissions: ['matter.list'] }

/** What a wall must say of itself. */
export const wallWords = {
  rule: '1.10(a)(2)',
  reason: 'Acted for the other side before',
  trigger: 'Joined from another firm',
  information: 'Instructions of a former client',
  procedures: ['No discussion of the matter', 'No access to its files'],
  fee: 'No part of the fee',
  needKnownAt: '2026-01-01T00:00:00.000Z',
}
const wallShape = () => ({ kind: 'exclusion', matters: [{ matter: nobody() }], people: [{ person: nobody() }] })

const handling = {
  storage: 'matter key',
  groups: true,
  maxGroup: null,
  open: 'session',
  download: true,
  downloadAsks: 'session',
  print: true,
  watermark: false,
  channels: ['portal'],
  recipientLevel: 'V1',
  recipientFirst: 'V1',
  sendDelay: 0,
  secondPerson: false,
  shareDays: null,
  notify: 'nothing',
  ai: 'forbidden',
  reviewDays: null,
  retention: 'none',
  retentionYears: 0,
}
const anyMatrix = () => ({
  classes: Object.fromEntries(CLASSES.map((its) => [its, handling])),
  dataTypes: Object.fromEntries(DATA_TYPES.map((type) => [type, { minimum: 'confidential', does: 'refuse' }])),
})

/** A review of the access log as it comes. */
export const anyReview = () => ({
  name: 'Some review',
  filter: { deeds: ['looked'] },
  rules: { zone: 'UTC', from: 7, to: 20, refusals: 10, bulk: 50 },
  cadence: 'monthly',
  reviewer: null,
  sample: 10,
  days: 7,
})

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
  'hold.place': () => ({
    documents: [],
    trigger: 'T',
    triggeredOn: '2026-01-01',
    issuer: 'I',
    scope: 'S',
    custodians: [],
    reason: 'A reason',
  }),
  'hold.lift': () => ({ reason: 'A reason' }),
  'document.destroy': () => ({ documents: [nobody()], reason: 'A reason' }),
  'trash.empty': () => ({ reason: 'A reason' }),
  'matter.destroy': () => ({ reason: 'A reason', basis: 'A basis' }),
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
  'checkpoint.mail': () => ({ what: 'stamp' }),
  'witness.add': () => ({ url: 'https://witness.example', key: 'no-such-key' }),
  'storage.move': () => ({ to: 'disk' }),
  'key.rotate': () => ({ what: 'matter' }),
  'key.acknowledge': () => ({ set: '0a0a0a0a' }),
  'key.split': () => ({ set: '0a0a0a0a', rootKey: '0'.repeat(16), need: 2, custodians: [nobody(), nobody()] }),
  'root.add': () => ({ name: 'no-such-key' }),
  'root.put': () => ({ name: 'no-such-key', reason: 'A reason' }),
  'root.take': () => ({ reason: 'A reason' }),
  'receiver.add': () => ({ name: 'Some receiver', settings: receiverWish, from: 'now', reason: 'A reason' }),
  'receiver.change': () => ({ settings: receiverWish, reason: 'A reason' }),
  'receiver.decide': () => ({ asked: nobody(), approve: true }),
  'receiver.retire': () => ({ reason: 'A reason' }),
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
  'client.change': () => ({ name: 'Some Client', class: 'confidential', version: 1 }),
  'client.merge': () => ({ into: nobody(), reason: 'A reason' }),
  'matter.change': () => ({ title: 'Some matter', class: 'confidential', version: 1 }),
  'matter.lower': () => ({ class: 'confidential', reason: 'A reason' }),
  'matter.close': () => ({ reason: 'A reason' }),
  'matter.reopen': () => ({ reason: 'A reason' }),
  'matter.openTo': () => ({ group: nobody(), reason: 'A reason' }),
  'party.add': () => ({ name: 'Some Party', role: 'adverse' }),
  'party.change': () => ({ name: 'Some Party', role: 'adverse', version: 1 }),
  'recipient.create': () => ({ kind: 'person', name: 'Some Recipient', part: 'other', side: 'neither' }),
  'recipient.find': () => ({ text: 'nobody' }),
  'recipient.place': () => ({ part: 'other', side: 'neither' }),
  'recipient.change': () => ({ kind: 'person', name: 'Some Recipient', part: 'other', side: 'neither', version: 1 }),
  'address.add': () => ({ kind: 'email', address: 'someone@elsewhere.example' }),
  'recipient.verify': () => ({ method: 'directory', confirmed: true, evidence: 'Looked up' }),
  'recipient.doubt': () => ({ reason: 'A reason' }),
  'recipient.challenge': () => ({ by: nobody() }),
  'challenge.answer': () => ({ secret: 'a'.repeat(43), code: '0000 0000' }),
  'team.change': () => ({ role: 'member' }),
  'wall.preview': () => wallShape(),
  'wall.raise': () => ({ ...wallShape(), ...wallWords }),
  'wall.lift': () => ({ reason: 'A reason' }),
  'wall.note': () => ({ kind: 'note', text: 'A note' }),
  'wall.certify': () => ({ capacity: 'partner', from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z', words: 'Kept.' }),
  'confirmation.decide': () => ({ approve: true }),
  'grant.request': () => ({ about: '2026-NOBODY', reason: 'A reason' }),
  'grant.break-glass': () => ({ about: '2026-NOBODY', reason: 'A reason' }),
  'grant.route': () => ({ matter: nobody() }),
  'grant.approve': () => ({ days: 7 }),
  'grant.refuse': () => ({ reason: 'A reason' }),
  'grant.renew': () => ({ days: 7, reason: 'A reason' }),
  'grant.review': () => ({ finding: 'justified', words: 'Needed at once.' }),
  'matrix.change': () => ({ matrix: anyMatrix(), reason: 'A reason', version: 999 }),
  'document.classify': () => ({ class: 'restricted' }),
  'document.lower': () => ({ class: 'confidential', reason: 'A reason' }),
  'bundle.preview': () => ({ of: { whole: true } }),
  'document.bundle': () => ({ of: { whole: true } }),
  'version.compare': () => ({ older: 1, newer: 2 }),
  'document.take-out': () => ({ note: '' }),
  'folder.create': () => ({ path: 'Folder' }),
  'folder.move': () => ({ from: 'Folder', to: 'Other' }),
  'folder.remove': () => ({ path: 'Folder' }),
  'document.move': () => ({ documents: [nobody()], folder: '' }),
  'document.transfer': () => ({ documents: [nobody()], to: nobody(), folder: '', copy: false, reason: 'A reason' }),
  'document.rename': () => ({ name: 'Name' }),
  'document.describe': () => ({ privilege: 'none', tags: [], author: '', custodian: '', source: '', receivedOn: null }),
  'quarantine.release': () => ({ version: 1, reason: 'A reason' }),
  'document.lock': () => ({ as: 'filed' }),
  'document.unlock': () => ({ reason: 'A reason' }),
  'document.trash': () => ({ documents: [nobody()] }),
  'document.restore': () => ({ documents: [nobody()] }),
  'conflict.check': () => ({ names: ['Some Name'] }),
  'conflict.decide': () => ({ decision: 'cleared', reasoning: 'A reason' }),
  'bundle.create': () => ({ of: { matter: nobody() } }),
  'probe.start': () => ({ person: nobody() }),
  'log-review.create': anyReview,
  'log-review.change': () => ({ ...anyReview(), version: 1 }),
  'log-review.retire': () => ({ reason: 'A reason' }),
  'log-review.assign': () => ({ reviewer: nobody(), reason: 'A reason' }),
  'log-review.mark': () => ({ entries: [nobody()], mark: 'fine' }),
  'log-review.sign': () => ({ outcome: 'clean', findings: 'Nothing was found' }),
  'team.join': () => ({ person: nobody(), role: 'member' }),
  'search.run': () => ({ words: 'some words', narrow: { matters: [nobody()], clients: [nobody()] } }),
  'search.suggest': () => ({ words: 'some wo' }),
  'search.passages': () => ({ words: 'some words' }),
  'search.export': () => ({ words: 'some words' }),
  'search.save': () => ({ name: 'Some search', words: 'some words' }),
  'search.change': () => ({ name: 'Some search', words: 'some words' }),
  'index.again': () => ({}),
  'index.rebuild': () => ({}),
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
  /** Beyond the end of every log. */ tile: '0/x999/x999/999',
  leaves: 'x999/x999/999',
})

/** A query that a call takes, where it needs one. */
const QUERIES: Partial<Record<CallId, () => Record<string, string>>> = {
  'access.as-of': () => ({ at: new Date().toISOString() }),
  'checkpoint.consistency': () => ({ from: '1' }),
  'log-review.report': () => ({ from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' }),
  'version.create': () => ({ from: '1', reason: 'A reason' }),
}
export const queryOf = (id: CallId): Record<string, string> => QUERIES[id]?.() ?? {}
