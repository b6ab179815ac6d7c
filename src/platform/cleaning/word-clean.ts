import type { Package } from './package.ts'
import { settleChanges } from './word-changes.ts'
import { hidingStyles, isHiddenRun, isOn, type Hiding } from './word-hidden.ts'
import { isRevisionMark } from './word-inspect.ts'
import type { Wish } from './wish.ts'
import { attribute, child, childrenOf, isElement, local, walk, without, withoutAttributes, type Element, type Node } from './xml-tree.ts'

/** Settings that say where the document comes from, who has it and when it was changed (ECMA-376 part 1, 17.15). */
const TELLING = new Set(['rsids', 'docId', 'docVars', 'mailMerge', 'attachedTemplate', 'saveThroughXslt'])
const REMARKS = new Set(['commentRangeStart', 'commentRangeEnd', 'commentReference'])
const STORIES = ['document', 'hdr', 'ftr', 'footnotes', 'endnotes', 'comments', 'glossaryDocument']

/** Changes one part of a Word document as it is wished. @returns whether anything was changed */
export function cleanWord(office: Package, key: string, wish: Wish): boolean {
  const { root } = office.tree(key)
  const kind = local(root)
  const before = key.endsWith('.xml') ? sizeOf(root) : 0
  if (kind === 'settings') {
    without(root, (element) => TELLING.has(local(element)) || (wish.trackedChanges !== 'keep' && local(element) === 'trackRevisions'))
  } else if (STORIES.includes(kind)) {
    if (wish.trackedChanges !== 'keep') settleChanges(root, wish.trackedChanges)
    if (wish.comments === 'remove') takeRemarks(root)
    if (wish.hiddenText === 'remove') takeHidden(root, hidingOf(office))
    unbind(root)
  }
  // remarks that stay are told apart by the marks of their paragraphs
  const isKept = kind.startsWith('comments') && wish.comments === 'keep'
  let marks = 0
  if (!isKept)
    walk(root, (element) => {
      if (/[\s:](?:rsid[A-Za-z]*|paraId|textId)\s*=/.test(element.tag)) marks += withoutAttributes(element, isRevisionMark)
    })
  return marks > 0 || sizeOf(root) !== before
}

/** Elements and texts: all changes here take something away or unwrap it. */
function sizeOf(root: Element): number {
  let size = 0
  walk(root, (element) => void (size += 1 + element.children.length * 7 + element.tag.length))
  return size
}

function hidingOf(office: Package): Hiding {
  const styles = office.relations.find(({ source, type }) => source === office.main && type === 'styles')?.target
  return hidingStyles(styles && office.parts.has(styles) ? office.tree(styles).root : null)
}

/** With the run that held only the sign of a remark. */
function takeRemarks(root: Element): void {
  without(root, (element) => REMARKS.has(local(element)) || (local(element) === 'r' && isRemarkRun(element)))
}
const isRemarkRun = (run: Element): boolean => {
  const parts = childrenOf(run).filter((one) => local(one) !== 'rPr')
  return parts.length > 0 && parts.every((one) => local(one) === 'commentReference')
}

/** Hidden runs, and paragraphs of which nothing but a hidden mark is left. */
function takeHidden(root: Element, hiding: Hiding): void {
  walk(root, (element, parent) => {
    if (local(element) !== 'p') return
    const runs = runsIn(element).filter((run) => isHiddenRun(run, element, hiding))
    if (runs.length === 0) return
    const isWhole = fieldsAreWhole(runs)
    const gone = new Set(runs)
    without(element, (one) => {
      if (!gone.has(one)) return false
      // half of a field would take the rest of the page with it: its sign stays, its words go
      if (isWhole || !hasFieldSign(one)) return true
      one.children = one.children.filter((node) => isElement(node) && ['rPr', 'fldChar'].includes(local(node)))
      withoutHiding(one)
      return false
    })
    if (parent) dropEmptied(parent, element)
  })
}

/** A sign of a field shows nothing by itself. */
const withoutHiding = (run: Element): void => {
  const properties = child(run, 'rPr')
  if (properties) run.children = run.children.filter((node) => node !== properties)
}

const runsIn = (element: Element): Element[] =>
  childrenOf(element).flatMap((one) => (local(one) === 'r' ? [one] : local(one) === 'p' ? [] : runsIn(one)))
const hasFieldSign = (run: Element): boolean => child(run, 'fldChar') !== undefined

function fieldsAreWhole(runs: Element[]): boolean {
  let open = 0
  for (const run of runs)
    for (const one of childrenOf(run)) {
      const sign = local(one) === 'fldChar' ? attribute(one, 'fldCharType') : undefined
      if (sign === 'begin') open += 1
      else if (sign === 'end' && --open < 0) return false
    }
  return open === 0
}

function dropEmptied(parent: Element, paragraph: Element): void {
  const properties = child(paragraph, 'pPr')
  const isMarkHidden = isOn(properties && child(properties, 'rPr'), 'vanish') === true
  const isEmpty = childrenOf(paragraph).every((one) => local(one) === 'pPr')
  const others = childrenOf(parent).filter((one) => one !== paragraph && local(one) === 'p')
  const isLastOfCell = local(parent) === 'tc' && childrenOf(parent).at(-1) === paragraph
  if (!isMarkHidden || !isEmpty || others.length === 0 || isLastOfCell || (properties && child(properties, 'sectPr'))) return
  parent.children = parent.children.filter((node) => node !== paragraph)
}

/**
 * What is bound to data keeps its words and loses the bond: with the data gone, Word would show an empty field. Markup of other
 * people's schemas is taken off, its text stays (17.5.1). Settings of a printer went with their part.
 */
function unbind(root: Element): void {
  without(root, (element) => ['dataBinding', 'customXmlPr', 'smartTagPr', 'printerSettings'].includes(local(element)))
  const unwrapped = (nodes: Node[]): Node[] =>
    nodes.flatMap((node) => {
      if (!isElement(node)) return [node]
      const children = unwrapped(node.children)
      if (local(node) === 'customXml' || local(node) === 'smartTag') return children
      node.children = children
      return [node]
    })
  root.children = unwrapped(root.children)
}
