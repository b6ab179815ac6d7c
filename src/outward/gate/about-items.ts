import { IDENTIFIER_KINDS, inWords, type IdentifierKind } from '../identifiers/identifiers.ts'
import { finding, itemAt, type Finding } from './facts.ts'
import type { Item, Recipient, Situation, Trace } from './situation.ts'
import { inOrder, isAgainst, isAgainstHere, isWithinPrivilege, matterOf, nameOf, partOf } from './stands.ts'

/** What each document by itself, and beside those whom it would go to, gives rise to. */
export const aboutItems = (situation: Situation): Finding[] =>
  situation.items.flatMap((item) => [...whereItBelongs(item, situation), ...whomItIsPrivilegedFrom(item, situation), ...whatItHolds(item)])

function whereItBelongs({ id, name, place }: Item, { place: here, recipients }: Situation): Finding[] {
  if (place.matter === here.matter) return []
  const found = [
    place.client === here.client
      ? finding('other-matter', itemAt(id), name, matterOf(place))
      : finding('other-client', itemAt(id), name, place.clientName, matterOf(place)),
  ]
  for (const recipient of recipients) {
    const standing = inOrder(recipient.standings).find((one) => one.place.matter === place.matter && isAgainst(one))
    if (standing)
      found.push(
        finding('item-adverse', itemAt(id, recipient.address), name, matterOf(place), `${nameOf(recipient)} is ${partOf(standing)}`),
      )
  }
  return found
}

function whomItIsPrivilegedFrom({ id, name, isPrivileged }: Item, { place, recipients }: Situation): Finding[] {
  if (!isPrivileged) return []
  const outside = recipients.filter((recipient) => !isWithinPrivilege(recipient, place))
  const adverse = outside.filter((recipient) => isAgainstHere(recipient, place))
  const others = outside.filter((recipient) => !adverse.includes(recipient))
  return [
    ...adverse.map((one) => finding('privileged-adverse', itemAt(id, one.address), name, nameOf(one))),
    ...others.map((one: Recipient) => finding('privileged-outside', itemAt(id, one.address), name, nameOf(one))),
  ]
}

/** Cleaning takes them away; text under a box stays, and what nobody looked into was not cleaned. */
const CLEANED: ReadonlySet<Trace> = new Set(['metadata', 'comments', 'tracked-changes', 'hidden-content'])
const IDENTIFIERS: ReadonlySet<string> = new Set(IDENTIFIER_KINDS)
const isIdentifier = (kind: string): kind is IdentifierKind => IDENTIFIERS.has(kind)

function whatItHolds({ id, name, class: its, sensitive, traces, isCleaned, isQuarantined }: Item): Finding[] {
  const at = itemAt(id)
  const found = [...new Set(traces)].filter((trace) => !isCleaned || !CLEANED.has(trace)).map((trace) => finding(trace, at, name))
  const some = sensitive.filter(({ kind, count }) => count > 0 && kind !== 'privilege')
  const [identifiers, terms] = [some.filter(({ kind }) => isIdentifier(kind)), some.filter(({ kind }) => !isIdentifier(kind))]
  if (identifiers.length > 0) found.push(finding('sensitive-identifiers', at, name, listed(identifiers)))
  if (terms.length > 0) found.push(finding('sensitive-terms', at, name, listed(terms)))
  if (isQuarantined) found.push(finding('quarantined', at, name))
  if (its === 'restricted') found.push(finding('restricted', at, name))
  return found
}

/** `1 IBAN, 2 dates of birth`, in an order that does not depend on how it was found. */
const listed = (sensitive: Item['sensitive']): string =>
  sensitive
    .toSorted((one, other) => (one.kind < other.kind ? -1 : 1))
    .map(({ kind, count }) => inWords(kind, count))
    .join(', ')
