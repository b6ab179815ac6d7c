import type { Found } from './findings.ts'
import type { Package } from './package.ts'
import { hidingStyles, isHiddenRun, type Hiding } from './word-hidden.ts'
import { attribute, attributesOf, child, childrenOf, local, textIn, walk, type Element, type Tree } from './xml-tree.ts'

const TEXT = new Set(['t', 'delText', 'instrText', 'delInstrText'])
/** Kept forms of before (ECMA-376 part 1, 17.13.5). */
export const CHANGES = new Set(
  'rPrChange pPrChange sectPrChange tblPrChange tblGridChange tcPrChange trPrChange tblPrExChange numberingChange cellMerge'.split(' '),
)
/** Instructions by which a field takes its content from elsewhere (17.16.5). */
const LINKING = /^\s*(?:INCLUDEPICTURE|INCLUDETEXT|IMPORT|INCLUDE|LINK|DDE|DDEAUTO|DATABASE|RD)\s/i
export const isRevisionMark = (name: string): boolean => /^w:rsid|^rsid|(^|:)(paraId|textId)$/.test(name)

/** What one part of a Word document tells: changes, remarks, hidden text, marks of editing (ECMA-376 part 1, 17). */
export function inspectWord(office: Package, key: string, tree: Tree, found: Found): void {
  const root = local(tree.root)
  if (root === 'settings') return inspectSettings(tree, found)
  if (!['document', 'hdr', 'ftr', 'footnotes', 'endnotes', 'comments', 'glossaryDocument'].includes(root)) return
  if (root === 'comments')
    for (const comment of childrenOf(tree.root)) if (local(comment) === 'comment') found.add('comments', said(comment))
  const styles = office.relations.find(({ source, type }) => source === office.main && type === 'styles')?.target
  const hiding = hidingStyles(styles && office.parts.has(styles) ? office.tree(styles).root : null)
  let marks = 0
  walk(tree.root, (element, parent) => {
    inspectChange(element, parent, found)
    if (local(element) === 'p') inspectHidden(element, hiding, found)
    inspectOrigin(element, found)
    if (/[\s:](?:rsid[A-Za-z]*|paraId|textId)\s*=/.test(element.tag)) marks += 1
  })
  found.add('revision-marks', key, marks)
}

function inspectChange(element: Element, parent: Element | null, found: Found): void {
  const name = local(element)
  const within = parent ? local(parent) : ''
  const isMark = ['rPr', 'trPr', 'numPr', 'ctrlPr'].includes(within)
  // a comment on the mark of a paragraph or a row says the paragraph or the row
  if (name === 'ins' || name === 'conflictIns' || name === 'cellIns') found.add('tracked-insertions', said(element, isMark))
  else if (name === 'del' || name === 'conflictDel' || name === 'cellDel') found.add('tracked-deletions', said(element, isMark))
  else if (name === 'moveFrom' || name === 'moveTo') found.add('tracked-moves', said(element, isMark))
  else if (/^(?:moveFrom|moveTo|customXml(?:Ins|Del|MoveFrom|MoveTo))Range(?:Start|End)$/.test(name)) {
    if (name.endsWith('Start')) found.add('tracked-moves', attribute(element, 'author') ?? '')
  } else if (CHANGES.has(name)) found.add('tracked-formatting', attribute(element, 'author') ?? '')
}

const said = (element: Element, isMark = false): string => {
  const { author, date } = attributesOf(element)
  return [[author, date].filter(Boolean).join(', '), isMark ? '' : textIn(element, TEXT)].filter((one) => one !== '').join(': ')
}

function inspectHidden(paragraph: Element, hiding: Hiding, found: Found): void {
  const tell = (element: Element) => {
    for (const one of childrenOf(element)) {
      if (local(one) === 'p') continue
      if (local(one) !== 'r') tell(one)
      else if (isHiddenRun(one, paragraph, hiding)) {
        const text = textIn(one, TEXT)
        if (text !== '' || childrenOf(one).some((part) => local(part) !== 'rPr')) found.add('hidden-text', text)
      }
    }
  }
  tell(paragraph)
}

function inspectOrigin(element: Element, found: Found): void {
  const name = local(element)
  if (name === 'instrText' || name === 'fldSimple') {
    const instruction = name === 'fldSimple' ? (attribute(element, 'instr') ?? '') : textIn(element)
    if (LINKING.test(instruction)) found.add('external-links', instruction)
  } else if (name === 'dataBinding') found.add('custom-xml', attribute(element, 'xpath') ?? '')
  else if (name === 'customXml' || name === 'smartTag') found.add('custom-xml', attribute(element, 'element') ?? '')
}

function inspectSettings({ root }: Tree, found: Found): void {
  const marks = child(root, 'rsids')
  if (marks) found.add('revision-marks', 'settings', childrenOf(marks).length)
  for (const element of childrenOf(root)) {
    const name = local(element)
    if (name === 'docId') found.add('revision-marks', attribute(element, 'val') ?? '')
    else if (name === 'docVars')
      for (const one of childrenOf(element)) found.add('custom-xml', `${attribute(one, 'name') ?? ''}: ${attribute(one, 'val') ?? ''}`)
    else if (name === 'mailMerge') {
      const query = ['connectString', 'query'].flatMap((one) => child(element, one) ?? []).map((one) => attribute(one, 'val') ?? '')
      found.add('data-connections', query)
    } else if (name === 'saveThroughXslt') found.add('local-paths', attribute(element, 'solutionID') ?? 'XSLT')
  }
}
