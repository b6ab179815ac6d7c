import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from './parse.ts'
import type { Node } from './query.ts'
import { wordsOf } from './words.ts'
import { leavesOf, written } from './written.ts'

const TODAY = '2026-11-23'
const nodeOf = (text: string): Node | null => parse(text, TODAY).node
const sentenceOf = (text: string): string =>
  parse(text, TODAY)
    .understood.map((said) => said.text)
    .join('')
const word = (asked: string): Node => ({ kind: 'word', word: asked })
const phrase = (...words: string[]): Node => ({ kind: 'phrase', words })
const prefix = (begins: string): Node => ({ kind: 'prefix', prefix: begins })
const and = (...nodes: Node[]): Node => ({ kind: 'and', nodes })
const or = (...nodes: Node[]): Node => ({ kind: 'or', nodes })
const not = (node: Node): Node => ({ kind: 'not', node })
const near = (left: Node, within: number | 'sentence' | 'paragraph', right: Node, isOrdered = false): Node => ({
  kind: 'near',
  within,
  isOrdered,
  left,
  right,
})
const field = (name: 'matter' | 'client' | 'from' | 'name' | 'type' | 'class' | 'ext', ...words: string[]): Node => ({
  kind: 'field',
  field: name,
  words,
})
const [a, b, c] = [word('a'), word('b'), word('c')]

describe('a search is read', () => {
  test.each<[string, Node]>([
    ['Breach waiver', and(word('breach'), word('waiver'))],
    ['“Breach of contract” «acte notarié»', and(phrase('breach', 'of', 'contract'), phrase('acte', 'notarie'))],
    ['"breach"', phrase('breach')],
    ['a AND b', and(a, b)],
    ['a & b', and(a, b)],
    ['a OR b | c', or(a, b, c)],
    ['a|b', or(a, b)],
    ['a b OR c', and(a, or(b, c))],
    ['a OR b AND c', and(or(a, b), c)],
    ['a OR (b c)', or(a, and(b, c))],
    ['a ((b) (c))', and(a, b, c)],
    ['a NOT b', and(a, not(b))],
    ['a -b', and(a, not(b))],
    ['a -"b c"', and(a, not(phrase('b', 'c')))],
    ['a AND NOT b', and(a, not(b))],
    ['a BUT NOT (b OR c)', and(a, not(or(b, c)))],
    ['a % b', and(a, not(b))],
    ['a NOT NOT b', and(a, b)],
    ['NOT (NOT a NOT b)', or(a, b)],
    ['a NOT b w/5 c', and(a, not(near(b, 5, c)))],
    ['a w/5 b', near(a, 5, b)],
    ['a /5 b', near(a, 5, b)],
    ['a NEAR/5 b', near(a, 5, b)],
    ['a pre/3 b', near(a, 3, b, true)],
    ['a +3 b', near(a, 3, b, true)],
    ['a W/S b', near(a, 'sentence', b)],
    ['a /p b', near(a, 'paragraph', b)],
    ['a w/5 b OR c', near(a, 5, or(b, c))],
    ['a w/5 b w/3 c', near(near(a, 5, b), 3, c)],
    ['a w/5 (b w/3 c)', near(a, 5, near(b, 3, c))],
    ['(a b) w/5 c', and(near(a, 5, c), near(b, 5, c))],
    ['((a b) OR c) w/5 x', or(and(near(a, 5, word('x')), near(b, 5, word('x'))), near(c, 5, word('x')))],
    ['a w/900 b', near(a, 255, b)],
    ['a w/5 (b NOT c)', near(a, 5, b)],
    ['a w/5 from:ben', and(a, field('from', 'ben'))],
    ['negligen* negligen!', and(prefix('negligen'), prefix('negligen'))],
    ['Wom?n', { kind: 'pattern', pattern: 'wom?n' }],
    ['wo**m*n', { kind: 'pattern', pattern: 'wo*m*n' }],
    ['Société*', prefix('societe')],
    ['co-operat*', near(phrase('co'), 1, prefix('operat'), true)],
    ["O'Brien", phrase('o', 'brien')],
    ['14(b)', phrase('14', 'b')],
    ['1.10(a)(2)', phrase('1', '10', 'a', '2')],
    ['(a (b))', and(a, b)],
    ['breach(notice)', and(word('breach'), word('notice'))],
    ['ben@ames.example', phrase('ben', 'ames', 'example')],
    ['AT&T', phrase('at', 't')],
    ['保密協議', phrase('保', '密', '協', '議')],
    ['保密*', phrase('保', '密')],
    ['https://ames.example/x 10:05', and(phrase('https', 'ames', 'example', 'x'), phrase('10', '05'))],
    ['matter:Orchard', field('matter', 'orchard')],
    ['Matter: Orchard', field('matter', 'orchard')],
    ['matter:"Orchard v. Mill"', field('matter', 'orchard', 'v', 'mill')],
    ['client:(Dan Orchard)', field('client', 'dan', 'orchard')],
    ['from:(ben ames OR ada)', or(field('from', 'ben', 'ames'), field('from', 'ada'))],
    ['title:lease', field('name', 'lease')],
    ['folder:lease', field('name', 'lease')],
    ['subject:lease', field('name', 'lease')],
    ['type:email', field('type', 'mail')],
    ['class:(internal public)', or(field('class', 'internal'), field('class', 'public'))],
    ['-class:Internal a', and(not(field('class', 'internal')), a)],
    ['ext:.docx', field('ext', 'docx')],
    ['foo:bar', and(word('foo'), word('bar'))],
    ['a NOT foo:bar', and(a, not(and(word('foo'), word('bar'))))],
    ['toString:a', and(word('tostring'), a)],
  ])('%s', (text, node) => {
    expect(nodeOf(text)).toEqual(node)
    expect(nodeOf(written(node))).toEqual(node)
  })
})

