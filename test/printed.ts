import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { StructTreeNode } from 'pdfjs-dist/types/src/display/api.js'

type Piece = { text: string; tag: string | null; x: number; y: number; width: number }
export type PrintedPage = {
  text: string
  width: number
  height: number
  pieces: Piece[]
  annotations: number
  /** Only when asked for; it takes long on many pages. */ tree: Branch | null
}
/** A structure element; `ids`: the marked content that is its own. */
export type Branch = { role: string; ids: string[]; scope?: string; children: Branch[] }
export type Printed = {
  pages: PrintedPage[]
  /** All of it, page after page, lines ended by newlines. */ text: string
  /** The same without white space, for what may have been broken over lines. */ run: string
  info: Record<string, unknown>
  xmp: (name: string) => unknown
  marked: boolean
  attachments: unknown
  scripts: unknown
}

/** Reads a PDF by a program that had no part in making it. */
export async function readPrinted(pdf: Uint8Array, { withTrees = false } = {}): Promise<Printed> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 })
  const document = await task.promise
  const pages: PrintedPage[] = []
  for (let at = 1; at <= document.numPages; at += 1) {
    const page = await document.getPage(at)
    const { items } = await page.getTextContent({ includeMarkedContent: true })
    const open: (string | null)[] = []
    const pieces: Piece[] = []
    let text = ''
    for (const item of items) {
      if ('str' in item) {
        text += item.str + (item.hasEOL ? '\n' : '')
        pieces.push({
          text: item.str,
          tag: open.findLast((id) => id !== null) ?? null,
          x: item.transform[4],
          y: item.transform[5],
          width: item.width,
        })
      } else if (item.type === 'endMarkedContent') open.pop()
      else open.push(item.id ?? null)
    }
    const tree = withTrees ? await page.getStructTree() : null
    const [, , width, height] = page.view as [number, number, number, number]
    pages.push({ text, width, height, pieces, annotations: (await page.getAnnotations()).length, tree: tree && branchOf(tree) })
  }
  const { info, metadata } = await document.getMetadata()
  const printed = {
    pages,
    text: pages.map((page) => page.text).join('\n'),
    run: pages
      .map((page) => bodyOf(page))
      .join('')
      .replace(/\s/g, ''),
    info: info as Record<string, unknown>,
    xmp: (name: string) => (metadata as { get(name: string): unknown } | null)?.get(name),
    marked: ((await document.getMarkInfo()) as unknown as Map<string, boolean>).get('Marked') === true,
    attachments: await document.getAttachments(),
    scripts: await document.getJSActions(),
  }
  await task.destroy()
  return printed
}

/** A page's own text: what is tagged, without page numbers and repeated heads. */
export const bodyOf = ({ pieces }: PrintedPage): string =>
  pieces
    .filter(({ tag }) => tag !== null)
    .map(({ text }) => text)
    .join('')

function branchOf(node: StructTreeNode): Branch {
  const { role, children, scope } = node as StructTreeNode & { scope?: string }
  return {
    role,
    scope,
    ids: children.flatMap((child) => ('id' in child ? [child.id] : [])),
    children: children.flatMap((child) => ('role' in child ? [branchOf(child)] : [])),
  }
}
export const branches = (branch: Branch): Branch[] => [branch, ...branch.children.flatMap(branches)]
