import type { Block, Span, Words } from '../../platform/pdf-document.ts'
import type { Counted, PackEntry, PackFacts } from './pack-facts.ts'
import { cellTime, counted, number, spans, timeOf, together } from './pack-words.ts'

/** Part 4: what the screened opened before they were screened. */
export const earlierOf = (facts: PackFacts): Block[] => [
  { kind: 'heading', level: 2, text: '4. What was opened before the screen', isOnNewPage: true },
  {
    kind: 'paragraph',
    text:
      facts.earlier.count === 0
        ? 'The ledger holds no entry of a screened person on these matters from before the screen.'
        : `The ledger holds ${counted(facts.earlier.count, 'entry', 'entries')} of the screened on these matters from before the screen. What each person learned from them no record can say; the firm has to judge what they mean for the screen.`,
  },
  ...entriesOf(facts.earlier),
]

function entriesOf({ count, listed }: Counted<PackEntry>): Block[] {
  if (count === 0) return []
  return [
    ...(listed.length < count
      ? [{ kind: 'paragraph', tone: 'rose', text: `Listed here: ${number(listed.length)} of ${number(count)}.` } as const]
      : []),
    {
      kind: 'table',
      head: ['When (UTC)', 'Who', 'Deed', 'Matter and document', 'Entry'],
      shares: [24, 16, 21, 25, 17],
      rows: listed.map(({ at, person, deed, matter, document, entry, proof }) => [
        cellTime(at),
        person,
        deed,
        `${matter}: ${document ?? 'no document named'}`,
        `${entryNumber(entry)}, ${proof}`,
      ]),
    },
  ]
}

const entryNumber = (entry: number | null): string => (entry === null ? 'not numbered yet' : number(entry))

/** Part 5: what the ledger has over the period, how that can be checked, and what it does not say. */
export function proofOf({ ledger, matters }: PackFacts): Block[] {
  const who = together(ledger.persons) || 'nobody'
  const where = mattersOf(ledger.matters, matters)
  return [
    { kind: 'heading', level: 2, text: '5. The ledger’s proof', isOnNewPage: true },
    resultOf(ledger, who, where),
    ...entriesOf(ledger.found),
    {
      kind: 'facts',
      rows: [
        ['Period', `${timeOf(ledger.from)} to ${timeOf(ledger.to)}`],
        ['Persons looked for', who],
        ['Matters looked for', where],
        ['Entries of them there', number(ledger.found.count)],
        ['Refused tries', ledger.refused.count === 0 ? 'none recorded' : `${number(ledger.refused.count)}, listed below`],
        [
          'Entries read, first',
          ledger.examined ? `position ${number(ledger.examined.first.position)}, ${timeOf(ledger.examined.first.at)}` : 'none',
        ],
        [
          'Entries read, last',
          ledger.examined ? `position ${number(ledger.examined.last.position)}, ${timeOf(ledger.examined.last.at)}` : 'none',
        ],
      ],
    },
    ...refusedOf(ledger),
    { kind: 'heading', level: 3, text: 'The checkpoint over these entries' },
    {
      kind: 'paragraph',
      tone: 'quiet',
      text: 'A signed note (c2sp.org/tlog-checkpoint): the log’s name, how many entries it has, the hash over all of them, the signature. Character by character; a line that is too long goes on in the next.',
    },
    { kind: 'verbatim', text: ledger.checkpoint },
    { kind: 'heading', level: 3, text: 'The log’s key' },
    {
      kind: 'paragraph',
      tone: 'quiet',
      text: 'Whoever checks takes the key from another place than this paper and the firm’s database, and compares.',
    },
    { kind: 'verbatim', text: ledger.logKey },
    ...SAYS,
  ]
}

/** The numbers that were looked for, with the titles of those that are the screen's. */
function mattersOf(numbers: string[], matters: PackFacts['matters']): Span[] {
  if (numbers.length === 0) return ['no matter']
  return numbers.flatMap((no, at): Span[] => {
    const before = at === 0 ? '' : at === numbers.length - 1 ? ' and ' : ', '
    const title = matters.find((matter) => matter.number === no)?.title
    return title === undefined ? [`${before}${no}`] : [before, { text: title, as: 'cite' }, ` (${no})`]
  })
}

function resultOf({ found, examined, from, to }: PackFacts['ledger'], who: string, where: Span[]): Block {
  const period = `from ${timeOf(from)} to ${timeOf(to)}`
  if (examined === null)
    return { kind: 'notice', tone: 'rose', text: [`No entry of the log was read for the period ${period}. This page proves nothing.`] }
  if (found.count === 0)
    return {
      kind: 'notice',
      tone: 'plain',
      text: [spans(`In the period ${period}, no entry of ${who} on `, where, ' stands among the entries that were read.')],
    }
  return {
    kind: 'notice',
    tone: 'rose',
    text: [
      spans(
        `In the period ${period}, the log holds ${counted(found.count, 'entry', 'entries')} of ${who} on `,
        where,
        '. They are listed below.',
      ),
      'The statement that nothing was opened cannot be made. Each entry has to be explained before anything in this pack is signed.',
    ],
  }
}

const refusedOf = ({ refused }: PackFacts['ledger']): Block[] =>
  refused.count === 0
    ? []
    : [
        { kind: 'heading', level: 3, text: 'Refused tries' },
        { kind: 'paragraph', text: 'The system refused these. Nothing was opened by them; why they were made is for the firm to ask.' },
        ...(refused.listed.length < refused.count
          ? [
              {
                kind: 'paragraph',
                tone: 'rose',
                text: `Listed here: ${number(refused.listed.length)} of ${number(refused.count)}.`,
              } as const,
            ]
          : []),
        {
          kind: 'table',
          head: ['When (UTC)', 'Who', 'What was tried', 'Entry'],
          shares: [22, 26, 40, 12],
          rows: refused.listed.map(({ at, person, what, entry }) => [cellTime(at), person, what, entryNumber(entry)]),
        },
      ]

const list = (title: string, items: Words[], isNumbered = false): Block[] => [
  { kind: 'heading', level: 3, text: title },
  { kind: 'list', items, isNumbered },
]
const SAYS: Block[] = [
  ...list('What this proof says', [
    'The system writes an entry, in the same transaction, for each act of a signed-in person on a matter. The firm’s system read every entry between the two positions above and counted those of these persons on these matters.',
    'The checkpoint commits to every entry up to its size. An entry in it cannot be changed, taken out or put in afterwards without another hash.',
    'This paper is a copy of the checkpoint outside the system. A later history that does not continue it is shown to be another one.',
  ]),
  ...list(
    'How it is checked',
    [
      'With a copy of the ledger: compute every entry’s leaf from position 0 on and the hash over them; it has to be the one in the checkpoint, and the signature has to verify under the key. The command subrosa verify does this.',
      'Entries name person and matter only by commitments. The firm opens these for the entries between the two positions (the values with their salts), and whoever checks computes them again and counts.',
    ],
    true,
  ),
  ...list('What it does not say', [
    'Paper alone proves nothing: without the ledger this page is the firm’s own statement.',
    'Nothing of what was said aloud, read on paper or on another’s screen, sent by mail, or kept in other systems.',
    'Nothing of acts under another person’s account, of those who run the server outside the program, or of acts that a changed program did not write.',
    'Whoever holds both the database and the signing key can write another history; it shows only against a checkpoint kept elsewhere.',
    'Times are those of the database’s clock. Entries after the last position are not in it.',
    'Nothing of whether the screen is timely or adequate, or what effect it has in law.',
  ]),
]
