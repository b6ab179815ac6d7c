import { FACT_KINDS, type FactKind } from '../../../src/contract/gate.ts'
import type { Situation } from '../../../src/outward/gate/situation.ts'
import { dan, DAY, lease, letter, likeness, NOW, rossi, sending, someone, standing } from './situations.ts'

/** `fires`: the fact is there. `near`: almost the same, and it is not. `says`: part of its sentence. */
export type Case = { fires: Situation; near: Situation; says: string }

const to = (...recipients: Situation['recipients']): Situation => sending({ recipients })
const of = (...items: Situation['items']): Situation => sending({ items })
const basis = (change: Partial<NonNullable<Situation['basis']>>): Situation => sending({ basis: { ...sending().basis!, ...change } })
const eve = someone('eve', [standing('adverse', 'theirs')])
const gus = someone('gus', [standing('counsel', 'theirs', undefined, 'Mill')])
const judge = someone('judge', [standing('court', 'neither')])
const expert = someone('expert', [standing('expert', 'ours')])
const stranger = someone('stranger', [])
const many = (count: number) =>
  Array.from({ length: count }, (_, at) => dan({ address: `p${at}@orchard.example`, newness: { ...dan().newness!, isFreeMail: true } }))
const newness = { ...dan().newness!, isKnownAddress: false, isKnownMailbox: false, isKnownDomain: false, isKnownRegistrable: false }
const hours = { channels: null, hours: { from: 9, to: 17, weekdays: [1, 2, 3, 4, 5] } }
const alike = (how: string): Situation => to(dan({ alikes: [likeness(how)] }))
const alikeStranger = (how: string): Situation => to(someone('stranger', [], { alikes: [likeness(how)] }))

