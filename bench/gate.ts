import { readAddress, exactKey, type Address } from '../src/outward/addresses/address.ts'
import { decide } from '../src/outward/gate/decide.ts'
import { Directory, type Held } from '../src/outward/gate/directory.ts'
import { recognize, type Asking } from '../src/outward/gate/recognize.ts'
import { STANDARD_RULES } from '../src/outward/gate/rules.ts'
import type { Place, Situation, Standing } from '../src/outward/gate/situation.ts'
import { letter, sending } from '../test/outward/gate/situations.ts'
import { madeAddresses, slippedFrom } from './address-names.ts'
import { row, type Figure } from './measure.ts'

const RECIPIENTS = 100_000
const MATTERS = 100_000
const DOMAINS = 50_000
/** Addresses of one release, and its documents. */
const TOGETHER = 10
const PARTS = ['client', 'adverse', 'counsel', 'expert', 'witness'] as const

export const gate: Figure = {
  id: 'gate',
  unit: 'ms',
  what: `the release decision, ${TOGETHER} addresses and ${TOGETHER} documents among ${RECIPIENTS} recipients and ${MATTERS} matters: 95 of 100 within`,
  bar: { most: 20 },
  measure: (stage) => {
    const places = Array.from({ length: MATTERS }, (_, at) => placeAt(at))
    const helds = madeAddresses(RECIPIENTS, DOMAINS, 1).map((raw, at) => heldAt(read(raw), at, places))
    const directory = new Directory()
    const exact = new Map<string, Held>()
    for (const held of helds) {
      directory.put(held)
      exact.set(exactKey(held.address), held)
    }
    const rounds = stage.quick ? 100 : 1000
    const slipped = slippedFrom(
      helds.map(({ address }) => address),
      rounds,
      2,
    ).map(read)
    const strangers = madeAddresses(rounds, rounds, 3).map(read)
    const sends = Array.from({ length: rounds + 50 }, (_, at): Send => {
      const held = helds[(at * 7919) % RECIPIENTS]!
      // most are known, two of ten are not: one is like a known one
      const known = Array.from({ length: TOGETHER - 2 }, (__, next) => helds[(at * 7919 + next * 31) % RECIPIENTS]!.address)
      return { place: held.standings[0]!.place, typed: [...known, slipped[at % rounds]!, strangers[at % rounds]!] }
    })
    const ours = timed(sends, (send) => answered(send, directory))
    const plain = timed(sends, (send) => looked(send, exact))
    const note = `half within ${at(ours, 0.5).toFixed(2)}, the slowest ${at(ours, 1).toFixed(1)}; baseline: the exact address and its matters looked up, half within ${at(plain, 0.5).toFixed(4)}`
    return Promise.resolve([row(gate, at(ours, 0.95), at(plain, 0.95), note)])
  },
}

type Send = { place: Place; typed: Address[] }

function answered({ place, typed }: Send, directory: Directory): string {
  // nine of ten matters are in reach
  const asking: Asking = { place, reaches: (matter) => !matter.endsWith('7'), screened: new Set(), excluded: new Set() }
  const recognized = typed.map((address) => recognize(address, directory, asking))
  const base = sending({ place })
  const items = Array.from({ length: TOGETHER }, (_, item) => letter({ id: `d${item}`, place, traces: ['metadata', 'comments'] }))
  const situation: Situation = {
    ...base,
    items,
    recipients: recognized.map(({ recipient }) => recipient),
    isHidden: recognized.some(({ isHidden }) => isHidden),
  }
  return decide(situation, STANDARD_RULES).answer
}

/** What a check without look-alikes, reach or facts costs: is every address known, and on the matter. */
const looked = ({ place, typed }: Send, exact: Map<string, Held>): string =>
  typed.every((address) => exact.get(exactKey(address))?.standings.some((one) => one.place.matter === place.matter)) ? 'release' : 'stop'

/** Milliseconds of each, without those that warm the code up. */
function timed(sends: Send[], answer: (send: Send) => string): number[] {
  const all = sends.map((send) => {
    const begun = performance.now()
    answer(send)
    return performance.now() - begun
  })
  return all.slice(50).sort((a, b) => a - b)
}
const at = (sorted: number[], share: number): number => sorted[Math.floor((sorted.length - 1) * share)]!

const placeAt = (at: number): Place => ({
  matter: `m${at}`,
  number: `26-${at}`,
  title: `Matter ${at}`,
  client: `c${at >> 2}`,
  clientName: `Client ${at >> 2}`,
})

/** On three matters each: two of one client, and one of another. */
function heldAt(address: Address, at: number, places: Place[]): Held {
  const where = [at % MATTERS, (at ^ 1) % MATTERS, (at * 13) % MATTERS]
  const standings = where.map((matter, nth): Standing => {
    const part = PARTS[(at + nth) % PARTS.length]!
    const side = part === 'adverse' || (part === 'counsel' && at % 2 === 0) ? 'theirs' : 'ours'
    return { place: places[matter]!, part, side, actsFor: '', endedAt: null }
  })
  return {
    person: `p${at}`,
    name: address.display ?? address.local,
    isOffice: false,
    address,
    level: 'V2',
    fell: null,
    coolsUntil: null,
    standings,
    receivedFrom: new Set(standings.map(({ place }) => place.client)),
  }
}

function read(raw: string): Address {
  const address = readAddress(raw)
  if (!address) throw new Error(`no address was made: ${raw}`)
  return address
}
