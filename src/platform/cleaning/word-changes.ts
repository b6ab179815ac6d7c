import { CHANGES } from './word-inspect.ts'
import { child, childrenOf, isElement, local, without, type Element, type Node } from './xml-tree.ts'

type Side = 'accept' | 'reject'
const INSERTED = new Set(['ins', 'moveTo', 'conflictIns'])
const DELETED = new Set(['del', 'moveFrom', 'conflictDel'])
const RANGES = /^(?:moveFrom|moveTo|customXml(?:Ins|Del|MoveFrom|MoveTo))Range(?:Start|End)$/
/** Properties that a mark stands in, and does not hold what was changed. */
const PROPERTIES = new Set(['rPr', 'trPr', 'numPr', 'ctrlPr', 'tcPr', 'pPr'])
/** What the kept form of before does not say, and so stays as it is (ECMA-376 part 1, 17.13.5.29, 17.13.5.32). */
const STAYING: Record<string, ReadonlySet<string>> = {
  pPrChange: new Set(['rPr', 'sectPr']),
  sectPrChange: new Set(['headerReference', 'footerReference']),
}

/**
 * Settles every tracked change of a part of a Word document one way (ECMA-376 part 1, 17.13.5): what goes is taken out with its
 * text, paragraphs whose mark goes are joined with the next one, rows and cells go whole, and of a form one stays.
 *
 * KNOWN: cells that were merged under tracked changes stay merged when changes are rejected.
 */
export function settleChanges(root: Element, side: Side): void {
  settle(root, side)
  // marks of paragraphs that were joined, and any that stand where none should
  without(root, (element) => RANGES.test(local(element)) || isChange(element))
}

function settle(element: Element, side: Side): void {
  const gone = side === 'accept' ? DELETED : INSERTED
  const out: Node[] = []
  for (const node of element.children) {
    if (!isElement(node)) {
      out.push(node)
      continue
    }
    const name = local(node)
    if ((INSERTED.has(name) || DELETED.has(name)) && !PROPERTIES.has(local(element))) {
      if (gone.has(name)) continue
      settle(node, side)
      for (const kept of node.children) out.push(kept)
      continue
    }
    if (goesWhole(node, side)) continue
    settle(node, side)
    if (isEmptied(node)) continue
    out.push(node)
  }
  element.children = out
  if (side === 'reject' && (local(element) === 'delText' || local(element) === 'delInstrText')) undelete(element)
  // marks are still needed where paragraphs are joined: the holder of paragraphs settles them
  joinParagraphs(element, gone)
  const name = local(element)
  if (PROPERTIES.has(name) || name.endsWith('Pr') || name.endsWith('PrEx') || name === 'tblGrid') settleForm(element, side)
}

/** A row or a cell that was inserted or deleted as such. */
function goesWhole(element: Element, side: Side): boolean {
  const name = local(element)
  if (name !== 'tr' && name !== 'tc') return false
  const properties = child(element, name === 'tr' ? 'trPr' : 'tcPr')
  if (!properties) return false
  const mark = name === 'tr' ? (side === 'accept' ? 'del' : 'ins') : side === 'accept' ? 'cellDel' : 'cellIns'
  return child(properties, mark) !== undefined
}

/** A table without rows, a row without cells. */
function isEmptied(element: Element): boolean {
  const name = local(element)
  if (name === 'tbl')
    return child(element, 'tr') === undefined && child(element, 'sdt') === undefined && child(element, 'customXml') === undefined
  return name === 'tr' && childrenOf(element).every((one) => ['trPr', 'tblPrEx'].includes(local(one)))
}

function undelete(element: Element): void {
  const to = local(element) === 'delText' ? 't' : 'instrText'
  const name = element.name.slice(0, element.name.length - local(element).length) + to
  element.tag = name + element.tag.slice(element.name.length)
  element.name = name
}

function markOf(paragraph: Element): Element | undefined {
  const properties = child(paragraph, 'pPr')
  return properties && child(properties, 'rPr')
}

/** The words of a paragraph whose mark goes stand before those of the next, which says the form of both. */
function joinParagraphs(holder: Element, gone: ReadonlySet<string>): void {
  const paragraphs = childrenOf(holder).filter((one) => local(one) === 'p')
  if (paragraphs.length === 0) return
  const out: Node[] = []
  let carried: Node[] = []
  for (const [n, node] of holder.children.entries()) {
    if (!isElement(node) || local(node) !== 'p') {
      out.push(node)
      continue
    }
    const mark = markOf(node)
    const isGone = mark !== undefined && childrenOf(mark).some((one) => gone.has(local(one)))
    const next = isGone ? nextParagraph(holder.children, n) : null
    if (mark) mark.children = mark.children.filter((one) => !isElement(one) || !(INSERTED.has(local(one)) || DELETED.has(local(one))))
    const words = node.children.filter((one) => !isElement(one) || local(one) !== 'pPr')
    if (isGone && next) {
      carried.push(...words)
      continue
    }
    if (carried.length > 0) {
      const properties = child(node, 'pPr')
      node.children = [...(properties ? [properties] : []), ...carried, ...words]
      carried = []
    } else if (isGone && words.every((one) => !isElement(one)) && paragraphs.length > 1 && !isLast(holder, n)) continue
    out.push(node)
  }
  holder.children = out
}

/** The paragraph that follows at once, but for marks that stand between paragraphs. */
function nextParagraph(nodes: Node[], at: number): Element | null {
  for (const node of nodes.slice(at + 1, at + 50)) {
    if (!isElement(node)) continue
    if (local(node) === 'p') return node
    if (!/(?:Start|End)$/.test(local(node)) && local(node) !== 'proofErr') return null
  }
  return null
}

/** A cell must end in a paragraph, and so must a body before its last section. */
const isLast = (holder: Element, at: number): boolean =>
  holder.children.slice(at + 1).every((node) => !isElement(node) || local(node) === 'sectPr')

/** Marks go; of the form that is and the form that was one stays. */
function settleForm(properties: Element, side: Side): void {
  const before = childrenOf(properties).find(
    (one) => CHANGES.has(local(one)) && local(one) !== 'numberingChange' && local(one) !== 'cellMerge',
  )
  const isMark = (node: Node): boolean =>
    isElement(node) &&
    (CHANGES.has(local(node)) || ['cellIns', 'cellDel'].includes(local(node)) || (local(properties) !== 'rPr' && isChange(node)))
  if (side === 'reject' && before) {
    const was = childrenOf(before)[0]
    const staying = STAYING[local(before)]
    const kept = properties.children.filter(
      (node) => isElement(node) && (staying?.has(local(node)) || (local(properties) === 'rPr' && isChange(node))),
    )
    const order = local(before) === 'sectPrChange' ? [...kept, ...(was?.children ?? [])] : [...(was?.children ?? []), ...kept]
    properties.children = order.filter((node) => !isMark(node))
    return
  }
  properties.children = properties.children.filter((node) => !isMark(node))
}

const isChange = (element: Element): boolean => INSERTED.has(local(element)) || DELETED.has(local(element))
