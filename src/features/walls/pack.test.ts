import { expect, test } from 'vitest'
import { readPrinted } from '../../../test/printed.ts'
import { WALL_RULES } from '../../contract/wall.ts'
import { makePdf } from '../../platform/pdf.ts'
import type { PackEntry, PackFacts } from './pack-facts.ts'
import { packOf } from './pack.ts'

const CHECKPOINT =
  'subrosa.example/6983e718\n96411\nC0gma25fQTS5r4bF0mGG1CqVEgD1HfZEaAX3K0ERxUs=\n\n— subrosa.example/6983e718 U6S4AkJ2fgoevYdgTyOR2yt4UwKSZksgd09UXDs5RjayO8MRj/B3qDpWynJPKKjQbYQd9ZXpRXYhtrG7w0TfgFz/YAQ=\n'
const KEY = 'subrosa.example/6983e718+53a4b802+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4'

const FACTS: PackFacts = {
  firm: 'Wren & Ames LLP',
  madeAt: '2026-11-22T10:42:00.000Z',
  screen: {
    id: 'W-2026-007',
    kind: '1.10(a)(2)',
    trigger: 'Cora Lind joined the firm from Hale & Park. There she worked for Mill Paper plc.',
    needKnownAt: '2026-03-01T00:00:00.000Z',
    startsAt: '2026-03-02T09:15:00.123Z',
    endsAt: null,
    endReason: null,
    isLate: false,
    firstAccessAt: null,
    addressee: 'Mill Paper plc',
    information: 'What a paralegal learns from preparing the other side of the same dispute.',
    procedures: ['No one speaks with her about the matter.', 'She has no access to its files.'],
    fee: 'She is apportioned no part of the fee from the matter.',
  },
  matters: [{ number: '2026-014', title: 'Orchard v. Mill', client: 'Orchard Estates Ltd' }],
  screened: [{ name: 'Cora Lind', role: 'paralegal' }],
  memorandum: {
    text: 'Cora Lind is screened from a matter of the firm.',
    asked: [{ name: 'Cora Lind', as: 'screened', askedAt: '2026-03-02T09:15:00.000Z', acknowledgedAt: '2026-03-03T11:00:00.000Z' }],
  },
  earlier: { count: 0, listed: [] },
  certifications: { due: [], given: [], overdue: [] },
  ledger: {
    from: '2026-03-02T09:15:00.000Z',
    to: '2026-11-22T10:42:00.000Z',
    persons: ['Cora Lind'],
    matters: ['2026-014'],
    found: { count: 0, listed: [] },
    refused: { count: 0, listed: [] },
    examined: { first: { position: 18231, at: '2026-03-02T09:15:02.000Z' }, last: { position: 96410, at: '2026-11-22T10:41:58.000Z' } },
    checkpoint: CHECKPOINT,
    logKey: KEY,
  },
}
const entry = (more: Partial<PackEntry> = {}): PackEntry => ({
  at: '2026-05-01T10:00:07.000Z',
  person: 'Cora Lind',
  deed: 'document.opened',
  matter: '2026-014',
  document: 'Exhibit 4.pdf',
  entry: 17000,
  proof: 'in the tree',
  ...more,
})
const screen = (more: Partial<PackFacts['screen']>): PackFacts => ({ ...FACTS, screen: { ...FACTS.screen, ...more } })
const ledger = (more: Partial<PackFacts['ledger']>): PackFacts => ({ ...FACTS, ledger: { ...FACTS.ledger, ...more } })
const certified = (more: Partial<PackFacts['certifications']>): PackFacts => ({
  ...FACTS,
  certifications: { ...FACTS.certifications, ...more },
})

const bare = (text: string): string => text.replace(/\s/g, '')
/** The pack's own text without white space, whole and in its parts: the cover, then 1 to 6. */
async function packed(facts: PackFacts) {
  const { run, info, pages } = await readPrinted(await makePdf(packOf(facts)))
  const parts: string[] = []
  let rest = run
  const heads = ['1.', '2.Descriptionofthescreen', '3.Certifications', '4.Whatwasopened', '5.Theledger’sproof', '6.Howfartherules']
  for (const head of heads) {
    // the notice is named otherwise under each rule
    const at = head === '1.' ? rest.search(/1\.(Notice|Letter)/) : rest.indexOf(head)
    expect(at, head).toBeGreaterThan(0)
    parts.push(rest.slice(0, at))
    rest = rest.slice(at)
  }
  return { all: run, parts: [...parts, rest], info, pages }
}

