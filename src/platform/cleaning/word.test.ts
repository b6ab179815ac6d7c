import { expect, test } from 'vitest'
import { canaries, codesIn, copyOf, membersOf, told } from '../../../test/cleaning/asking.ts'
import { p, r, tellingWord, word } from '../../../test/cleaning/made-office.ts'
import { readAs } from '../reading/formats.ts'
import { LIMITS, type TextReading } from '../reading/reading.ts'
import { bytesIn } from './formats-here.ts'

const shown = async (bytes: Buffer): Promise<string[]> =>
  ((await readAs('docx', bytesIn(bytes), LIMITS)) as TextReading).blocks.map((block) =>
    'cells' in block ? block.cells.join('|') : block.text,
  )
const by = 'w:id="1" w:author="Ada" w:date="2026-01-02T03:04:05Z"'

test('a plain document tells nothing, and leaves as it came but for its times', async () => {
  const plain = word(p(r('Dear Ben')))
  expect(await codesIn(plain)).toEqual([])
  expect([...(await membersOf(await copyOf(plain)))]).toEqual([...(await membersOf(plain))])
})

test('a document that tells everything says so, each with who and what', async () => {
  const found = await told(tellingWord())
  expect(Object.keys(found).sort()).toEqual(
    [
      'comments',
      'custom-properties',
      'custom-xml',
      'document-properties',
      'hidden-text',
      'local-paths',
      'macros',
      'people',
      'printer-settings',
      'revision-marks',
      'template',
      'thumbnails',
      'tracked-deletions',
      'tracked-formatting',
      'tracked-insertions',
      'tracked-moves',
      'unreferenced-parts',
    ].sort(),
  )
  expect(found['tracked-deletions']!.examples).toEqual(['CANARY-author, 2026-01-02T03:04:05Z: CANARY-deleted'])
  expect(found.comments!.examples).toEqual(['CANARY-commenter: CANARY-comment'])
  expect(found['hidden-text']).toMatchObject({ count: 1, examples: ['CANARY-hidden'] })
  expect(found['document-properties']!.examples).toContain('Company: CANARY-company')
})

test('its copy holds no word of it, and reads the same', async () => {
  const copy = await copyOf(tellingWord(), { trackedChanges: 'reject' })
  expect(await canaries(copy)).toEqual(['CANARY-deleted', 'CANARY-moved'])
  expect(await shown(copy)).toEqual(['The fee is CANARY-deleteddue.', 'CANARY-movedSecond', 'Third', 'bound'])
  const accepted = await copyOf(tellingWord())
  expect(await canaries(accepted)).toEqual(['CANARY-inserted'])
  expect(await shown(accepted)).toEqual(['The fee is CANARY-inserted due.', 'Second', 'Third', 'bound'])
  expect(await canaries(tellingWord())).toHaveLength(25)
})

test('what is wished to stay stays', async () => {
  const found = await told(await copyOf(tellingWord(), { trackedChanges: 'keep', comments: 'keep', hiddenText: 'keep', scripts: 'keep' }))
  expect(Object.keys(found).sort()).toEqual(
    ['comments', 'hidden-text', 'macros', 'tracked-deletions', 'tracked-formatting', 'tracked-insertions', 'tracked-moves'].sort(),
  )
})

test('paragraphs are joined where the mark between them goes', async () => {
  const bytes = word(
    p(r('One '), `<w:rPr><w:del ${by}/></w:rPr>`) +
      p(r('two'), '<w:jc w:val="center"/>') +
      p(r('three '), `<w:rPr><w:ins ${by}/></w:rPr>`) +
      p(r('four')),
  )
  expect(await shown(await copyOf(bytes))).toEqual(['One two', 'three ', 'four'].map((text) => text))
  expect(await shown(await copyOf(bytes, { trackedChanges: 'reject' }))).toEqual(['One ', 'two', 'three four'])
})

