import LayoutBuilderModule from 'pdfmake/js/LayoutBuilder.js'
import PDFDocumentModule, { type PDFDocument, type StructureElement } from 'pdfmake/js/PDFDocument.js'
import RendererModule, { type Line } from 'pdfmake/js/Renderer.js'
import { MOST_CHARACTERS, MOST_PAGES, PdfTooLong, type PdfDocument } from './pdf-document.ts'
import { BODY, layoutOf, lengthOf, MARGINS, PAGES, type Tag } from './pdf-layout.ts'
import { runsOf } from './pdf-letters.ts'

/**
 * The document as PDF 1.7 with a structure tree, in memory. This takes a while and blocks: `makePdf` does it in a thread.
 *
 * pdfmake's layout and renderer are used, its entrance is not: that one can fetch, marks a file as tagged without a
 * single tag, and counts pages only when they are drawn.
 *
 * @throws PdfTooLong beyond `MOST_PAGES`
 */
export async function print(document: PdfDocument, faces: Record<string, Buffer>): Promise<Buffer> {
  if (lengthOf(document.blocks) > MOST_CHARACTERS) throw new PdfTooLong('The document is too long to print.')
  const pdf = new Paper({ Serif: faces }, {}, {}, {}, optionsOf(document), null, () => false)
  const fonts = (bold = false, italics = false) => pdf.provideFont('Serif', bold, italics).font
  const { content, tags } = layoutOf(document, (point, { bold, italics }) => fonts(bold, italics).hasGlyphForCodePoint(point))

  const builder = new LayoutBuilderModule.default(PAGES[document.paper], MARGINS, null)
  const mayBegin = (page: number) => {
    if (page > MOST_PAGES) throw new PdfTooLong(`The document has more than ${MOST_PAGES} pages.`)
    return null
  }
  const foot = runsOf(document.foot, (point) => fonts().hasGlyphForCodePoint(point)).map(({ text }) => ({ text }))
  const pages = builder.layoutDocument(content, pdf, {}, BODY, mayBegin, undefined, (page, of) => footOf(foot, page, of))

  const elements = grow(pdf, tags)
  new Tagging(pdf, elements, tags).renderPages(pages)
  const whole = collected(pdf)
  elements[0]?.end()
  pdf.end()
  return whole
}

const optionsOf = ({ title, author, language, madeAt, paper }: PdfDocument): object => ({
  size: [PAGES[paper].width, PAGES[paper].height],
  pdfVersion: '1.7',
  tagged: true,
  displayTitle: true,
  lang: language,
  autoFirstPage: false,
  font: null,
  info: {
    Title: title.toWellFormed(),
    Author: author.toWellFormed(),
    Creator: 'Subrosa',
    Producer: 'Subrosa',
    CreationDate: new Date(madeAt),
  },
})

/** PDFKit writes title and author into its XML as they are; a firm with an ampersand would break it. */
class Paper extends PDFDocumentModule.default {
  override _addInfo(): void {
    const { info } = this
    this.info = Object.fromEntries(Object.entries(info).map(([key, value]) => [key, typeof value === 'string' ? escaped(value) : value]))
    super._addInfo()
    this.info = info
  }
}
const escaped = (text: string): string =>
  text
    // no control character may stand in XML 1.0, not even escaped
    .replace(/[\p{Cc}\ufffe\uffff]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

const footOf = (foot: { text: string }[], page: number, pages: number): object => ({
  margin: [MARGINS.left, 30, MARGINS.right, 0],
  fontSize: 8.75,
  color: '#5a504a',
  columns: [
    { width: '*', text: foot },
    { width: 'auto', text: `page ${page} of ${pages}` },
  ],
})

function grow(pdf: PDFDocument, tags: Tag[]): StructureElement[] {
  const elements: StructureElement[] = []
  for (const { type, parent, scope } of tags) {
    const element = pdf.struct(type, scope ? { scope } : {})
    if (parent === null) pdf.addStructure(element)
    else elements[parent]!.add(element)
    elements.push(element)
  }
  return elements
}

/** Draws each line as content of its tag; rules, page numbers and a table's head on its second page are artifacts. */
class Tagging extends RendererModule.default {
  private readonly elements: StructureElement[]
  private readonly tags: Tag[]
  private page = 0
  private readonly headsOn = new Map<number, number>()

  constructor(pdf: PDFDocument, elements: StructureElement[], tags: Tag[]) {
    super(pdf)
    this.elements = elements
    this.tags = tags
    ;(pdf as unknown as { on(event: 'pageAdded', heard: () => void): void }).on('pageAdded', () => (this.page += 1))
  }

  override renderLine(line: Line, x: number, y: number): void {
    const at = line.inlines[0]?.tag
    if (at === undefined || this.isRepeated(at)) return this.asArtifact('Pagination', () => super.renderLine(line, x, y))
    const content = this.pdfDocument.markStructureContent(this.tags[at]!.type)
    super.renderLine(line, x, y)
    this.pdfDocument.endMarkedContent()
    this.elements[at]!.add(content)
  }

  override renderVector(vector: object): void {
    this.asArtifact('Layout', () => super.renderVector(vector))
  }

  private isRepeated(at: number): boolean {
    if (this.tags[at]!.scope !== 'Column') return false
    const first = this.headsOn.get(at)
    if (first === undefined) this.headsOn.set(at, this.page)
    return first !== undefined && first !== this.page
  }

  private asArtifact(type: 'Pagination' | 'Layout', draw: () => void): void {
    this.pdfDocument.markContent('Artifact', { type })
    draw()
    this.pdfDocument.endMarkedContent()
  }
}

function collected(pdf: PDFDocument): Promise<Buffer> {
  const parts: Buffer[] = []
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  pdf.on('data', (part) => parts.push(part))
  pdf.on('end', () => resolve(Buffer.concat(parts)))
  pdf.on('error', reject)
  return promise
}
