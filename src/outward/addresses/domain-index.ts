import type { Asked, Label, Site } from './mailbox.ts'
import { NearTexts } from './near-texts.ts'
import { post, unpost } from './postings.ts'
import { isPlain, skeletonOf } from './skeleton.ts'
import { areTwoApart, isSeries, slipBetween, type Slipped } from './slips.ts'
import { rankOf, type Why } from './why.ts'
import { ADDED, COMMON_LABELS, SLIPPED_ENDINGS } from './words.ts'

/** Under so many letters names are too near to each other by chance. */
const SHORTEST = {
  ending: 4,
  hyphen: 5,
  added: 5,
  addedByHyphen: 4,
  looks: 5,
  digitLooks: 4,
  foreignLooks: 3,
  slip: 6,
  sureSlip: 5,
  slips: 8,
}

/** The registered domains that are known, by everything that makes another look like one of them. */
export class DomainIndex {
  readonly sites = new Map<string, Site>()
  readonly #labels = new Map<string, Label>()
  readonly #looks = new Map<string, Label[]>()
  readonly #near = new NearTexts<Label>()

  /** The site of a registered domain, made where there was none. */
  take({ domain, label: text, ending, isFreeMail }: Asked): Site {
    const known = this.sites.get(domain)
    if (known) return known
    const label = this.#labels.get(text) ?? this.#addLabel(text)
    const site: Site = { domain, label, ending, isFreeMail, mailboxes: [], hosts: new Map() }
    label.sites.push(site)
    this.sites.set(domain, site)
    return site
  }

