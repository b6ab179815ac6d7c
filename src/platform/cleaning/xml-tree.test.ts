import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attributesOf, bytesOfTree, textIn, treeOf, without, withoutAttributes } from './xml-tree.ts'

const tree = (text: string) => treeOf(Buffer.from(text))
const faultOf = (text: string): string => {
  try {
    tree(text)
    return 'read'
  } catch (fault) {
    return (fault as { code: string }).code
  }
}

test('what nobody changes is written as it stood', () => {
  const text =
    '\ufeff<?xml version="1.0" encoding="UTF-8"?>\r\n<!-- a > b -->\n<a:b  x = "1>2" y=\'"\' ><c/><d></d>&amp; &#x41;<![CDATA[<e>]]><?p i?></a:b >\n<!-- end -->'
  // the space before the last mark of a tag is not kept
  expect(bytesOfTree(tree(text)).toString()).toBe(text.replace('</a:b >', '</a:b>'))
})

test('what is not well-formed, declares a type or nests without end is refused', () => {
  for (const text of ['', 'x', '<a>', '<a></b>', '<a/><b/>', '<a x="1/>', '<a><!-- </a>', '</a>', '< a/>'])
    expect(faultOf(text)).toBe('broken')
  expect(faultOf('<!DOCTYPE a><a/>')).toBe('hostile')
  expect(faultOf('<a>'.repeat(300))).toBe('hostile')
  expect(faultOf(`<a ${' '.repeat(2_000_000)}/>`)).toBe('too-much')
})

test('attributes are read in any order, and taken away with the space before them', () => {
  const { root } = tree('<w:p w:rsidR="1" \n x:id = \'2\' id="3" w:t="a=b &lt; c"/>')
  expect({ ...attributesOf(root) }).toEqual({ 'w:rsidR': '1', 'rsidR': '1', 'x:id': '2', 'id': '3', 'w:t': 'a=b < c', 't': 'a=b < c' })
  expect(withoutAttributes(root, (name) => name === 'w:rsidR' || name === 'id')).toBe(2)
  expect(root.tag).toBe('w:p \n x:id = \'2\' w:t="a=b &lt; c"')
})

test('elements are taken away with all that is in them', () => {
  const whole = tree('<a><b>x<c>y</c></b>z<c><b/></c></a>')
  expect(textIn(whole.root)).toBe('xyz')
  expect(without(whole.root, ({ name }) => name === 'b')).toBe(2)
  expect(bytesOfTree(whole).toString()).toBe('<a>z<c></c></a>')
})

test('UTF-16 is written in UTF-8 when it is changed', () => {
  const text = '<?xml version="1.0" encoding="UTF-16"?><a>ä</a>'
  expect(bytesOfTree(treeOf(Buffer.from(`\ufeff${text}`, 'utf16le'))).toString()).toBe(text.replace('UTF-16', 'UTF-8'))
})

test('any letters at all are a tree or a fault of the reader', () =>
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('<', '>', '/', 'a', '"', "'", '=', ' ', '!', '?', '--', 'b', '&', ';'), { maxLength: 40 }),
      (letters) => {
        const text = letters.join('')
        const code = faultOf(text)
        expect(['read', 'broken', 'hostile', 'too-much']).toContain(code)
        if (code === 'read') expect(faultOf(bytesOfTree(tree(text)).toString())).toBe('read')
      },
    ),
    { numRuns: 2000 },
  ))
