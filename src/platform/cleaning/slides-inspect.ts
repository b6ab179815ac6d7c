import type { Found } from './findings.ts'
import type { Package } from './package.ts'
import { attribute, childrenOf, local, textIn, walk, type Element, type Tree } from './xml-tree.ts'

const TEXT = new Set(['t'])
/** Placeholders that repeat what is on every slide. */
const FURNITURE = ['sldNum', 'dt', 'ftr', 'hdr', 'sldImg']

/** What one part of a presentation tells (ECMA-376 part 1, 19): notes, slides that are not shown, remarks. */
export function inspectSlides(_: Package, key: string, { root }: Tree, found: Found): void {
  const name = local(root)
  if (name === 'sld' && ['0', 'false'].includes(attribute(root, 'show') ?? '')) found.add('hidden-slides', textIn(root, TEXT) || key)
  else if (name === 'notes') {
    const text = notesIn(root)
    if (text !== '') found.add('notes', text)
  } else if (name === 'cmLst')
    for (const comment of childrenOf(root)) if (local(comment) === 'cm') found.add('comments', textIn(comment) || key)
}

/** What was written beside a slide. */
export function notesIn(root: Element): string {
  const texts: string[] = []
  walk(root, (element) => {
    if (local(element) !== 'sp') return
    let kind = ''
    walk(element, (one) => void (local(one) === 'ph' && (kind = attribute(one, 'type') ?? '')))
    if (!FURNITURE.includes(kind)) texts.push(textIn(element, TEXT))
    return false
  })
  return texts.join(' ').trim()
}
