import type { Block, PdfDocument, Words } from '../../platform/pdf-document.ts'
import { certificatesOf } from './pack-certificates.ts'
import { checkFacts, type PackFacts } from './pack-facts.ts'
import { noticeOf } from './pack-notice.ts'
import { earlierOf, proofOf } from './pack-proof.ts'
import { RULES } from './pack-rules.ts'
import { cellDay, counted, matterSpans, orNone, screenedNames, spans, timeOf, together } from './pack-words.ts'

/**
 * The screening pack of one screen, to be printed: the notice, the description, the certificates, what was opened before
 * and the ledger's proof (ABA Model Rules 1.10(a)(2), 1.11, 1.12, 1.18; SRA 6.5; catalogue 6.4). It says which duty it
 * supports and what the firm has still to decide; it never says that the firm complies.
 *
 * @throws on facts that contradict each other
 */
export function packOf(facts: PackFacts): PdfDocument {
  checkFacts(facts)
  const warnings = warningsOf(facts)
  return {
    title: `Screening pack ${facts.screen.id}`,
    author: facts.firm,
    language: 'en',
    madeAt: facts.madeAt,
    paper: facts.paper ?? (facts.screen.kind === 'sra-6.5' ? 'A4' : 'LETTER'),
    foot: `${short(facts.firm)}, screening pack ${short(facts.screen.id)}`,
    blocks: [
      ...coverOf(facts, warnings),
      ...noticeOf(facts, warnings),
      ...descriptionOf(facts),
      ...certificatesOf(facts),
      ...earlierOf(facts),
      ...proofOf(facts),
      ...sourcesOf(facts),
    ],
  }
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

function coverOf(facts: PackFacts, warnings: Words[]): Block[] {
  const rule = RULES[facts.screen.kind]
  return [
    {
      kind: 'title',
      above: facts.firm,
      text: 'Screening pack',
      below: spans(`${screenedNames(facts)}, screened from `, matterSpans(facts)),
    },
    {
      kind: 'facts',
      rows: [
        ['Screen', facts.screen.id],
        ['Made under', rule.name],
        ['In force', standing(facts)],
        ['This pack was made', timeOf(facts.madeAt)],
      ],
    },
    ...(warnings.length > 0
      ? [{ kind: 'heading', level: 3, text: 'Read this first' } as const, { kind: 'notice', tone: 'rose', text: warnings } as const]
      : []),
    { kind: 'heading', level: 3, text: 'What this pack is for' },
    {
      kind: 'paragraph',
      text: `${rule.supports} This pack holds drafts and records. It does not make the firm compliant with any rule, and it is not legal advice.`,
    },
    { kind: 'heading', level: 3, text: 'What the firm has still to decide' },
    { kind: 'list', items: rule.decide },
    {
      kind: 'paragraph',
      tone: 'quiet',
      text: `Parts: 1 ${rule.notice.toLowerCase()}, a draft; 2 description of the screen; 3 certifications; 4 what was opened before the screen; 5 the ledger’s proof; 6 how far the rules in it were checked.`,
    },
  ]
}

const standing = ({ screen }: PackFacts): string =>
  screen.endsAt === null ? `from ${timeOf(screen.startsAt)}, without an end` : `from ${timeOf(screen.startsAt)} to ${timeOf(screen.endsAt)}`

const DAY = 86_400_000

/** What has to be looked at before anything is signed. */
export function warningsOf(facts: PackFacts): Words[] {
  const { screen, earlier, ledger, certifications, memorandum } = facts
  const until = screen.endsAt !== null && Date.parse(screen.endsAt) < Date.parse(facts.madeAt) ? screen.endsAt : facts.madeAt
  const waiting = memorandum.asked.filter(({ acknowledgedAt }) => acknowledgedAt === null).length
  const unread = facts.screened.filter(({ name }) => !ledger.persons.includes(name)).map(({ name }) => name)
  const unseen = facts.matters.filter((matter) => !ledger.matters.includes(matter.number)).map((matter) => matter.number)
  const isStanding = Date.parse(screen.startsAt) <= Date.parse(facts.madeAt)
  return [
    screen.isLate &&
      `The screen is late: ${screen.firstAccessAt ? `the first access was on ${timeOf(screen.firstAccessAt)}, before` : 'there was access before'} it came into force on ${timeOf(screen.startsAt)}. Part 4 lists it.`,
    !screen.isLate && earlier.count > 0 && `Part 4 lists ${counted(earlier.count, 'entry', 'entries')} from before the screen.`,
    ledger.examined === null && 'No entry of the log was read. Part 5 proves nothing.',
    ledger.found.count > 0 &&
      `The ledger holds ${counted(ledger.found.count, 'entry', 'entries')} of the screened on these matters in the period of part 5. Each has to be explained.`,
    ledger.refused.count > 0 && `${counted(ledger.refused.count, 'try was', 'tries were')} refused in the period of part 5.`,
    certifications.overdue.length > 0 &&
      `${counted(certifications.overdue.length, 'certificate is', 'certificates are')} overdue (part 3).`,
    waiting > 0 && `${counted(waiting, 'person has', 'people have')} not acknowledged the memorandum (part 2).`,
    isStanding &&
      Date.parse(ledger.from) > Date.parse(screen.startsAt) &&
      `The period of part 5 begins on ${timeOf(ledger.from)}; the screen came into force on ${timeOf(screen.startsAt)}. The time between was not examined.`,
    isStanding &&
      Date.parse(ledger.to) < Date.parse(until) - DAY &&
      `The period of part 5 ends on ${timeOf(ledger.to)}. The time after it was not examined.`,
    unread.length > 0 && `Part 5 did not look for ${together(unread)}.`,
    unseen.length > 0 && `Part 5 did not look at ${together(unseen)}.`,
  ].filter((text) => text !== false)
}

/** Part 6. */
const sourcesOf = ({ screen }: PackFacts): Block[] => [
  {
    kind: 'together',
    blocks: [
      { kind: 'heading', level: 2, text: '6. How far the rules were checked' },
      {
        kind: 'paragraph',
        text: 'What this pack says of the rules comes from the product’s catalogue as of 22 November 2026. Compare it with the rules as adopted before relying on it.',
      },
      { kind: 'table', head: ['Rule', 'How it was checked'], shares: [50, 50], rows: RULES[screen.kind].sources },
    ],
  },
]

const NONE: Block = { kind: 'paragraph', text: 'None.' }

/** Part 2. */
const descriptionOf = (facts: PackFacts): Block[] => [
  { kind: 'heading', level: 2, text: '2. Description of the screen', isOnNewPage: true },
  {
    kind: 'facts',
    rows: [
      ['Screen', facts.screen.id],
      ['Made under', RULES[facts.screen.kind].name],
      ['What made it necessary', orNone(facts.screen.trigger)],
      ['Need known', timeOf(facts.screen.needKnownAt)],
      ['In force', standing(facts)],
      ...(facts.screen.endReason === null ? [] : [['Why it ended', orNone(facts.screen.endReason)] as [string, Words]]),
      [
        'First access',
        facts.screen.firstAccessAt === null
          ? 'none recorded'
          : `${timeOf(facts.screen.firstAccessAt)}${facts.screen.isLate ? ', before the screen: the screen is late' : ''}`,
      ],
      ['Information', orNone(facts.screen.information)],
      ['Fees', orNone(facts.screen.fee)],
    ],
  },
  { kind: 'heading', level: 3, text: 'Matters' },
  facts.matters.length === 0
    ? NONE
    : {
        kind: 'table',
        head: ['Number', 'Matter', 'Client'],
        shares: [20, 44, 36],
        rows: facts.matters.map(({ number, title, client }) => [number, [{ text: title, as: 'cite' }], client]),
      },
  { kind: 'heading', level: 3, text: 'Screened' },
  facts.screened.length === 0
    ? NONE
    : { kind: 'table', head: ['Name', 'Role'], shares: [50, 50], rows: facts.screened.map(({ name, role }) => [name, role]) },
  { kind: 'heading', level: 3, text: 'Procedures' },
  { kind: 'list', items: facts.screen.procedures.length > 0 ? facts.screen.procedures : [orNone('')], isNumbered: true },
  { kind: 'heading', level: 3, text: 'Memorandum' },
  ...memorandumOf(facts.memorandum),
]

function memorandumOf({ text, asked }: PackFacts['memorandum']): Block[] {
  if (text.trim() === '' && asked.length === 0) return [{ kind: 'paragraph', text: 'No memorandum was sent.' }]
  return [
    { kind: 'notice', tone: 'plain', text: [orNone(text)] },
    asked.length === 0
      ? { kind: 'paragraph', text: 'Nobody was asked to acknowledge it.' }
      : {
          kind: 'table',
          head: ['Asked to acknowledge', 'As', 'Asked on', 'Acknowledged on'],
          shares: [34, 16, 25, 25],
          rows: asked.map(({ name, as, askedAt, acknowledgedAt }) => [
            name,
            as === 'screened' ? 'screened' : 'on the team',
            cellDay(askedAt),
            acknowledgedAt === null ? [{ text: 'not yet', as: 'strong' }] : cellDay(acknowledgedAt),
          ]),
        },
  ]
}
