import { expect, test } from 'vitest'
import { canaries, codesIn, copyOf, membersOf, told } from '../../../test/cleaning/asking.ts'
import { made, relations } from '../../../test/cleaning/made-office.ts'
import { readAs } from '../reading/formats.ts'
import { LIMITS, type SheetsReading, type TextReading } from '../reading/reading.ts'
import { cleaned, inspect } from './cleaning.ts'
import { bytesIn } from './formats-here.ts'
import { STRICTEST } from './wish.ts'

const R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
type Parts = Record<string, string | Buffer>
const book = (sheets: string, rest = '', parts: Parts = {}, more: [string, string, string, boolean?][] = []): Buffer =>
  made(
    'xl/workbook.xml',
    {
      'xl/workbook.xml': `<workbook ${R} xmlns:mc="m" xmlns:x15ac="a"><sheets>${sheets}</sheets>${rest}</workbook>`,
      'xl/worksheets/sheet1.xml': `<worksheet ${R}><sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData></worksheet>`,
      ...parts,
    },
    [['rId1', 'worksheet', 'worksheets/sheet1.xml'], ...more],
  )
const one = '<sheet name="Fees" sheetId="1" r:id="rId1"/>'
const values = async (bytes: Buffer) => ((await readAs('xlsx', bytesIn(bytes), LIMITS)) as SheetsReading).sheets.map(({ rows }) => rows)

test('a plain workbook tells nothing and leaves as it came', async () => {
  expect(await codesIn(book(one))).toEqual([])
  expect([...(await membersOf(await copyOf(book(one))))]).toEqual([...(await membersOf(book(one)))])
})

test('hidden sheets, rows, columns, cells and names are told, and stay', async () => {
  const sheet = `<worksheet ${R}><cols><col min="2" max="4" hidden="1"/><col min="8" max="16384" hidden="1"/></cols><sheetData><row r="1" hidden="1"><c r="A1"><v>7</v></c></row><row r="2" hidden="0"><c r="A2" s="1"><v>8</v></c><c r="B2" s="1"/></row></sheetData></worksheet>`
  const bytes = book(
    '<sheet name="Old" state="hidden" sheetId="1" r:id="rId1"/><sheet name="Older" state="veryHidden" sheetId="2" r:id="rId9"/>',
    '<definedNames><definedName name="cost" hidden="1">Fees!$A$1</definedName><definedName name="_xlnm._FilterDatabase" hidden="1">x</definedName></definedNames>',
    {
      'xl/worksheets/sheet1.xml': sheet,
      'xl/styles.xml':
        '<styleSheet><numFmts><numFmt numFmtId="170" formatCode=";;;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>',
    },
    [['rId3', 'styles', 'styles.xml']],
  )
  const found = await told(bytes)
  expect(Object.entries(found).map(([code, { count }]) => [code, count])).toEqual(
    expect.arrayContaining([['hidden-cells', 1], ['hidden-columns', 3], ['hidden-names', 1], ['hidden-rows', 1], ['hidden-sheets', 1], ['very-hidden-sheets', 1]]), // prettier-ignore
  )
  const result = await cleaned(bytes, '', STRICTEST)
  expect(result.isCleaned && result.left.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['hidden-sheets', 'hidden-rows']))
})

const telling = (): Buffer =>
  book(
    one,
    '<mc:AlternateContent><mc:Choice><x15ac:absPath url="C:\\CANARY-path\\"/></mc:Choice></mc:AlternateContent><customWorkbookViews><customWorkbookView name="CANARY-viewer"/></customWorkbookViews>',
    {
      'xl/worksheets/sheet1.xml': `<worksheet ${R} xmlns:xr="x" xr:uid="{00CANA01}"><sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData><pageSetup orientation="portrait" r:id="rId1"/><legacyDrawing r:id="rId2"/></worksheet>`,
      'xl/worksheets/_rels/sheet1.xml.rels': relations([
        ['rId1', 'printerSettings', '../printerSettings/printerSettings1.bin'],
        ['rId2', 'vmlDrawing', '../drawings/vmlDrawing1.vml'],
        ['rId3', 'comments', '../comments1.xml'],
      ]),
      'xl/printerSettings/printerSettings1.bin': 'CANARY-printer',
      'xl/comments1.xml':
        '<comments><authors><author>CANARY-author</author></authors><commentList><comment ref="A1" authorId="0"><text><t>CANARY-comment</t></text></comment></commentList></comments>',
      'xl/drawings/vmlDrawing1.vml': '<xml xmlns:v="v" xmlns:x="x"><v:shape><x:ClientData ObjectType="Note"/></v:shape></xml>',
      'xl/externalLinks/externalLink1.xml': '<externalLink/>',
      'xl/connections.xml': '<connections><connection/></connections>',
      'xl/persons/person.xml': '<personList><person displayName="CANARY-person"/></personList>',
    },
    [
      ['rId5', 'externalLink', 'externalLinks/externalLink1.xml'],
      ['rId6', 'connections', 'connections.xml'],
      ['rId7', 'person', 'persons/person.xml'],
    ],
  )

test('a workbook that tells everything says so; its copy counts the same', async () => {
  expect(await codesIn(telling())).toEqual([
    'comments',
    'data-connections',
    'external-links',
    'local-paths',
    'people',
    'printer-settings',
    'revision-marks',
  ])
  const copy = await copyOf(telling())
  expect(await canaries(copy)).toEqual([])
  expect(await codesIn(copy)).toEqual(['data-connections', 'external-links'])
  expect(await values(copy)).toEqual(await values(telling()))
  const sheet = (await membersOf(copy)).get('xl/worksheets/sheet1.xml')!.toString()
  expect(sheet).toContain('<pageSetup orientation="portrait"/>')
  expect(sheet).not.toContain('legacyDrawing')
  expect(await codesIn(await copyOf(telling(), { comments: 'keep' }))).toContain('comments')
})

