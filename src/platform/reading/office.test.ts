import { expect, test } from 'vitest'
import { bytesIn, codeOf, corpus, docx, office, zip } from '../../../test/reading/made.ts'
import { readAs } from './formats.ts'
import { LIMITS, type SheetsReading, type TextReading } from './reading.ts'

const blocks = async (bytes: Buffer, limits = {}) => (await readAs('docx', bytesIn(bytes), { ...LIMITS, ...limits })) as TextReading
const p = (text: string, properties = '') => `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`

test('a Word document: headings, lists, tables, notes; what is deleted is not shown', async () => {
  const body =
    p('Agreement', '<w:pStyle w:val="berschrift1"/>') +
    p('Item', '<w:numPr/>') +
    '<w:p><w:r><w:t>kept</w:t><w:tab/><w:t>here</w:t><w:br/></w:r><w:del><w:r><w:delText>struck</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>' +
    `<w:tbl><w:tr><w:tc>${p('A')}${p('B')}</w:tc><w:tc><w:tbl><w:tr><w:tc>${p('in')}</w:tc><w:tc>${p('ner')}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>` +
    `<w:p><w:r><w:t>box:</w:t><mc:AlternateContent><mc:Choice>${p('inside')}</mc:Choice><mc:Fallback>${p('inside')}</mc:Fallback></mc:AlternateContent></w:r></w:p>`
  const bytes = docx(
    body,
    {
      'word/styles.xml': '<w:styles><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>',
      'word/header1.xml': `<w:hdr>${p('Privileged')}</w:hdr>`,
      'word/footnotes.xml': `<w:footnotes><w:footnote>${p('See § 4.')}</w:footnote></w:footnotes>`,
    },
    [
      ['a', 'styles', 'styles.xml'],
      ['h', 'header', 'header1.xml'],
      ['b', 'footnotes', '/word/footnotes.xml'],
    ],
  )
  expect(await blocks(bytes)).toEqual({
    kind: 'text',
    blocks: [
      { type: 'heading', level: 1, text: 'Agreement' },
      { type: 'list', text: 'Item' },
      { type: 'paragraph', text: 'kept\there\nnew' },
      { type: 'table-row', cells: ['A\nB', 'in\tner'] },
      { type: 'paragraph', text: 'inside' },
      { type: 'paragraph', text: 'box:' },
      { type: 'paragraph', text: 'See § 4.' },
      { type: 'paragraph', text: 'Privileged' },
    ],
    cut: false,
  })
  expect(await blocks(bytes, { blocks: 2 })).toMatchObject({ blocks: [{}, {}], cut: true })
  expect(await blocks(bytes, { text: 5 })).toMatchObject({ blocks: [{ text: 'Agree' }], cut: true })
})

test('an Office file that is hostile or is not one', async () => {
  expect(await codeOf(blocks(docx('<!DOCTYPE x>')))).toBe('hostile')
  expect(await codeOf(blocks(docx('<w:sdt>'.repeat(1000))))).toBe('hostile')
  expect(await codeOf(blocks(docx('</w:body>')))).toBe('broken')
  expect(await codeOf(blocks(zip([{ path: 'a' }])))).toBe('broken')
  expect(await codeOf(blocks(office('word/document.xml', [], {})))).toBe('broken')
  expect(await codeOf(blocks(docx(`<w:p>${' '.repeat(40_000_000)}</w:p>`)))).toBe('hostile')
  // a target that climbs out names no part
  expect(await codeOf(blocks(office('../../etc/passwd', [], {})))).toBe('broken')
})

test('a workbook: places, dates, results, hidden sheets', async () => {
  const bytes = office(
    'xl/workbook.xml',
    [
      ['r1', 'worksheet', 'worksheets/sheet1.xml'],
      ['r2', 'worksheet', 'worksheets/sheet2.xml'],
      ['r3', 'sharedStrings', 'sharedStrings.xml'],
      ['r4', 'styles', 'styles.xml'],
    ],
    {
      'xl/workbook.xml':
        '<workbook><sheets><sheet name="Fees &amp; costs" r:id="r1"/><sheet name="Old" state="veryHidden" r:id="r2"/></sheets></workbook>',
      'xl/sharedStrings.xml': '<sst><si><t>Hours</t></si><si><r><t>two </t></r><r><t>runs</t></r><rPh><t>hint</t></rPh></si></sst>',
      'xl/styles.xml':
        '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-409]d\\ mmm\\ yyyy;@"/><numFmt numFmtId="171" formatCode="[Red]0.00 &quot;days&quot;"/></numFmts>' +
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="22"/><xf numFmtId="171"/></cellXfs></styleSheet>',
      'xl/worksheets/sheet1.xml':
        '<worksheet><sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2" t="s"><v>1</v></c></row>' +
        '<row r="4"><c r="A4" s="1"><v>46084</v></c><c s="2"><v>46084.5</v></c><c s="3"><v>1.5</v></c><c t="str"><f>A1&amp;"x"</f><v>=cmd</v></c><c t="b"><v>1</v></c><c t="inlineStr"><is><t>in</t></is></c><c t="s"><v>99</v></c></row></sheetData></worksheet>',
      'xl/worksheets/sheet2.xml':
        '<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c><v>2</v></c></row></sheetData></worksheet>',
    },
  )
  const reading = (await readAs('xlsx', bytesIn(bytes), LIMITS)) as SheetsReading
  expect(reading.sheets[0]).toEqual({
    name: 'Fees & costs',
    isHidden: false,
    rows: [[], ['', 'Hours', '', 'two runs'], [], ['2026-03-03', '2026-03-03 12:00:00', '1.5', '=cmd', 'TRUE', 'in']],
    cut: false,
  })
  // far places cost nothing
  expect(reading.sheets[1]).toEqual({ name: 'Old', isHidden: true, rows: [], cut: true })
  expect(reading.cut).toBe(true)
})

test('a presentation: titles, text, notes, in the order of its slides', async () => {
  const slide = (title: string, text: string) =>
    `<p:sld><p:sp><p:nvPr><p:ph type="title"/></p:nvPr><a:p><a:r><a:t>${title}</a:t></a:r></a:p></p:sp><p:sp><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:sp><p:sp><p:nvPr><p:ph type="sldNum"/></p:nvPr><a:p><a:t>7</a:t></a:p></p:sp></p:sld>`
  const bytes = office(
    'ppt/presentation.xml',
    [
      ['r1', 'slide', 'slides/slide1.xml'],
      ['r2', 'slide', 'slides/slide2.xml'],
    ],
    {
      'ppt/presentation.xml':
        '<p:presentation><p:sldIdLst><p:sldId r:id="r2" id="257"/><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>',
      'ppt/slides/slide1.xml': slide('Second', 'b'),
      'ppt/slides/slide2.xml': slide('First', 'a'),
    },
  )
  const { blocks } = (await readAs('pptx', bytesIn(bytes), LIMITS)) as TextReading
  expect(blocks.map((block) => ('text' in block ? `${block.type} ${block.text}` : ''))).toEqual([
    'heading First',
    'paragraph a',
    'heading Second',
    'paragraph b',
  ])
})

const real = corpus('word-docx.docx')
test.skipIf(!real)('a real document', async () => {
  const { blocks: found, cut } = await blocks(real!)
  const text = found.map((block) => ('text' in block ? block.text : block.cells.join('\t'))).join('\n')
  expect(cut).toBe(false)
  expect(text).toContain('Current Discharge and Applicant’s Request')
  expect(text).toContain('Application Received: 20161018')
  expect(text).not.toMatch(/<w:|MERGEFORMAT/)
})
