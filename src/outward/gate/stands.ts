import type { Place, Part, Recipient, Situation, Standing } from './situation.ts'

/** Where a recipient stands on the matter that the release is of; without what has ended. */
export const standsOn = ({ standings }: Recipient, { matter }: Place): Standing[] =>
  standings.filter((one) => one.place.matter === matter && one.endedAt === null)

/** Against the client; once there, what ended does not make a friend. A party that is adverse is so whatever its side says. */
export const isAgainst = ({ side, part }: Standing): boolean => side === 'theirs' || part === 'adverse'

export const isAgainstHere = ({ standings }: Recipient, { matter }: Place): boolean =>
  standings.some((one) => one.place.matter === matter && isAgainst(one))

export const isOurs = (recipient: Recipient, place: Place): boolean =>
  !isAgainstHere(recipient, place) && standsOn(recipient, place).some(({ side }) => side === 'ours')

/** With whom a privileged communication stays one: the client, whoever has its interest, and who advises either. */
const WITHIN: ReadonlySet<Part> = new Set(['client', 'co-party', 'counsel', 'expert'])
export const isWithinPrivilege = (recipient: Recipient, place: Place): boolean =>
  isOurs(recipient, place) && standsOn(recipient, place).some(({ side, part }) => side === 'ours' && WITHIN.has(part))
/** Whether it goes to nobody but those within the client's privilege; an investor or a translator on our side is not. */
export const goesToOurs = ({ recipients, place }: Situation): boolean =>
  recipients.length > 0 && recipients.every((recipient) => isWithinPrivilege(recipient, place))

export const nameOf = ({ name, address }: Recipient): string => name || address
export const matterOf = ({ number, title }: Place): string => `${title} (${number})`

/** In a sentence. */
const PARTS: Record<Part, string> = {
  'client': 'the client',
  'co-party': 'a co-party',
  'adverse': 'the opponent',
  'counsel': 'counsel',
  'witness': 'a witness',
  'expert': 'an expert',
  'court': 'the court',
  'other': 'a party',
}
export const partOf = ({ part, actsFor }: Standing): string => (actsFor ? `${PARTS[part]} for ${actsFor}` : PARTS[part])

/** In an order that does not depend on how they came; what ended last stands first. */
export const inOrder = (standings: readonly Standing[]): Standing[] =>
  standings.toSorted((one, other) => (other.endedAt ?? 0) - (one.endedAt ?? 0) || (keyOf(one) < keyOf(other) ? -1 : 1))
const keyOf = (one: Standing): string => `${one.place.matter} ${one.side} ${partOf(one)}`

/** `2026-11-24`, of UTC. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
