import type { Block } from '../../platform/pdf-document.ts'
import type { Capacity, PackFacts } from './pack-facts.ts'
import { RULES } from './pack-rules.ts'
import { cellDay, dayOf, matterSpans, number, orNone, spans } from './pack-words.ts'

export const CAPACITIES: Record<Capacity, string> = { screened: 'screened', partner: 'partner' }

/** Part 3: what was certified, what is overdue, and a form for each certificate still to be given, with one for the end. */
export function certificatesOf(facts: PackFacts): Block[] {
  const { given, overdue } = facts.certifications
  return [
    { kind: 'heading', level: 2, text: '3. Certifications', isOnNewPage: true },
    { kind: 'paragraph', text: RULES[facts.screen.kind].certificates },
    { kind: 'heading', level: 3, text: 'Given' },
    ...(given.length === 0 ? [{ kind: 'paragraph', text: 'None was given yet.' } as const] : [givenTable(given)]),
    ...(overdue.length === 0
      ? []
      : [
          { kind: 'heading', level: 3, text: 'Overdue' } as const,
          {
            kind: 'notice',
            tone: 'rose',
            text: overdue.map(
              ({ at, name, capacity }) => `Due on ${dayOf(at)} and not given: ${name ?? 'a partner'} (${CAPACITIES[capacity]}).`,
            ),
          } as const,
        ]),
    ...periodsOf(facts).flatMap((period) => formsOf(facts, period)),
  ]
}

const givenTable = (given: PackFacts['certifications']['given']): Block => ({
  kind: 'table',
  head: ['Given on', 'By', 'For the period', 'In these words', 'Refused tries'],
  shares: [17, 20, 25, 36, 14],
  rows: given.map(({ name, capacity, from, to, words, attempts, at }) => [
    cellDay(at),
    `${name}, ${CAPACITIES[capacity]}`,
    `${cellDay(from)} to ${cellDay(to)}`,
    orNone(words),
    number(attempts),
  ]),
})

type Period = { from: string; to: string | null; isFinal: boolean; missing: { name: string | null; capacity: Capacity }[] }

/** A date that has passed with nothing overdue was certified and needs no form. The end always has one, until it is given. */
export function periodsOf({ certifications, screen, screened, madeAt }: PackFacts): Period[] {
  const everyone = [...screened.map(({ name }) => ({ name, capacity: 'screened' as const })), { name: null, capacity: 'partner' as const }]
  const known = new Map(certifications.due.map((due) => [Date.parse(due.at), due]))
  for (const { at } of certifications.overdue) if (!known.has(Date.parse(at))) known.set(Date.parse(at), { at, isFinal: false })
  const dates = [...known.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const periods = dates.map(({ at, isFinal }, index): Period => {
    const overdue = certifications.overdue.filter((one) => Date.parse(one.at) === Date.parse(at))
    const isPast = Date.parse(at) < Date.parse(madeAt)
    return { from: dates[index - 1]?.at ?? screen.startsAt, to: at, isFinal, missing: isPast || overdue.length > 0 ? overdue : everyone }
  })
  if (!dates.some(({ isFinal }) => isFinal)) periods.push({ from: screen.startsAt, to: null, isFinal: true, missing: everyone })
  return periods.filter(({ missing }) => missing.length > 0)
}

function formsOf(facts: PackFacts, period: Period): Block[] {
  const title = period.isFinal ? 'At the end of the screen' : `Due on ${dayOf(period.to!)}`
  const span =
    period.to === null ? `from ${dayOf(period.from)} to the end of the screen` : `from ${dayOf(period.from)} to ${dayOf(period.to)}`
  return period.missing.map(({ name, capacity }): Block => ({
    kind: 'together',
    blocks: [
      { kind: 'heading', level: 3, text: `${title}: ${capacity === 'screened' ? name! : (name ?? 'a partner of the firm')}` },
      {
        kind: 'paragraph',
        text:
          capacity === 'screened'
            ? spans(
                `I, ${name}, certify for the period ${span}, for screen ${facts.screen.id} about `,
                matterSpans(facts),
                ': I have followed the screening procedures in part 2. I have not participated in the matter, and I have not discussed it with those who work on it.',
              )
            : spans(
                `I, a partner of ${facts.firm}, certify for the period ${span}, for screen ${facts.screen.id} about `,
                matterSpans(facts),
                ': the firm has followed the screening procedures in part 2.',
              ),
      },
      { kind: 'blanks', labels: ['Exceptions; “none” if there are none', 'Refused tries that the system counted in the period'] },
      { kind: 'blanks', labels: period.to === null ? ['Signature', 'Name', 'End of the screen', 'Date'] : ['Signature', 'Name', 'Date'] },
    ],
  }))
}