describe('a mistake is read as well as it can be, and a note says how', () => {
  test.each<[string, Node | null, RegExp]>([
    ['breach or waiver', and(word('breach'), word('waiver')), /“or” in small letters.*write OR/],
    ['terms and not conditions', and(word('terms'), word('not'), word('conditions')), /“not” was read as a word/],
    ['a NOT or b', and(a, not(phrase('or')), b), /“or”/],
    ['"a b', phrase('a', 'b'), /quotation mark was not closed/],
    ['a ""', a, /no word between/],
    ['(a (b', and(a, b), /was not closed/],
    ['a) b', and(a, b), /closing parenthesis/],
    ['a OR', a, /“OR” was left out: nothing stands after/],
    ['AND a', a, /“AND” was left out: nothing stands before/],
    ['a AND OR b', or(a, b), /“AND OR” was read as “OR”/],
    ['a w/5', a, /nothing stands after/],
    ['a NOT w/5 b', and(a, b), /“NOT w\/5” was read as “AND”/],
    ['NOT a', null, /add something to look for/],
    ['(NOT a) NOT b', null, /add something to look for/],
    ['a OR NOT b', a, /NOT beside OR/],
    ['a w/5 NOT b', a, /NOT beside “w\/5”/],
    ['a w/0 b', near(a, 1, b), /“w\/0” was read as 1/],
    ['*', null, /“\*” was left out: at least two letters/],
    ['a *ment', a, /“\*ment” was left out: at least two letters/],
    ['a n! b', and(a, b), /“n!” was left out/],
    ['a NOT *ment b', and(a, b), /“\*ment” was left out/],
    ['a OR *ment b', and(a, b), /“\*ment” was left out/],
    ['"negligen* act"', phrase('negligen', 'act'), /within quotes \* is not read/],
    ['a type:letter', a, /“type:letter” was left out: write one of pdf, word, sheet, slides, mail, picture, scan, text, archive, page/],
    ['a class:secret', a, /write one of public, internal, confidential, privileged, restricted/],
    ['a from:', a, /“from:” was left out: nothing stands after/],
    ['from: AND a', a, /“from:” was left out/],
    ['from:ben*', field('from', 'ben'), /whole words/],
    ['foo:bar', and(word('foo'), word('bar')), /no field “foo”: “foo:bar” was read as words/],
    ['a date:2024-13-45', a, /“date:2024-13-45” was left out/],
    ['date:2024..2023', { kind: 'date', from: '2023-01-01', to: '2024-12-31' }, /from the earlier day/],
    ['', null, /^$/],
  ])('%s', (text, node, said) => {
    const query = parse(text, TODAY)
    expect(query.node).toEqual(node)
    expect(query.notes.join('\n')).toMatch(said)
  })

  test('what is read as it was written has no note', () => {
    for (const text of ['a b', '"a b" w/5 (c OR neg!) NOT class:internal date>=2024', 'terms and conditions', 'Re: lease', 'or'])
      expect(parse(text, TODAY).notes).toEqual([])
  })

  test('a note shows no sign that turns the direction of writing', () => {
    const [note] = parse('*\u202eabc\u0000', TODAY).notes
    expect(note).toMatch(/^“\*abc” was left out/)
  })
})