test('a deleted paragraph leaves no empty line; rows, cells and forms are settled both ways', async () => {
  const row = (mark: string, text: string) => `<w:tr><w:trPr>${mark}</w:trPr><w:tc>${p(r(text))}</w:tc></w:tr>`
  const bytes = word(
    p(`<w:del ${by}><w:r><w:delText>gone</w:delText></w:r></w:del>`, `<w:rPr><w:del ${by}/></w:rPr>`) +
      p(r('stays'), `<w:jc w:val="right"/><w:pPrChange ${by}><w:pPr><w:jc w:val="left"/></w:pPr></w:pPrChange>`) +
      `<w:tbl>${row(`<w:ins ${by}/>`, 'new row')}${row(`<w:del ${by}/>`, 'old row')}<w:tr><w:tc>${p(r('kept'))}</w:tc><w:tc><w:tcPr><w:cellIns ${by}/></w:tcPr>${p(r('new cell'))}</w:tc></w:tr></w:tbl>`,
  )
  const accepted = await copyOf(bytes)
  expect(await shown(accepted)).toEqual(['stays', 'new row', 'kept|new cell'])
  const rejected = await copyOf(bytes, { trackedChanges: 'reject' })
  expect(await shown(rejected)).toEqual(['gone', 'stays', 'old row', 'kept'])
  const text = async (copy: Buffer) => (await membersOf(copy)).get('word/document.xml')!.toString()
  expect(await text(accepted)).toContain('w:val="right"')
  expect(await text(accepted)).not.toContain('w:val="left"')
  expect(await text(rejected)).toContain('w:val="left"')
  expect(await text(rejected)).not.toMatch(/delText|w:val="right"/)
})

test('text is hidden by itself, by its style or by the style beneath, and shown where its own word says so', async () => {
  const styles =
    '<w:styles xmlns:w="x"><w:style w:type="character" w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="b"><w:basedOn w:val="a"/></w:style><w:style w:type="paragraph" w:styleId="c"><w:rPr><w:vanish w:val="true"/></w:rPr></w:style></w:styles>'
  const bytes = word(
    p(
      r('by style ', '<w:rStyle w:val="b"/>') +
        r('not hidden ', '<w:rStyle w:val="b"/><w:vanish w:val="0"/>') +
        r('plain', '<w:webHidden/>'),
    ) + p(r('paragraph'), '<w:pStyle w:val="c"/>'),
    { 'word/styles.xml': styles },
    [['rId2', 'styles', 'styles.xml']],
  )
  expect((await told(bytes))['hidden-text']!.examples).toEqual(['by style', 'paragraph'])
  expect(await shown(await copyOf(bytes))).toEqual(['not hidden plain'])
})

test('half of a field is not taken out with hidden text', async () => {
  const field = (kind: string, hidden = '') => `<w:r>${hidden && `<w:rPr>${hidden}</w:rPr>`}<w:fldChar w:fldCharType="${kind}"/></w:r>`
  const bytes = word(p(field('begin', '<w:vanish/>') + r('secret', '<w:vanish/>') + r('result') + field('end')))
  const text = (await membersOf(await copyOf(bytes))).get('word/document.xml')!.toString()
  expect(text.match(/fldChar /g)).toHaveLength(2)
  expect(text).not.toContain('secret')
})

test('fields and links that fetch are told with their paths; a link to a page is not', async () => {
  const instruction = (text: string) => p(`<w:r><w:instrText>${text}</w:instrText></w:r>`)
  const bytes = word(instruction(' INCLUDEPICTURE "\\\\\\\\server\\\\share\\\\x.png" ') + instruction(' PAGE '), {}, [
    ['rId2', 'image', 'file:///C:/Users/ada/logo.png', true],
    ['rId3', 'hyperlink', 'https://wren.example/', true],
  ])
  const found = await told(bytes)
  expect(found['external-links']!.count).toBe(2)
  expect(found['local-paths']!.examples).toEqual(['file:///C:/Users/ada/logo.png'])
})
