import { strippedJpeg } from './jpeg.ts'
import type { PdfFile } from './pdf-file.ts'
import { isDict, isName, isRef, isStream, nameOf, type Dict, type Value } from './pdf-objects.ts'
import { activeKind, isRemark } from './pdf-walk.ts'
import { writtenPdf, type Change } from './pdf-write.ts'
import { NotCleaned, type Wish } from './wish.ts'

/** Keys that tell of programs and times, of whatever they stand in (ISO 32000-2, 14.3, 14.5, 12.3.4, 14.10). */
const ALWAYS = ['Metadata', 'PieceInfo', 'LastModified', 'Thumb', 'SpiderInfo', 'Perms', 'DSS', 'Legal']
const EMPTY: Dict = new Map()

/**
 * The PDF written in full: no earlier revision, no Info, no XMP, and what else is wished. Signatures go, for none could hold.
 *
 * @throws NotCleaned `changes-meaning` for a form that is drawn by XFA alone, whose pages say nothing without it; ReadingFault
 */
export function cleanPdf(file: PdfFile, wish: Wish): Buffer {
  const root = file.resolve(file.trailer.get('Root')) as Dict
  if (wish.scripts === 'remove' && file.resolve(root.get('NeedsRendering')) === true) throw new NotCleaned('changes-meaning')
  const changed = new Map<Value, Value>()
  const change: Change = (value) => {
    if (!isDict(value) && !isStream(value)) return value
    const known = changed.get(value)
    if (known !== undefined) return known
    const made = isStream(value) ? changedStream(file, value, wish) : changedDict(file, value, root, wish)
    changed.set(value, made)
    if (made !== null) changed.set(made, made)
    return made
  }
  return writtenPdf(file, change)
}

function changedStream(file: PdfFile, stream: Extract<Value, { packed: Buffer }>, wish: Wish): Value {
  if (wish.attachments === 'remove' && nameOf(file.resolve(stream.dict.get('Type'))) === 'EmbeddedFile') return null
  const dict = changedDict(file, stream.dict, EMPTY, wish)
  if (!isDict(dict)) return null
  const isJpeg = nameOf(file.resolve(dict.get('Filter'))) === 'DCTDecode' && isName(file.resolve(dict.get('Filter')))
  return { dict, packed: isJpeg ? strippedJpeg(stream.packed, 'nothing') : stream.packed }
}

function changedDict(file: PdfFile, dict: Dict, root: Dict, wish: Wish): Value {
  if (wish.scripts === 'remove' && activeKind(file, dict) !== '') return null
  const subtype = nameOf(file.resolve(dict.get('Subtype')))
  const isOnPage = Array.isArray(file.resolve(dict.get('Rect')))
  if (isOnPage && isGoneRemark(subtype, wish)) return null
  // a value that is signed
  if (nameOf(dict.get('Type')) === 'Sig' || (dict.has('ByteRange') && dict.has('Contents'))) return null
  const out: Dict = new Map(dict)
  for (const key of ALWAYS) if (key !== 'Metadata' || isStream(file.resolve(dict.get(key)))) out.delete(key)
  if (wish.scripts === 'remove') for (const key of ['AA', 'JavaScript']) if (isDict(file.resolve(dict.get(key)))) out.delete(key)
  if (wish.attachments === 'remove') for (const key of ['EF', 'AF', 'EmbeddedFiles', 'RF']) out.delete(key)
  const marks = file.resolve(dict.get('Annots'))
  if (Array.isArray(marks))
    out.set(
      'Annots',
      marks.filter((mark) => !isGoneMark(file, mark, wish)),
    )
  // a remark answers another one, or opens it
  for (const key of ['Popup', 'IRT']) if (wish.annotations === 'remove' && isOnPage) out.delete(key)
  if (dict === root) changeCatalogue(file, root, out, wish)
  return out
}

/** Files are laid on pages too, and what plays there is a program's. */
function isGoneRemark(subtype: string, wish: Wish): boolean {
  if (subtype === 'FileAttachment' && wish.attachments === 'remove') return true
  return isRemark(subtype) && wish.annotations === 'remove'
}

function isGoneMark(file: PdfFile, value: Value, wish: Wish): boolean {
  const mark = file.resolve(value)
  return !isDict(mark) || isGoneRemark(nameOf(file.resolve(mark.get('Subtype'))), wish)
}

function changeCatalogue(file: PdfFile, root: Dict, out: Dict, wish: Wish): void {
  if (wish.attachments === 'remove') out.delete('Collection')
  const form = file.resolve(root.get('AcroForm'))
  if (wish.scripts === 'remove' && isDict(form) && form.has('XFA')) {
    const plain: Dict = new Map(form)
    plain.delete('XFA')
    out.set('AcroForm', plain)
  }
  const extensions = root.get('Extensions')
  if (isRef(extensions)) out.delete('Extensions')
}
