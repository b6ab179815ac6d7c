import { baseOf, exactKey, type Address } from './address.ts'
import { displayAlikes } from './display.ts'
import { DomainIndex } from './domain-index.ts'
import { unicodeOf } from './domain.ts'
import {
  askedOf,
  compare,
  holdersOf,
  mailboxOf,
  writingOf,
  type Asked,
  type Found,
  type Mailbox,
  type Person,
  type Site,
} from './mailbox.ts'
import { mailboxAlikes, writtenOtherwise } from './mailbox-alikes.ts'
import { hostOf } from './mail-hosts.ts'
import { nameOfDisplay, nameOfLocal, sameName, type Name } from './names.ts'
import { PeopleIndex } from './people-index.ts'
import { differsIn, rankOf, type Alike, type Why } from './why.ts'

/** What is new in an address. A known mailbox in another writing is no known address; a free mail host says nothing of its users. */
export type Newness = {
  isKnownAddress: boolean
  isKnownMailbox: boolean
  isKnownDomain: boolean
  isKnownRegistrable: boolean
  isFreeMail: boolean
}

/** More than so many nobody reads. */
const MOST = 5

/**
 * The addresses that the firm knows, each with who holds it (a recipient's id, as the caller names him), to find what only looks like one of
 * them. It is built once, kept up by `add` and `remove`, and lives in memory alone. What it says does not depend on the order in which
 * addresses came.
 */
export class KnownAddresses {
  readonly #domains = new DomainIndex()
  readonly #people = new PeopleIndex()
  readonly #mailboxes = new Map<string, Mailbox>()
  #size = 0

  /** Writings that are known: one for each address, display name and holder. */
  get size(): number {
    return this.#size
  }

  /** Whether it was new: the same address with the same display name and holder is kept once. */
  add(address: Address, holder: string): boolean {
    const asked = askedOf(address)
    let mailbox = this.#mailboxes.get(asked.key)
    if (!mailbox) {
      const site = this.#domains.take(asked)
      mailbox = mailboxOf(asked, site)
      site.mailboxes.push(mailbox)
      this.#mailboxes.set(asked.key, mailbox)
    }
    if (mailbox.writings.some((writing) => isWriting(writing, address, holder))) return false
    mailbox.writings.push({ address, holder })
    mailbox.site.hosts.set(address.domain, (mailbox.site.hosts.get(address.domain) ?? 0) + 1)
    this.#nameAnew(mailbox)
    this.#size += 1
    return true
  }

  /** Whether it was there. Afterwards the index is as if it had never been added. */
  remove(address: Address, holder: string): boolean {
    const mailbox = this.#mailboxes.get(askedOf(address).key)
    const at = mailbox?.writings.findIndex((writing) => isWriting(writing, address, holder)) ?? -1
    if (!mailbox || at < 0) return false
    mailbox.writings.splice(at, 1)
    const { site } = mailbox
    const left = site.hosts.get(address.domain)! - 1
    if (left > 0) site.hosts.set(address.domain, left)
    else site.hosts.delete(address.domain)
    this.#nameAnew(mailbox)
    this.#size -= 1
    if (mailbox.writings.length === 0) {
      this.#mailboxes.delete(mailbox.key)
      site.mailboxes.splice(site.mailboxes.indexOf(mailbox), 1)
      if (site.mailboxes.length === 0) this.#domains.drop(site)
    }
    return true
  }

  newness(address: Address): Newness {
    const { key, domain, isFreeMail } = askedOf(address)
    const mailbox = this.#mailboxes.get(key)
    const site = this.#domains.sites.get(domain)
    return {
      isKnownAddress: mailbox !== undefined && isWritten(mailbox, address),
      isKnownMailbox: mailbox !== undefined,
      isKnownDomain: site !== undefined && [...site.hosts.keys()].some((host) => hostOf(host) === hostOf(address.domain)),
      isKnownRegistrable: site !== undefined,
      isFreeMail,
    }
  }

