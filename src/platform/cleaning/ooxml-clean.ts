import type { Bytes } from '../reading/bytes.ts'
import { ReadingFault } from '../reading/fault.ts'
import { LOCAL_PATH } from './ooxml-inspect.ts'
import { packageOf, packed, type Package, type Relation } from './package.ts'
import { cleanSheet, isOnlyNotes, withoutNotes } from './sheets-clean.ts'
import { cleanSlide, hiddenSlides } from './slides-clean.ts'
import { NotCleaned, type Wish } from './wish.ts'
import { cleanWord } from './word-clean.ts'
import { bytesOfTree, local, walk, withoutAttributes } from './xml-tree.ts'

/** Relations to what is never needed to show the document. */
const ALWAYS = new Set(
  'core-properties extended-properties custom-properties thumbnail printerSettings customXml customProperty tags classificationlabels usernames revisionHeaders revisionInfo changesInfo attachedTemplate origin signature mailMergeSource mailMergeHeaderSource transform'.split(
    ' ',
  ),
)
const COMMENTS = new Set(
  'comments commentsExtended commentsIds commentsExtensible threadedComment person people commentAuthors authors'.split(' '),
)
const SCRIPTS = new Set(
  'vbaProject vbaProjectSignature vbaProjectSignatureAgile vbaProjectSignatureV3 wordVbaData extensibility keyMapCustomizations attachedToolbars'.split(
    ' ',
  ),
)
/** Sheets of macros are sheets that others count with: they are not cut out. */
const MACRO_SHEETS = new Set(['xlMacrosheet', 'xlIntlMacrosheet'])
const NOTES = new Set(['notesSlide', 'notesMaster'])

/** A file inside of this one, cleaned; null where it stays as it is. */
export type Inside = (bytes: Buffer, name: string) => Promise<Buffer | null>

/** The package as it leaves. What stays unchanged keeps its bytes and its place. @throws ReadingFault; NotCleaned for sheets of macros */
export async function cleanOoxml(bytes: Bytes, wish: Wish, kind: 'docx' | 'xlsx' | 'pptx', inside: Inside): Promise<Buffer> {
  const office = await packageOf(bytes)
  if (wish.scripts === 'remove' && office.relations.some(({ type }) => MACRO_SHEETS.has(type))) throw new NotCleaned('not-cleaned')
  const isGone = goneFrom(office, wish, kind)
  const changed = new Map<string, Buffer>()
  for (const [key, { bytes: was }] of office.parts) {
    if (/(^|\/)(media|embeddings)\/[^/]+$/.test(key)) {
      const cleaned = await inside(was, key)
      if (cleaned) changed.set(key, cleaned)
    } else if (/\.(xml|vml)$/.test(key) && key !== '[content_types].xml' && cleanPart(office, key, wish, kind, isGone))
      changed.set(key, bytesOfTree(office.tree(key)))
  }
  return packed(office, isGone, changed)
}

function goneFrom(office: Package, wish: Wish, kind: string): (relation: Relation) => boolean {
  const slides = kind === 'pptx' && wish.hiddenSlides === 'remove' ? new Set(hiddenSlides(office)) : new Set<Relation>()
  const slideParts = new Set([...slides].map(({ target }) => target))
  return (relation) => {
    const { type, target, isExternal } = relation
    if (ALWAYS.has(type) || slides.has(relation)) return true
    // other parts lead back to a slide: its notes, links of other slides
    if (!isExternal && slideParts.has(target)) return true
    if (wish.comments === 'remove') {
      if (COMMENTS.has(type)) return true
      const drawing = type === 'vmlDrawing' ? office.parts.get(target) : undefined
      if (drawing && kind === 'xlsx' && isOnlyNotes(drawing.bytes)) return true
    } else if (type === 'people') return kind === 'docx'
    if (wish.scripts === 'remove' && SCRIPTS.has(type)) return true
    return wish.notes === 'remove' && NOTES.has(type)
  }
}

function cleanPart(office: Package, key: string, wish: Wish, kind: string, isGone: (relation: Relation) => boolean): boolean {
  try {
    office.tree(key)
  } catch (fault) {
    // a drawing that is not well-formed stays as it is; the inspection of the copy says so
    if (fault instanceof ReadingFault && key.endsWith('.vml')) return false
    throw fault
  }
  const { root } = office.tree(key)
  const gone = new Set(
    office
      .of(key)
      .filter(isGone)
      .map(({ id }) => id),
  )
  let isChanged = pathsTaken(root) > 0
  if (kind === 'docx') isChanged = cleanWord(office, key, wish) || isChanged
  else if (kind === 'xlsx') isChanged = cleanSheet(office, key, wish, (id) => gone.has(id)) || isChanged
  else isChanged = cleanSlide(office, key, wish, gone) || isChanged
  if (kind === 'xlsx' && key.endsWith('.vml') && wish.comments === 'remove') isChanged = withoutNotes(root) > 0 || isChanged
  return isChanged
}

/** Office writes where a picture was taken from into its description. */
function pathsTaken(root: Parameters<typeof walk>[0]): number {
  let count = 0
  walk(root, (element) => {
    if (local(element) !== 'cNvPr' && local(element) !== 'docPr') return
    count += withoutAttributes(element, (name, value) => ['descr', 'title'].includes(name) && LOCAL_PATH.test(value.trim()))
    const named = withoutAttributes(element, (name, value) => name === 'name' && LOCAL_PATH.test(value.trim()))
    // a name is required; it may be empty
    if (named > 0) element.tag += ' name=""'
    count += named
  })
  return count
}
