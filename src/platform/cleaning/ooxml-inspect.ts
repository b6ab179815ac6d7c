import type { Bytes } from '../reading/bytes.ts'
import { ReadingFault } from '../reading/fault.ts'
import type { Found, FindingCode } from './findings.ts'
import { packageOf, reached, type Package, type Relation } from './package.ts'
import { inspectSheets } from './sheets-inspect.ts'
import { inspectSlides } from './slides-inspect.ts'
import { inspectWord } from './word-inspect.ts'
import { attributesOf, childrenOf, local, textIn, walk, type Tree } from './xml-tree.ts'

/** Counts that any program could make of the document itself (ECMA-376 part 1, 22.2), and how it was saved. */
const STATISTICS = new Set(
  'Pages Words Characters CharactersWithSpaces Lines Paragraphs Slides Notes HiddenSlides MMClips ScaleCrop LinksUpToDate SharedDoc HyperlinksChanged DocSecurity HeadingPairs TitlesOfParts Application AppVersion PresentationFormat HLinks'.split(
    ' ',
  ),
)
/** Relations that say by their type what they lead to. */
const BY_TYPE: Record<string, FindingCode> = {
  thumbnail: 'thumbnails',
  printerSettings: 'printer-settings',
  vbaProject: 'macros',
  wordVbaData: 'macros',
  xlMacrosheet: 'macros',
  xlIntlMacrosheet: 'macros',
  extensibility: 'macros',
  keyMapCustomizations: 'macros',
  customXml: 'custom-xml',
  customProperty: 'custom-xml',
  tags: 'custom-xml',
  classificationlabels: 'custom-properties',
  people: 'people',
  person: 'people',
  commentAuthors: 'people',
  authors: 'people',
  usernames: 'edit-history',
  revisionHeaders: 'edit-history',
  revisionInfo: 'edit-history',
  changesInfo: 'edit-history',
  attachedTemplate: 'template',
  externalLink: 'external-links',
  externalLinkPath: 'external-links',
  connections: 'data-connections',
  queryTable: 'data-connections',
  pivotCacheDefinition: 'pivot-caches',
  origin: 'signatures',
  package: 'embedded-files',
  oleObject: 'embedded-files',
  control: 'embedded-files',
  aFChunk: 'embedded-files',
  subDocument: 'external-links',
  mailMergeSource: 'data-connections',
  mailMergeHeaderSource: 'data-connections',
}
export const LOCAL_PATH = /^(?:file:|\\\\|[a-z]:[\\/]|\/(?:users|home|volumes)\/)/i

/** @throws ReadingFault when it is no package, or a part that says what there is cannot be read */
export async function inspectOoxml(bytes: Bytes, found: Found, kind: 'docx' | 'xlsx' | 'pptx'): Promise<void> {
  const office = await packageOf(bytes)
  const parts = reached(office)
  for (const key of office.parts.keys()) if (!parts.has(key)) found.add('unreferenced-parts', key)
  inspectProperties(office, found)
  for (const relation of office.relations) inspectRelation(office, relation, found)
  for (const key of parts) {
    if (!/\.(xml|vml)$/.test(key) || key === '[content_types].xml') continue
    const tree = treeOrNone(office, key, found)
    if (tree) inspectPart(office, key, tree, found, kind)
  }
  if (kind === 'xlsx') inspectSheets(office, found)
  for (const key of parts)
    if (/(^|\/)(media|embeddings)\/[^/]+$/.test(key) && !key.endsWith('.rels')) await found.inside(office.parts.get(key)!.bytes, key)
}

/** A drawing of old notes need not be well-formed markup; of anything else it is said. */
function treeOrNone(office: Package, key: string, found: Found): Tree | null {
  try {
    return office.tree(key)
  } catch (fault) {
    if (!(fault instanceof ReadingFault)) throw fault
    found.unread(fault.code, key)
    return null
  }
}

function inspectPart(office: Package, key: string, tree: Tree, found: Found, kind: 'docx' | 'xlsx' | 'pptx'): void {
  if (kind === 'docx') inspectWord(office, key, tree, found)
  else if (kind === 'pptx') inspectSlides(office, key, tree, found)
  walk(tree.root, (element) => {
    const name = local(element)
    if (name !== 'cNvPr' && name !== 'docPr') return
    const { hidden, descr, title, name: called } = attributesOf(element)
    if (hidden === '1' || hidden === 'true') found.add('hidden-shapes', called ?? '')
    for (const text of [descr, title, called]) if (text && LOCAL_PATH.test(text.trim())) found.add('local-paths', text)
  })
}

function inspectProperties(office: Package, found: Found): void {
  for (const { type, target, isExternal } of office.of('')) {
    const part = office.parts.get(target)
    if (isExternal || !part) continue
    if (type === 'core-properties' || type === 'extended-properties') {
      for (const element of childrenOf(office.tree(target).root)) {
        const text = textIn(element).trim()
        const name = local(element)
        if (text === '' || STATISTICS.has(name)) continue
        found.add('document-properties', `${name}: ${text}`)
        if (name === 'Template' && !/^normal(\.dotm?)?$/i.test(text)) found.add('template', text)
      }
    } else if (type === 'custom-properties') {
      for (const element of childrenOf(office.tree(target).root))
        found.add('custom-properties', `${attributesOf(element).name ?? ''}: ${textIn(element)}`)
    }
  }
}

function inspectRelation(office: Package, { type, target, isExternal }: Relation, found: Found): void {
  const code = BY_TYPE[type]
  if (code && (isExternal || office.parts.has(target))) found.add(code, exampleOf(office, code, target, isExternal))
  if (!isExternal) return
  if (LOCAL_PATH.test(target)) found.add('local-paths', target)
  // what a reader may follow is shown; what is fetched by itself is not
  if (type !== 'hyperlink' && !code) found.add('external-links', `${type}: ${target}`)
}

function exampleOf(office: Package, code: FindingCode, target: string, isExternal: boolean): string[] {
  if (isExternal) return [target]
  if (code !== 'people' || !target.endsWith('.xml')) return [target]
  const names: string[] = []
  walk(office.tree(target).root, (element) => {
    const { author, displayName, name } = attributesOf(element)
    const one = author ?? displayName ?? name
    if (one) names.push(one)
  })
  return names
}
