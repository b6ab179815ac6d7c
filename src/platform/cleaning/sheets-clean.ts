import type { Package } from './package.ts'
import type { Wish } from './wish.ts'
import { attribute, childrenOf, local, walk, without, withoutAttributes, type Element } from './xml-tree.ts'

const BOOK = new Set(['customWorkbookViews', 'revisionPtr'])
const SHEET = new Set(['customSheetViews', 'customProperties'])

/** Changes one part of a workbook as it is wished. @returns whether anything was changed */
export function cleanSheet(office: Package, key: string, wish: Wish, isGone: (id: string) => boolean): boolean {
  const { root } = office.tree(key)
  const kind = local(root)
  let changes = 0
  if (kind === 'workbook') {
    // the path stands in a choice that nothing else is in
    changes += without(root, (element) => BOOK.has(local(element)) || local(element) === 'absPath')
    changes += without(
      root,
      (element) => local(element) === 'AlternateContent' && childrenOf(element).every((one) => childrenOf(one).length === 0),
    )
    walk(root, (element) => {
      if (local(element) === 'fileSharing') changes += withoutAttributes(element, (name) => name === 'userName')
    })
  } else if (['worksheet', 'chartsheet', 'dialogsheet'].includes(kind)) {
    changes += without(root, (element) => SHEET.has(local(element)))
    for (const element of childrenOf(root)) {
      if (local(element) === 'pageSetup') changes += withoutAttributes(element, (name, value) => name.endsWith(':id') && isGone(value))
    }
    if (wish.comments === 'remove')
      changes += without(
        root,
        (element) => local(element) === 'legacyDrawing' && isGone(attribute(element, 'r:id') ?? attribute(element, 'id') ?? ''),
      )
  } else if (kind === 'pivotCacheDefinition')
    changes += withoutAttributes(root, (name) => name === 'refreshedBy' || name === 'refreshedDate')
  if (['worksheet', 'chartsheet', 'table', 'pivotTableDefinition', 'queryTable'].includes(kind))
    changes += withoutAttributes(root, (name) => /^xr\d*:uid$/.test(name))
  return changes > 0
}

/** A drawing of remarks alone: no button, no picture of a page's head. */
export function isOnlyNotes(drawing: Buffer): boolean {
  const text = drawing.toString('utf8')
  const kinds = text.match(/ObjectType\s*=\s*"[^"]{1,40}"/g) ?? []
  return kinds.length > 0 && kinds.every((kind) => kind.includes('"Note"')) && !text.includes('imagedata')
}

/** The notes among what else is drawn are taken out of it. */
export function withoutNotes(root: Element): number {
  return without(root, (element) => {
    if (local(element) !== 'shape') return false
    return childrenOf(element).some((one) => local(one) === 'ClientData' && attribute(one, 'ObjectType') === 'Note')
  })
}
