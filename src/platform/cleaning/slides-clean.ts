import type { Package, Relation } from './package.ts'
import type { Wish } from './wish.ts'
import { attribute, attributesOf, local, walk, without, type Element } from './xml-tree.ts'

/** Slides that are not shown, as relations of the presentation. */
export function hiddenSlides(office: Package): Relation[] {
  return office.of(office.main).filter(({ type, target }) => {
    if (type !== 'slide' || !office.parts.has(target)) return false
    return ['0', 'false'].includes(attribute(office.tree(target).root, 'show') ?? '')
  })
}

/** Changes one part of a presentation as it is wished. @returns whether anything was changed */
export function cleanSlide(office: Package, key: string, wish: Wish, gone: ReadonlySet<string>): boolean {
  const { root } = office.tree(key)
  const isGone = (element: Element): boolean =>
    Object.entries(attributesOf(element)).some(([name, value]) => name.endsWith(':id') && gone.has(value))
  let changes = without(
    root,
    (element) => local(element) === 'custDataLst' || (/^hlink(Click|Hover|MouseOver)$/.test(local(element)) && isGone(element)),
  )
  if (local(root) !== 'presentation') return changes > 0
  changes += without(root, (element) => {
    if (local(element) === 'sldId') return isGone(element)
    if (local(element) === 'notesMasterIdLst') return wish.notes === 'remove'
    return false
  })
  // sections name slides by number; those that went are named no more
  const left = new Set<string>()
  walk(root, (element) => {
    if (isSlide(element) && isRelated(element)) left.add(plainId(element))
  })
  changes += without(root, (element) => isSlide(element) && !isRelated(element) && !left.has(plainId(element)))
  return changes > 0
}

const isSlide = (element: Element): boolean => local(element) === 'sldId'
const isRelated = (element: Element): boolean => Object.keys(attributesOf(element)).some((name) => name.endsWith(':id'))
const plainId = ({ tag }: Element): string => /\sid\s*=\s*["']([^"']{0,20})["']/.exec(tag)?.[1] ?? ''
