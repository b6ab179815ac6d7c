import { identifiersIn, termsIn } from '../identifiers/identifiers.ts'
import type { Item } from './situation.ts'

/** Characters at the head of a text in which a mark of privilege marks the whole. */
const HEAD = 400
/** A line that is longer says something about privilege rather than that it is privileged. */
const LONGEST_MARK = 60
/** Not among them: `without prejudice` and `rule 408`, under which one writes to the other side. */
const MARKS =
  /\b(?:privileged (?:and|&) confidential|confidential (?:and|&) privileged|attorney[- ]client (?:privileged?|communication)|(?:attorney )?work product|legally privileged|legal(?: professional| advice)? privilege|litigation privilege|solicitor[- ]client|common interest privilege|prepared in (?:anticipation|contemplation) of litigation|anwaltlich vertraulich|anwaltskorrespondenz|confidentiel avocat)\b/i

/** What a document's text says of itself, as the gate is given it: what is sensitive in it, by kind, and whether it says that it is privileged. */
export function traitsOf(text: string): { sensitive: Item['sensitive']; isMarkedPrivileged: boolean } {
  const counts = new Map<Item['sensitive'][number]['kind'], number>()
  for (const { kind } of [...identifiersIn(text).found, ...termsIn(text).found]) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const sensitive = [...counts].map(([kind, count]) => ({ kind, count }))
  const head = text.slice(0, HEAD).split(/[\n.;]/)
  return { sensitive, isMarkedPrivileged: head.some((line) => line.trim().length <= LONGEST_MARK && MARKS.test(line)) }
}
