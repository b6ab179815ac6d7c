import { zip } from '../reading/made.ts'

export const relations = (list: [id: string, type: string, target: string, external?: boolean][]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list
    .map(
      ([id, type, target, isExternal]) =>
        `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"${isExternal ? ' TargetMode="External"' : ''}/>`,
    )
    .join('')}</Relationships>`

const TYPES = (parts: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${parts
    .map((part) => `<Override PartName="/${part}" ContentType="application/x"/>`)
    .join('')}</Types>`

type Related = [id: string, type: string, target: string, external?: boolean][]

/** A package as Office writes it: `root` and `related` are the relations of the package and of its main part. */
export function made(main: string, parts: Record<string, string | Buffer>, related: Related = [], root: Related = []): Buffer {
  const slash = main.lastIndexOf('/') + 1
  return zip([
    { path: '[Content_Types].xml', data: TYPES(Object.keys(parts).filter((part) => !part.includes('_rels'))) },
    { path: '_rels/.rels', data: relations([['rId1', 'officeDocument', main], ...root]) },
    { path: `${main.slice(0, slash)}_rels/${main.slice(slash)}.rels`, data: relations(related) },
    ...Object.entries(parts).map(([path, data]) => ({ path, data })),
  ])
}

const W =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
export const word = (body: string, parts: Record<string, string | Buffer> = {}, related: Related = [], root: Related = []): Buffer =>
  made(
    'word/document.xml',
    {
      'word/document.xml': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document ${W}><w:body>${body}<w:sectPr/></w:body></w:document>`,
      ...parts,
    },
    related,
    root,
  )
export const p = (content: string, properties = ''): string => `<w:p>${properties ? `<w:pPr>${properties}</w:pPr>` : ''}${content}</w:p>`
export const r = (text: string, properties = ''): string =>
  `<w:r>${properties ? `<w:rPr>${properties}</w:rPr>` : ''}<w:t xml:space="preserve">${text}</w:t></w:r>`

/** Everything that a Word document may hide; each place holds a canary of its own. */
export function tellingWord(): Buffer {
  const by = 'w:id="1" w:author="CANARY-author" w:date="2026-01-02T03:04:05Z"'
  return word(
    `<w:p w:rsidR="00CANA01" w14:paraId="00CANA02">${r('The fee is ')}<w:ins ${by}>${r('CANARY-inserted ')}</w:ins><w:del ${by}><w:r><w:delText>CANARY-deleted</w:delText></w:r></w:del>${r('due.')}</w:p>` +
      p(
        `<w:moveFrom ${by}>${r('CANARY-moved')}</w:moveFrom>${r('Second', `<w:b/><w:rPrChange ${by}><w:rPr><w:i/></w:rPr></w:rPrChange>`)}`,
      ) +
      p(
        `<w:commentRangeStart w:id="0"/>${r('Third')}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>${r('CANARY-hidden', '<w:vanish/>')}`,
      ) +
      p(`<w:sdt><w:sdtPr><w:dataBinding w:xpath="/CANARY-xpath"/></w:sdtPr><w:sdtContent>${r('bound')}</w:sdtContent></w:sdt>`),
    {
      'word/comments.xml': `<w:comments ${W}><w:comment w:id="0" w:author="CANARY-commenter" w:initials="C">${p(r('CANARY-comment'))}</w:comment></w:comments>`,
      'word/people.xml': '<w15:people xmlns:w15="x"><w15:person w15:author="CANARY-person"/></w15:people>',
      'word/settings.xml': `<w:settings ${W}><w:attachedTemplate r:id="rId9"/><w:trackRevisions/><w:docVars><w:docVar w:name="x" w:val="CANARY-variable"/></w:docVars><w:rsids><w:rsidRoot w:val="00CANA03"/></w:rsids></w:settings>`,
      'word/_rels/settings.xml.rels': relations([['rId9', 'attachedTemplate', 'file:///C:/CANARY-template.dotm', true]]),
      'word/printerSettings/printerSettings1.bin': 'CANARY-printer',
      'word/vbaProject.bin': 'CANARY-macro',
      'customXml/item1.xml': '<a>CANARY-custom</a>',
      'docProps/core.xml':
        '<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>CANARY-creator</dc:creator><cp:lastModifiedBy>CANARY-last</cp:lastModifiedBy></cp:coreProperties>',
      'docProps/app.xml':
        '<Properties xmlns="x"><Template>CANARY-app.dotm</Template><TotalTime>77</TotalTime><Company>CANARY-company</Company></Properties>',
      'docProps/custom.xml': '<Properties xmlns="x"><property name="CANARY-property"><v>CANARY-value</v></property></Properties>',
      'docProps/thumbnail.jpeg': 'CANARY-thumbnail',
      'stray/left.xml': '<x>CANARY-stray</x>',
    },
    [
      ['rId2', 'comments', 'comments.xml'],
      ['rId3', 'people', 'people.xml'],
      ['rId4', 'settings', 'settings.xml'],
      ['rId5', 'printerSettings', 'printerSettings/printerSettings1.bin'],
      ['rId6', 'vbaProject', 'vbaProject.bin'],
      ['rId7', 'customXml', '../customXml/item1.xml'],
    ],
    [
      ['rId2', 'core-properties', 'docProps/core.xml'],
      ['rId3', 'extended-properties', 'docProps/app.xml'],
      ['rId4', 'custom-properties', 'docProps/custom.xml'],
      ['rId5', 'metadata/thumbnail', 'docProps/thumbnail.jpeg'],
    ],
  )
}
