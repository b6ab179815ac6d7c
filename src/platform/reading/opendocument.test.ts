import { expect, test } from 'vitest'
import { bytesIn, codeOf, sourceOf, zip } from '../../../test/reading/made.ts'
import { odf } from '../../../test/reading/made-texts.ts'
import { readAs } from './formats.ts'
import { kindOf, type ReadableKind } from './kinds.ts'
import { LIMITS } from './reading.ts'
import { textAs } from './written.ts'

const read = (kind: ReadableKind, bytes: Buffer, limits = {}) => readAs(kind, bytesIn(bytes), { ...LIMITS, ...limits })

test.each([
  ['text', 'odt'],
  ['text-template', 'odt'],
  ['spreadsheet', 'ods'],
  ['presentation', 'odp'],
  ['graphics', 'odp'],
  ['chart', 'zip'],
])('%s is %s', async (media, kind) => expect(await kindOf(sourceOf(odf(media, '')))).toBe(kind))

test('a text: headings, lists, tables, notes; what is deleted is not shown', async () => {
  const content = `<office:text>
    <text:tracked-changes><text:changed-region><text:deletion><text:p>struck</text:p></text:deletion></text:changed-region></text:tracked-changes>
    <text:h text:outline-level="2">Terms</text:h>
    <text:list><text:list-item><text:p>first</text:p></text:list-item></text:list>
    <text:p>see<text:s text:c="2"/>§ 4<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>the note</text:p></text:note-body></text:note>
      <text:span>here</text:span><text:tab/>x<text:line-break/>y</text:p>
    <table:table><table:table-row><table:table-cell><text:p>A</text:p><text:p>B</text:p></table:table-cell><table:table-cell><text:p>C</text:p></table:table-cell></table:table-row></table:table>
    <text:p>&amp; the end</text:p></office:text>`
  const styles = '<x><style:header><text:p>Privileged</text:p></style:header></x>'
  expect(await read('odt', odf('text', content, { 'styles.xml': styles }))).toEqual({
    kind: 'text',
    blocks: [
      { type: 'heading', level: 2, text: 'Terms' },
      { type: 'list', text: 'first' },
      { type: 'paragraph', text: 'the note' },
      { type: 'paragraph', text: 'see  § 4 here\tx\ny' },
      { type: 'table-row', cells: ['A\nB', 'C'] },
      { type: 'paragraph', text: '& the end' },
      { type: 'paragraph', text: 'Privileged' },
    ],
    cut: false,
  })
  expect(await read('odt', odf('text', content), { blocks: 2 })).toMatchObject({ blocks: [{}, {}], cut: true })
})

const cell = (text: string, attributes = '') => `<table:table-cell ${attributes}><text:p>${text}</text:p></table:table-cell>`
const sheet = (name: string, rows: string[]) =>
  `<table:table table:name="${name}">${rows.map((row) => `<table:table-row>${row}</table:table-row>`).join('')}</table:table>`

test('a workbook: what is shown, repeated cells, filling that is not there', async () => {
  const bytes = odf(
    'spreadsheet',
    sheet('Fees', [
      cell('Ada') + '<table:table-cell table:number-columns-repeated="2"/>' + cell('1.200,00', 'office:value="1200"'),
      '<table:table-cell table:number-columns-repeated="16384"/>',
      cell('x', 'table:number-columns-repeated="3"') + '<table:table-cell office:value="7"/>',
    ]) + sheet('Costs', [cell('a')]),
  )
  expect(await read('ods', bytes)).toEqual({
    kind: 'sheets',
    sheets: [
      {
        name: 'Fees',
        isHidden: false,
        rows: [
          ['Ada', '', '', '1.200,00'],
          ['x', 'x', 'x', '7'],
        ],
        cut: false,
      },
      { name: 'Costs', isHidden: false, rows: [['a']], cut: false },
    ],
    cut: false,
  })
  expect(await textAs('ods', bytesIn(bytes), LIMITS)).toMatchObject({ text: 'Fees\nAda\t\t\t1.200,00\nx\tx\tx\t7\n\nCosts\na' })
  expect(await read('ods', bytes, { rows: 1 })).toMatchObject({ cut: true, sheets: [{ rows: [{}], cut: true }, {}] })
  const wide = odf('spreadsheet', sheet('a', [cell('word', 'table:number-columns-repeated="16384"')]))
  expect(await read('ods', wide, { columns: 5 })).toMatchObject({ cut: true, sheets: [{ rows: [Array(5).fill('word')] }] })
})

test('title and author: who began it, not who changed it last', async () => {
  const meta =
    '<m><office:meta><dc:title>Deed</dc:title><meta:initial-creator>Ada</meta:initial-creator><dc:creator>Ben</dc:creator></office:meta></m>'
  const bytes = odf('text', '<text:p>x</text:p>', { 'meta.xml': meta })
  expect(await textAs('odt', bytesIn(bytes), LIMITS)).toMatchObject({ text: 'x', facts: { title: 'Deed', author: 'Ada' } })
})

test('under a password, broken, hostile', async () => {
  const manifest = '<!DOCTYPE manifest><m><manifest:encryption-data manifest:checksum="x"/></m>'
  expect(await codeOf(read('odt', odf('text', '', { 'META-INF/manifest.xml': manifest })))).toBe('encrypted')
  expect(await codeOf(read('odt', odf('text', '', { 'META-INF/manifest.xml': '<!DOCTYPE manifest><m/>' })))).toBe('read')
  expect(await codeOf(read('ods', zip([{ path: 'mimetype' }, { path: 'encrypted-package' }])))).toBe('encrypted')
  expect(await codeOf(read('odt', zip([{ path: 'mimetype' }])))).toBe('broken')
  expect(await codeOf(read('odt', odf('text', '<text:p>')))).toBe('broken')
  expect(await codeOf(read('odt', odf('text', '<text:span>'.repeat(1000))))).toBe('hostile')
  expect(await codeOf(read('odt', odf('text', `<text:p>${' '.repeat(40_000_000)}</text:p>`)))).toBe('hostile')
  expect(await codeOf(read('odp', odf('presentation', '<text:p>&xxe;</text:p>')))).toBe('broken')
})
