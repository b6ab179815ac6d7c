import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CASES, KINDS } from '../../../test/outward/gate/fact-cases.ts'
import { dan, letter, mill, ruling, sending, someone, standing } from '../../../test/outward/gate/situations.ts'
import { ANSWERS, OVERRIDES, Rules, strictest } from '../../contract/gate.ts'
import { CLASSES } from '../../contract/words.ts'
import { decide } from './decide.ts'
import { keyOf } from './facts.ts'
import { belowFloor, STANDARD_RULES } from './rules.ts'
import type { Situation } from './situation.ts'
import { traitsOf } from './text-traits.ts'

const eve = someone('eve', [standing('adverse', 'theirs')])
const judge = someone('judge', [standing('court', 'neither')])
const commented = sending({ items: [letter({ traces: ['comments'] })], recipients: [judge] })

test('the strictest answer holds, and the gravest fact comes first', () => {
  const both = sending({ recipients: [eve], basis: null })
  expect(decide(both, STANDARD_RULES)).toMatchObject({ answer: 'refuse', delaySeconds: 0 })
  expect(decide(both, STANDARD_RULES).facts.map(({ kind }) => kind)).toEqual(['basis-missing', 'adverse-party'])
})

test('a reason sets aside what the sender may override, for exactly this and no more', () => {
  const [fact] = decide(commented, STANDARD_RULES).facts
  const overridden = new Map([[keyOf(fact!), 'the court asked for them']])
  expect(decide({ ...commented, overridden }, STANDARD_RULES)).toMatchObject({
    answer: 'release',
    delaySeconds: 120,
    facts: [{ kind: 'comments', met: 'overridden', reason: 'the court asked for them' }],
  })
  const another = { ...commented, items: [letter({ id: 'd2', traces: ['comments'] })], overridden }
  expect(decide(another, STANDARD_RULES).answer).toBe('step up')
  expect(decide({ ...commented, overridden: new Map([[keyOf(fact!), ' ']]) }, STANDARD_RULES).answer).toBe('step up')
})

test('an approval meets what asks for one; where a reason is needed as well, neither does alone', () => {
  const toEve = sending({ recipients: [eve] })
  expect(decide({ ...toEve, isApproved: true }, STANDARD_RULES)).toMatchObject({ answer: 'release', facts: [{ met: 'approved' }] })
  const privileged = sending({ recipients: [eve] }, 'privileged')
  const [fact] = decide(privileged, STANDARD_RULES).facts
  expect(fact).toMatchObject({ kind: 'adverse-party', answer: 'refuse', canOverride: 'second person' })
  const overridden = new Map([[keyOf(fact!), 'agreed with the client']])
  expect(decide({ ...privileged, overridden }, STANDARD_RULES).answer).toBe('refuse')
  expect(decide({ ...privileged, isApproved: true }, STANDARD_RULES).answer).toBe('refuse')
  expect(decide({ ...privileged, isApproved: true, overridden }, STANDARD_RULES).answer).toBe('release')
})

test('in monitor mode all is told and goes, but for what no firm may let go', () => {
  const rules = { ...STANDARD_RULES, mode: 'monitor' as const }
  expect(decide(sending({ basis: null }), rules)).toMatchObject({ answer: 'release', observed: 'refuse', delaySeconds: 120 })
  expect(decide(sending({ recipients: [eve] }, 'privileged'), rules)).toMatchObject({ answer: 'approval', observed: 'refuse' })
  expect(decide(sending({ items: [letter({ isQuarantined: true })] }), rules)).toMatchObject({ answer: 'refuse' })
  expect(decide(sending({ isHidden: true }), rules)).toMatchObject({ answer: 'hold', observed: 'hold' })
})

test('what a class says and who reads it change what a fact does', () => {
  const changed = { traces: ['tracked-changes' as const] }
  expect(decide(sending({ items: [letter(changed)] }), STANDARD_RULES).answer).toBe('release')
  expect(decide(sending({ items: [letter(changed)], recipients: [dan(), judge] }), STANDARD_RULES).answer).toBe('step up')
  expect(decide(sending({ items: [letter({ ...changed, isPrivileged: true })] }, 'privileged'), STANDARD_RULES).answer).toBe('step up')
})

test('the standard rules are rules, and above every floor; others are named', () => {
  expect(Rules.parse(STANDARD_RULES)).toEqual(STANDARD_RULES)
  expect(belowFloor(STANDARD_RULES)).toEqual([])
  expect(belowFloor(ruling('adverse-counsel', 'step up'))).toEqual([
    { kind: 'adverse-counsel', least: 'approval', override: 'second person' },
  ])
  expect(belowFloor(ruling('review', 'refuse'))).toMatchObject([{ kind: 'review' }])
  const classes = { ...STANDARD_RULES.facts['adverse-party'], classes: { public: 'release' as const } }
  expect(belowFloor({ ...STANDARD_RULES, facts: { ...STANDARD_RULES.facts, 'adverse-party': classes } })).toMatchObject([
    { kind: 'adverse-party' },
  ])
})

