import type { Address } from '../src/outward/addresses/address.ts'
import { FREE_MAIL } from '../src/outward/addresses/mail-hosts.ts'
import { madeNames } from './names.ts'

const ENDINGS = [
  'com',
  'com',
  'com',
  'com',
  'co.uk',
  'co.uk',
  'de',
  'fr',
  'it',
  'nl',
  'ch',
  'org',
  'net',
  'law',
  'com.au',
  'ie',
  'es',
  'eu',
]
const AFTER = ['', '', '', '', 'law', '-law', 'legal', '-partners', 'group', '-co', 'llp']
const POSTS = ['info', 'office', 'legal', 'accounts', 'contact']
const FREE = [...FREE_MAIL].slice(0, 40)

/** So many addresses over so many domains of firms and companies, the same for the same seed; one in eight is at a free mail host. */
export function madeAddresses(count: number, domains: number, seed: number): string[] {
  const next = randomOf(seed)
  const pick = <Thing>(things: readonly Thing[]): Thing => things[Math.floor(next() * things.length)]!
  const names = madeNames(4 * (count + domains), seed)
  const [people, hosts] = [[] as string[][], new Set<string>()]
  for (const { name, kind } of names) {
    if (people.length >= count && hosts.size >= domains) break
    const words = plain(name).split(/[^a-z]+/).filter((word) => word.length > 1 && word !== 'dr') // prettier-ignore
    if (kind === 'person' && words.length > 1) people.push(words)
    else if (words[0] && words[0].length > 2) hosts.add(hostOf(words, pick(AFTER), pick(ENDINGS)))
    if (kind === 'person' && words.length > 1) hosts.add(hostOf(words.slice(-1), pick(AFTER), pick(ENDINGS)))
  }
  const all = [...hosts].slice(0, domains)
  return Array.from({ length: count }, (_, at) => {
    const [given, surname] = [people[at % people.length]![0]!, people[at % people.length]!.at(-1)!]
    const isFree = next() < 0.125
    // a few domains have many addresses, most have one or two
    const host = isFree ? pick(FREE) : at < all.length ? all[at]! : all[Math.floor(all.length * next() ** 3)]!
    const shape = next()
    if (!isFree && shape < 0.08) return `${pick(POSTS)}@${host}`
    const local = shape < 0.6 ? `${given}.${surname}` : shape < 0.75 ? `${given[0]!}.${surname}` : shape < 0.9 ? given[0]! + surname : given
    const number = isFree && next() < 0.4 ? Math.floor(next() * 100) : ''
    const address = `${local}${number}@${host}`
    return next() < 0.5 ? `${titled(given)} ${titled(surname)} <${address}>` : address
  })
}

/** Known addresses with a slip in the domain or the local part, another ending, or a letter that looks the same. */
export function slippedFrom(known: readonly Address[], count: number, seed: number): string[] {
  const next = randomOf(seed)
  return Array.from({ length: count }, () => {
    const { local, domain } = known[Math.floor(next() * known.length)]!
    const dot = domain.indexOf('.')
    const [label, ending] = [domain.slice(0, dot), domain.slice(dot + 1)]
    const at = 1 + Math.floor(next() * (label.length - 1))
    const ways = [
      () => `${local}@${label.slice(0, at)}${label[at]}${label.slice(at)}.${ending}`,
      () => `${local}@${label.slice(0, at)}${label.slice(at + 1)}.${ending}`,
      () => `${local}@${label.replace(/m|w|o|i|e/, (letter) => ({ m: 'rn', w: 'vv', o: '0', i: '1', e: 'е' })[letter]!)}.${ending}`,
      () => `${local}@${label}-secure.${ending}`,
      () => `${local}@${label}.${ending === 'com' ? 'co' : 'com'}`,
      () => `${local}${local.at(-1)!}@${domain}`,
      () => `${local}@${domain}.login-portal.net`,
    ]
    return ways[Math.floor(next() * ways.length)]!().replace('-.', '.')
  })
}

const hostOf = (words: string[], after: string, ending: string): string =>
  `${words.slice(0, 2).join(words.length > 1 && words[0]!.length < 5 ? '-' : '').slice(0, 50)}${after}.${ending}` // prettier-ignore
const plain = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const titled = (word: string): string => word[0]!.toUpperCase() + word.slice(1)

/** mulberry32: 0 up to 1. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
