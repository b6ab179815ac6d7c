import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codesIn, copyOf, membersOf } from '../../../test/cleaning/asking.ts'
import { p, r, word } from '../../../test/cleaning/made-office.ts'

const by = 'w:id="1" w:author="Ada"'
/** What is written, with what is read of it before and after. Paragraphs are told by a stroke. */
type Piece = { markup: string; before: string; after: string }
const letters = fc.stringMatching(/^[a-z]{1,6}$/)
const plain = letters.map((text): Piece => ({ markup: r(text), before: text, after: text }))
const inserted = letters.map((text): Piece => ({ markup: `<w:ins ${by}>${r(text)}</w:ins>`, before: '', after: text }))
const deletion = (text: string) => `<w:del ${by}><w:r><w:delText>${text}</w:delText></w:r></w:del>`
const deleted = letters.map((text): Piece => ({ markup: deletion(text), before: text, after: '' }))
const both = letters.map((text): Piece => ({ markup: `<w:ins ${by}>${deletion(text)}</w:ins>`, before: '', after: '' }))
const moved = letters.map((text): Piece => ({ markup: `<w:moveTo ${by}>${r(text)}</w:moveTo>`, before: '', after: text }))
const left = letters.map((text): Piece => ({ markup: `<w:moveFrom ${by}>${r(text)}</w:moveFrom>`, before: text, after: '' }))
const formed = letters.map((text): Piece => ({
  markup: r(text, `<w:b/><w:rPrChange ${by}><w:rPr><w:i/></w:rPr></w:rPrChange>`),
  before: text,
  after: text,
}))
const pieces = fc.array(fc.oneof(plain, inserted, deleted, both, moved, left, formed), { minLength: 1, maxLength: 5 })
const paragraph = fc.record({ pieces, mark: fc.constantFrom('', 'ins', 'del') })

const textOf = (markup: string) =>
  [...markup.matchAll(/<w:p>([\s\S]*?)<\/w:p>/g)].map(([, inner]) =>
    [...inner!.matchAll(/<w:t [^>]*>([^<]*)|<w:t>([^<]*)/g)].map((m) => m[1] ?? m[2]).join(''),
  )

/** Paragraphs joined where the mark between them is not there on that side. */
function read(paragraphs: { pieces: Piece[]; mark: string }[], side: 'before' | 'after'): string[] {
  const gone = side === 'after' ? 'del' : 'ins'
  const out: string[] = ['']
  for (const { pieces: inner, mark } of paragraphs) {
    out[out.length - 1] += inner.map((piece) => piece[side]).join('')
    if (mark !== gone) out.push('')
  }
  return out.slice(0, -1)
}

test('whatever is tracked: accepted, it reads as after; rejected, as before', () =>
  fc.assert(
    fc.asyncProperty(fc.array(paragraph, { minLength: 1, maxLength: 6 }), async (paragraphs) => {
      // the last mark of a document cannot go
      const whole = [...paragraphs, { pieces: [{ markup: r('end'), before: 'end', after: 'end' }], mark: '' }]
      const bytes = word(
        whole
          .map(({ pieces: inner, mark }) => p(inner.map((one) => one.markup).join(''), mark && `<w:rPr><w:${mark} ${by}/></w:rPr>`))
          .join(''),
      )
      for (const [trackedChanges, side] of [
        ['accept', 'after'],
        ['reject', 'before'],
      ] as const) {
        const copy = await copyOf(bytes, { trackedChanges })
        expect(await codesIn(copy)).toEqual([])
        const markup = (await membersOf(copy)).get('word/document.xml')!.toString()
        expect(textOf(markup.replace(/<w:pPr>.*?<\/w:pPr>/g, ''))).toEqual(read(whole, side))
        if (side === 'before') expect(markup).not.toContain('<w:b/>')
      }
    }),
    { numRuns: 200 },
  ))