describe('a search is said in a sentence', () => {
  test.each([
    [
      '"outfall 3" /s (notif! OR warn!) date>2025-03-01 NOT class:internal',
      '“outfall 3” in one sentence with a word that begins notif or warn, dated after 1 March 2025, leaving out Internal.',
    ],
    ['a b c', 'a, b and c.'],
    ['a OR b', 'a or b.'],
    ['a b OR c', 'a, and either b or c.'],
    ['a OR (b c)', 'a or (b and c).'],
    ['(a OR b) w/5 c', '(a or b) within 5 words of c.'],
    ['a pre/3 b x', 'a at most 3 words before b, and x.'],
    ['co-operat*', '“co” right before a word that begins operat.'],
    ['a /p b', 'a in one paragraph with b.'],
    ['wom?n', 'a word like wom?n.'],
    ['matter:orchard date:2024', 'anything in matter orchard, dated in 2024.'],
    ['a class:(internal public) type:pdf', 'a, classed Internal or Public, of type PDF.'],
    ['a NOT from:ben NOT (b OR c)', 'a, leaving out what is from ben, and b or c.'],
    ['ext:docx', 'anything ending in .docx.'],
    ['保密', '“保密”.'],
    ['NOT a', ''],
  ])('%s', (text, sentence) => expect(sentenceOf(text)).toBe(sentence))

  test('what comes from the search stands out', () =>
    expect(parse('a notif*', TODAY).understood).toEqual([
      { text: 'a', isAsked: true },
      { text: ' and a word that begins ', isAsked: false },
      { text: 'notif', isAsked: true },
      { text: '.', isAsked: false },
    ]))
})

test('what is asked for, each once, is what can be shown; what is left out is not', () =>
  expect(leavesOf(nodeOf('(a OR "b c") w/5 neg! a from:ben NOT draft'))).toEqual([a, phrase('b', 'c'), prefix('neg')]))

