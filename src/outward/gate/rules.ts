import { ANSWERS, OVERRIDES, strictest, type Answer, type FactKind, type Override, type Rule, type Rules } from '../../contract/gate.ts'
import type { Class } from '../../contract/words.ts'

const told: Rule = { does: 'release', override: 'sender' }
const stepUp: Rule = { does: 'step up', override: 'sender' }
/** Only doing what is asked helps. */
const mustDo: Rule = { does: 'step up', override: 'nobody' }
const approval: Rule = { does: 'approval', override: 'second person' }
const refused: Rule = { does: 'refuse', override: 'nobody' }
/** A reason and a second person let it go. */
const refusedAlone: Rule = { does: 'refuse', override: 'second person' }
const opponent: Rule = { ...approval, classes: { privileged: 'refuse', restricted: 'refuse' } }
/** Once it is verified it is known, and like no other; until then no approval makes it the right address. */
const notTheAddress: Rule = { ...refusedAlone, classes: { public: 'step up', internal: 'step up' } }
/** What a file tells beside what it shows is known to the client's own side. */
const trace: Rule = { ...stepUp, ours: 'release', classes: { public: 'step up', privileged: 'step up', restricted: 'step up' } }
const openly: Rule['classes'] = { public: 'release' }

/** What each fact does as the firm comes; it can change each, down to `FLOORS`. */
export const STANDARD_RULES: Rules = {
  mode: 'enforce',
  most: { recipients: 10, organizations: 6 },
  facts: {
    'adverse-party': opponent,
    'adverse-counsel': opponent,
    'other-side': opponent,
    'other-side-elsewhere': approval,
    'screened': refused,
    'excluded': refused,
    'lookalike-domain': notTheAddress,
    'mistyped-mailbox': mustDo,
    'other-writing': { ...mustDo, classes: openly },
    'display-differs': notTheAddress,
    'personal-address': { ...mustDo, classes: openly },
    'alike-name': { ...stepUp, classes: openly },
    'alike-other-side': told,
    'left-matter': { ...approval, classes: openly },
    'off-matter': { ...approval, classes: { public: 'release', internal: 'step up' } },
    'cooling': refusedAlone,
    'level-fell': { ...mustDo, classes: openly },
    'level': mustDo,
    'new-address': { ...mustDo, classes: { public: 'release', internal: 'release' } },
    'new-domain': told,
    'free-mail-office': { ...stepUp, classes: openly },
    'shared-mailbox': { ...stepUp, classes: { ...openly, privileged: 'approval', restricted: 'refuse' } },
    'first-release': told,
    'item-adverse': refusedAlone,
    'privileged-adverse': refusedAlone,
    'privileged-outside': approval,
    'other-client': refusedAlone,
    'other-matter': { ...stepUp, classes: { ...openly, privileged: 'approval', restricted: 'approval' } },
    'quarantined': refused,
    'covered-text': refusedAlone,
    'tracked-changes': trace,
    'comments': trace,
    'hidden-content': trace,
    'metadata': { ...stepUp, ours: 'release' },
    'unread': { ...stepUp, classes: { restricted: 'approval' } },
    'sensitive-identifiers': { ...stepUp, ours: 'release', classes: { public: 'approval', internal: 'approval' } },
    'sensitive-terms': { ...told, classes: { public: 'step up', internal: 'step up' } },
    'restricted': told,
    'basis-missing': { ...refused, classes: openly },
    'basis-early': refused,
    'basis-expired': refused,
    'basis-withdrawn': refused,
    'basis-item': refused,
    'basis-recipient': refused,
    'nobody': refused,
    'mixed-sides': approval,
    'mixed-organizations': { ...stepUp, classes: openly },
    'many-recipients': { ...stepUp, classes: { privileged: 'approval', restricted: 'approval' } },
    'channel-class': refused,
    'channel-wish': refused,
    'hours-wish': stepUp,
    'purpose-missing': { ...refused, classes: openly },
    'scope-missing': { ...refused, classes: openly },
    'expiry-missing': refused,
    'expiry-long': refused,
    'download': refused,
    'print': refused,
    'second-person': { does: 'approval', override: 'nobody' },
    'review': { does: 'hold', override: 'nobody' },
  },
}

/**
 * What no firm goes below, in monitor mode either. The other side gets nothing by one person's hand (ABA Model Rules 1.6(c); what reached it by
 * mistake is 4.4(b)'s case already); whoever is screened gets nothing; suspected malware does not leave; and a review that could be
 * passed would tell what it hides.
 */
export const FLOORS: Partial<Record<FactKind, { least: Answer; override: Override }>> = {
  'adverse-party': { least: 'approval', override: 'second person' },
  'adverse-counsel': { least: 'approval', override: 'second person' },
  'other-side': { least: 'approval', override: 'second person' },
  'other-side-elsewhere': { least: 'approval', override: 'second person' },
  'mixed-sides': { least: 'approval', override: 'second person' },
  'item-adverse': { least: 'approval', override: 'second person' },
  'privileged-adverse': { least: 'approval', override: 'second person' },
  'screened': { least: 'refuse', override: 'nobody' },
  'quarantined': { least: 'refuse', override: 'nobody' },
  'nobody': { least: 'refuse', override: 'nobody' },
  'review': { least: 'hold', override: 'nobody' },
}
/** One answer for good: a review that refused or released would be another one than the ordinary. */
const FIXED: ReadonlySet<FactKind> = new Set(['review'])

/** What a fact of this kind does to a release of this class. `isOurs`: it goes to nobody but those within the client's privilege. */
export function outcomeOf(kind: FactKind, its: Class, isOurs: boolean, rules: Rules): { answer: Answer; canOverride: Override } {
  const rule = rules.facts[kind]
  const floor = FLOORS[kind]
  const set = rule.classes?.[its] ?? (isOurs ? rule.ours : undefined) ?? rule.does
  if (!floor) return { answer: set, canOverride: rule.override }
  return {
    answer: FIXED.has(kind) ? floor.least : strictest([set, floor.least]),
    canOverride: OVERRIDES[Math.min(OVERRIDES.indexOf(rule.override), OVERRIDES.indexOf(floor.override))]!,
  }
}

/** Rules that say less than a floor, each with what it must be at least; such rules are not kept. */
export function belowFloor(rules: Rules): { kind: FactKind; least: Answer; override: Override }[] {
  return Object.entries(FLOORS).flatMap(([name, floor]) => {
    const kind = name as FactKind
    const { does, ours = does, classes = {}, override } = rules.facts[kind]
    const answers = [does, ours, ...Object.values(classes)]
    const isBelow = FIXED.has(kind)
      ? answers.some((answer) => answer !== floor.least)
      : answers.some((answer) => ANSWERS.indexOf(answer) < ANSWERS.indexOf(floor.least))
    return isBelow || OVERRIDES.indexOf(override) > OVERRIDES.indexOf(floor.override) ? [{ kind, ...floor }] : []
  })
}
