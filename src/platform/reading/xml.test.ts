import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeOf } from '../../../test/reading/made.ts'
import { readXml } from './xml.ts'

async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const heard = async (text: string | Buffer, size = 1 << 16) => {
  const told: string[] = []
  let words = ''
  const say = (one: string) => {
    if (words) told.push(words)
    words = ''
    told.push(one)
  }
  await readXml(pieces(Buffer.from(text), size), {
    open: (name, attributes) => say(`<${name} ${attributes.val ?? ''}>`),
    close: (name) => say(`</${name}>`),
    text: (one) => void (words += one),
  })
  return told
}

const SAMPLE = `\ufeff<?xml version="1.0"?><!-- a > b --><w:a xml:space="preserve" w:val='&quot;1 > 0&quot;'>Grün &amp; &#x1F600;&#65;<b/>
<![CDATA[<x> & ]]]]><c val="ä"></c ></w:a>\n`

test('whatever the pieces, the same is told', async () => {
  const whole = await heard(SAMPLE)
  expect(whole).toEqual(['<a "1 > 0">', 'Grün & 😀A', '<b >', '</b>', '\n<x> & ]]', '<c ä>', '</c>', '</a>'])
  for (const size of [1, 2, 3, 7]) expect(await heard(SAMPLE, size)).toEqual(whole)
  expect(await heard(Buffer.from(SAMPLE, 'utf16le'), 2)).toEqual(whole)
})

test.each([
  ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'hostile'],
  ['a late one', '<a><!ENTITY x SYSTEM "file:///etc/passwd"></a>', 'hostile'],
  ['an entity that is not declared', '<a>&x;</a>', 'broken'],
  ['an entity of the language', '<a>&constructor;</a>', 'broken'],
  ['a bare ampersand', '<a>1 & 2</a>', 'broken'],
  ['a letter beyond all', '<a>&#x110000;</a>', 'broken'],
  ['tags that cross', '<a><b></a></b>', 'broken'],
  ['a tag that stays open', '<a><b/>', 'broken'],
  ['half a tag', '<a><b', 'broken'],
  ['text outside', '<a/>x', 'broken'],
  ['an attribute without quotes', '<a b=c/>', 'broken'],
  ['nothing', '', 'broken'],
  ['nesting without end', '<a>'.repeat(100_000), 'hostile'],
  ['a tag without end', '<a ' + 'x'.repeat(3_000_000), 'too-much'],
  ['letters that are none', Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]), 'broken'],
])('%s is %s', async (_, text, code) => expect(await codeOf(heard(text))).toBe(code))

test('any text of markup is read or is a fault of its own', async () => {
  const bit = fc.constantFrom(
    '<',
    '>',
    '</',
    '/>',
    '<a',
    '<a>',
    '</a>',
    '"',
    "'",
    '=',
    ' b',
    '&',
    ';',
    '&amp;',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    '<!',
    'x',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(bit, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), async (bits, size) => {
      const text = bits.join('')
      const code = await codeOf(heard(text))
      expect(['read', 'broken', 'hostile']).toContain(code)
      expect(await codeOf(heard(text, size))).toBe(code)
    }),
    { numRuns: 500 },
  )
})