export const CASES: Record<FactKind, Case> = {
  'adverse-party': { fires: to(eve), near: to(gus), says: 'eve is the opponent in Orchard v Mill (26-001)' },
  'adverse-counsel': { fires: to(gus), near: to(someone('gus', [standing('counsel', 'ours')])), says: 'gus is counsel for Mill' },
  'other-side': { fires: to(someone('ada', [standing('expert', 'theirs')])), near: to(expert), says: 'an expert on the other side' },
  'other-side-elsewhere': {
    fires: to(dan({ standings: [standing('client', 'ours'), standing('adverse', 'theirs', lease)] })),
    near: to(dan({ standings: [standing('client', 'ours'), standing('adverse', 'theirs', rossi)] })),
    says: 'against Orchard Ltd in Orchard lease',
  },
  'screened': { fires: to(dan({ isScreened: true })), near: to(dan()), says: 'A wall keeps Dan Orchard from Orchard v Mill' },
  'excluded': { fires: to(dan({ isExcluded: true })), near: to(dan()), says: 'Orchard Ltd wants nothing to go to Dan Orchard' },
  'lookalike-domain': { fires: alike('domain'), near: alike('local'), says: 'which is not fay@mill.example' },
  'mistyped-mailbox': { fires: alike('local'), near: alike('domain'), says: 'is almost fay@mill.example, the address of Fay Mill' },
  'other-writing': { fires: alike('same-mailbox'), near: alike('same-name'), says: 'another writing of fay@mill.example' },
  'display-differs': { fires: alike('display-address'), near: alike('same-name'), says: 'but the address is dan@orchard.example' },
  'personal-address': { fires: alikeStranger('free-mail-name'), near: alikeStranger('same-name'), says: 'a private address of Fay Mill' },
  'alike-name': { fires: alikeStranger('begins-alike'), near: alike('begins-alike'), says: 'nearly the name of Fay Mill' },
  'alike-other-side': { fires: alike('same-name'), near: alikeStranger('same-name'), says: 'the opponent in Orchard v Mill' },
  'left-matter': {
    fires: to(dan({ standings: [{ ...standing('counsel', 'ours'), endedAt: NOW - DAY }] })),
    near: to(dan({ standings: [{ ...standing('counsel', 'ours'), endedAt: NOW - DAY }, standing('client', 'ours')] })),
    says: 'is no longer counsel in Orchard v Mill',
  },
  'off-matter': {
    fires: to(dan({ standings: [standing('client', 'ours', lease)] })),
    near: to(judge),
    says: 'not a recipient of Orchard v Mill',
  },
  'cooling': { fires: to(dan({ coolsUntil: NOW + 1 })), near: to(dan({ coolsUntil: NOW })), says: 'is not used before 2026-11-24' },
  'level-fell': { fires: to(dan({ fell: 'bounced' })), near: to(dan()), says: 'sent something back' },
  'level': { fires: to(dan({ level: 'V1' })), near: to(dan({ level: 'V2' })), says: 'is verified at V1; this asks for V2' },
  'new-address': {
    fires: to(dan({ newness })),
    near: to(dan({ newness: { ...newness, isKnownMailbox: true } })),
    says: 'has not written to dan@orchard',
  },
  'new-domain': {
    fires: to(dan({ newness })),
    near: to(dan({ newness: { ...newness, isFreeMail: true } })),
    says: 'knows nobody at orchard.example',
  },
  'free-mail-office': {
    fires: to(dan({ isOffice: true, newness: { ...dan().newness!, isFreeMail: true } })),
    near: to(dan({ newness: { ...dan().newness!, isFreeMail: true } })),
    says: 'is an office',
  },
  'shared-mailbox': { fires: to(dan({ alsoOf: ['Ada', 'Ben'] })), near: to(dan()), says: 'is also Ada and Ben’s' },
  'first-release': {
    fires: to(dan({ isFirst: true })),
    near: to(dan({ isFirst: true, id: null })),
    says: 'from Orchard Ltd’s matters yet',
  },
  'item-adverse': {
    fires: sending({
      items: [letter({ name: 'Exhibit 4', place: rossi })],
      recipients: [dan({ standings: [standing('client', 'ours'), standing('counsel', 'theirs', rossi, 'Bank')] })],
    }),
    near: sending({
      items: [letter({ place: rossi })],
      recipients: [dan({ standings: [standing('client', 'ours'), standing('counsel', 'ours', rossi)] })],
    }),
    says: 'Exhibit 4 belongs to Rossi v Bank (26-003); Dan Orchard is counsel for Bank in it.',
  },
  'privileged-adverse': {
    fires: sending({ items: [letter({ isPrivileged: true })], recipients: [gus] }),
    near: sending({ items: [letter({ isPrivileged: true })], recipients: [judge] }),
    says: 'letter.pdf is privileged, and gus is on the other side',
  },
  'privileged-outside': {
    fires: sending({ items: [letter({ isPrivileged: true })], recipients: [judge] }),
    near: sending({ items: [letter({ isPrivileged: true })], recipients: [expert] }),
    says: 'judge is not within the privilege',
  },
  'other-client': {
    fires: of(letter({ place: rossi })),
    near: of(letter({ place: lease })),
    says: 'another client: Anna Rossi, Rossi v Bank',
  },
  'other-matter': { fires: of(letter({ place: lease })), near: of(letter({ place: rossi })), says: 'another matter: Orchard lease' },
  'quarantined': { fires: of(letter({ isQuarantined: true })), near: of(letter()), says: 'is in quarantine' },
  'covered-text': {
    fires: of(letter({ traces: ['covered-text'], isCleaned: true })),
    near: of(letter({ isCleaned: true })),
    says: 'redaction boxes',
  },
  'tracked-changes': trace('tracked-changes', 'has tracked changes'),
  'comments': trace('comments', 'has comments'),
  'hidden-content': trace('hidden-content', 'has hidden content'),
  'metadata': trace('metadata', 'says who made and changed it'),
  'unread': { fires: of(letter({ traces: ['unread'], isCleaned: true })), near: of(letter()), says: 'could not be looked into' },
  'sensitive-identifiers': {
    fires: sending({ items: [letter({ sensitive: [{ kind: 'iban', count: 2 }] })], recipients: [judge] }),
    near: sending({ items: [letter({ sensitive: [{ kind: 'health', count: 2 }] })], recipients: [judge] }),
    says: 'letter.pdf holds 2 IBANs',
  },
  'sensitive-terms': {
    fires: of(letter({ sensitive: [{ kind: 'health', count: 1 }] })),
    near: of(letter({ sensitive: [{ kind: 'iban', count: 1 }] })),
    says: '1 mention of health',
  },
  'restricted': { fires: of(letter({ class: 'restricted' })), near: of(letter({ class: 'privileged' })), says: 'letter.pdf is restricted' },
  'basis-missing': { fires: sending({ basis: null }), near: sending(), says: 'not said why' },
  'basis-early': { fires: basis({ startsAt: NOW + DAY }), near: basis({ startsAt: NOW }), says: 'does not hold before 2026-11-25' },
  'basis-expired': { fires: basis({ endsAt: NOW }), near: basis({ endsAt: NOW + 1 }), says: '“The engagement” ended on 2026-11-24' },
  'basis-withdrawn': { fires: basis({ withdrawnAt: NOW }), near: basis({ withdrawnAt: NOW + DAY }), says: 'was withdrawn on 2026-11-24' },
  'basis-item': { fires: basis({ documents: ['d2'] }), near: basis({ documents: ['d1'] }), says: 'does not cover letter.pdf' },
  'basis-recipient': { fires: basis({ recipients: ['ben'] }), near: basis({ recipients: ['dan'] }), says: 'does not cover Dan Orchard' },
  'nobody': { fires: to(), near: to(dan()), says: 'nobody that it would go to' },
  'mixed-sides': { fires: to(dan(), gus), near: to(dan(), judge), says: 'Dan Orchard and gus stand on different sides' },
  'mixed-organizations': { fires: to(dan(), stranger), near: to(dan(), judge), says: 'orchard.example, stranger.example' },
  'many-recipients': { fires: to(...many(11)), near: to(...many(10)), says: 'goes to 11 recipients; the firm’s limit is 10' },
  'channel-class': {
    fires: sending({ channel: 'mail' }),
    near: sending({ channel: 'tls' }),
    says: 'confidential does not go by plain mail',
  },
  'channel-wish': {
    fires: sending({ channel: 'tls', wishes: { channels: ['portal'], hours: null } }),
    near: sending({ channel: 'tls', wishes: { channels: ['portal'], hours: null }, recipients: [judge] }),
    says: 'Orchard Ltd does not want it by mail with enforced TLS',
  },
  'hours-wish': {
    fires: sending({ wishes: hours, local: { hour: 17, weekday: 2 } }),
    near: sending({ wishes: hours, local: { hour: 16, weekday: 2 } }),
    says: 'from 9:00 to 17:00',
  },
  'purpose-missing': { fires: sending({ purpose: ' ' }), near: sending(), says: 'what this is for' },
  'scope-missing': { fires: sending({ scope: '' }), near: sending(), says: 'what this covers' },
  'expiry-missing': {
    fires: sending({ ends: { days: null, download: false, print: false } }),
    near: sending({ ends: { days: null, download: false, print: false }, channel: 'smime' }),
    says: 'would never end',
  },
  'expiry-long': {
    fires: sending({ ends: { days: 91, download: false, print: false } }),
    near: sending({ ends: { days: 90, download: false, print: false } }),
    says: 'would end after 91 days',
  },
  'download': restricted('download', 'is not downloaded'),
  'print': restricted('print', 'is not printed'),
  'second-person': { fires: sending({}, 'restricted'), near: sending({}, 'privileged'), says: 'a second person’s approval' },
  'review': { fires: sending({ isPicked: true }), near: sending(), says: 'The firm looks at some releases' },
}

function trace(kind: 'tracked-changes' | 'comments' | 'hidden-content' | 'metadata', says: string): Case {
  const its = (isCleaned: boolean): Situation => sending({ items: [letter({ traces: [kind], isCleaned })], recipients: [judge] })
  return { fires: its(false), near: its(true), says }
}

function restricted(cell: 'download' | 'print', says: string): Case {
  const its = (may: boolean): Situation => sending({ ends: { days: 14, download: false, print: false, [cell]: may } }, 'restricted')
  return { fires: its(true), near: its(false), says }
}

export const KINDS = [...FACT_KINDS]
