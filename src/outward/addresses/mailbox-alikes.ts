import { baseOf, type Address } from './address.ts'
import { addressesOf, hashOf, writingOf, type Asked, type Found, type Mailbox, type Site } from './mailbox.ts'
import { hostOf, isDotless } from './mail-hosts.ts'
import { lettersOf, unsharedBy } from './near-texts.ts'
import { skeletonOf } from './skeleton.ts'
import { isSeries, slipBetween, type Slipped } from './slips.ts'
import type { Why } from './why.ts'
import { POSTS } from './words.ts'

/** Under so many letters two local parts are near by chance: Mario and Maria. */
const SHORTEST_SLIP = 6
const SHORTEST_LOOKS = 4

/** The other writings of one mailbox, each with what is written otherwise. */
export function writtenOtherwise({ address }: Asked, mailbox: Mailbox): Found[] {
  return addressesOf(mailbox).map((known) => ({ mailbox, known, why: { how: 'same-mailbox', by: otherwise(address, known) } }))
}

type By = Extract<Why, { how: 'same-mailbox' }>['by']

function otherwise(one: Address, other: Address): By {
  const by: By = []
  const [a, b] = [baseOf(one).normalize('NFKC'), baseOf(other).normalize('NFKC')]
  const isDotted = isDotless(hostOf(one.domain))
  const [bareA, bareB] = isDotted ? [a.replaceAll('.', ''), b.replaceAll('.', '')] : [a, b]
  if (bareA !== bareB) by.push('case')
  if (one.tag !== other.tag) by.push('tag')
  if (isDotted && a.toLowerCase() !== b.toLowerCase()) by.push('dots')
  if (a !== baseOf(one) || b !== baseOf(other)) by.push('form')
  if (one.domain !== other.domain) by.push('host')
  return by
}

/** Mailboxes of a domain whose local part looks the same, or is one slip away. Posts and numbers of a series are not alike. */
export function mailboxAlikes({ local }: Asked, site: Site, own: Mailbox | null): Found[] {
  if (isPost(local)) return []
  const [letters, bones] = [lettersOf(local), hashOf(skeletonOf(local))]
  const found: Found[] = []
  // a free mail host may have tens of thousands: most are passed over by two numbers
  for (const mailbox of site.mailboxes) {
    const mayLook = mailbox.bones === bones
    if (!mayLook && unsharedBy(letters, mailbox.letters) > 2) continue
    // the same local part at another host of the domain is no look-alike
    if (mailbox === own || mailbox.local === local) continue
    const why = mayLook && isLook(local, mailbox.local) ? LOOK : slipWhy(local, mailbox.local)
    if (why && !isPost(mailbox.local)) found.push({ mailbox, known: writingOf(mailbox), why })
  }
  return found
}

const LOOK: Why = { how: 'homoglyph', in: 'local' }

const isLook = (asked: string, known: string): boolean =>
  Math.max(asked.length, known.length) >= SHORTEST_LOOKS && !isSeries(asked, known) && skeletonOf(asked) === skeletonOf(known)

function slipWhy(asked: string, local: string): Why | null {
  if (Math.abs(asked.length - local.length) > 1) return null
  const slipped = slipBetween(asked, local)
  return slipped && isTelling(slipped, asked, local) ? { how: 'slip', in: 'local', slip: slipped.slip, layouts: slipped.layouts } : null
}

/** At the beginning of a name another letter is another person; an initial says no more than its letter. */
function isTelling({ slip, at }: Slipped, asked: string, known: string): boolean {
  if (Math.max(asked.length, known.length) < SHORTEST_SLIP) return false
  if (at > 0 && !isBetween(known[at - 1]!)) return true
  if (slip === 'doubled' || slip === 'transposed') return !isInitial(known, at)
  if (isBetween(known[at] ?? '') || isBetween(asked[at] ?? '')) return true
  return slip === 'neighbour-key' && !isInitial(known, at) && !isInitial(asked, at)
}

const isBetween = (sign: string): boolean => /^[._-]$/.test(sign)
/** A letter that stands alone, or before a surname without anything between. */
const isInitial = (text: string, at: number): boolean => isBetween(text[at + 1] ?? '.') || !/[._-]/.test(text)
const isPost = (local: string): boolean => local.split(/[^\p{L}]+/u).some((part) => POSTS.has(part))
