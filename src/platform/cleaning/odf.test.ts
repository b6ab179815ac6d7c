import { expect, test } from 'vitest'
import { canaries, codesIn, copyOf, membersOf, told } from '../../../test/cleaning/asking.ts'
import { zip } from '../../../test/reading/made.ts'
import { readAs } from '../reading/formats.ts'
import { LIMITS, type TextReading } from '../reading/reading.ts'
import { cleaned } from './cleaning.ts'
import { bytesIn } from './formats-here.ts'
import { STRICTEST } from './wish.ts'

const NS =
  'xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s" xmlns:dc="d" xmlns:meta="m" xmlns:draw="w" xmlns:presentation="p" xmlns:xlink="x" xmlns:config="c" xmlns:officeooo="f" xmlns:manifest="a"'
function odf(kind: string, body: string, styles = '', more: Record<string, string> = {}): Buffer {
  const entries = Object.keys(more).map((path) => `<manifest:file-entry manifest:full-path="${path}"/>`)
  return zip([
    { path: 'mimetype', data: `application/vnd.oasis.opendocument.${kind}`, stored: true },
    {
      path: 'content.xml',
      data: `<office:document-content ${NS}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
    },
    ...Object.entries(more).map(([path, data]) => ({ path, data })),
    {
      path: 'META-INF/manifest.xml',
      data: `<manifest:manifest ${NS}><manifest:file-entry manifest:full-path="content.xml"/>${entries.join('')}</manifest:manifest>`,
    },
  ])
}
const by = '<office:change-info><dc:creator>CANARY-author</dc:creator><dc:date>2026-01-02</dc:date></office:change-info>'
const shown = async (bytes: Buffer) =>
  ((await readAs('odt', bytesIn(bytes), LIMITS)) as TextReading).blocks.map((block) =>
    'text' in block ? block.text : block.cells.join('|'),
  )

const telling = (): Buffer =>
  odf(
    'text',
    `<text:tracked-changes><text:changed-region><text:deletion>${by}<text:p>CANARY-deleted</text:p></text:deletion></text:changed-region><text:changed-region><text:insertion>${by}</text:insertion></text:changed-region></text:tracked-changes>` +
      '<text:p>The fee<text:change/> is <text:change-start/>due.<text:change-end/><office:annotation><dc:creator>CANARY-commenter</dc:creator><text:p>CANARY-comment</text:p></office:annotation></text:p>' +
      '<text:p text:style-name="H">CANARY-hidden</text:p><text:p>plain <text:span text:style-name="H2">CANARY-span</text:span></text:p>',
    '<style:style style:name="H" style:family="paragraph"><style:text-properties text:display="none"/></style:style><style:style style:name="H2" style:parent-style-name="H3" style:family="text"/><style:style style:name="H3" style:family="text"><style:text-properties text:display="none" officeooo:rsid="00CANA01"/></style:style>',
    {
      'meta.xml': `<office:document-meta ${NS}><office:meta><dc:creator>CANARY-creator</dc:creator><meta:template xlink:href="../CANARY-template.ott"/><meta:user-defined meta:name="x">CANARY-own</meta:user-defined></office:meta></office:document-meta>`,
      'settings.xml': `<office:document-settings ${NS}><config:config-item config:name="PrinterName">CANARY-printer</config:config-item><config:config-item config:name="Rsid">77</config:config-item><config:config-item config:name="Zoom">100</config:config-item></office:document-settings>`,
      'Thumbnails/thumbnail.png': 'CANARY-thumbnail',
      'Basic/Standard/Module1.xml': '<m>CANARY-macro</m>',
      'Versions/1': 'CANARY-version',
    },
  )

test('a plain text tells nothing and leaves as it came', async () => {
  const plain = odf('text', '<text:p>Dear Ben</text:p>')
  expect(await codesIn(plain)).toEqual([])
  expect([...(await membersOf(await copyOf(plain)))]).toEqual([...(await membersOf(plain))])
})

test('a text that tells everything says so, and its copy holds no word of it', async () => {
  expect(await codesIn(telling())).toEqual(
    ['comments', 'custom-properties', 'document-properties', 'earlier-revisions', 'hidden-text', 'macros', 'printer-settings', 'revision-marks', 'template', 'thumbnails', 'tracked-deletions', 'tracked-insertions'], // prettier-ignore
  )
  const copy = await copyOf(telling())
  expect(await canaries(copy)).toEqual([])
  expect(await shown(copy)).toEqual(['The fee is due.', 'plain '])
  expect([...(await membersOf(copy)).keys()]).toEqual(['mimetype', 'content.xml', 'settings.xml', 'META-INF/manifest.xml'])
  expect((await membersOf(copy)).get('settings.xml')!.toString()).toContain('Zoom')
  expect((await membersOf(copy)).get('META-INF/manifest.xml')!.toString()).not.toMatch(/meta\.xml"|Thumbnails/)
})

test('changes are not rejected here, and that is said', async () => {
  expect(await cleaned(telling(), '', { ...STRICTEST, trackedChanges: 'reject' })).toMatchObject({
    isCleaned: false,
    reason: 'not-cleaned',
  })
  expect(Object.keys(await told(await copyOf(telling(), { trackedChanges: 'keep', comments: 'keep' })))).toEqual(
    expect.arrayContaining(['comments', 'tracked-deletions', 'tracked-insertions']),
  )
})

test('hidden sheets, rows, columns, slides and notes', async () => {
  const sheet = odf(
    'spreadsheet',
    '<table:table table:name="Secret" table:style-name="T"><table:table-column table:visibility="collapse" table:number-columns-repeated="3"/><table:table-row table:visibility="filter"/><table:table-row/></table:table><table:table table:name="Open"/>',
    '<style:style style:name="T" style:family="table"><style:table-properties table:display="false"/></style:style>',
  )
  const found = await told(sheet)
  expect([found['hidden-sheets']!.examples, found['hidden-columns']!.count, found['hidden-rows']!.count]).toEqual([['Secret'], 3, 1])
  const slides = odf(
    'presentation',
    '<draw:page draw:name="one" draw:style-name="D"><text:p>CANARY-slide</text:p></draw:page><draw:page draw:name="two"><text:p>seen</text:p><presentation:notes><text:p>CANARY-note</text:p></presentation:notes></draw:page>',
    '<style:style style:name="D" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>',
  )
  expect(await codesIn(slides)).toEqual(['hidden-slides', 'notes'])
  expect(await canaries(await copyOf(slides))).toEqual([])
  expect(await canaries(await copyOf(slides, { notes: 'keep', hiddenSlides: 'keep' }))).toEqual(['CANARY-note', 'CANARY-slide'])
})