test('the notice under Rule 1.10 has its four parts, with lines to sign for the firm and the screened lawyer', async () => {
  const { parts } = await packed(FACTS)
  const notice = parts[1]!
  for (const part of [
    '1. Notice to the affected former client',
    'To: Mill Paper plc',
    'Cora Lind is screened from any participation in this matter.',
    'The firm knew on 1 March 2026 that a screen was needed. The screen has been in force since 2 March 2026.',
    '(a) The screening procedures',
    '1. No one speaks with her about the matter. 2. She has no access to its files.',
    'She is apportioned no part of the fee from the matter.',
    '(b) Statements of compliance Wren & Ames LLP states that it has followed the procedures in this notice',
    'I, Cora Lind (paralegal), state that I have followed the procedures in this notice',
    'Signature of Cora Lind',
    '(c) Review Review of this screening may be available before a tribunal.',
    '(d) Inquiries and objections Wren & Ames LLP agrees to respond promptly to any written inquiry or objection',
    'the screened lawyer and a partner of the firm will certify compliance to you at reasonable intervals',
    'For Wren & Ames LLP Signature',
  ])
    expect(notice).toContain(bare(part))
})

test.each([
  ['1.11', 'Notice to the government agency', ['(b)Statementsofcompliance', '(c)Inquiries'], ['Review of this screening']],
  ['1.12', 'Notice to the parties and the tribunal', ['(c)Review', '(d)Inquiries'], []],
  [
    '1.18',
    'Notice to the prospective client',
    ['no more information from you than it needed', 'Measures taken'],
    ['Review of this screening'],
  ],
  [
    'sra-6.5',
    'Letter to the client whose information is held',
    ['no real risk of disclosure'],
    ['Review of this screening', 'Model Rule 1.10'],
  ],
  ['voluntary', 'Notice, if the firm chooses to give one', ['This screen is voluntary.'], ['Review of this screening']],
  ['insider', 'Notice, if the firm chooses to give one', ['can itself reveal inside information'], ['Statements of compliance']],
] as const)('under %s the notice fits that rule', async (kind, head, says, saysNot) => {
  const { parts } = await packed(screen({ kind }))
  expect(parts[1]).toContain(bare(`1. ${head}`))
  for (const text of says) expect(parts[1]).toContain(bare(text))
  for (const text of saysNot) expect(parts[1]).not.toContain(bare(text))
  // only 1.10 asks for certifications
  expect(parts[3]).toContain(bare('names no duty to certify under this rule'))
})

test.each(WALL_RULES)(
  'under %s the pack says what the firm has to decide and how the rule was checked, and never that the firm complies',
  async (kind) => {
    const { all, parts } = await packed(screen({ kind }))
    expect(parts[0]).toContain(bare('It does not make the firm compliant with any rule, and it is not legal advice.'))
    expect(parts[0]).toMatch(/Whatthefirmhasstilltodecide–\w/)
    expect(parts[6]).toMatch(/Notcoveredbythecatalogue|Frommemory;notread/)
    expect(all.match(/compliant|complies|guarantee|certified secure/gi)).toEqual(['compliant'])
  },
)

test('that many states do not permit the screen stands on the first page of a lateral’s pack', async () => {
  const { pages } = await packed(FACTS)
  expect(bare(pages[0]!.text)).toContain(bare('without the former client’s consent. Many states do not.'))
})

test('a screen without fault has nothing to read first', async () => {
  const { all } = await packed(FACTS)
  expect(all).not.toContain('Readthisfirst')
})

test('the proof of nothing names period, persons, matters, positions, checkpoint and key', async () => {
  const proof = (await packed(FACTS)).parts[5]!
  for (const part of [
    'In the period from 2 March 2026, 09:15 UTC to 22 November 2026, 10:42 UTC, no entry of Cora Lind on Orchard v. Mill (2026-014) stands among the entries that were read.',
    'Entries of them there 0',
    'Refused tries none recorded',
    'position 18,231, 2 March 2026, 09:15 UTC',
    'position 96,410, 22 November 2026, 10:41 UTC',
    CHECKPOINT,
    KEY,
    'Paper alone proves nothing',
    'What it does not say',
  ])
    expect(proof).toContain(bare(part))
})

test('when there are entries the proof says so, lists them, and says nowhere that there are none', async () => {
  const found = { count: 2, listed: [entry(), entry({ document: null, entry: null, proof: 'recorded' })] }
  const { parts } = await packed(ledger({ found }))
  expect(parts[5]).toContain(bare('the log holds 2 entries of Cora Lind on Orchard v. Mill (2026-014).'))
  expect(parts[5]).toContain(bare('The statement that nothing was opened cannot be made.'))
  expect(parts[5]).toContain(bare('1 May 2026, 10:00:07 Cora Lind document.opened 2026-014: Exhibit 4.pdf 17,000, in the tree'))
  expect(parts[5]).toContain(bare('2026-014: no document named not numbered yet, recorded'))
  expect(parts[5]).not.toContain(bare('no entry of'))
  expect(parts[0]).toContain(bare('Read this first'))
  expect(parts[0]).toContain(bare('The ledger holds 2 entries of the screened on these matters in the period of part 5.'))
  expect(parts[1]).toContain(bare('Before this is signed, look at what stands under “Read this first”'))
})

