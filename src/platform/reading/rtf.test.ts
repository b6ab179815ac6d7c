import { expect, test } from 'vitest'
import { bytesIn, codeOf } from '../../../test/reading/made.ts'
import { readAs } from './formats.ts'
import { LIMITS, type TextReading } from './reading.ts'
import { textAs } from './written.ts'

const lines = async (body: string | Buffer, limits = {}) =>
  (
    await textAs('rtf', bytesIn(Buffer.concat([Buffer.from('{\\rtf1\\ansi '), Buffer.from(body), Buffer.from('}')])), {
      ...LIMITS,
      ...limits,
    })
  ).text.split('\n')

test('paragraphs, breaks, tabs, signs; and nothing of what is for programs', async () => {
  const body = String.raw`{\fonttbl{\f0\fswiss Arial;}}{\colortbl;\red0;}{\stylesheet{\s1 Heading;}}{\*\generator Word;}
{\pict\pngblip 89504e47}{\object{\*\objdata 0105}{\result shown}}\par
\b Clause \b0 4\line of {\i the} deed\tab end\par
{\*\unknown {\nested secret}}\ldblquote quoted\rdblquote\~x\_y\-z \{a\}\\b\par{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt the link}}`
  expect(await lines(body)).toEqual(['shown', 'Clause 4', 'of the deed\tend', '“quoted”\u00a0x-yz {a}\\b', 'the link'])
})

test.each([
  ["\\ansicpg1252 M\\'fcller \\u8217\\'92s", 'Müller ’s'],
  ["\\ansicpg1250 \\'a3\\'f3d\\'9f", 'Łódź'],
  ["\\ansicpg1251 \\'cc\\'e8\\'f0", 'Мир'],
  ["\\ansicpg1253 \\'cb\\'fc\\'e3\\'ef\\'f2", 'Λόγος'],
  ["\\ansicpg1254 \\'dd\\'fe", 'İş'],
  // the second byte of a letter may stand as itself
  ["\\ansicpg932 \\'93\\'fa\\'96\\'7b\\'83A", '日本ア'],
  ["{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}}\\deff0 \\f1 \\'cc\\f0 \\'cc", 'МÌ'],
  ['\\uc1\\u26085?\\u26412?', '日本'],
  ['\\uc0\\u26085\\u26412 x', '日本x'],
  ["\\uc2\\u8364\\'80\\'80{\\uc1\\u8364 ?y}\\u8364 abc", '€€y€c'],
  ['\\u-10179?\\u-8704?', '😀'],
  ['\\u-10179?', '\ufffd'],
  ['raw \xe9', 'raw é'],
])('%s is %s', async (body, text) => {
  expect(await lines(Buffer.from(body, 'latin1'))).toEqual([text])
})

test('tables, headings, notes; deleted text is not shown', async () => {
  const bytes = bytesIn(
    String.raw`{\rtf1\pard\outlinelevel0 Agreement\par\pard\trowd\intbl A\par B\cell C\cell\row\pard after{\footnote see \'a7 4}, on{\deleted gone\deleted0 kept}\par}`,
  )
  expect(await readAs('rtf', bytes, LIMITS)).toEqual({
    kind: 'text',
    blocks: [
      { type: 'heading', level: 1, text: 'Agreement' },
      { type: 'table-row', cells: ['A\nB', 'C'] },
      { type: 'paragraph', text: 'see § 4' },
      { type: 'paragraph', text: 'after, onkept' },
    ],
    cut: false,
  })
})

test('title and author', async () => {
  const bytes = bytesIn(String.raw`{\rtf1\ansicpg1251{\info{\title Deed of \'cc\'e8\'f0}{\author Ada {\b Wren}}{\operator X}}text}`)
  expect(await textAs('rtf', bytes, LIMITS)).toMatchObject({ text: 'text', facts: { title: 'Deed of Мир', author: 'Ada Wren' } })
})

test('raw bytes of a picture are passed over, whatever they are, and wherever they are cut', async () => {
  const picture = Buffer.concat([Buffer.from('a{\\pict\\bin8 '), Buffer.from('}}{\\par '), Buffer.from('}b')])
  expect(await lines(picture)).toEqual(['ab'])
  const long = Buffer.concat([Buffer.from('a{\\pict\\bin600000 '), Buffer.alloc(600_000, '}'), Buffer.from('}b')])
  expect(await lines(long)).toEqual(['ab'])
})

test('groups without end, or 10,000 deep, and files that break off', async () => {
  const read = (text: string, limits = {}) => codeOf(readAs('rtf', bytesIn(text), { ...LIMITS, ...limits }))
  expect(await read('{\\rtf1' + '{'.repeat(10_000) + 'x' + '}'.repeat(10_001))).toBe('hostile')
  expect(await read('{\\rtf1' + '{'.repeat(1_000) + 'x' + '}'.repeat(1_001))).toBe('read')
  for (const text of ['{\\rtf1 text', '{\\rtf1\\', "{\\rtf1\\'a", '{\\rtf1\\bin99 }', 'x{\\rtf1}', ''])
    expect(await read(text)).toBe('broken')
  expect(await read('{\\rtf1 text} and what comes behind is nothing')).toBe('read')
})

test('limits cut, and say so', async () => {
  const reading = (text: string, limits: object) =>
    readAs('rtf', bytesIn(`{\\rtf1 ${text}}`), { ...LIMITS, ...limits }) as Promise<TextReading>
  expect(await reading('a\\par b\\par c', { blocks: 2 })).toMatchObject({ blocks: [{}, {}], cut: true })
  expect(await reading('abcdef', { text: 3 })).toMatchObject({ blocks: [{ text: 'abc' }], cut: true })
  expect(await reading('x'.repeat(3_000_000), { text: 10 })).toMatchObject({ blocks: [{ text: 'x'.repeat(10) }], cut: true })
})
