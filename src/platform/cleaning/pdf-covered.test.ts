import { expect, test } from 'vitest'
import { corpus } from '../../../test/reading/made.ts'
import { told } from '../../../test/cleaning/asking.ts'
import { box, grey, page, words, type Extra } from '../../../test/cleaning/made-pdf.ts'
import type { FindingCode } from './findings.ts'

const ABOUT_PAGE: FindingCode[] = ['covered-text', 'unapplied-redactions', 'outside-text', 'invisible-text', 'ocr-text']
/** What is found about the letters of a page: how many, under what. */
async function letters(bytes: Buffer): Promise<Record<string, [letters: number, cover: string | undefined, text: string | undefined]>> {
  const found = await told(bytes)
  return Object.fromEntries(
    ABOUT_PAGE.flatMap((code) => {
      const one = found[code]
      return one ? [[code, [one.count, one.places[0]?.cover, one.examples[0]] as [number, string | undefined, string | undefined]]] : []
    }),
  )
}
const name = words('Jane Roe', 50, 300)
const extended = (more: string) => ({ resources: `/ExtGState<</T<<${more}>>>>` })
const annotation = (rest: string) => ({ page: `/Annots[<</Type/Annot/Rect[40 290 160 320]${rest}>>]` })

test.each<[what: string, content: string, cover: string, extra?: Extra]>([
  ['a black box', name + box(40, 290, 120, 30), 'dark'],
  ['a box in the colour of the page', name + box(40, 290, 120, 30, '1 g'), 'page-coloured'],
  ['a box in another colour', name + box(40, 290, 120, 30, '0.8 0.2 0.2 rg'), 'coloured'],
  ['a thick line', `${name}q 30 w 40 305 m 200 305 l S Q`, 'dark'],
  ['a box with a label on it', name + box(40, 290, 120, 30) + words('SEALED', 55, 300, '1 g'), 'dark'],
  ['black letters upon a black box', box(40, 290, 120, 30) + name, 'dark'],
  ['a box on a page that is turned', name + box(40, 290, 120, 30), 'dark', { page: '/Rotate 90' }],
  [
    'a box in a form',
    `${name}/X Do\n`,
    'dark',
    {
      resources: '/XObject<</X 10 0 R>>',
      objects: { 10: ['/Type/XObject/Subtype/Form/BBox[0 0 400 400]/Matrix[1 0 0 1 40 290]', box(0, 0, 120, 30)] as [string, string] },
    },
  ],
  [
    'a picture',
    `${name}q 120 0 0 30 40 290 cm /P Do Q\n`,
    'picture',
    { resources: '/XObject<</P 10 0 R>>', objects: { 10: grey(12, 3, () => 0) } },
  ],
  ['a square laid on the page', name, 'annotation', annotation('/Subtype/Square/C[0 0 0]/IC[0 0 0]')],
])('letters are found: %s', async (_, content, cover, extra = {}) => {
  expect(await letters(page(content, extra))).toEqual({ 'covered-text': [7, cover, 'JaneRoe'] })
})

test('the place of the letters is told', async () => {
  const [place] = (await told(page(name + words('seen', 50, 100) + box(40, 290, 120, 30))))['covered-text']!.places
  expect(place).toMatchObject({ page: 1, letters: 7 })
  expect([place!.left, place!.bottom, place!.right, place!.top].map(Math.round)).toEqual(
    [50, 300, 110, 311].map((n) => expect.closeTo(n, -1) as number),
  )
})