test('when no entry of the log was read the pack proves nothing, and says so', async () => {
  const { parts } = await packed(ledger({ examined: null }))
  expect(parts[5]).toContain(bare('No entry of the log was read for the period'))
  expect(parts[5]).not.toContain(bare('no entry of Cora'))
  expect(parts[0]).toContain(bare('Part 5 proves nothing.'))
})

test('refused tries are listed and are no entries', async () => {
  const refused = {
    count: 5,
    listed: [{ at: '2026-06-01T10:00:00.000Z', person: 'Cora Lind', what: 'Search for “Orchard”', entry: 50001 }],
  }
  const { parts } = await packed(ledger({ refused }))
  expect(parts[5]).toContain(bare('Listed here: 1 of 5.'))
  expect(parts[5]).toContain(bare('1 Jun 2026, 10:00:00 Cora Lind Search for “Orchard” 50,001'))
  expect(parts[5]).toContain(bare('no entry of Cora Lind'))
  expect(parts[0]).toContain(bare('5 tries were refused'))
})

test.each([
  ['begins after the screen', ledger({ from: '2026-04-01T00:00:00.000Z' }), 'The time between was not examined.'],
  ['ends long before the pack', ledger({ to: '2026-10-01T00:00:00.000Z' }), 'The time after it was not examined.'],
  [
    'leaves a person out',
    { ...FACTS, screened: [...FACTS.screened, { name: 'Йосип Щукін', role: 'associate' }] },
    'Part 5 did not look for Йосип Щукін.',
  ],
  [
    'leaves a matter out',
    { ...FACTS, matters: [...FACTS.matters, { number: '2026-015', title: 'B', client: 'C' }] },
    'Part 5 did not look at 2026-015.',
  ],
  [
    'an acknowledgement is missing',
    { ...FACTS, memorandum: { ...FACTS.memorandum, asked: FACTS.memorandum.asked.map((one) => ({ ...one, acknowledgedAt: null })) } },
    '1 person has not acknowledged the memorandum',
  ],
  [
    'a late screen',
    screen({ isLate: true, firstAccessAt: '2026-02-20T10:00:00.000Z' }),
    'The screen is late: the first access was on 20 February 2026, 10:00 UTC',
  ],
] satisfies [string, PackFacts, string][])('%s: the first page warns of it', async (_, facts, text) => {
  const { parts } = await packed(facts)
  expect(parts[0]).toContain(bare(text))
})

test.each([
  ['more entries listed than counted', ledger({ found: { count: 0, listed: [entry()] } })],
  ['entries counted where none was read', ledger({ found: { count: 1, listed: [] }, examined: null })],
  ['a count that is no number', ledger({ found: { count: Number.NaN, listed: [] } })],
  ['a negative count', ledger({ refused: { count: -1, listed: [] } })],
  ['a period that ends before it begins', ledger({ to: '2026-01-01T00:00:00.000Z' })],
  [
    'a log that ends before it begins',
    ledger({ examined: { first: { position: 9, at: FACTS.madeAt }, last: { position: 8, at: FACTS.madeAt } } }),
  ],
  ['a time that is none', screen({ startsAt: 'soon' })],
])('%s is not printed', (_, facts) => {
  expect(() => packOf(facts)).toThrow(/the screening pack’s/)
})

const GIVEN = {
  name: 'Ada Wren',
  capacity: 'partner',
  from: '2026-03-02T09:15:00.000Z',
  to: '2026-08-29T09:15:00.000Z',
  words: 'We kept to it.',
  attempts: 3,
  at: '2026-08-28T15:00:00.000Z',
} as const
const FIRST = { at: '2026-08-29T09:15:00.000Z', isFinal: false }
const SECOND = { at: '2027-02-25T09:15:00.000Z', isFinal: false }

test('each date to come has a form for the screened and for a partner, over its period, and the end has one', async () => {
  const { parts } = await packed(certified({ due: [SECOND, FIRST], given: [GIVEN] }))
  const forms = parts[3]!
  expect(forms).toContain(bare('28 Aug 2026 Ada Wren, partner 2 Mar 2026 to 29 Aug 2026 We kept to it. 3'))
  expect(forms).not.toContain(bare('Due on 29 August 2026:'))
  for (const form of [
    'Due on 25 February 2027: Cora Lind I, Cora Lind, certify for the period from 29 August 2026 to 25 February 2027, for screen W-2026-007',
    'Due on 25 February 2027: a partner of the firm I, a partner of Wren & Ames LLP, certify for the period',
    'At the end of the screen: Cora Lind I, Cora Lind, certify for the period from 2 March 2026 to the end of the screen',
    'At the end of the screen: a partner of the firm',
  ])
    expect(forms).toContain(bare(form))
  expect(forms.split(bare('Refused tries that the system counted in the period'))).toHaveLength(4 + 1)
})

