import { exactKey, type Address } from '../addresses/address.ts'
import type { Newness } from '../addresses/alike.ts'
import type { Alike } from '../addresses/why.ts'
import { hostOf, isDotless } from '../addresses/mail-hosts.ts'
import { registrableOf } from '../addresses/registrable.ts'
import type { Directory, Held } from './directory.ts'
import type { Likeness, Place, Recipient, Standing } from './situation.ts'
import { isAgainst } from './stands.ts'

/** Who asks, and for what: `reaches` of a matter (id); `screened`, `excluded` of a person (recipient's id). */
export type Asking = {
  place: Place
  reaches: (matter: string) => boolean
  screened: ReadonlySet<string>
  excluded: ReadonlySet<string>
}

/** `isHidden`: something that the sender does not reach speaks against this address, and the release joins the ordinary review. */
export type Recognized = { recipient: Recipient; isHidden: boolean }

/**
 * Whose a typed address is, what is new in it and what it may be taken for, as far as the sender reaches it. Whoever stands on no matter
 * in the sender's reach is as unknown here as a stranger; what he would have been taken for, or stood against, is hidden.
 *
 * An address in other letters of case is the same recipient, and so is one at a host that documents that case, dots and tags do not count;
 * elsewhere `fay+x` may be someone else, and what was verified for `fay` is not hers.
 *
 * KNOWN: of many alikes `KnownAddresses` gives five; one in reach may be left out for one that is not, and then the release is held anyway
 * unless all five are names alone.
 */
export function recognize(address: Address, directory: Directory, asking: Asking): Recognized {
  const { place } = asking
  const all = directory.atMailbox(address)
  const holders = all.filter((held) => isSameRecipient(held.address, address))
  const [held, ...others] = holders.filter((one) => isReached(one, asking)).sort((one, other) => nearer(one, other, place))
  const known = asWritten(address, held)
  const alikes = likenesses(directory.addresses.alikes(known), held, directory, asking)
  const isHidden =
    alikes.isHidden ||
    holders.some((one) => !isReached(one, asking) && held !== undefined) ||
    holders.some(({ standings }) => standings.some((one) => isHiddenAgainst(one, asking)))
  return {
    recipient: {
      id: held?.person ?? null,
      name: held?.name ?? '',
      isOffice: held?.isOffice ?? false,
      address: held?.address.shown ?? address.shown,
      domain: registrableOf(address.domain).domain,
      standings: (held?.standings ?? []).filter((one) => asking.reaches(one.place.matter)),
      level: held?.level ?? 'V0',
      fell: held?.fell ?? null,
      coolsUntil: held?.coolsUntil ?? null,
      isFirst: !held?.receivedFrom.has(place.client),
      alsoOf: [...new Set(others.map(({ name }) => name))],
      newness: newnessOf(address, held, all, directory, asking),
      alikes: alikes.told,
      isScreened: held !== undefined && asking.screened.has(held.person),
      isExcluded: held !== undefined && asking.excluded.has(held.person),
    },
    isHidden,
  }
}

function isSameRecipient(known: Address, asked: Address): boolean {
  if (known.domain === asked.domain && known.local.toLowerCase() === asked.local.toLowerCase()) return true
  const host = hostOf(asked.domain)
  // the two are one mailbox already: there case, dots, tag and host are all that may differ
  return isDotless(host) && hostOf(known.domain) === host
}

/** The known writing, with the name that was typed before it. */
const asWritten = (asked: Address, held: Held | undefined): Address => (held ? { ...held.address, display: asked.display } : asked)

const isReached = ({ standings }: Held, { reaches }: Asking): boolean => standings.some(({ place }) => reaches(place.matter))
const isHiddenAgainst = (standing: Standing, { place, reaches }: Asking): boolean =>
  standing.place.client === place.client && isAgainst(standing) && !reaches(standing.place.matter)

/** Who stands on this matter first, then on this client's; and always in the same order. */
const nearer = (one: Held, other: Held, place: Place): number =>
  distance(one, place) - distance(other, place) || (one.person < other.person ? -1 : 1)
const distance = ({ standings }: Held, { matter, client }: Place): number =>
  standings.some((one) => one.place.matter === matter) ? 0 : standings.some((one) => one.place.client === client) ? 1 : 2

/** A free mail host is known, and says nothing. */
function newnessOf(address: Address, held: Held | undefined, atMailbox: readonly Held[], directory: Directory, asking: Asking): Newness {
  const { isFreeMail } = directory.addresses.newness(address)
  const there = isFreeMail ? [] : directory.atDomain(address)
  return {
    isKnownAddress: held !== undefined && exactKey(held.address) === exactKey(address),
    isKnownMailbox: atMailbox.some((one) => isReached(one, asking)),
    isKnownDomain: isFreeMail || there.some((one) => one.address.domain === address.domain && isReached(one, asking)),
    isKnownRegistrable: isFreeMail || there.some((one) => isReached(one, asking)),
    isFreeMail,
  }
}

/** What many share by chance: in a large firm every second stranger has nearly the name of someone. */
const BY_NAME: ReadonlySet<string> = new Set(['same-name', 'free-mail-name', 'begins-alike', 'display-name'])

/** Likeness by name counts where the other one stands on this matter or against this client; of a recipient on this matter only across it. */
function likenesses(
  alikes: Alike[],
  held: Held | undefined,
  directory: Directory,
  asking: Asking,
): { told: Likeness[]; isHidden: boolean } {
  const told: Likeness[] = []
  let isHidden = false
  for (const { known, holders, why, differs } of alikes) {
    const all = holders.flatMap((key) => directory.of(key) ?? []).filter(({ person }) => person !== held?.person)
    if (holders.length > 0 && all.length === 0) continue
    const reached = all.filter((one) => isReached(one, asking)).sort((one, other) => nearer(one, other, asking.place))
    const isByName = BY_NAME.has(why.how)
    if (all.length > 0 && reached.length === 0) {
      isHidden ||= !isByName || all.some(({ standings }) => standings.some((one) => isHiddenAgainst(one, asking)))
      continue
    }
    const counted = isByName ? reached.filter((one) => countsByName(one, held, asking)) : reached
    if (isByName && counted.length === 0) continue
    const [whose] = counted
    told.push({ why, known: known.shown, name: whose?.name ?? null, standing: whose ? nearest(whose, asking) : null, differs })
  }
  return { told, isHidden }
}

function countsByName(one: Held, held: Held | undefined, { place, reaches }: Asking): boolean {
  const its = one.standings.filter(({ place: at }) => reaches(at.matter) && at.client === place.client)
  const isHere = held?.standings.some(({ place: at, endedAt }) => at.matter === place.matter && endedAt === null) ?? false
  return isHere ? its.some(isAgainst) : its.length > 0
}

/** Where he stands that matters most here: on this matter, else with or against this client. */
function nearest({ standings }: Held, { place, reaches }: Asking): Standing | null {
  const its = standings.filter((one) => reaches(one.place.matter))
  return its.find((one) => one.place.matter === place.matter) ?? its.find((one) => one.place.client === place.client) ?? its[0] ?? null
}
