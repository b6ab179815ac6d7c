import { ANSWERS, FACT_KINDS, strictest, type Answer, type Rules } from '../../contract/gate.ts'
import { aboutItems } from './about-items.ts'
import { aboutRecipients } from './about-recipients.ts'
import { aboutRelease } from './about-release.ts'
import { finding, keyOf, RELEASE, type Fact, type Finding } from './facts.ts'
import { FLOORS, outcomeOf } from './rules.ts'
import type { Situation } from './situation.ts'
import { goesToOurs } from './stands.ts'

/**
 * `answer`: the strictest of the facts that nothing has met. `observed`: what it would be if the rules were kept; the same, but in monitor mode.
 * `delaySeconds`: how long it waits, and can be undone, once nothing else stops it; 0 where it is refused. The countdown is no answer: it comes
 * after every answer that lets go in the end, while `hold` waits for a person. `facts`: the gravest first, what is met last.
 */
export type Decision = { answer: Answer; observed: Answer; delaySeconds: number; facts: Fact[] }

/**
 * Whether something may go, and what speaks in it: the one decision that every way out of the firm asks. Nothing but the situation and the
 * rules speaks: the same of both gives the same decision, in whatever order recipients and documents stand. Reasonable efforts to prevent
 * inadvertent disclosure: ABA Model Rule 1.6(c).
 *
 * What is hidden from the sender and what is picked for the ordinary review are one fact here and nowhere told apart.
 */
export function decide(situation: Situation, rules: Rules): Decision {
  const facts = findingsOf(situation, rules).map((one) => ruled(one, situation, rules))
  const open = facts.filter(({ met }) => met === null)
  const observed = strictest(open.map(({ answer }) => answer))
  const answer = rules.mode === 'enforce' ? observed : strictest(open.map(({ kind }) => FLOORS[kind]?.least ?? 'release'))
  return { answer, observed, delaySeconds: answer === 'refuse' ? 0 : situation.cells.sendDelay, facts: facts.sort(inOrder) }
}

function findingsOf(situation: Situation, { most }: Rules): Finding[] {
  const found = [...aboutRecipients(situation), ...aboutItems(situation), ...aboutRelease(situation, most)]
  if (situation.isHidden || situation.isPicked) found.push(finding('review', RELEASE))
  return [...new Map(found.map((one) => [keyOf(one), one])).values()]
}

/** An approval meets what asks for one; a reason meets what may be overridden, where a second person must, together with the approval. */
function ruled(one: Finding, situation: Situation, rules: Rules): Fact {
  const { isApproved, overridden } = situation
  const { answer, canOverride } = outcomeOf(one.kind, situation.class, goesToOurs(situation), rules)
  const reason = overridden.get(keyOf(one))?.trim() || null
  const isOverridden = reason !== null && (canOverride === 'sender' || (canOverride === 'second person' && isApproved))
  const met = answer === 'release' ? null : answer === 'approval' && isApproved ? 'approved' : isOverridden ? 'overridden' : null
  return { ...one, answer, canOverride, met, reason: isOverridden ? reason : null }
}

function inOrder(one: Fact, other: Fact): number {
  const [a, b] = [keyOf(one), keyOf(other)]
  return (
    Number(one.met !== null) - Number(other.met !== null) ||
    ANSWERS.indexOf(other.answer) - ANSWERS.indexOf(one.answer) ||
    FACT_KINDS.indexOf(one.kind) - FACT_KINDS.indexOf(other.kind) ||
    (a < b ? -1 : a > b ? 1 : 0)
  )
}
