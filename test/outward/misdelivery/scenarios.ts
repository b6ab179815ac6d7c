import { readAddresses } from '../../../src/outward/addresses/address-list.ts'
import { strictest, type Channel, type FactKind } from '../../../src/contract/gate.ts'
import { stricter } from '../../../src/contract/words.ts'
import { decide, type Decision } from '../../../src/outward/gate/decide.ts'
import { keyOf } from '../../../src/outward/gate/facts.ts'
import { recognize } from '../../../src/outward/gate/recognize.ts'
import { STANDARD_RULES } from '../../../src/outward/gate/rules.ts'
import type { Basis, Situation } from '../../../src/outward/gate/situation.ts'
import { linesOf, some, type Firm } from './firm.ts'

/** `kinds`: the facts that a wrong send must be stopped by. */
export type Scenario = { isRight: boolean; matter: string; to: string; documents: string[]; how: string; kinds: FactKind[]; line: string }

/** `tuned`: rules were made with them in sight. `held-out`: written before, and only measured. */
export function readScenarios(half: 'tuned' | 'held-out'): Scenario[] {
  const files = half === 'tuned' ? ['tuned-right.txt', 'tuned-wrong.txt'] : ['held-out.txt']
  return files.flatMap(linesOf).map(({ row }) => {
    const [sign, matter, to, documents, how, kinds, what] = row as [string, string, string, string, string, string, string]
    if (row.length !== 7 || !/^[+-]$/.test(sign)) throw new Error(`no scenario: ${row.join(' | ')}`)
    const all = kinds === '' ? [] : kinds.split(',')
    return {
      isRight: sign === '+',
      matter,
      to,
      documents: documents.split(' '),
      how,
      kinds: all as FactKind[],
      line: `${matter} ${to}: ${what}`,
    }
  })
}

const NOW = '2026-11-24T12'

/** What the release decision is given, put together from the firm's data as the product does from its database. */
export function situationOf(firm: Firm, { matter, to, documents, how }: Scenario): Situation {
  const said = new Set(how.split(' '))
  const value = (name: string): string | null => new RegExp(`(?:^| )${name}=(\\S+)`).exec(how)?.[1] ?? null
  const place = some(firm.matters.get(matter))
  const blind = new Set(value('blind')?.split(','))
  const asking = {
    place,
    reaches: (id: string) => !blind.has(id),
    screened: firm.screened.get(matter) ?? new Set<string>(),
    excluded: some(firm.excluded.get(place.client)),
  }
  const { read, unread } = readAddresses(to)
  if (unread.length > 0) throw new Error(`no address: ${to}`)
  const recognized = read.map(({ address }) => recognize(address, firm.directory, asking))
  const items = documents.map((id) => ({ ...some(firm.documents.get(id)), isCleaned: said.has('cleaned') }))
  const its = items.map((item) => item.class).reduce(stricter, place.class)
  const cells = firm.cells[its]
  const at = new Date(`${value('at') ?? NOW}:00:00Z`)
  const days = value('days') ?? (its === 'restricted' ? '14' : '30')
  return {
    now: at.getTime(),
    local: { hour: at.getUTCHours(), weekday: at.getUTCDay() || 7 },
    place,
    class: its,
    cells,
    channel: (value('via') ?? 'portal') as Channel,
    items,
    recipients: recognized.map(({ recipient }) => recipient),
    purpose: said.has('no-purpose') ? '' : 'For the matter',
    scope: said.has('no-scope') ? ' ' : 'The documents named',
    basis: said.has('none') ? null : basisOf(firm, value('basis')),
    wishes: some(firm.wishes.get(place.client)),
    ends: {
      days: days === 'never' ? null : Number(days),
      download: said.has('download') || cells.download,
      print: said.has('print') || cells.print,
    },
    isHidden: recognized.some(({ isHidden }) => isHidden),
    isPicked: said.has('picked'),
    isApproved: said.has('approved'),
    overridden: new Map(),
  }
}

const ENGAGEMENT: Basis = {
  code: 'engagement',
  text: 'The engagement',
  startsAt: 0,
  endsAt: null,
  withdrawnAt: null,
  documents: null,
  recipients: null,
}
const basisOf = (firm: Firm, code: string | null): Basis => (code === null ? ENGAGEMENT : some(firm.bases.get(code)))

/** The decision; facts of the kinds that the sender gives a reason for (`reason=…`) are overridden. */
export function answerTo(firm: Firm, scenario: Scenario): Decision {
  const situation = situationOf(firm, scenario)
  const first = decide(situation, STANDARD_RULES)
  const reasons = /(?:^| )reason=(\S+)/.exec(scenario.how)?.[1]?.split(',')
  if (!reasons) return first
  const chosen = first.facts.filter(({ kind }) => reasons.includes(kind))
  return decide({ ...situation, overridden: new Map(chosen.map((fact) => [keyOf(fact), 'as agreed'])) }, STANDARD_RULES)
}

/** Shares from 0 to 1; `wrong`: the scenarios that were not answered as they should be, with what was said. */
export type Measured = {
  right: number
  wrong: number
  /** Did not go. */ held: number
  /** Did not go, by the facts that are theirs and that nothing has met. */ stopped: number
  falseAlarms: number
  missed: string[]
  answers: Record<string, number>
}

export function measured(firm: Firm, scenarios: Scenario[]): Measured {
  const missed: string[] = []
  const answers: Record<string, number> = {}
  let [held, stopped, alarms] = [0, 0, 0]
  for (const scenario of scenarios) {
    const { answer, facts } = answerTo(firm, scenario)
    const open = facts.filter(({ met, answer }) => met === null && answer !== 'release')
    const said = `${answer}: ${open.map(({ kind, text }) => `${kind} “${text}”`).join('; ')}`
    answers[answer] = (answers[answer] ?? 0) + 1
    if (scenario.isRight && answer !== 'release') alarms += 1
    if (!scenario.isRight && answer !== 'release') held += 1
    const isStopped =
      !scenario.isRight &&
      strictest([answer]) !== 'release' &&
      scenario.kinds.length > 0 &&
      scenario.kinds.every((kind) => open.some((fact) => fact.kind === kind))
    if (isStopped) stopped += 1
    if (scenario.isRight ? answer !== 'release' : !isStopped)
      missed.push(`${scenario.isRight ? '+' : '-'} ${scenario.line} [${scenario.kinds.join(',')}] -> ${said}`)
  }
  const right = scenarios.filter(({ isRight }) => isRight).length
  const wrong = scenarios.length - right
  return { right, wrong, held: held / wrong, stopped: stopped / wrong, falseAlarms: alarms / right, missed, answers }
}
