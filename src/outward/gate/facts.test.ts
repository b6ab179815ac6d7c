import { expect, test } from 'vitest'
import { CASES, KINDS } from '../../../test/outward/gate/fact-cases.ts'
import { ruling, sending } from '../../../test/outward/gate/situations.ts'
import type { FactKind } from '../../contract/gate.ts'
import { decide } from './decide.ts'
import { keyOf, type Fact } from './facts.ts'
import { FLOORS, STANDARD_RULES } from './rules.ts'
import type { Situation } from './situation.ts'

const told = (situation: Situation, kind: FactKind, rules = STANDARD_RULES): Fact[] =>
  decide(situation, rules).facts.filter((fact) => fact.kind === kind)

test('a letter to the client, in which nothing speaks, goes after its countdown', () => {
  expect(decide(sending(), STANDARD_RULES)).toEqual({ answer: 'release', observed: 'release', delaySeconds: 120, facts: [] })
})

test.each(KINDS)('%s: it is told in words, and its near miss is not', (kind) => {
  const { fires, near, says } = CASES[kind]
  const [fact, ...more] = told(fires, kind)
  expect(fact?.text).toContain(says)
  expect(more).toEqual([])
  expect(told(near, kind)).toEqual([])
})

test.each(KINDS.filter((kind) => !FLOORS[kind]))('%s: what the firm sets for it is what it does', (kind) => {
  const { fires } = CASES[kind]
  expect(decide(fires, ruling(kind, 'refuse')).answer).toBe('refuse')
  expect(told(fires, kind, ruling(kind, 'refuse'))[0]).toMatchObject({ answer: 'refuse', met: null })
  expect(told(fires, kind, ruling(kind, 'release'))[0]).toMatchObject({ answer: 'release', met: null })
  const alone = decide(fires, STANDARD_RULES).facts.filter((fact) => fact.kind !== kind && fact.answer !== 'release')
  if (alone.length === 0) expect(decide(fires, ruling(kind, 'release')).answer).toBe('release')
})

test.each(KINDS.filter((kind) => FLOORS[kind]))('%s: no rule and no reason takes it below its floor', (kind) => {
  const { fires } = CASES[kind]
  const { least } = FLOORS[kind]!
  for (const mode of ['enforce', 'monitor'] as const) {
    const rules = { ...ruling(kind, 'release', 'sender'), mode }
    const [fact] = told(fires, kind, rules)
    expect(fact).toMatchObject({ answer: least, met: null })
    const reasoned = { ...fires, overridden: new Map([[keyOf(fact!), 'I know what I do']]) }
    expect(told(reasoned, kind, rules)[0]).toMatchObject({ answer: least, met: null })
    expect(decide(reasoned, rules).answer).not.toBe('release')
  }
})

test('sentences are short, end, and name what they are of', () => {
  for (const kind of KINDS) {
    const [{ text, todo }] = told(CASES[kind].fires, kind) as [Fact]
    expect(text.length, text).toBeLessThan(160)
    expect(text).toMatch(/^[^<>]+\.$/)
    if (todo !== null) expect(todo).toMatch(/^[A-Z].*\.$/)
    expect(text).not.toMatch(/undefined|null|\[object/)
  }
})
