import type { Block, PdfDocument, Span, Words } from './pdf-document.ts'
import { runsOf } from './pdf-letters.ts'

/** An element of the structure tree (ISO 32000-1, 14.8.4); runs of text name the one they belong to by its place in the list. */
export type Tag = { type: string; parent: number | null; scope?: 'Column' | 'Row' }
type Face = { bold?: boolean; italics?: boolean }
type Node = Record<string, unknown>
export type Has = (codePoint: number, face: Face) => boolean
export type Laid = { content: Node[]; tags: Tag[] }

// tokens.css, on `sheet`
const INK = '#261f1b'
const QUIET = '#5a504a'
const HAIR = '#cbc2bb'
const EDGE = '#877f75'
const ROSE = '#8a2539'

export const PAGES = { A4: { width: 595.28, height: 841.89 }, LETTER: { width: 612, height: 792 } }
export const MARGINS = { left: 74, top: 70, right: 74, bottom: 76 }
export const BODY = { font: 'Serif', fontSize: 10.5, lineHeight: 1.32, color: INK }

/** What is shorter stays on one page. pdfmake lets what it must not break run off the page's foot, so both are well below a page. */
const SHORT_CELL = 250
const SHORT_BLOCK = 1500

/** The document in pdfmake's terms, each text with its tag, and the tags. */
export function layoutOf(document: PdfDocument, has: Has): Laid {
  const tags: Tag[] = [{ type: 'Document', parent: null }]
  const width = PAGES[document.paper].width - MARGINS.left - MARGINS.right
  let isAnyMissing = false

  const tag = (type: string, parent: number, scope?: Tag['scope']): number => tags.push({ type, parent, scope }) - 1
  const runs = (words: Words, at: number, face: Face = {}): Node[] => {
    const set = (typeof words === 'string' ? [words] : words).flatMap((span) => {
      const own = { ...face, ...faceOf(span) }
      return runsOf(textOf(span), (point) => has(point, own)).flatMap((run) => {
        isAnyMissing ||= run.missing
        const look = run.missing ? { color: QUIET, fontSize: 8.5 } : own
        return inPieces(run.text).map((text) => ({ text, tag: at, ...look }))
      })
    })
    // an empty cell has its height as well
    return set.length > 0 ? set : [{ text: ' ', tag: at }]
  }

  const nodesOf = (blocks: Block[], parent: number): Node[] => withHeadings(blocks).map((block) => nodeOf(block, parent))
  const nodeOf = (block: Block, parent: number): Node => {
    switch (block.kind) {
      case 'title':
        return {
          stack: [
            { text: runs(block.above, tag('P', parent)), fontSize: 10.5, color: QUIET, margin: [0, 0, 0, 10] },
            { text: runs(block.text, tag('H1', parent)), fontSize: 25, lineHeight: 1.12, margin: [0, 0, 0, 8] },
            ...(block.below ? [{ text: runs(block.below, tag('P', parent)), fontSize: 12.5, color: QUIET }] : []),
            { canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.75, lineColor: INK }], margin: [0, 14, 0, 16] },
          ],
        }
      case 'heading': {
        const size = block.level === 2 ? { fontSize: 16.5, margin: [0, 22, 0, 8] } : { fontSize: 11.5, margin: [0, 14, 0, 4] }
        const text = runs(block.text, tag(`H${block.level}`, parent), { bold: block.level === 3 })
        return { text, lineHeight: 1.15, ...size, ...(block.isOnNewPage && { pageBreak: 'before', margin: [0, 0, 0, 10] }) }
      }
      case 'paragraph': {
        const tones = { quiet: { fontSize: 9.25, color: QUIET }, rose: { color: ROSE } }
        return { text: runs(block.text, tag('P', parent)), margin: [0, 0, 0, 7], ...(block.tone && tones[block.tone]) }
      }
      case 'list': {
        const list = tag('L', parent)
        const marker = block.isNumbered ? (at: number) => `${at + 1}.` : () => '–'
        return { stack: block.items.map((item, at) => itemOf(item, marker(at), tag('LI', list))), margin: [0, 0, 0, 5] }
      }
      case 'facts': {
        const table = tag('Table', parent)
        const body = block.rows.map(([label, value]) => {
          const row = tag('TR', table)
          const head = { text: runs(label, tag('TH', row, 'Row')), color: QUIET, fontSize: 9.5, margin: [0, 0.8, 0, 0] }
          return [head, { text: runs(value, tag('TD', row)) }]
        })
        return body.length === 0
          ? { text: '' }
          : {
              table: { widths: [LABEL, width - LABEL - GAP], body, dontBreakRows: areShort(block.rows) },
              layout: HAIRLINES,
              margin: [0, 2, 0, 12],
            }
      }
      case 'table': {
        const table = tag('Table', parent)
        const headRow = tag('TR', table)
        const head = block.head.map((text) => ({
          text: runs(text, tag('TH', headRow, 'Column')),
          fontSize: 8.75,
          color: QUIET,
          lineHeight: 1.15,
        }))
        const body = block.rows.map((cells) => {
          const row = tag('TR', table)
          return cells.map((cell) => ({ text: runs(cell, tag('TD', row)), fontSize: 9.25, lineHeight: 1.22 }))
        })
        const short = areShort(block.rows)
        return {
          table: {
            headerRows: 1,
            keepWithHeaderRows: short ? 1 : 0,
            widths: widthsOf(block.shares, width),
            body: [head, ...body],
            dontBreakRows: short,
          },
          layout: RULED,
          margin: [0, 2, 0, 12],
        }
      }
      case 'notice': {
        const part = tag('Div', parent)
        const stack = block.text.map((words, at) => ({
          text: runs(words, tag('P', part)),
          margin: [0, 0, 0, at === block.text.length - 1 ? 0 : 5],
        }))
        return {
          table: { widths: [width - BESIDE], body: [[{ stack }]], dontBreakRows: lengthOf(block) < SHORT_BLOCK },
          layout: besideRule(block.tone === 'rose' ? ROSE : INK),
          margin: [0, 4, 0, 12],
        }
      }
      case 'verbatim':
        return { text: runs(block.text, tag('P', parent)), ...EXACT, ...(block.isLarge && LARGE), margin: [0, 0, 0, 9] }
      case 'blanks': {
        const gap = 18
        const each = (width - gap * (block.labels.length - 1)) / block.labels.length
        const columns = block.labels.map((label) => ({
          width: each,
          stack: [
            { canvas: [{ type: 'line', x1: 0, y1: 0, x2: each, y2: 0, lineWidth: 0.5, lineColor: EDGE }], margin: [0, 26, 0, 3] },
            { text: runs(label, tag('P', parent)), fontSize: 8.75, color: QUIET, lineHeight: 1.15 },
          ],
        }))
        return { columns, columnGap: gap, unbreakable: true, margin: [0, 0, 0, 11] }
      }
      case 'together':
        return { stack: block.blocks.map((one) => nodeOf(one, parent)), unbreakable: lengthOf(block) < SHORT_BLOCK }
    }
  }
  const itemOf = (item: Words, marker: string, at: number): Node => ({
    columns: [
      { width: MARKER, text: runs(marker, tag('Lbl', at)) },
      // fixed, so that a word that is too long is broken
      { width: width - MARKER, text: runs(item, tag('LBody', at)) },
    ],
    margin: [0, 0, 0, 3],
  })

  const content = nodesOf(document.blocks, 0)
  if (isAnyMissing) content.push(...nodesOf([WHAT_IS_MISSING], 0))
  return { content, tags }
}

