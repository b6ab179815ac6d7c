import type { Bytes } from '../reading/bytes.ts'
import { hiddenBy, isHiddenElement } from './odf-hidden.ts'
import { odfParts, TELLING_SETTINGS } from './odf.ts'
import type { Inside } from './ooxml-clean.ts'
import { NotCleaned, type Wish } from './wish.ts'
import { attribute, bytesOfTree, local, treeOf, walk, without, withoutAttributes, type Element } from './xml-tree.ts'
import { zipOf, type Member } from './zip-write.ts'

const MANIFEST = 'meta-inf/manifest.xml'
const CHANGES = new Set(['tracked-changes', 'change', 'change-start', 'change-end'])

/**
 * The OpenDocument as it leaves. What stays unchanged keeps its bytes and its place.
 *
 * @throws NotCleaned `not-cleaned` when changes are to be rejected and there are some: what was inserted may begin and end in
 *   different paragraphs, and only accepting leaves the text as it is shown; ReadingFault
 */
export async function cleanOdf(bytes: Bytes, wish: Wish, inside: Inside): Promise<Buffer> {
  const parts = await odfParts(bytes)
  const roots = ['content.xml', 'styles.xml'].flatMap((key) => (parts.has(key) ? [treeOf(parts.get(key)!.bytes)] : []))
  const hiding = hiddenBy(roots.map(({ root }) => root))
  const members: Member[] = []
  const gone = new Set<string>()
  for (const [key, member] of parts) {
    if (isGone(key, wish)) {
      gone.add(member.path)
      continue
    }
    if (key.startsWith('pictures/')) members.push({ ...member, bytes: (await inside(member.bytes, key)) ?? member.bytes })
    else if (/(^|\/)(content|styles|settings)\.xml$/.test(key)) {
      const tree = treeOf(member.bytes)
      const changes = key.endsWith('settings.xml')
        ? cleanSettings(tree.root)
        : cleanStory(tree.root, wish, (one) => isHiddenElement(one, hiding))
      members.push(changes > 0 ? { ...member, bytes: bytesOfTree(tree) } : member)
    } else members.push(member)
  }
  return zipOf(
    members.map((member) => (member.path.toLowerCase() === MANIFEST ? { ...member, bytes: listed(member.bytes, gone) } : member)),
  )
}

function isGone(key: string, wish: Wish): boolean {
  if (/^(thumbnails|versions|configurations2)\//.test(key)) return true
  if (['meta.xml', 'versionlist.xml', 'layout-cache', 'manifest.rdf'].includes(key)) return true
  if (/^meta-inf\/(document|macro)signatures\.xml$/.test(key) || /^object [^/]*\/meta\.xml$/.test(key)) return true
  return wish.scripts === 'remove' && /^(basic|scripts|dialogs)\//.test(key)
}

const cleanSettings = (root: Element): number =>
  without(root, (element) => local(element) === 'config-item' && TELLING_SETTINGS.test(attribute(element, 'name') ?? ''))

function cleanStory(root: Element, wish: Wish, hiddenAs: (element: Element) => string | null): number {
  let count = 0
  if (wish.trackedChanges === 'reject')
    walk(root, (element) => {
      if (local(element) === 'tracked-changes' && element.children.length > 0) throw new NotCleaned('not-cleaned')
    })
  if (wish.trackedChanges !== 'keep') count += without(root, (element) => CHANGES.has(local(element)))
  if (wish.comments === 'remove') count += without(root, (element) => ['annotation', 'annotation-end'].includes(local(element)))
  if (wish.notes === 'remove') count += without(root, (element) => local(element) === 'notes')
  if (wish.hiddenText === 'remove') count += without(root, (element) => isHiddenField(element) || hiddenAs(element) === 'hidden-text')
  if (wish.hiddenSlides === 'remove') count += without(root, (element) => hiddenAs(element) === 'hidden-slides')
  if (wish.scripts === 'remove')
    count += without(root, (element) => ['event-listeners', 'event-listener', 'script'].includes(local(element)))
  walk(root, (element) => {
    if (/:(?:paragraph-)?rsid\s*=/.test(element.tag)) count += withoutAttributes(element, (name) => /:(?:paragraph-)?rsid$/.test(name))
  })
  return count
}

/** A paragraph with the field that hides it goes whole. */
const isHiddenField = (element: Element): boolean =>
  ['p', 'h'].includes(local(element)) &&
  element.children.some((node) => typeof node !== 'string' && local(node) === 'hidden-paragraph' && attribute(node, 'is-hidden') === 'true')

function listed(bytes: Buffer, gone: ReadonlySet<string>): Buffer {
  const tree = treeOf(bytes)
  const isOf = (path: string) =>
    gone.has(path) ||
    (path.endsWith('/') &&
      [...gone].some((one) => one.startsWith(path)) &&
      /^(thumbnails|versions|configurations2|basic|scripts|dialogs)\//i.test(path))
  return without(tree.root, (element) => isOf(attribute(element, 'full-path') ?? '')) > 0 ? bytesOfTree(tree) : bytes
}