const P = `${R} xmlns:p="p" xmlns:a="a"`
const slide = (text: string, more = '') =>
  `<p:sld ${P}${more}><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>`
const notes = (text: string) =>
  `<p:notes ${P}><p:cSld><p:spTree><p:sp><p:nvSpPr><p:nvPr><p:ph type="sldNum"/></p:nvPr></p:nvSpPr><p:txBody><a:t>3</a:t></p:txBody></p:sp><p:sp><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:notes>`
const show = (parts: Parts = {}): Buffer =>
  made(
    'ppt/presentation.xml',
    {
      'ppt/presentation.xml': `<p:presentation ${P} xmlns:p14="q"><p:sldIdLst><p:sldId id="256" r:id="rId1"/><p:sldId id="257" r:id="rId2"/></p:sldIdLst><p:extLst><p14:section><p14:sldIdLst><p14:sldId id="256"/><p14:sldId id="257"/></p14:sldIdLst></p14:section></p:extLst></p:presentation>`,
      'ppt/slides/slide1.xml': slide('seen'),
      'ppt/slides/slide2.xml': slide('also seen'),
      ...parts,
    },
    [
      ['rId1', 'slide', 'slides/slide1.xml'],
      ['rId2', 'slide', 'slides/slide2.xml'],
      ['rId3', 'commentAuthors', 'commentAuthors.xml'],
    ],
  )
const slidesOf = async (bytes: Buffer) =>
  ((await readAs('pptx', bytesIn(bytes), LIMITS)) as TextReading).blocks.map((block) => ('text' in block ? block.text : ''))

test('slides: a hidden one, notes, remarks and their authors go; the others stay', async () => {
  expect(await codesIn(show())).toEqual([])
  const bytes = show({
    'ppt/slides/slide2.xml': slide('CANARY-slide', ' show="0"'),
    'ppt/slides/slide1.xml': slide('seen<!-- --></a:t></a:r><a:r><a:rPr><a:hlinkClick r:id="rId3"/></a:rPr><a:t>link'),
    'ppt/slides/_rels/slide1.xml.rels': relations([
      ['rId1', 'notesSlide', '../notesSlides/notesSlide1.xml'],
      ['rId2', 'comments', '../comments/comment1.xml'],
      ['rId3', 'slide', 'slide2.xml'],
    ]),
    'ppt/notesSlides/notesSlide1.xml': notes('CANARY-note'),
    'ppt/comments/comment1.xml': `<p:cmLst ${P}><p:cm><p:text>CANARY-comment</p:text></p:cm></p:cmLst>`,
    'ppt/commentAuthors.xml': `<p:cmAuthorLst ${P}><p:cmAuthor name="CANARY-author"/></p:cmAuthorLst>`,
  })
  expect(await codesIn(bytes)).toEqual(['comments', 'hidden-slides', 'notes', 'people'])
  expect((await told(bytes)).notes!.examples).toEqual(['CANARY-note'])
  const copy = await copyOf(bytes)
  expect(await canaries(copy)).toEqual([])
  expect(await slidesOf(copy)).toEqual(['seenlink'])
  const text = (await membersOf(copy)).get('ppt/presentation.xml')!.toString()
  expect(text.match(/sldId /g)).toHaveLength(2)
  expect((await membersOf(copy)).get('ppt/slides/slide1.xml')!.toString()).not.toContain('hlinkClick')
  expect(await canaries(await copyOf(bytes, { hiddenSlides: 'keep', notes: 'keep' }))).toEqual(['CANARY-note', 'CANARY-slide'])
})

test('hidden shapes and paths in descriptions', async () => {
  const shape = (attributes: string) => show({ 'ppt/slides/slide1.xml': `<p:sld ${P}><p:cNvPr id="1" ${attributes}/></p:sld>` })
  expect(await codesIn(shape('name="Box" hidden="1"'))).toEqual(['hidden-shapes'])
  expect(await codesIn(shape('name="Box" descr="A chart"'))).toEqual([])
  const path = shape('name="Picture 1" descr="C:\\Users\\CANARY-user\\x.png"')
  expect(await codesIn(path)).toEqual(['local-paths'])
  expect(await canaries(await copyOf(path))).toEqual([])
})

test('what is embedded is inspected and cleaned as a file of its own', async () => {
  const inner = telling()
  const bytes = show({
    'ppt/slides/_rels/slide1.xml.rels': relations([['rId1', 'package', '../embeddings/book.xlsx']]),
    'ppt/embeddings/book.xlsx': inner,
  })
  expect((await told(bytes, true)).comments!.within).toBe('ppt/embeddings/book.xlsx')
  expect(await canaries(await copyOf(bytes))).toEqual([])
})

test('a file under a password is not called clean', async () => {
  const { cfb } = await import('../../../test/reading/made.ts')
  const locked = cfb({ EncryptedPackage: Buffer.alloc(20), EncryptionInfo: Buffer.alloc(20) })
  expect(await inspect(locked, 'a.docx')).toMatchObject({ isKnown: false, reason: 'encrypted' })
  expect(await cleaned(locked, 'a.docx', STRICTEST)).toMatchObject({ isCleaned: false, reason: 'encrypted' })
})
