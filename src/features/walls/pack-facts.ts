import type { WallRule } from '../../contract/wall.ts'

/** RFC 3339, UTC. */
type At = string

/** One entry of the ledger, opened. `entry`: its position in the log, null until it is numbered. `proof`: its state in words. */
export type PackEntry = {
  at: At
  person: string
  deed: string
  matter: string
  document: string | null
  entry: number | null
  proof: string
}
/** `count` is how many there are, `listed` the first of them or all. */
export type Counted<Entry> = { count: number; listed: Entry[] }
export type Capacity = 'screened' | 'partner'

/** All that the screening pack says (catalogue 6.4), opened: plain words, names and times. Nothing is looked up from here on. */
export type PackFacts = {
  firm: string
  /** The pack's own time; the same facts give the same bytes. */ madeAt: At
  /** By default A4 for SRA 6.5, otherwise letter. */ paper?: 'A4' | 'LETTER'
  screen: {
    id: string
    kind: WallRule
    /** What made it necessary. */ trigger: string
    needKnownAt: At
    startsAt: At
    /** Ended or to end; null: without an end. */ endsAt: At | null
    endReason: string | null
    /** A screened person's first access is earlier than the screen. */ isLate: boolean
    firstAccessAt: At | null
    /** Who the notice goes to; null leaves a line to write on. */ addressee: string | null
    /** The confidential information, described so that it reveals nothing. */ information: string
    procedures: string[]
    fee: string
  }
  matters: { number: string; title: string; client: string }[]
  screened: { name: string; role: string }[]
  memorandum: { text: string; asked: { name: string; as: 'screened' | 'team'; askedAt: At; acknowledgedAt: At | null }[] }
  /** What the screened opened on these matters before the screen. */ earlier: Counted<PackEntry>
  certifications: {
    due: { at: At; isFinal: boolean }[]
    given: { name: string; capacity: Capacity; from: At; to: At; words: string; attempts: number; at: At }[]
    /** Due and not given. `name` is null where any partner may. */ overdue: { at: At; name: string | null; capacity: Capacity }[]
  }
  ledger: {
    from: At
    to: At
    /** Names and matter numbers that were looked for. */ persons: string[]
    matters: string[]
    /** Entries of those persons on those matters in the period, refused tries apart. Expected: none. */ found: Counted<PackEntry>
    refused: Counted<{ at: At; person: string; what: string; entry: number | null }>
    /** Where in the log the entries that were read begin and end; null when there was none. */
    examined: { first: { position: number; at: At }; last: { position: number; at: At } } | null
    /** Signed note (c2sp.org/tlog-checkpoint). */ checkpoint: string
    /** Verifier key (c2sp.org/signed-note). */ logKey: string
  }
}

/** @throws on facts that contradict each other: what cannot be true must not be printed as a proof */
export function checkFacts({ madeAt, screen, earlier, certifications, ledger }: PackFacts): void {
  const times = [
    madeAt,
    screen.needKnownAt,
    screen.startsAt,
    screen.endsAt,
    screen.firstAccessAt,
    ledger.from,
    ledger.to,
    ...certifications.due.map(({ at }) => at),
  ]
  if (times.some((at) => at !== null && !Number.isFinite(Date.parse(at))))
    throw new Error('the screening pack’s facts hold a time that is none')
  for (const { count, listed } of [earlier, ledger.found, ledger.refused])
    if (!Number.isSafeInteger(count) || count < listed.length)
      throw new Error('the screening pack’s facts list more entries than they count')
  if (Date.parse(ledger.to) < Date.parse(ledger.from)) throw new Error('the screening pack’s period ends before it begins')
  if (ledger.examined === null && ledger.found.count > 0) throw new Error('the screening pack’s facts count entries where none was read')
  if (ledger.examined && ledger.examined.last.position < ledger.examined.first.position)
    throw new Error('the screening pack’s log ends before it begins')
}
