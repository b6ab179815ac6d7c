import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readAddress, type Address } from '../../../src/outward/addresses/address.ts'
import { KnownAddresses } from '../../../src/outward/addresses/alike.ts'

/** `ways`: how the asked address is like the first of the known; none where the pair is honest. */
export type Pair = { ways: string[]; known: Address[]; asked: Address; line: string }
/** Shares from 0 to 1; `wrong`: the lines that were not answered as they should be, with what was said. */
export type Answered = { pairs: number; recall: number; falseAlarms: number; wrong: string[] }

/** `tuned`: thresholds were chosen on them. `held-out`: on these never. */
export function readPairs(half: 'tuned' | 'held-out'): Pair[] {
  const pairs: Pair[] = []
  let ways: string[] = []
  for (const line of readFileSync(join(import.meta.dirname, `${half}.txt`), 'utf8').split('\n')) {
    if (line.startsWith('## ')) ways = line === '## honest' ? [] : line.slice(3).split('|')
    const [known, asked] = line.split(' -> ')
    if (asked) pairs.push({ ways, known: known!.split(' ; ').map(read), asked: read(asked), line })
  }
  return pairs
}

function read(raw: string): Address {
  const address = readAddress(raw)
  if (!address) throw new Error(`no address: ${raw}`)
  return address
}

/** Each pair by itself: a look-alike must be named, for one of its ways; of an honest one nothing must be said. */
export function answered(pairs: Pair[]): Answered {
  const wrong: string[] = []
  let [missed, alarms] = [0, 0]
  for (const { ways, known, asked, line } of pairs) {
    const index = new KnownAddresses()
    for (const [at, address] of known.entries()) index.add(address, `holder ${at}`)
    const said = index.alikes(asked)
    const isRight =
      ways.length === 0 ? said.length === 0 : said.some((one) => ways.includes(one.why.how) && one.known.shown === known[0]!.shown)
    if (isRight) continue
    if (ways.length === 0) alarms += 1
    else missed += 1
    wrong.push(
      `${ways.join('|') || 'honest'}: ${line} (${said.map(({ why, known: it }) => `${why.how} ${it.shown}`).join(', ') || 'nothing'})`,
    )
  }
  const honest = pairs.filter(({ ways }) => ways.length === 0).length
  return { pairs: pairs.length, recall: 1 - missed / (pairs.length - honest), falseAlarms: alarms / honest, wrong }
}