  /**
   * Known addresses that this one may be taken for, five at most, the gravest reason first; never itself. An address that is known exactly
   * is like nothing but the same name at other domains, and what its display name says against it. A domain that is known is like no
   * other, and neither is that of a free mail host.
   */
  alikes(address: Address): Alike[] {
    const asked = askedOf(address)
    const mailbox = this.#mailboxes.get(asked.key)
    const isKnown = mailbox !== undefined && isWritten(mailbox, address)
    const site = this.#domains.sites.get(asked.domain)
    const found: Found[] = []
    if (!isKnown) {
      if (mailbox) found.push(...writtenOtherwise(asked, mailbox))
      if (site) found.push(...mailboxAlikes(asked, site, mailbox ?? null))
      else if (!asked.isFreeMail) found.push(...this.#domainAlikes(asked))
    }
    found.push(...displayAlikes(asked, (key) => this.#mailboxes.get(key) ?? null))
    for (const [known, why] of this.#people.alikes(asked, isKnown, !isKnown && found.length === 0))
      found.push({ mailbox: known, known: writingOf(known), why })
    return best(asked, found)
  }

  #domainAlikes(asked: Asked): Found[] {
    return [...this.#domains.alikes(asked)]
      .sort(([one, why], [other, otherWhy]) => rankOf(why) - rankOf(otherWhy) || compare(one.domain, other.domain))
      .slice(0, MOST)
      .map(([site, why]) => {
        const mailbox = this.#likeliest(asked, site)
        return { mailbox, known: writingOf(mailbox), why }
      })
  }

  /** Whom of a domain it may be meant for: who has the same local part, else the same name, else the first. */
  #likeliest({ local, name }: Asked, site: Site): Mailbox {
    const same = this.#mailboxes.get(`${local}@${site.domain}`)
    if (same) return same
    const named = name ? site.mailboxes.filter(({ people }) => people.some((person) => sameName(name, person.name))) : []
    return (named.length > 0 ? named : site.mailboxes).reduce((first, one) => (one.key < first.key ? one : first))
  }

  /** The names by which a mailbox is known, of its writings as they are now. */
  #nameAnew(mailbox: Mailbox): void {
    for (const person of mailbox.people) this.#people.remove(person)
    mailbox.people = peopleOf(mailbox)
    for (const person of mailbox.people) this.#people.add(person)
  }
}

const isWriting = (one: { address: Address; holder: string }, address: Address, holder: string): boolean =>
  one.holder === holder && exactKey(one.address) === exactKey(address) && one.address.display === address.display
const isWritten = ({ writings }: Mailbox, address: Address): boolean =>
  writings.some((writing) => exactKey(writing.address) === exactKey(address))

/** From its local parts as they were written, and from display names. */
function peopleOf(mailbox: Mailbox): Person[] {
  const people: Person[] = []
  const put = (name: Name | null, isShown: boolean): void => {
    if (name && !people.some((person) => isOneName(person.name, name))) people.push({ name, mailbox, isShown })
  }
  for (const local of new Set(mailbox.writings.map(({ address }) => baseOf(address)))) put(nameOfLocal(local), false)
  for (const { address } of mailbox.writings) if (address.display !== null) put(nameOfDisplay(address.display), true)
  return people
}
const isOneName = (one: Name, other: Name): boolean =>
  one.given === other.given && one.surname === other.surname && one.isGlued === other.isGlued

/** Each known address once, with its gravest reason. */
function best(asked: Asked, found: Found[]): Alike[] {
  const sorted = found
    .filter(({ known }) => exactKey(known) !== exactKey(asked.address))
    .map((one) => ({ ...one, key: exactKey(one.known), rank: rankOf(one.why), isLocal: one.mailbox?.local === asked.local }))
    .sort((one, other) => one.rank - other.rank || Number(other.isLocal) - Number(one.isLocal) || compare(one.key, other.key))
  const first = new Map(sorted.toReversed().map((one) => [one.key, one]))
  return sorted
    .filter((one) => first.get(one.key) === one)
    .slice(0, MOST)
    .map(({ mailbox, known, why }) => ({
      known,
      holders: mailbox ? holdersOf(mailbox, known) : [],
      why,
      differs: differsOf(asked, known, why),
    }))
}

const DOMAIN_WAYS: ReadonlySet<string> = new Set(['slips', 'ending', 'hyphen', 'inside', 'word'])

function differsOf({ address }: Asked, known: Address, why: Why): Alike['differs'] {
  if (why.how === 'display-address' || why.how === 'display-name')
    return differsIn('display', address.display ?? '', why.how === 'display-name' ? (known.display ?? known.local) : known.shown)
  if (DOMAIN_WAYS.has(why.how) || ('in' in why && why.in === 'domain'))
    return differsIn('domain', unicodeOf(address.domain), unicodeOf(known.domain))
  if ('in' in why) return differsIn('local', address.local, known.local)
  return differsIn('address', `${address.local}@${unicodeOf(address.domain)}`, `${known.local}@${unicodeOf(known.domain)}`)
}
