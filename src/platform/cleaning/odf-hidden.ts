import type { FindingCode } from './findings.ts'
import { attribute, attributesOf, childrenOf, local, walk, type Element } from './xml-tree.ts'

/** Styles by name that hide what has them: letters, tables, slides. */
export type HidingStyles = { text: Set<string>; tables: Set<string>; slides: Set<string> }

/** OASIS ODF 1.3 part 3: 20.353 text:display, 20.395 table:display, 20.236 presentation:visibility. A style takes it from its parent. */
export function hiddenBy(roots: Element[]): HidingStyles {
  const own = new Map<string, { parent: string; text: string; table: string; slide: string }>()
  for (const root of roots)
    walk(root, (element) => {
      if (local(element) !== 'style') return
      const { name, 'parent-style-name': parent = '', family = '' } = attributesOf(element)
      if (name === undefined) return
      const of = (properties: string, key: string) => {
        const one = childrenOf(element).find((each) => local(each) === properties)
        return (one && attribute(one, key)) ?? ''
      }
      own.set(`${family} ${name}`, {
        parent: `${family} ${parent}`,
        text: of('text-properties', 'display'),
        table: of('table-properties', 'display'),
        slide: of('drawing-page-properties', 'visibility'),
      })
    })
  const styles: HidingStyles = { text: new Set(), tables: new Set(), slides: new Set() }
  for (const key of own.keys()) {
    const of = (field: 'text' | 'table' | 'slide'): string => {
      const seen = new Set<string>()
      for (let at = key; own.has(at) && !seen.has(at); at = own.get(at)!.parent) {
        seen.add(at)
        if (own.get(at)![field] !== '') return own.get(at)![field]
      }
      return ''
    }
    const name = key.slice(key.indexOf(' ') + 1)
    if (of('text') === 'none') styles.text.add(name)
    if (of('table') === 'false') styles.tables.add(name)
    if (of('slide') === 'hidden') styles.slides.add(name)
  }
  return styles
}

/** As what an element is hidden; null when it is shown, or when only its neighbours say so. */
export function isHiddenElement(element: Element, hiding: HidingStyles): FindingCode | null {
  const name = local(element)
  const { 'style-name': style = '', display, visibility } = attributesOf(element)
  if (name === 'hidden-text' || (name === 'hidden-paragraph' && attribute(element, 'is-hidden') === 'true')) return 'hidden-text'
  if (name === 'section' && (display === 'none' || attribute(element, 'is-hidden') === 'true')) return 'hidden-text'
  if (['span', 'p', 'h'].includes(name) && hiding.text.has(style) && element.children.length > 0) return 'hidden-text'
  if (name === 'table' && hiding.tables.has(style)) return 'hidden-sheets'
  if (name === 'page' && hiding.slides.has(style)) return 'hidden-slides'
  if (visibility === 'collapse' || visibility === 'filter') {
    if (name === 'table-row') return 'hidden-rows'
    if (name === 'table-column') return 'hidden-columns'
  }
  return null
}
