import type { Channel, Level } from '../../contract/gate.ts'
import type { Class } from '../../contract/words.ts'
import type { IdentifierKind, TermKind } from '../identifiers/identifiers.ts'
import type { Newness } from '../addresses/alike.ts'
import type { Differs, Why } from '../addresses/why.ts'

/** A matter and its client, as the sender may name them. */
export type Place = { matter: string; number: string; title: string; client: string; clientName: string }

/** The part that someone has in a matter. */
export type Part = 'client' | 'co-party' | 'adverse' | 'counsel' | 'witness' | 'expert' | 'court' | 'other'
/** For whom: the firm's own side, the other, or neither (a court, a neutral, a register). */
export type Side = 'ours' | 'theirs' | 'neither'
export type Standing = {
  place: Place
  part: Part
  side: Side
  /** for counsel and experts: whom they act for */ actsFor: string
  /** No longer, since then (milliseconds). */ endedAt: number | null
}

/** A known address that this one may be taken for, with whom it belongs to and where he stands, as far as the sender reaches it. */
export type Likeness = { why: Why; known: string; name: string | null; standing: Standing | null; differs: Differs }

/** What a file tells beside what it shows; as `src/platform/cleaning` finds it. */
export type Trace = 'metadata' | 'comments' | 'tracked-changes' | 'hidden-content' | 'covered-text' | 'unread'

/** One document that is to go. */
export type Item = {
  id: string
  name: string
  place: Place
  class: Class
  /** Marked as privileged by class, by its label or by what it says. */ isPrivileged: boolean
  /** Kinds of sensitive identifiers and terms in its text, with how often. */ sensitive: {
    kind: IdentifierKind | TermKind
    count: number
  }[]
  traces: Trace[]
  /** What is released is cleaned of its traces, except of covered text. */ isCleaned: boolean
  /** Malware is suspected, or not yet looked for. */ isQuarantined: boolean
}

/** One address that it is to go to. */
export type Recipient = {
  /** Of the firm's recipients; null: nobody that the firm knows. */ id: string | null
  name: string
  /** A court, a firm, a register: not one person. */ isOffice: boolean
  /** As people read it; by it facts name the recipient. */ address: string
  /** Its registrable domain, or '' where it has none (a telephone, a street). */ domain: string
  /** Those that the sender reaches; the one on this matter among them. */ standings: Standing[]
  /** How sure the firm is that this address is this person's, now. */ level: Level
  /** Why it is no longer what it was, if it fell. */ fell: 'expired' | 'changed' | 'bounced' | null
  /** The address was changed, and is not used until then (milliseconds). */ coolsUntil: number | null
  /** Nothing has gone to this address from this client's matters yet. */ isFirst: boolean
  /** A share or drop is bound to one mailbox; who else is known by this address. */ alsoOf: string[]
  newness: Newness | null
  alikes: Likeness[]
  /** A person of the firm whom a wall that the sender knows of keeps from this matter. */ isScreened: boolean
  /** Left out by the client's wish. */ isExcluded: boolean
}

/** Why it may go: the client's consent, or another ground. */
export type Basis = {
  code: string
  text: string
  startsAt: number
  endsAt: number | null
  withdrawnAt: number | null
  /** Documents (ids) and recipients (ids) that it covers; null: all of the matter's. */ documents: string[] | null
  recipients: string[] | null
}

/** How the client wants to be dealt with. Hours are of the client's clock, `weekdays` 1 (Monday) to 7. */
export type Wishes = { channels: Channel[] | null; hours: { from: number; to: number; weekdays: number[] } | null }

/** What the handling matrix says of one class. */
export type Cells = {
  channels: Channel[]
  recipientLevel: Level
  recipientFirst: Level
  sendDelay: number
  secondPerson: boolean
  shareDays: number | null
  download: boolean
  print: boolean
}

/** All that the release decision is given. Nothing else may speak in it. */
export type Situation = {
  now: number
  /** The client's clock: hour 0–23 and weekday 1–7. */ local: { hour: number; weekday: number }
  place: Place
  /** The strictest of the matter's and of the documents'. */ class: Class
  cells: Cells
  channel: Channel
  items: Item[]
  /** Each address once. */ recipients: Recipient[]
  purpose: string
  scope: string
  basis: Basis | null
  wishes: Wishes
  /** Days until it ends, null: never; and what its readers may do. */
  ends: { days: number | null; download: boolean; print: boolean }
  /** Something that the sender may not know of speaks against it; no longer once a review has let it go. */ isHidden: boolean
  /**
   * Picked for the ordinary review, and not yet let go. Picked by a keyed hash of what is released, so that the same release is picked
   * again: who tries twice learns nothing of `isHidden`.
   */
  isPicked: boolean
  /** Given by a second person for exactly this. */ isApproved: boolean
  /** Facts that were overridden, each with its reason, by `keyOf` the fact. */ overridden: ReadonlyMap<string, string>
}
