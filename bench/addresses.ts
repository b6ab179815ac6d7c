import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { readAddress, type Address } from '../src/outward/addresses/address.ts'
import { KnownAddresses } from '../src/outward/addresses/alike.ts'
import { answered, readPairs } from '../test/outward/addresses/pairs.ts'
import { madeAddresses, slippedFrom } from './address-names.ts'
import { row, type Figure, type Row } from './measure.ts'

const ADDRESSES = 100_000
const DOMAINS = 50_000
const MIB = 1024 * 1024

export const addresses: Figure = {
  id: 'addresses',
  unit: 'ms',
  what: `what a new address may be taken for, among ${ADDRESSES} over ${DOMAINS} domains: 95 of 100 within`,
  bar: { most: 3 },
  measure: async (stage) => {
    const known = madeAddresses(ADDRESSES, DOMAINS, 1).map(read)
    const before = heap()
    const begun = performance.now()
    const index = new KnownAddresses()
    for (const [at, address] of known.entries()) index.add(address, `recipient ${at}`)
    const built = (performance.now() - begun) / 1000
    const taken = (heap() - before) / MIB
    const some = stage.quick ? 400 : 4000
    // the first asked warm the code up
    timed(index, slippedFrom(known, some / 4, 9).map(read))
    const groups = {
      'look-alikes': timed(index, slippedFrom(known, some, 2).map(read)),
      'strangers': timed(index, madeAddresses(some, some, 3).map(read)),
      'known': timed(index, known.slice(0, some)),
      'hostile': timed(index, hostile().map(read)),
    }
    const all = Object.values(groups).flat()
    return [
      row(addresses, at(all, 0.95), null, `${all.length} asked; the slowest ${at(all, 1).toFixed(2)} ms`),
      ...Object.entries(groups).map(([name, runs]) =>
        figure(
          `addresses-${name}`,
          'ms',
          `${name}: 95 of 100 within; the slowest ${at(runs, 1).toFixed(2)} ms; ${told(runs)}`,
          at(runs, 0.95),
        ),
      ),
      figure('addresses-build', 's', `an index of ${index.size} writings, without reading them`, built),
      figure('addresses-memory', 'MiB', 'what the index takes beyond the addresses themselves', taken),
      ...quality(),
    ]
  },
}

function quality(): Row[] {
  return (['tuned', 'held-out'] as const).flatMap((half) => {
    const { pairs, recall, falseAlarms, wrong } = answered(readPairs(half))
    for (const line of wrong) console.error(`  ${line}`)
    return [
      figure(`addresses-recall-${half}`, 'share', `look-alikes that are recognized, of ${pairs} pairs (${half})`, recall),
      figure(`addresses-alarms-${half}`, 'share', `honest pairs of which something is said (${half})`, falseAlarms),
    ]
  })
}

type Run = { took: number; how: string | null }

function timed(index: KnownAddresses, asked: Address[]): Run[] {
  return asked.map((address) => {
    const begun = performance.now()
    const [first] = index.alikes(address)
    return { took: performance.now() - begun, how: first?.why.how ?? null }
  })
}

/** The gravest that was said, by how often. */
function told(runs: Run[]): string {
  const ways = [...Map.groupBy(runs, ({ how }) => how ?? 'nothing')].sort((one, other) => other[1].length - one[1].length)
  return `of ${runs.length}: ${ways.map(([how, its]) => `${how} ${its.length}`).join(', ')}`
}

function hostile(): string[] {
  const long = (letter: string): string => letter.repeat(63)
  const domains = ['a', 'l', 'm', 'e', 'law'].map((letters) => letters.repeat(63).slice(0, 63))
  const locals = ['a', 'j.smith', 'law.', 'jsmith'].map((letters) => letters.repeat(64).slice(0, 64).replace(/\.$/, 'x'))
  const deep = `${'smith.'.repeat(28)}example`
  return [...domains, long('i'), '-'.repeat(61).replace(/^|$/g, 'a'), deep].flatMap((domain) =>
    locals.map((local) => `${local}@${domain}.com`),
  )
}

const figure = (id: string, unit: string, what: string, value: number): Row => row({ id, unit, what: `addresses: ${what}` }, value)
const at = (runs: Run[], share: number): number => {
  const sorted = runs.map(({ took }) => took).sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * share)]!
}

function read(raw: string): Address {
  const address = readAddress(raw)
  if (!address) throw new Error(`no address was made: ${raw}`)
  return address
}

/** Bytes in use once everything that is not is gone. */
function heap(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed
}
