import { STANDARD_RULES } from '../../../src/outward/gate/rules.ts'
import type { Answer, FactKind, Override, Rules } from '../../../src/contract/gate.ts'
import type { Class } from '../../../src/contract/words.ts'
import type { Item, Likeness, Part, Place, Recipient, Side, Situation, Standing } from '../../../src/outward/gate/situation.ts'
import { readFirm } from '../misdelivery/firm.ts'

export const NOW = Date.parse('2026-11-24T12:00:00Z')
export const DAY = 86_400_000
const { cells } = readFirm()

export const mill: Place = { matter: 'm1', number: '26-001', title: 'Orchard v Mill', client: 'orchard', clientName: 'Orchard Ltd' }
export const lease: Place = { matter: 'm2', number: '26-002', title: 'Orchard lease', client: 'orchard', clientName: 'Orchard Ltd' }
export const rossi: Place = { matter: 'm3', number: '26-003', title: 'Rossi v Bank', client: 'rossi', clientName: 'Anna Rossi' }

export const standing = (part: Part, side: Side, place = mill, actsFor = ''): Standing => ({ place, part, side, actsFor, endedAt: null })

/** Dan, the client's, whose address is known and verified; or whoever he is changed to. */
export const dan = (change: Partial<Recipient> = {}): Recipient => ({
  id: 'dan',
  name: 'Dan Orchard',
  isOffice: false,
  address: 'dan@orchard.example',
  domain: 'orchard.example',
  standings: [standing('client', 'ours')],
  level: 'V4',
  fell: null,
  coolsUntil: null,
  isFirst: false,
  alsoOf: [],
  newness: { isKnownAddress: true, isKnownMailbox: true, isKnownDomain: true, isKnownRegistrable: true, isFreeMail: false },
  alikes: [],
  isScreened: false,
  isExcluded: false,
  ...change,
})
export const someone = (name: string, standings: Standing[], change: Partial<Recipient> = {}): Recipient =>
  dan({ id: name, name, address: `${name}@${name}.example`, domain: `${name}.example`, standings, ...change })

export const letter = (change: Partial<Item> = {}): Item => ({
  id: 'd1',
  name: 'letter.pdf',
  place: mill,
  class: 'confidential',
  isPrivileged: false,
  sensitive: [],
  traces: [],
  isCleaned: false,
  isQuarantined: false,
  ...change,
})

export const likeness = (how: string, change: Partial<Likeness> = {}): Likeness => ({
  why: (how === 'local' || how === 'domain' ? { how: 'homoglyph', in: how } : { how }) as Likeness['why'],
  known: 'fay@mill.example',
  name: 'Fay Mill',
  standing: standing('adverse', 'theirs'),
  differs: { of: 'address', asked: 'dan@orchard.example', known: 'fay@mill.example', at: 0, here: 'dan@orchard', there: 'fay@mill' },
  ...change,
})

/** A letter to the client, in which nothing speaks; or what it is changed to. */
export const sending = (change: Partial<Situation> = {}, its: Class = 'confidential'): Situation => ({
  now: NOW,
  local: { hour: 12, weekday: 2 },
  place: mill,
  class: its,
  cells: cells[its],
  channel: 'portal',
  items: [letter({ class: its })],
  recipients: [dan()],
  purpose: 'To keep the client informed',
  scope: 'The letter',
  basis: { code: 'b1', text: 'The engagement', startsAt: 0, endsAt: null, withdrawnAt: null, documents: null, recipients: null },
  wishes: { channels: null, hours: null },
  ends: { days: 14, download: cells[its].download, print: cells[its].print },
  isHidden: false,
  isPicked: false,
  isApproved: false,
  overridden: new Map(),
  ...change,
})

export const ruling = (kind: FactKind, does: Answer, override: Override = 'nobody'): Rules => ({
  ...STANDARD_RULES,
  facts: { ...STANDARD_RULES.facts, [kind]: { does, override } },
})