test.each<[what: string, content: string, extra?: Extra]>([
  ['shading of a table with text drawn later', box(40, 290, 120, 30, '0.8 g') + name],
  ['dark grey letters upon black that can still be seen', box(40, 290, 120, 30) + name.replace('14 Tf', '14 Tf 0.3 g')],
  ['a dark band with white letters on it', box(0, 280, 400, 60) + words('Wren and Ames', 50, 300, '1 g')],
  ['a light band of marker over it', `${name}q /T gs 1 1 0 rg 40 290 120 30 re f Q`, extended('/ca 0.4')],
  ['marker that multiplies', `${name}q /T gs 1 1 0 rg 40 290 120 30 re f Q`, extended('/BM/Multiply')],
  ['a box beside it', name + box(200, 290, 100, 30)],
  ['a frame around it', `${name}q 2 w 40 290 120 30 re S Q`],
  ['a box that a clip takes away', `${name}q 300 10 20 20 re W n ${box(40, 290, 120, 30)} Q`],
  ['a box that nobody fills', `${name}q 40 290 120 30 re n Q`],
  ['a highlight laid on the page', name, annotation('/Subtype/Highlight/C[1 1 0]/QuadPoints[40 320 160 320 40 290 160 290]')],
  ['a link laid on the page', name, annotation('/Subtype/Link/Border[0 0 1]')],
  ['the same text drawn again on the box', name + box(40, 290, 120, 30, '1 g') + name.replace('14 Tf', '14 Tf 0 g')],
])('nothing is said of %s', async (what, content, extra = {}) => {
  const found = await letters(page(content, extra))
  // the first of two that are the same is under the box, as it stands
  if (what.startsWith('the same')) expect(found['covered-text']?.[0] ?? 7).toBe(7)
  else expect(found).toEqual({})
})

test('only the letters under the box are counted', async () => {
  const found = await letters(page(words('seen hidden seen', 50, 300) + box(85, 295, 44, 20)))
  expect(found['covered-text']![2]).toMatch(/^h?idde?n?$/)
})

test('marks for redaction that were never applied are told with their letters', async () => {
  const marked = page(name, annotation('/Subtype/Redact/QuadPoints[40 320 160 320 40 290 160 290]'))
  expect((await letters(marked))['unapplied-redactions']).toEqual([7, 'redaction', 'JaneRoe'])
  const beside = page(words('elsewhere', 50, 100), annotation('/Subtype/Redact'))
  expect((await letters(beside))['unapplied-redactions']).toBeUndefined()
})

const scan = (shade: (x: number, y: number) => number) => ({ resources: '/XObject<</P 10 0 R>>', objects: { 10: grey(200, 200, shade) } })
const WHOLE = 'q 400 0 0 400 0 0 cm /P Do Q\n'
/** Ink where the words stand: lines of points that are black and white by turns. */
const ink = (x: number, y: number): number => (y > 40 && y < 60 && (x + y) % 2 === 0 ? 0 : 255)
const unseen = (text: string, y = 300) => words(text, 50, y, '3 Tr')

test('unseen letters over the ink of a scan are its text; over bare paper they are hidden', async () => {
  expect(await letters(page(WHOLE + unseen('Dear Ben'), scan(ink)))).toEqual({ 'ocr-text': [7, 'none', 'DearBen'] })
  expect(await letters(page(WHOLE + unseen('ignore this', 100), scan(ink)))).toEqual({ 'invisible-text': [10, 'none', 'ignorethis'] })
  expect(await letters(page(unseen('ignore this')))).toEqual({ 'invisible-text': [10, 'none', 'ignorethis'] })
})

test('text behind the picture of a whole page is the text of a scan', async () => {
  expect(await letters(page(words('Dear Ben', 50, 300) + WHOLE, scan(ink)))).toEqual({ 'ocr-text': [7, 'none', 'DearBen'] })
})

test('what is black in a scan, or under a box over it, is still in its text', async () => {
  const black = (x: number, y: number): number => (x < 90 && y > 40 && y < 60 ? 0 : 255)
  expect(await letters(page(WHOLE + unseen('Jane Roe'), scan(black)))).toEqual({ 'covered-text': [7, 'dark', 'JaneRoe'] })
  expect(await letters(page(WHOLE + unseen('Jane Roe') + box(40, 290, 120, 30, '1 g'), scan(ink)))).toEqual({
    'covered-text': [7, 'page-coloured', 'JaneRoe'],
  })
})

test('white letters on white paper are hidden, and letters beyond the edge are outside', async () => {
  expect(await letters(page(words('white', 50, 300, '1 g')))).toEqual({ 'invisible-text': [5, 'none', 'white'] })
  expect(await letters(page(words('beyond', 500, 300) + words('on it', 50, 300)))).toEqual({ 'outside-text': [6, 'none', 'beyond'] })
})

test('a filing whose redactions only cover, and one whose are real, where the corpus is there', async ({ skip }) => {
  const [covering, real] = [corpus('rectangles_yes.pdf'), corpus('rectangles_no.pdf')]
  if (!covering || !real) return skip('no corpus')
  expect((await letters(covering))['covered-text']![0]).toBeGreaterThan(10)
  expect(await letters(real)).toEqual({})
})