const WHAT_IS_MISSING: Block = {
  kind: 'notice',
  tone: 'plain',
  text: [
    'Some characters could not be printed: the typeface of this document has Latin, Cyrillic and Greek letters and no others. Each stands here as a question mark, followed by its number in Unicode in square brackets. The firm’s system holds the text as it was written.',
  ],
}

/** pdfmake measures every beginning of a word that is too long for its line: one of ten thousand characters would fill the memory. */
const inPieces = (text: string): string[] => text.replace(/\S{60}(?=\S)/gu, '$&\0').split('\0')

/** A heading and what begins under it are not parted; a long table or text has only its own beginning to keep together. */
function withHeadings(blocks: Block[]): Block[] {
  const kept: Block[] = []
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at]!
    const next = blocks[at + 1]
    // what begins a page stands at its top anyway
    if (block.kind !== 'heading' || block.isOnNewPage || !next || next.kind === 'heading' || lengthOf(next) >= SHORT_BLOCK) kept.push(block)
    else kept.push({ kind: 'together', blocks: [block, blocks[(at += 1)]!] })
  }
  return kept
}

/** No ligatures, a slashed zero. */
const LARGE = { fontSize: 11, lineHeight: 1.4 }
const EXACT = { fontSize: 8.5, fontFeatures: { liga: false, zero: true } }

const textOf = (span: Span): string => (typeof span === 'string' ? span : span.text)
const faceOf = (span: Span): Face => (typeof span === 'string' ? {} : span.as === 'cite' ? { italics: true } : { bold: true })

/**
 * How much room texts take at most, in characters: a text is a line at least, a line break one more, and a character
 * beyond Cyrillic may be spelled as its number.
 */
export function lengthOf(value: unknown): number {
  if (typeof value === 'string')
    return Math.max(60, value.length + 80 * (value.split('\n').length - 1) + 11 * (value.match(/[^\n -\u052f]/g)?.length ?? 0))
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce<number>((sum, one) => sum + lengthOf(one), 0)
}
const areShort = (rows: Words[][]): boolean => rows.every((row) => row.every((cell) => lengthOf(cell) < SHORT_CELL))

/** The paddings between columns are no part of a width. */
function widthsOf(shares: number[], width: number): number[] {
  const free = width - GAP * (shares.length - 1)
  const sum = shares.reduce((all, one) => all + one, 0)
  return shares.map((share) => (free * share) / sum)
}

const GAP = 10
const LABEL = 128
const MARKER = 20
const BESIDE = 14
const columnPaddings = {
  vLineWidth: () => 0,
  paddingLeft: (column: number) => (column === 0 ? 0 : GAP / 2),
  paddingRight: (column: number, node: { table: { widths: unknown[] } }) => (column === node.table.widths.length - 1 ? 0 : GAP / 2),
}
const HAIRLINES = {
  ...columnPaddings,
  hLineWidth: (row: number) => (row === 0 ? 0 : 0.5),
  hLineColor: () => HAIR,
  paddingTop: () => 4,
  paddingBottom: () => 4,
}
const RULED = {
  ...columnPaddings,
  hLineWidth: (row: number) => (row === 0 ? 0 : 0.5),
  hLineColor: (row: number) => (row === 1 ? INK : HAIR),
  paddingTop: () => 3.5,
  paddingBottom: () => 3.5,
}
const besideRule = (color: string) => ({
  hLineWidth: () => 0,
  vLineWidth: (column: number) => (column === 0 ? 1.5 : 0),
  vLineColor: () => color,
  paddingLeft: () => BESIDE - 1.5,
  paddingRight: () => 0,
  paddingTop: () => 1,
  paddingBottom: () => 1,
})
