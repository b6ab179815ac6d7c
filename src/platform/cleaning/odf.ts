import type { Bytes } from '../reading/bytes.ts'
import { ReadingFault } from '../reading/fault.ts'
import type { Found } from './findings.ts'
import { hiddenBy, isHiddenElement, type HidingStyles } from './odf-hidden.ts'
import { LOCAL_PATH } from './ooxml-inspect.ts'
import { partsOf, type Parts } from './package.ts'
import { attribute, attributesOf, child, childrenOf, local, textIn, treeOf, walk, type Element } from './xml-tree.ts'

/** Settings that name a printer or sessions (LibreOffice's `ooo:configuration-settings`). */
export const TELLING_SETTINGS =
  /^(PrinterSetup|PrinterName|PrinterIndependentLayout|Rsid|RsidRoot|CurrentDatabaseDataSource|CurrentDatabaseCommand|EmbeddedDatabaseName)$/
const STORIES = ['content.xml', 'styles.xml']

/** @throws ReadingFault `encrypted` for one under a password; as the reader of archives does */
export async function odfParts(bytes: Bytes): Promise<Parts> {
  const parts = await partsOf(bytes)
  const manifest = parts.get('meta-inf/manifest.xml')?.bytes
  if (parts.has('encrypted-package') || manifest?.includes('encryption-data')) throw new ReadingFault('encrypted', 'it is under a password')
  return parts
}

/** What an OpenDocument tells (OASIS ODF 1.3 part 2 and 3). @throws ReadingFault */
export async function inspectOdf(bytes: Bytes, found: Found): Promise<void> {
  const parts = await odfParts(bytes)
  for (const key of parts.keys()) inspectPart(key, found)
  const meta = parts.get('meta.xml')
  if (meta) inspectMeta(treeOf(meta.bytes).root, found)
  const roots = STORIES.flatMap((key) => (parts.has(key) ? [treeOf(parts.get(key)!.bytes).root] : []))
  const hiding = hiddenBy(roots)
  for (const root of roots) inspectStory(root, hiding, found)
  const settings = parts.get('settings.xml')
  if (settings)
    walk(treeOf(settings.bytes).root, (element) => {
      if (local(element) !== 'config-item' || textIn(element) === '') return
      const name = attribute(element, 'name') ?? ''
      if (/^Printer(Setup|Name)$/.test(name)) found.add('printer-settings', name === 'PrinterName' ? textIn(element) : [])
      else if (/^Rsid/.test(name)) found.add('revision-marks', name)
      else if (TELLING_SETTINGS.test(name) && name !== 'PrinterIndependentLayout') found.add('data-connections', textIn(element))
    })
  for (const [key, { bytes: inner }] of parts) if (key.startsWith('pictures/')) await found.inside(inner, key)
}

function inspectPart(key: string, found: Found): void {
  if (key.startsWith('thumbnails/')) found.add('thumbnails', key)
  else if (/^(basic|scripts|dialogs)\//.test(key) && !/(script|dialog)-l[bc]\.xml$/.test(key)) found.add('macros', key)
  else if (key.startsWith('versions/') || key === 'versionlist.xml') found.add('earlier-revisions', key)
  else if (/^meta-inf\/(document|macro)signatures\.xml$/.test(key)) found.add('signatures', key)
  else if (/^object [^/]*\/content\.xml$|^object [^/]*$/.test(key)) found.add('embedded-files', key)
  else if (key === 'layout-cache' || key.startsWith('configurations2/') || key === 'manifest.rdf') found.add('private-data', key)
}

function inspectMeta(root: Element, found: Found): void {
  for (const element of childrenOf(child(root, 'meta') ?? root)) {
    const name = local(element)
    const text = textIn(element).trim()
    if (name === 'document-statistic') continue
    if (name === 'user-defined') found.add('custom-properties', `${attribute(element, 'name') ?? ''}: ${text}`)
    else if (name === 'template') found.add('template', attribute(element, 'href') ?? attribute(element, 'title') ?? '')
    else if (text !== '') found.add('document-properties', `${name}: ${text}`)
  }
}

const infoOf = (element: Element): string => {
  const info = child(element, 'change-info') ?? element
  return ['creator', 'date'].flatMap((name) => child(info, name) ?? []).map((one) => textIn(one)).join(', ') // prettier-ignore
}

function inspectStory(root: Element, hiding: HidingStyles, found: Found): void {
  walk(root, (element, parent) => {
    const name = local(element)
    if (parent && local(parent) === 'changed-region') {
      if (name === 'insertion') found.add('tracked-insertions', infoOf(element))
      else if (name === 'deletion') found.add('tracked-deletions', `${infoOf(element)}: ${textIn(element, new Set(['p', 'h']))}`)
      else if (name === 'format-change') found.add('tracked-formatting', infoOf(element))
    } else if (parent && local(parent) === 'tracked-changes' && name !== 'changed-region')
      found.add('tracked-insertions', `${name}: ${infoOf(element)}`)
    else if (name === 'annotation') found.add('comments', `${infoOf(element)}: ${textIn(element, new Set(['p']))}`)
    else if (name === 'notes') {
      const text = textIn(element, new Set(['p'])).trim()
      if (text !== '') found.add('notes', text)
    } else if (name === 'event-listener' || name === 'script') found.add('macros', attribute(element, 'href') ?? name)
    inspectHiding(element, name, hiding, found)
    inspectLink(element, name, found)
    if (/:(?:paragraph-)?rsid\s*=/.test(element.tag)) found.add('revision-marks')
  })
}

function inspectHiding(element: Element, name: string, hiding: HidingStyles, found: Found): void {
  const code = isHiddenElement(element, hiding)
  if (code === null) return
  const { 'number-columns-repeated': columns, 'number-rows-repeated': rows, 'name': called } = attributesOf(element)
  const count = Math.max(1, Number((code === 'hidden-columns' ? columns : rows) ?? 1) || 1)
  found.add(
    code,
    code === 'hidden-sheets' || code === 'hidden-slides' ? (called ?? '') : name.startsWith('table-') ? [] : textIn(element),
    count,
  )
}

/** What is fetched by itself; a link that a reader may follow is shown. */
function inspectLink(element: Element, name: string, found: Found): void {
  const target = attribute(element, 'href')
  if (target === undefined || name === 'template') return
  if (LOCAL_PATH.test(target)) found.add('local-paths', target)
  else if (/^\.\.\//.test(target)) found.add('local-paths', target)
  if (name !== 'a' && /^(?:[a-z][a-z0-9+.-]{1,20}:|\.\.\/|\/)/i.test(target) && !target.startsWith('vnd.sun.star.script:'))
    found.add('external-links', `${name}: ${target}`)
}
