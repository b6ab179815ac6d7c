import { baseOf, exactKey, sameMailbox, type Address } from './address.ts'
import { unicodeOf } from './domain.ts'
import { FREE_MAIL, hostOf } from './mail-hosts.ts'
import { nameOfDisplay, nameOfLocal, type Name } from './names.ts'
import { lettersOf } from './near-texts.ts'
import { registrableOf } from './registrable.ts'
import { skeletonOf } from './skeleton.ts'
import type { Why } from './why.ts'

/** A name in front of domains' endings, in its own letters, with the sites that have it. */
export type Label = { text: string; sites: Site[] }

/** A registered domain that the firm knows: `hosts` are its domains with how many writings are at each. */
export type Site = { domain: string; label: Label; ending: string; isFreeMail: boolean; mailboxes: Mailbox[]; hosts: Map<string, number> }

/** What is probably one mailbox (`sameMailbox`), in each way in which it was written. */
export type Mailbox = { key: string; local: string; letters: number; bones: number; site: Site; writings: Writing[]; people: Person[] }
export type Writing = { address: Address; holder: string }
/** A name by which a mailbox is known, from its local part or from a display name. */
export type Person = { name: Name; mailbox: Mailbox; isShown: boolean }

/** A known address that comes to mind; `mailbox` is null where nobody knows what a display name says. */
export type Found = { mailbox: Mailbox | null; known: Address; why: Why }

/** An address that is asked for, taken apart once. */
export type Asked = {
  address: Address
  key: string
  local: string
  domain: string
  label: string
  ending: string
  isFreeMail: boolean
  name: Name | null
  shownName: Name | null
}

export function askedOf(address: Address): Asked {
  const key = sameMailbox(address)
  const { domain, label, ending } = registrableOf(hostOf(address.domain))
  return {
    address,
    key,
    local: key.slice(0, key.lastIndexOf('@')),
    domain,
    label: unicodeOf(label),
    ending,
    isFreeMail: FREE_MAIL.has(domain),
    name: nameOfLocal(baseOf(address)),
    shownName: address.display === null ? null : nameOfDisplay(address.display),
  }
}

export const mailboxOf = ({ key, local }: Asked, site: Site): Mailbox => ({
  key,
  local,
  letters: lettersOf(local),
  bones: hashOf(skeletonOf(local)),
  site,
  writings: [],
  people: [],
})

/** The writings of a mailbox, each address once, in an order that does not depend on what was added first; with a display name where one is known. */
export function addressesOf({ writings }: Mailbox): Address[] {
  const sorted = writings.map(({ address }) => address).sort((one, other) => compare(orderOf(one), orderOf(other)))
  return sorted.filter((address, at) => at === 0 || exactKey(address) !== exactKey(sorted[at - 1]!))
}
const orderOf = (address: Address): string => `${exactKey(address)}\n${address.display ?? '\uffff'}`

/** The one that is named for all of them. */
export const writingOf = (mailbox: Mailbox): Address => addressesOf(mailbox)[0]!

/** Who holds exactly this address, each once, in order. */
export const holdersOf = ({ writings }: Mailbox, address: Address): string[] =>
  [...new Set(writings.filter((writing) => exactKey(writing.address) === exactKey(address)).map(({ holder }) => holder))].sort(compare)

export const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** FNV-1a over UTF-16 units: tells most texts apart by a number. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}