test('a date that has passed has a form for whoever is overdue and for nobody else', async () => {
  const overdue = [{ at: FIRST.at, name: 'Cora Lind', capacity: 'screened' as const }]
  const { parts } = await packed(certified({ due: [FIRST], given: [GIVEN], overdue }))
  expect(parts[3]).toContain(bare('Due on 29 August 2026 and not given: Cora Lind (screened).'))
  expect(parts[3]).toContain(
    bare('Due on 29 August 2026: Cora Lind I, Cora Lind, certify for the period from 2 March 2026 to 29 August 2026'),
  )
  expect(parts[3]).not.toContain(bare('Due on 29 August 2026: a partner'))
  expect(parts[0]).toContain(bare('1 certificate is overdue'))
})

test('an ended screen says so, and its final date is the only end', async () => {
  const ended = screen({ endsAt: '2026-10-01T00:00:00.000Z', endReason: 'The dispute was settled.' })
  const final = { at: '2026-10-01T00:00:00.000Z', isFinal: true }
  const overdue = [{ at: final.at, name: null, capacity: 'partner' as const }]
  const { parts } = await packed({ ...ended, certifications: { due: [final], given: [], overdue } })
  expect(parts[1]).toContain(bare('The screen was in force from 2 March 2026 to 1 October 2026.'))
  expect(parts[2]).toContain(bare('Why it ended The dispute was settled.'))
  expect(parts[3]!.split(bare('At the end of the screen:'))).toHaveLength(1 + 1)
})

test('two thousand accesses are all there, in order', async () => {
  const listed = Array.from({ length: 2000 }, (_, at) =>
    entry({ entry: 10_000 + at, document: `Letter ${at} of Наталія Щербак, Ζωή and Łukasz.pdf` }),
  )
  const { parts } = await packed({ ...FACTS, earlier: { count: 2000, listed } })
  expect(parts[4]).toContain(bare('The ledger holds 2,000 entries'))
  const found = [...parts[4]!.matchAll(/Letter(\d+)ofНаталіяЩербак,ΖωήandŁukasz\.pdf(1[\d,]+),inthetree/g)].map(([, letter, no]) => [
    Number(letter),
    Number(no!.replace(/,/g, '')),
  ])
  expect(found).toEqual(listed.map((one, at) => [at, one.entry]))
})

test('hostile and endless words come back whole, and turn nothing around', async () => {
  const long = Array.from({ length: 1500 }, (_, at) => `reason${at}`).join(' ')
  const { all } = await packed({
    ...screen({
      trigger: long,
      information: 'x'.repeat(10_000),
      procedures: [`a\u202Eb`, long],
      fee: '{"text":"x"} <b>&amp;',
      addressee: '\u2066שרה\u2069',
    }),
    firm: 'A\u0000B'.padEnd(300, 'c'),
  })
  expect(all.split(bare(long))).toHaveLength(3 + 1)
  expect(all).toContain('x'.repeat(10_000))
  expect(all).toContain('1.a?[U+202E]b')
  expect(all).toContain(bare('{"text":"x"} <b>&amp;'))
  expect(all).toContain('To:????? [U+2066 U+05E9 U+05E8 U+05D4 U+2069]'.replace(/\s/g, ''))
})

test('empty lists and words are said to be empty', async () => {
  const { parts } = await packed({
    ...screen({ procedures: [], trigger: '', information: ' ', fee: '', addressee: null }),
    matters: [],
    screened: [],
    memorandum: { text: '', asked: [] },
  })
  expect(parts[1]).toContain(bare('1. Nothing is written down here.'))
  expect(parts[1]).toContain(bare('To (name and address)'))
  expect(parts[2]).toContain(bare('What made it necessary Nothing is written down here.'))
  expect(parts[2]).toContain(bare('Matters None. Screened None.'))
  expect(parts[2]).toContain(bare('No memorandum was sent.'))
  expect(parts[3]).toContain(bare('None was given yet.'))
  expect(parts[4]).toContain(bare('The ledger holds no entry of a screened person on these matters from before the screen.'))
})

test('the same facts are the same bytes, and the file carries the facts’ time', async () => {
  const [first, second] = [await makePdf(packOf(FACTS)), await makePdf(packOf(structuredClone(FACTS)))]
  expect(second.equals(first)).toBe(true)
  expect((await readPrinted(first)).info).toMatchObject({
    Title: 'Screening pack W-2026-007',
    Author: 'Wren & Ames LLP',
    CreationDate: 'D:20261122104200Z',
  })
})
