import type { Json } from './canonical.ts'
import {
  BrokenEvidence,
  FIELDS,
  FORMAT,
  parseCanonical,
  SUBJECTS,
  type Claim,
  type EvidenceHead,
  type EvidenceLine,
  type Why,
} from './evidence.ts'

// The shapes of evidence.json and of a line of entries.jsonl, held to exactly: no member more, none less.

type Members = { [name: string]: Json }
type Check = (value: Json | undefined) => boolean

const WHYS: readonly Why[] = ['left out', 'sealed', 'other matter', 'destroyed', 'withheld']

const text: Check = (value) => typeof value === 'string'
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const instant: Check = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)
const oneOf =
  (words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string)
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
const isMembers = (value: Json | undefined): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value)
const exactly =
  (shape: Record<string, Check>): Check =>
  (value) =>
    isMembers(value) &&
    Object.keys(value).length === Object.keys(shape).length &&
    Object.entries(shape).every(([name, check]) => Object.hasOwn(value, name) && check(value[name]))
const mapOf =
  (keys: Check, values: Check): Check =>
  (value) =>
    isMembers(value) && Object.entries(value).every(([name, one]) => keys(name) && values(one))

const CLAIMS: Record<Claim['kind'], Check> = {
  matter: exactly({ kind: text, matter: text, first: count, last: count }),
  range: exactly({ kind: text, first: count, last: count }),
  absence: exactly({ kind: text, person: text, matter: orNull(text) }),
}
const claim: Check = (value) => isMembers(value) && Object.hasOwn(CLAIMS, String(value.kind)) && CLAIMS[value.kind as Claim['kind']](value)

const HEAD = exactly({
  format: (value) => value === FORMAT,
  id: text,
  made: instant,
  firm: text,
  maker: text,
  subject: exactly({ kind: oneOf(SUBJECTS), id: orNull(text) }),
  period: exactly({ from: orNull(instant), to: orNull(instant) }),
  claims: listOf(claim),
  names: mapOf(text, text),
  origins: mapOf(text, exactly({ salt: text, json: text })),
  destroyed: listOf(exactly({ matter: text, at: instant })),
  log: exactly({ origin: text, first: text, epochs: listOf(text), vkey: text }),
  witnesses: listOf(text),
})

const SHOWN = exactly({
  leaf: text,
  open: mapOf(oneOf(FIELDS), exactly({ salt: text, value: text })),
  hidden: mapOf(oneOf(FIELDS), oneOf(WHYS)),
})
const SHUT = exactly({ n: count, hash: text })

/** @throws BrokenEvidence */
export function parseHead(json: string): EvidenceHead {
  const value = json.endsWith('\n') ? parseCanonical(json.slice(0, -1)) : undefined
  if (!HEAD(value)) throw new BrokenEvidence('evidence.json is not of this format')
  return value as unknown as EvidenceHead
}

/** @throws BrokenEvidence */
export function parseLines(jsonl: string): EvidenceLine[] {
  const lines = jsonl.split('\n')
  if (lines.pop() !== '') throw new BrokenEvidence('entries.jsonl is cut')
  return lines.map((line, at) => {
    const value = parseCanonical(line)
    if (!SHOWN(value) && !SHUT(value)) throw new BrokenEvidence(`line ${at + 1} of entries.jsonl is not of this format`)
    return value as unknown as EvidenceLine
  })
}
