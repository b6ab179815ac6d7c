import { attribute, child, childrenOf, local, type Element } from './xml-tree.ts'

/** Styles whose text is hidden, by id: of letters, and of paragraphs; `isAll`: the document's default. */
export type Hiding = { letters: Map<string, boolean>; paragraphs: Map<string, boolean>; isAll: boolean }

/** A property that is on or off (ECMA-376 part 1, 17.3.2.41, 22.9.2.7); null where it is not said. */
export function isOn(properties: Element | undefined, name: string): boolean | null {
  const element = properties && child(properties, name)
  if (!element) return null
  return !['0', 'false', 'off'].includes(attribute(element, 'val') ?? '1')
}

export function hidingStyles(styles: Element | null): Hiding {
  const own = new Map<string, { kind: string; basedOn: string; isHidden: boolean | null }>()
  const hiding: Hiding = { letters: new Map(), paragraphs: new Map(), isAll: false }
  for (const style of styles ? childrenOf(styles) : []) {
    if (local(style) === 'docDefaults') {
      const properties = child(style, 'rPrDefault')
      hiding.isAll = isOn(properties && child(properties, 'rPr'), 'vanish') ?? false
    }
    const id = attribute(style, 'styleId')
    if (local(style) !== 'style' || id === undefined) continue
    const basedOn = child(style, 'basedOn')
    own.set(id, {
      kind: attribute(style, 'type') ?? 'paragraph',
      basedOn: (basedOn && attribute(basedOn, 'val')) ?? '',
      isHidden: isOn(child(style, 'rPr'), 'vanish'),
    })
  }
  for (const [id, { kind }] of own) {
    let isHidden: boolean | null = null
    const seen = new Set<string>()
    for (let at = id; own.has(at) && !seen.has(at) && isHidden === null; at = own.get(at)!.basedOn) {
      seen.add(at)
      isHidden = own.get(at)!.isHidden
    }
    if (isHidden !== null) (kind === 'character' ? hiding.letters : hiding.paragraphs).set(id, isHidden)
  }
  return hiding
}

const styleOf = (properties: Element | undefined, name: string): string => {
  const style = properties && child(properties, name)
  return (style && attribute(style, 'val')) ?? ''
}

/** Its own word counts before that of its style of letters, that before its paragraph's, that before the document's. */
export function isHiddenRun(run: Element, paragraph: Element, hiding: Hiding): boolean {
  const properties = child(run, 'rPr')
  return (
    isOn(properties, 'vanish') ??
    hiding.letters.get(styleOf(properties, 'rStyle')) ??
    hiding.paragraphs.get(styleOf(child(paragraph, 'pPr'), 'pStyle')) ??
    hiding.isAll
  )
}
