import { ReadingFault } from '../reading/fault.ts'
import type { Found } from './findings.ts'
import type { Package } from './package.ts'
import { attribute, attributesOf, child, childrenOf, local, textIn, walk, type Element } from './xml-tree.ts'

const MOST_COLUMNS = 16_384

/** What a workbook tells (ECMA-376 part 1, 18): sheets, rows, columns, cells and names that are not shown, remarks, traces of editing. */
export function inspectSheets(office: Package, found: Found): void {
  const book = office.tree(office.main).root
  for (const element of childrenOf(book)) {
    const name = local(element)
    if (name === 'sheets') for (const sheet of childrenOf(element)) inspectSheetEntry(sheet, found)
    else if (name === 'definedNames') for (const one of childrenOf(element)) inspectName(one, found)
    else if (name === 'customWorkbookViews') for (const view of childrenOf(element)) found.add('people', attribute(view, 'name') ?? '')
    else if (name === 'fileSharing' && attribute(element, 'userName')) found.add('people', attribute(element, 'userName'))
    else if (name === 'revisionPtr') found.add('revision-marks', attribute(element, 'documentId') ?? '')
  }
  walk(book, (element) => {
    if (local(element) === 'absPath') found.add('local-paths', attribute(element, 'url') ?? '')
  })
  const unseen = unseenStyles(office)
  for (const { type, target } of office.relations) {
    if (!office.parts.has(target) || !target.endsWith('.xml')) continue
    // what is not well-formed was said before
    const root = rootOrNone(office, target)
    if (!root) continue
    if (type === 'worksheet') inspectSheet(root, unseen, found)
    else if (type === 'comments') inspectNotes(root, found)
    else if (type === 'threadedComment') for (const one of childrenOf(root)) found.add('comments', textIn(one, new Set(['text'])))
    else if (type === 'pivotCacheDefinition' && attribute(root, 'refreshedBy')) found.add('people', attribute(root, 'refreshedBy'))
    if (['worksheet', 'chartsheet', 'table', 'pivotTable', 'queryTable'].includes(type) && /\sxr\d*:uid\s*=/.test(root.tag))
      found.add('revision-marks', target)
  }
}

function rootOrNone(office: Package, key: string): Element | null {
  try {
    return office.tree(key).root
  } catch (fault) {
    if (fault instanceof ReadingFault) return null
    throw fault
  }
}

function inspectSheetEntry(sheet: Element, found: Found): void {
  const { state, name } = attributesOf(sheet)
  if (state === 'hidden') found.add('hidden-sheets', name)
  else if (state === 'veryHidden') found.add('very-hidden-sheets', name)
}

function inspectName(element: Element, found: Found): void {
  const { hidden, name = '' } = attributesOf(element)
  // what a filter and a print area keep for themselves
  if ((hidden === '1' || hidden === 'true') && !name.startsWith('_xlnm.')) found.add('hidden-names', `${name}: ${textIn(element)}`)
}

/** Styles whose form of number shows nothing (18.8.30): `;;;`. */
function unseenStyles(office: Package): Set<string> {
  const unseen = new Set<string>()
  const target = office.of(office.main).find(({ type }) => type === 'styles')?.target
  const root = target && office.parts.has(target) ? rootOrNone(office, target) : null
  if (!root) return unseen
  const forms = new Set<string>()
  for (const one of childrenOf(child(root, 'numFmts') ?? root)) {
    const { numFmtId, formatCode } = attributesOf(one)
    if (local(one) === 'numFmt' && numFmtId && /^\s*;;;?\s*$/.test(formatCode ?? '')) forms.add(numFmtId)
  }
  const kinds = child(root, 'cellXfs')
  if (forms.size > 0 && kinds)
    for (const [n, one] of childrenOf(kinds).entries()) if (forms.has(attribute(one, 'numFmtId') ?? '')) unseen.add(`${n}`)
  return unseen
}

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true'

function inspectSheet(sheet: Element, unseen: ReadonlySet<string>, found: Found): void {
  for (const part of childrenOf(sheet)) {
    const name = local(part)
    if (name === 'cols')
      for (const column of childrenOf(part)) {
        const { hidden, min, max } = attributesOf(column)
        const count = Number(max) - Number(min) + 1
        // all columns up to the last one are the grey beyond the table
        if (isTrue(hidden) && count > 0 && !(Number(max) >= MOST_COLUMNS && count > 1)) found.add('hidden-columns', `${min}-${max}`, count)
      }
    else if (name === 'sheetData')
      for (const row of childrenOf(part)) {
        if (/\shidden\s*=/.test(row.tag) && isTrue(attribute(row, 'hidden'))) found.add('hidden-rows', `row ${attribute(row, 'r') ?? ''}`)
        if (unseen.size > 0)
          for (const cell of childrenOf(row))
            if (cell.children.length > 0 && unseen.has(attribute(cell, 's') ?? '')) found.add('hidden-cells', attribute(cell, 'r') ?? '')
      }
    else if (name === 'customSheetViews') found.add('people', 'views of a sheet', childrenOf(part).length)
  }
}

function inspectNotes(root: Element, found: Found): void {
  const authors = childrenOf(child(root, 'authors') ?? root).map((one) => textIn(one))
  for (const comment of childrenOf(child(root, 'commentList') ?? root)) {
    if (local(comment) !== 'comment') continue
    found.add('comments', `${authors[Number(attribute(comment, 'authorId'))] ?? ''}: ${textIn(comment, new Set(['t']))}`)
  }
}