  drop(site: Site): void {
    const { label } = site
    this.sites.delete(site.domain)
    label.sites.splice(label.sites.indexOf(site), 1)
    if (label.sites.length > 0) return
    this.#labels.delete(label.text)
    unpost(this.#looks, lookOf(label.text), label)
    this.#near.remove(label)
  }

  #addLabel(text: string): Label {
    const label: Label = { text, sites: [] }
    this.#labels.set(text, label)
    post(this.#looks, lookOf(text), label)
    this.#near.add(label)
    return label
  }

  /** The sites that a domain which is not known may be taken for, each with the gravest reason. */
  alikes(asked: Asked): Map<Site, Why> {
    const found = new Map<Site, Why>()
    const put = (sites: Iterable<Site>, why: Why): void => {
      for (const site of sites) {
        const before = found.get(site)
        if (!before || rankOf(why) < rankOf(before)) found.set(site, why)
      }
    }
    for (const label of this.#looks.get(lookOf(asked.label)) ?? []) {
      const why = label.text === asked.label ? null : lookWhy(asked.label, label.text)
      if (why) put(label.sites, why)
    }
    for (const site of this.#labels.get(asked.label)?.sites ?? []) if (mayEndAlike(asked, site)) put([site], { how: 'ending' })
    for (const [label, words] of this.#added(asked.label)) put(label.sites, { how: 'word', words })
    for (const label of this.#inside(asked)) put(label.sites, { how: 'inside' })
    this.#slipped(asked, put)
    return found
  }

  /** Labels that are the asked one without words that are put to a name. */
  *#added(text: string): Generator<[Label, string[]]> {
    for (const { core, words, isParted } of coresOf(text))
      if (core.length >= (isParted ? SHORTEST.addedByHyphen : SHORTEST.added) && !COMMON_LABELS.has(core))
        for (const label of this.#looks.get(skeletonOf(core)) ?? [])
          if (bareOf(label.text) === core || lookWhy(core, label.text)) yield [label, words]
  }

  /** `corvin.example.mail.test`: known names among what stands before the registered domain. */
  *#inside({ address, domain }: Asked): Generator<Label> {
    if (!address.domain.endsWith(`.${domain}`)) return
    for (const text of address.domain.slice(0, -domain.length - 1).split('.')) {
      const label = text.length < SHORTEST.added || COMMON_LABELS.has(text) || ADDED.has(text) ? undefined : this.#labels.get(text)
      if (label) yield label
    }
  }

  #slipped({ label: text, ending }: Asked, put: (sites: Iterable<Site>, why: Why) => void): void {
    if (text.length < SHORTEST.sureSlip - 1) return
    for (const label of this.#near.near(text, text.length < SHORTEST.slips ? 1 : 2)) {
      const slipped = slipBetween(text, label.text)
      const isTold = slipped ? isTelling(slipped, text, label) : areSlips(text, label.text)
      if (!isTold || bareOf(label.text) === bareOf(text)) continue
      if (slipped)
        put(
          label.sites.filter((site) => mayAlsoEnd(text, ending, site.ending)),
          { how: 'slip', in: 'domain', slip: slipped.slip, layouts: slipped.layouts },
        )
      else
        put(
          label.sites.filter((site) => isSameEnding(ending, site.ending)),
          { how: 'slips', in: 'domain' },
        )
    }
  }
}

const bareOf = (text: string): string => text.replaceAll('-', '')
const lookOf = (text: string): string => skeletonOf(bareOf(text))

/**
 * Of two labels that look the same when their hyphens are left out. Signs of another alphabet tell at once; among plain letters `rn` and
 * `m` only in longer names, digits in somewhat shorter ones.
 */
function lookWhy(asked: string, known: string): Why | null {
  const length = Math.max(asked.length, known.length)
  if (bareOf(asked) === bareOf(known)) return length > SHORTEST.hyphen ? { how: 'hyphen' } : null
  const isForeign = !isPlain(asked) || !isPlain(known)
  const hasDigits = /[01]/.test(asked + known) && !isSeries(asked, known)
  const least = isForeign ? SHORTEST.foreignLooks : hasDigits ? SHORTEST.digitLooks : SHORTEST.looks
  return length >= least ? { how: 'homoglyph', in: 'domain' } : null
}

const mayEndAlike = ({ label, ending }: Asked, site: Site): boolean =>
  site.ending !== ending &&
  !COMMON_LABELS.has(label) &&
  label.length >= (isSlippedEnding(ending, site.ending) ? SHORTEST.ending - 1 : SHORTEST.ending)

const isSlippedEnding = (asked: string, known: string): boolean => known === 'com' && SLIPPED_ENDINGS.has(asked)
const isSameEnding = (asked: string, known: string): boolean => asked === known || isSlippedEnding(asked, known)
/** A longer name is recognized under any ending, even with a slip in it. */
const mayAlsoEnd = (text: string, asked: string, known: string): boolean => isSameEnding(asked, known) || text.length >= SHORTEST.slips

/**
 * Whether a slip says something: what chance puts beside each other, Barker and Parker, Anderson and Sanderson, does not. First letters
 * are seldom mistaken, but one is easily left out when a name is copied. The hosts that everyone types tell sooner.
 */
function isTelling({ slip, at }: Slipped, asked: string, { text: known, sites }: Label): boolean {
  const isFirst = at === 0
  if (slip === 'transposed' || slip === 'doubled' || (slip === 'dropped' && isDoubledThere(asked, known, at)))
    return known.length >= SHORTEST.sureSlip
  if (slip === 'neighbour-key') return known.length >= (isFirst ? SHORTEST.slip : SHORTEST.sureSlip)
  const least = sites.some((site) => site.isFreeMail) ? SHORTEST.sureSlip : SHORTEST.slip
  return known.length >= least && (!isFirst || (slip === 'dropped' && known.length >= SHORTEST.slips))
}

/** Of a letter that stands there twice one is gone. */
const isDoubledThere = (asked: string, known: string, at: number): boolean => known[at] === asked[at] || known[at] === asked[at - 1]

const areSlips = (asked: string, known: string): boolean =>
  Math.min(asked.length, known.length) >= SHORTEST.slips && asked[0] === known[0] && !isSeries(asked, known) && areTwoApart(asked, known)

/** So many words may be put to a name. */
const MOST_ADDED = 2

type Core = { core: string; words: string[]; isParted: boolean }

/** What is left of a label without one or two of the words that are put to names; by its hyphens, or glued to it. */
function coresOf(text: string): Core[] {
  const found: Core[] = []
  let last: Core[] = [{ core: text, words: [], isParted: true }]
  for (let round = 0; round < MOST_ADDED; round += 1) {
    last = last.flatMap(shorter)
    found.push(...last)
  }
  return found.map((one) => ({ ...one, core: bareOf(one.core) }))
}

function shorter({ core, words, isParted }: Core): Core[] {
  const found: Core[] = []
  for (let at = 2; at <= core.length - 2; at += 1) {
    const [head, tail] = [core.slice(0, at), core.slice(at)]
    const [isHead, isTail] = [tail.startsWith('-'), head.endsWith('-')]
    if (isAdded(head, isHead)) found.push({ core: isHead ? tail.slice(1) : tail, words: [head, ...words], isParted: isParted && isHead })
    if (isAdded(tail, isTail))
      found.push({ core: isTail ? head.slice(0, -1) : head, words: [...words, tail], isParted: isParted && isTail })
  }
  return found
}

/** Words of two letters (`uk`, `co`) are words only where a hyphen parts them. */
const isAdded = (word: string, isParted: boolean): boolean => (isParted || word.length > 2) && ADDED.has(word)