describe('whatever is written', () => {
  const PIECES = [
    'a',
    'breach',
    '"',
    '(',
    ')',
    'AND',
    'OR',
    'NOT',
    '-',
    'w/5',
    '+3',
    '/s',
    '*',
    'neg*',
    'wo?n',
    'from:',
    'date:',
    '2024',
    '|',
    '&',
  ]
  const MORE = [
    'BUT NOT',
    'class:internal',
    'foo:bar',
    '保密',
    'or',
    'not',
    "O'Brien",
    '14(b)',
    'date>2024-02-30',
    '“',
    '\u202e',
    '\0',
    '\ud800',
  ]
  const queries = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(fc.constantFrom(...PIECES, ...MORE), { maxLength: 60 }).map((pieces) => pieces.join(' ')),
    fc.array(fc.constantFrom(...PIECES, ...MORE), { maxLength: 60 }).map((pieces) => pieces.join('')),
  )
  const isOneWord = (text: string): boolean =>
    wordsOf(text)
      .map(({ word }) => word)
      .join(' ') === text
  /** Whether its words are written as they are compared: the few signs that decompose into several words are not. */
  const isWritable = (node: Node): boolean => {
    if (node.kind === 'and' || node.kind === 'or') return node.nodes.every(isWritable)
    if (node.kind === 'near') return isWritable(node.left) && isWritable(node.right)
    if (node.kind === 'not') return isWritable(node.node)
    if (node.kind === 'date') return true
    if (node.kind === 'word') return isOneWord(node.word)
    if (node.kind === 'prefix') return isOneWord(node.prefix)
    if (node.kind === 'pattern') return node.pattern.split(/[*?]+/).every((piece) => piece === '' || isOneWord(piece))
    return 'words' in node && node.words.every(isOneWord)
  }

  test('it is read, and what was read is written so that it reads the same', () => {
    fc.assert(
      fc.property(queries, (text) => {
        const { node, understood, notes } = parse(text, TODAY)
        expect(notes.length).toBeLessThanOrEqual(12)
        expect(understood.length === 0).toBe(node === null)
        if (node && isWritable(node)) expect(parse(written(node), TODAY).node).toEqual(node)
      }),
      { numRuns: 3000 },
    )
  })

  test('what is left out stands beside something to look for', () => {
    const check = (node: Node): void => {
      if (node.kind === 'and') {
        expect(node.nodes.length).toBeGreaterThan(1)
        expect(node.nodes.some((part) => part.kind !== 'not')).toBe(true)
        for (const part of node.nodes) check(part.kind === 'not' ? part.node : part)
      } else if (node.kind === 'or') node.nodes.forEach(check)
      else if (node.kind === 'near') [node.left, node.right].forEach(check)
      else expect(node.kind).not.toBe('not')
    }
    fc.assert(
      fc.property(queries, (text) => {
        const node = nodeOf(text)
        if (node) check(node)
      }),
      { numRuns: 1000 },
    )
  })

  test.each([
    ['10 MB', 'breach '.repeat(1_500_000)],
    ['nothing but parentheses', '('.repeat(100_000)],
    ['1,000 nested parentheses', `${'('.repeat(1000)}a${')'.repeat(1000)}`],
    ['a thousand times NOT', 'NOT '.repeat(400) + 'a'],
    ['stars', '*'.repeat(2000)],
    ['calls', `a${'!'.repeat(1990)}b`],
    ['a bomb', `aa${'*a'.repeat(900)}b`],
    ['quotes', '"'.repeat(1999)],
    ['spaces', `date${' '.repeat(1900)}x`],
    ['NUL', 'a\0b'],
    ['half a character', 'a \ud83d'],
    ['right to left', '\u202eחוזה "هذا العقد"'],
    ['near everything', Array.from({ length: 64 }, () => 'a').join(' w/5 ')],
    ['many near many', `(${'a '.repeat(30)}) w/5 (${'b '.repeat(30)})`],
  ])('it is read: %s', (_what, text) => {
    const { node, understood } = parse(text, TODAY)
    if (node) expect(parse(written(node), TODAY).node).toEqual(node)
    expect(understood.length === 0).toBe(node === null)
  })

  test('at most so much of it', () => {
    expect(parse('a'.repeat(10_000), TODAY).notes).toEqual(['Only the first 2,000 characters were read.'])
    const many = parse(Array.from({ length: 70 }, (_, index) => `w${index}`).join(' '), TODAY)
    expect(leavesOf(many.node)).toHaveLength(64)
    expect(many.notes).toEqual(['Only the first 64 words and phrases are looked for.'])
    expect(parse(`${'(a OR '.repeat(60)}b${')'.repeat(60)}`, TODAY).notes).toEqual(['Parentheses were read 50 deep.'])
  })

  test('today may be no day at all', () => expect(parse('a date:today', 'soon').node).toEqual(a))
})