const answer = fc.constantFrom(...ANSWERS)
const rule = fc.record({
  does: answer,
  ours: fc.option(answer, { nil: undefined }),
  classes: fc.constant(undefined),
  override: fc.constantFrom(...OVERRIDES),
})
const rules = fc
  .record({
    mode: fc.constantFrom('enforce' as const, 'monitor' as const),
    some: fc.dictionary(fc.constantFrom(...KINDS), rule, { maxKeys: 8 }),
  })
  .map(({ mode, some }): Rules => ({ ...STANDARD_RULES, mode, facts: { ...STANDARD_RULES.facts, ...some } }))
/** What two of the cases say at once: the recipients of both, the documents of both. */
const situation = fc
  .record({
    one: fc.constantFrom(...KINDS),
    other: fc.constantFrom(...KINDS),
    its: fc.constantFrom(...CLASSES),
    isApproved: fc.boolean(),
    reasons: fc.subarray(KINDS),
    turn: fc.boolean(),
  })
  .map(({ one, other, its, isApproved, reasons, turn }): Situation => {
    const [a, b] = [CASES[one].fires, CASES[other].fires]
    const joined: Situation = {
      ...a,
      class: its,
      cells: sending({}, its).cells,
      recipients: [...a.recipients, ...b.recipients.map((each) => ({ ...each, address: `b.${each.address}` }))],
      items: [...a.items, ...b.items.map((each) => ({ ...each, id: `b ${each.id}` }))],
      wishes: b.wishes,
      isApproved,
    }
    const facts = decide({ ...joined, isPicked: true }, STANDARD_RULES).facts
    const overridden = new Map(facts.filter(({ kind }) => reasons.includes(kind)).map((fact) => [keyOf(fact), 'as agreed']))
    return turn
      ? { ...joined, overridden, recipients: joined.recipients.toReversed(), items: joined.items.toReversed() }
      : { ...joined, overridden }
  })

test('what is hidden looks in every byte like what is picked, whatever else speaks and whatever the rules are', () => {
  fc.assert(
    fc.property(situation, rules, (base, its) => {
      const picked = decide({ ...base, isPicked: true, isHidden: false }, its)
      const hidden = decide({ ...base, isPicked: false, isHidden: true }, its)
      expect(JSON.stringify(hidden)).toBe(JSON.stringify(picked))
      expect(decide({ ...base, isPicked: true, isHidden: true }, its)).toEqual(picked)
      expect(ANSWERS.indexOf(hidden.answer)).toBeGreaterThanOrEqual(ANSWERS.indexOf('hold'))
      expect(hidden.facts.filter(({ kind }) => kind === 'review')).toMatchObject([{ answer: 'hold', met: null }])
      // beside the review it says what is said of a release that nobody looks at
      const plain = decide({ ...base, isPicked: false, isHidden: false }, its)
      expect(hidden.facts.filter(({ kind }) => kind !== 'review')).toEqual(plain.facts)
    }),
    { numRuns: 400 },
  )
})

test('the same is decided in whatever order recipients, documents and what is found in them stand', () => {
  fc.assert(
    fc.property(situation, rules, (base, its) => {
      const turned = {
        ...base,
        recipients: base.recipients
          .toReversed()
          .map((one) => ({ ...one, standings: one.standings.toReversed(), alikes: one.alikes.toReversed() })),
        items: base.items.toReversed().map((one) => ({ ...one, traces: one.traces.toReversed(), sensitive: one.sensitive.toReversed() })),
      }
      expect(decide(turned, its)).toEqual(decide(base, its))
      expect(decide(base, its)).toEqual(decide(base, its))
    }),
    { numRuns: 300 },
  )
})

test('another fact never makes an answer milder', () => {
  fc.assert(
    fc.property(situation, fc.constantFrom(...KINDS), (base, kind) => {
      const { answer: before, facts } = decide(base, STANDARD_RULES)
      expect(strictest(facts.filter(({ met }) => met === null).map((fact) => fact.answer))).toBe(before)
      const harder = decide(base, ruling(kind, 'refuse')).answer
      expect(ANSWERS.indexOf(harder)).toBeGreaterThanOrEqual(facts.some((fact) => fact.kind === kind && kind !== 'review') ? 4 : 0)
    }),
    { numRuns: 200 },
  )
})

test('what a text says of itself: what is sensitive, and whether it is privileged', () => {
  expect(traitsOf('Privileged and confidential.\nWe advise to settle. IBAN GB82 WEST 1234 5698 7654 32')).toMatchObject({
    sensitive: [{ kind: 'iban', count: 1 }, { kind: 'privilege' }],
    isMarkedPrivileged: true,
  })
  // words under which one writes to the other side, and a sentence about privilege
  expect(traitsOf('Without prejudice save as to costs.\nWe offer 5 million.').isMarkedPrivileged).toBe(false)
  expect(traitsOf('Page 3 speaks of attorney-client privilege as the other side claims it in a letter of ours.').isMarkedPrivileged).toBe(
    false,
  )
  expect(traitsOf(`${'x '.repeat(300)}\nAttorney work product`).isMarkedPrivileged).toBe(false)
})

test('a key tells facts of one kind apart by what they concern', () => {
  const { facts } = decide(sending({ recipients: [eve, someone('eva', [standing('adverse', 'theirs', mill)])] }), STANDARD_RULES)
  expect(new Set(facts.map(keyOf)).size).toBe(facts.length)
  expect(facts.map(({ about }) => about.id)).toEqual(['eva@eva.example', 'eve@eve.example'])
})
