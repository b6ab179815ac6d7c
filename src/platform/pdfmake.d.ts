// What we use of pdfmake 0.3.11 and the PDFKit 0.19 beneath it; neither brings types.

declare module 'pdfmake/js/PDFDocument.js' {
  export class StructureElement {
    add(child: StructureElement | StructureContent): this
    end(): void
  }
  export class StructureContent {
    private readonly is: 'content'
  }
  export class PDFDocument {
    constructor(
      fonts: Record<string, Record<string, Buffer>>,
      images: object,
      patterns: object,
      attachments: object,
      options: object,
      virtualFiles: null,
      mayRead: (path: string) => boolean,
    )
    info: Record<string, string | Date>
    provideFont(family: string, bold: boolean, italics: boolean): { font: { hasGlyphForCodePoint(point: number): boolean } }
    struct(type: string, options?: { scope?: 'Column' | 'Row' }): StructureElement
    addStructure(element: StructureElement): this
    markStructureContent(type: string): StructureContent
    markContent(tag: string, options?: { type?: string }): this
    endMarkedContent(): this
    /** Writes `info` into the XMP packet. */
    _addInfo(): void
    on(event: 'data', heard: (part: Buffer) => void): this
    on(event: 'end', heard: () => void): this
    on(event: 'error', heard: (fault: Error) => void): this
    end(): void
  }
  const module: { default: typeof PDFDocument }
  export default module
}

declare module 'pdfmake/js/LayoutBuilder.js' {
  import type { PDFDocument } from 'pdfmake/js/PDFDocument.js'
  export type Page = { items: object[] }
  export class LayoutBuilder {
    constructor(size: { width: number; height: number }, margins: { left: number; top: number; right: number; bottom: number }, svg: null)
    layoutDocument(
      content: object,
      document: PDFDocument,
      styles: object,
      defaultStyle: object,
      background: (page: number) => object | null,
      header: undefined,
      footer: (page: number, pages: number) => object,
    ): Page[]
  }
  const module: { default: typeof LayoutBuilder }
  export default module
}

declare module 'pdfmake/js/Renderer.js' {
  import type { PDFDocument } from 'pdfmake/js/PDFDocument.js'
  import type { Page } from 'pdfmake/js/LayoutBuilder.js'
  export type Line = { inlines: { tag?: number }[] }
  export class Renderer {
    constructor(document: PDFDocument)
    pdfDocument: PDFDocument
    renderPages(pages: Page[]): void
    renderLine(line: Line, x: number, y: number): void
    renderVector(vector: object): void
  }
  const module: { default: typeof Renderer }
  export default module
}
