import type { Claim, EvidenceHead } from './evidence.ts'
import type { CheckedEntry } from './evidence-check.ts'
import type { Leaf } from './leaf.ts'

// What a bundle says of what is not in it. `numbered` is the time that counts: it never goes back but at a clock.confirmed, and
// so a first and a last entry outside of a period bound all that lies between.

/** `says`: the claim in words. `fault`: why it does not hold, or null. */
export type ClaimResult = { claim: Claim; says: string; fault: string | null }
type Shown = CheckedEntry & { leaf: Leaf }

/** The deed of the entry that a bundle's making is; its object is the bundle. */
export const MADE = 'evidence.made'

/** Each of the head's claims, looked at. An absence needs a claim of completeness beside it. */
export function checkClaims(head: EvidenceHead, entries: readonly CheckedEntry[]): ClaimResult[] {
  return head.claims.map((claim) => ({ claim, says: wordsOf(head, claim), fault: faultOf(head, claim, entries) }))
}

function faultOf(head: EvidenceHead, claim: Claim, entries: readonly CheckedEntry[]): string | null {
  if (claim.kind === 'absence') return absenceFault(head, claim, entries)
  const among = claim.kind === 'matter' ? ofMatter(entries, claim.matter) : entries.filter((one) => isWithin(one.n, claim))
  const numberOf = (one: CheckedEntry) => (claim.kind === 'matter' ? one.leaf!.m : one.n)
  const isWhole = among.length === claim.last - claim.first + 1 && among.every((one, at) => numberOf(one) === claim.first + at)
  if (!isWhole) return `Entries are missing: ${claim.last - claim.first + 1} should be there in a row, and are not.`
  return boundsFault(head, claim, among)
}

/** Null where nothing within the period lies before the first or after the last. */
function boundsFault({ period, id }: EvidenceHead, claim: { kind: string; first: number }, among: readonly CheckedEntry[]): string | null {
  const [first, last] = [among[0]?.leaf, among.at(-1)?.leaf]
  const isFirstOfAll = claim.first === (claim.kind === 'matter' ? 1 : 0)
  if (!isFirstOfAll && !(period.from !== null && first && first.numbered < period.from))
    return 'What came before the first of these entries may lie within the period.'
  const isMaking = last?.deed === MADE && among.at(-1)!.open.object?.value === id
  if (!last || !(isMaking ? period.to === null || last.numbered > period.to : period.to !== null && last.numbered > period.to))
    return 'What came after the last of these entries may lie within the period.'
  return null
}

function absenceFault(head: EvidenceHead, claim: Claim & { kind: 'absence' }, entries: readonly CheckedEntry[]): string | null {
  const base = head.claims.find((one) =>
    claim.matter === null ? one.kind === 'range' : one.kind === 'matter' && one.matter === claim.matter,
  )
  if (!base || base.kind === 'absence') return 'That there is none is claimed, and not that all are here.'
  const among = base.kind === 'matter' ? ofMatter(entries, base.matter) : entries.filter((one) => isWithin(one.n, base))
  // in a row, and numbered in the order of their places: between the first and the last that is shown, all else lies
  const shut = among.filter((one) => one.leaf === null || (isInPeriod(head, one.leaf) && !one.open.actor)).length
  const theirs = among.filter((one) => one.leaf && isInPeriod(head, one.leaf) && one.open.actor?.value === claim.person).length
  if (theirs > 0) return `There ${theirs === 1 ? 'is 1 entry' : `are ${theirs} entries`} by this person.`
  return shut > 0 ? `Of ${shut} ${shut === 1 ? 'entry' : 'entries'} it is not shown whose ${shut === 1 ? 'it is' : 'they are'}.` : null
}

const isWithin = (n: number, { first, last }: { first: number; last: number }): boolean => n >= first && n <= last
const isInPeriod = ({ period: { from, to } }: EvidenceHead, { numbered }: Leaf): boolean =>
  (from === null || numbered >= from) && (to === null || numbered <= to)
const ofMatter = (entries: readonly CheckedEntry[], matter: string): Shown[] =>
  entries.filter((one): one is Shown => one.leaf !== null && one.open.matter?.value === matter)

/** Entries that are not of what the bundle is about. Each is shown to be, but its making and the bounds of its period. */
export function subjectFaults(head: EvidenceHead, entries: readonly CheckedEntry[]): string[] {
  const { kind, id } = head.subject
  if (kind === 'period') return id === null ? [] : ['A period has no id.']
  if (id === null) return ['It does not say what it is about.']
  const matters = new Set(head.claims.flatMap((claim) => (claim.kind === 'matter' ? [claim.matter] : [])))
  const isOf = ({ leaf, open }: CheckedEntry): boolean => {
    if (leaf?.deed === MADE && open.object?.value === head.id) return true
    if (kind === 'matter') return open.matter?.value === id
    if (kind === 'person') return open.actor?.value === id || open.object?.value === id
    if (kind === 'client' && matters.has(open.matter?.value ?? '')) return true
    return open.object?.value === id
  }
  const strays = entries.filter((one) => !isOf(one)).length
  return strays === 0 ? [] : [`${strays} ${strays === 1 ? 'entry is' : 'entries are'} not shown to be of what this is about.`]
}

const KINDS: Record<EvidenceHead['subject']['kind'], string> = {
  matter: 'the matter ',
  client: 'the client ',
  person: '',
  document: 'the document ',
  disclosure: 'the disclosure ',
  period: 'the log',
}
/** What it is about, in plain words. */
export const subjectWords = ({ subject: { kind, id }, names }: EvidenceHead): string =>
  `${KINDS[kind]}${id === null ? '' : (names[id] ?? id)}`

/** A claim in plain words; `names` of the head where there are. */
export function wordsOf(head: EvidenceHead, claim: Claim): string {
  const name = (id: string) => head.names[id] ?? id
  const when = periodWords(head.period)
  if (claim.kind === 'matter') return `Every entry of the matter ${name(claim.matter)}${when} is here.`
  if (claim.kind === 'range') return `Every place in the log${when} is here.`
  return `There is no entry by ${name(claim.person)}${claim.matter ? ` on the matter ${name(claim.matter)}` : ' in the log'}${when}.`
}

function periodWords({ from, to }: EvidenceHead['period']): string {
  if (from && to) return ` that was numbered between ${from} and ${to}`
  if (from) return ` that was numbered from ${from} until this was made`
  if (to) return ` that was numbered until ${to}`
  return ' that was numbered until this was made'
}

/** What it does not say, in the words of docs/formats/evidence.md. */
export const LIMITS = [
  'That everything that was done was written down: Subrosa writes an entry with each act, and a changed program might not.',
  'Who sat before the screen: an entry is by a person’s session.',
  'What was done after the last entry that is here, or outside of Subrosa.',
  'That the firm, which holds its own key, did not write another history from the start. Witnesses and checkpoints kept elsewhere are for that.',
  'Names, and when a matter was destroyed, are the firm’s word. The log does not prove them.',
]
