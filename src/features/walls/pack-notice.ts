import type { Block, Words } from '../../platform/pdf-document.ts'
import type { PackFacts } from './pack-facts.ts'
import { RULES } from './pack-rules.ts'
import { dayOf, isAre, matterSpans, orNone, screenedNames, spans } from './pack-words.ts'

/** Part 1: the notice as a letter to be signed, with what the firm has to look at before in front of it. */
export function noticeOf(facts: PackFacts, warnings: Words[]): Block[] {
  const rule = RULES[facts.screen.kind]
  const letters = 'abcdef'
  let part = 0
  const headed = (title: string): Block => ({ kind: 'heading', level: 3, text: `(${letters[part++]}) ${title}` })
  const names = screenedNames(facts)
  return [
    { kind: 'heading', level: 2, text: `1. ${rule.notice}`, isOnNewPage: true },
    { kind: 'paragraph', text: `Draft. ${rule.asks} Nothing in this draft is stated by anyone until it is signed.`, tone: 'quiet' },
    ...(warnings.length > 0 ? [LOOK_FIRST] : []),
    ...addressed(facts),
    { kind: 'paragraph', text: spans('About: ', matterSpans(facts)) },
    {
      kind: 'paragraph',
      text: `${names} ${isAre(facts.screened.length)} screened from any participation in ${facts.matters.length === 1 ? 'this matter' : 'these matters'}. The firm knew on ${dayOf(facts.screen.needKnownAt)} that a screen was needed. ${inForce(facts)}`,
    },
    ...rule.opening.flatMap(({ text, blanks }): Block[] => [
      paragraph(text),
      ...blanks.map((label): Block => ({ kind: 'blanks', labels: [label] })),
    ]),
    headed('The screening procedures'),
    { kind: 'list', items: facts.screen.procedures.length > 0 ? facts.screen.procedures : [orNone('')], isNumbered: true },
    { kind: 'paragraph', text: spans({ text: 'Fees. ', as: 'strong' }, orNone(facts.screen.fee)) },
    ...(rule.parts.includes('compliance') ? compliance(facts, headed) : []),
    ...(rule.parts.includes('tribunal')
      ? [headed('Review'), { kind: 'paragraph', text: 'Review of this screening may be available before a tribunal.' } as const]
      : []),
    ...(rule.parts.includes('answers') ? answers(facts, headed) : []),
    ...rule.closing.map(paragraph),
    { kind: 'together', blocks: [{ kind: 'paragraph', text: `For ${facts.firm}` }, SIGNED] },
  ]
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
const LOOK_FIRST: Block = {
  kind: 'notice',
  tone: 'rose',
  text: ['Before this is signed, look at what stands under “Read this first”: the statements below may not be true as they are.'],
}
const SIGNED: Block = { kind: 'blanks', labels: ['Signature', 'Name and capacity', 'Date'] }

const addressed = ({ screen }: PackFacts): Block[] =>
  screen.addressee
    ? [
        { kind: 'paragraph', text: spans('To: ', { text: screen.addressee, as: 'strong' }) },
        { kind: 'blanks', labels: ['Address', 'Date'] },
      ]
    : [{ kind: 'blanks', labels: ['To (name and address)', 'Date'] }]

function inForce({ screen, madeAt }: PackFacts): string {
  if (Date.parse(screen.startsAt) > Date.parse(madeAt)) return `The screen comes into force on ${dayOf(screen.startsAt)}.`
  if (screen.endsAt === null) return `The screen has been in force since ${dayOf(screen.startsAt)}.`
  const ended = Date.parse(screen.endsAt) <= Date.parse(madeAt)
  return ended
    ? `The screen was in force from ${dayOf(screen.startsAt)} to ${dayOf(screen.endsAt)}.`
    : `The screen has been in force since ${dayOf(screen.startsAt)} and is set to end on ${dayOf(screen.endsAt)}.`
}

const compliance = (facts: PackFacts, headed: (title: string) => Block): Block[] => [
  headed('Statements of compliance'),
  {
    kind: 'paragraph',
    text: `${facts.firm} states that it has followed the procedures in this notice since the screen came into force, and that it will follow them. Exceptions, if any:`,
  },
  { kind: 'blanks', labels: ['Exceptions; “none” if there are none'] },
  ...facts.screened.map(({ name, role }): Block => ({
    kind: 'together',
    blocks: [
      {
        kind: 'paragraph',
        text: `I, ${name} (${role}), state that I have followed the procedures in this notice since the screen came into force, and that I will follow them. Exceptions, if any:`,
      },
      { kind: 'blanks', labels: ['Exceptions; “none” if there are none'] },
      { kind: 'blanks', labels: [`Signature of ${name}`, 'Date'] },
    ],
  })),
]

const answers = ({ firm }: PackFacts, headed: (title: string) => Block): Block[] => [
  headed('Inquiries and objections'),
  {
    kind: 'paragraph',
    text: `${firm} agrees to respond promptly to any written inquiry or objection about the screening procedures. Write to:`,
  },
  { kind: 'blanks', labels: ['Name', 'Address, e-mail'] },
]
