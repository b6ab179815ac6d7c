import { ReadingFault } from '../reading/fault.ts'
import type { Found } from './findings.ts'
import { jpegFindings } from './jpeg.ts'
import { LOCAL_PATH } from './ooxml-inspect.ts'
import type { PdfFile } from './pdf-file.ts'
import { isDict, isRef, isStream, isText, nameOf, saidBy, type Dict, type Value } from './pdf-objects.ts'
import { activeKind, isRemark, walkPdf } from './pdf-walk.ts'

/** What a PDF tells in its objects; what its pages cover is asked of PDFium. @throws ReadingFault */
export async function inspectPdfObjects(file: PdfFile, found: Found): Promise<void> {
  const root = file.resolve(file.trailer.get('Root')) as Dict
  inspectInfo(file, found)
  found.add('earlier-revisions', [], file.updates)
  const attached: Dict[] = []
  const pictures: [Dict, number][] = []
  const met = walkPdf(file, file.trailer, (dict, number) => {
    inspectDict(file, dict, found)
    if (dict.has('EF')) attached.push(dict)
    if (number !== null && nameOf(file.resolve(dict.get('Filter'))) === 'DCTDecode') pictures.push([dict, number])
  })
  inspectCatalogue(file, root, found)
  inspectUnreached(file, met, found)
  for (const [, number] of pictures) {
    const picture = file.get(number)
    if (isStream(picture)) jpegFindings(picture.packed, found)
  }
  for (const one of attached) await inspectAttached(file, one, found)
}

function inspectInfo(file: PdfFile, found: Found): void {
  const info = file.resolve(file.trailer.get('Info'))
  if (!isDict(info)) return
  for (const [key, value] of info) {
    const text = saidBy(file.resolve(value)).trim()
    if (text !== '') found.add('document-properties', `${key}: ${text}`)
  }
}

function inspectDict(file: PdfFile, dict: Dict, found: Found): void {
  const said = (key: string) => saidBy(file.resolve(dict.get(key))).trim()
  const metadata = file.resolve(dict.get('Metadata'))
  if (isStream(metadata)) found.add('xmp', xmpWords(unpackedOrNone(file, metadata)))
  if (isDict(file.resolve(dict.get('PieceInfo'))) || dict.has('SpiderInfo')) found.add('private-data', 'PieceInfo')
  if (dict.has('Thumb')) found.add('thumbnails')
  if (nameOf(dict.get('Type')) === 'Sig' || (dict.has('ByteRange') && dict.has('Contents'))) found.add('signatures', said('Name'))
  const active = activeKind(file, dict)
  if (active === 'JavaScript') found.add('scripts', scriptOf(file, dict))
  else if (active !== '') found.add('actions', [active, said('F'), saidBy(pathOf(file, dict.get('F')))].filter(Boolean).join(' '))
  const kind = nameOf(file.resolve(dict.get('S')))
  if (kind === 'GoToR') found.add('external-links', saidBy(pathOf(file, dict.get('F'))))
  const uri = kind === 'URI' ? said('URI') : ''
  if (LOCAL_PATH.test(uri)) found.add('local-paths', uri)
  const subtype = nameOf(file.resolve(dict.get('Subtype')))
  if (Array.isArray(file.resolve(dict.get('Rect'))) && isRemark(subtype))
    found.add('annotations', `${subtype}${said('T') ? `, ${said('T')}` : ''}: ${said('Contents')}`)
  if (dict.has('FT') || dict.has('Parent') || dict.has('Kids')) inspectField(file, dict, found)
}

/** A field of a form, or a part of one, that holds a value of its own (ISO 32000-2, 12.7.4). */
function inspectField(file: PdfFile, dict: Dict, found: Found): void {
  if (!dict.has('V') || !(dict.has('FT') || dict.has('T'))) return
  const value = file.resolve(dict.get('V'))
  const text = Array.isArray(value) ? value.map((one) => saidBy(file.resolve(one))).join(', ') : saidBy(value)
  if (text !== '' && text !== 'Off') found.add('form-values', `${saidBy(file.resolve(dict.get('T')))}: ${text}`)
}

function inspectCatalogue(file: PdfFile, root: Dict, found: Found): void {
  const form = file.resolve(root.get('AcroForm'))
  if (isDict(form) && form.has('XFA')) found.add('form-values', 'XFA')
  const layers = file.resolve(root.get('OCProperties'))
  if (isDict(layers)) inspectLayers(file, layers, found)
}

/** Layers that are off when the file is opened (8.11.4). */
function inspectLayers(file: PdfFile, layers: Dict, found: Found): void {
  const standard = file.resolve(layers.get('D'))
  const listed = (dict: Value, key: string): Value[] => {
    const list = isDict(dict) ? file.resolve(dict.get(key)) : null
    return Array.isArray(list) ? list : []
  }
  const numbers = (values: Value[]) => new Set(values.filter(isRef).map(({ ref }) => ref))
  const [on, off] = [numbers(listed(standard, 'ON')), numbers(listed(standard, 'OFF'))]
  const isOff = isDict(standard) && nameOf(file.resolve(standard.get('BaseState'))) === 'OFF'
  for (const group of listed(layers, 'OCGs')) {
    if (!isRef(group) || !(off.has(group.ref) || (isOff && !on.has(group.ref)))) continue
    const dict = file.resolve(group)
    found.add('hidden-layers', isDict(dict) ? saidBy(file.resolve(dict.get('Name'))) : '')
  }
}

/** What stands in the file and nothing leads to; tables and packs of objects are no content. */
function inspectUnreached(file: PdfFile, met: ReadonlySet<number>, found: Found): void {
  for (const number of file.numbers()) {
    if (met.has(number)) continue
    const value = file.get(number)
    if (value === null) continue
    const dict = isStream(value) ? value.dict : isDict(value) ? value : null
    const type = nameOf(dict?.get('Type'))
    if (type === 'ObjStm' || type === 'XRef' || dict?.has('Linearized')) continue
    found.add('unreferenced-parts', `${number} ${type}`.trim())
  }
  // a file that was changed holds earlier objects by its nature, and says so already
  if (file.updates === 0) found.add('unreferenced-parts', 'objects in no table of contents', file.strays())
}

async function inspectAttached(file: PdfFile, dict: Dict, found: Found): Promise<void> {
  const name = saidBy(file.resolve(dict.get('UF'))) || saidBy(file.resolve(dict.get('F'))) || 'attachment'
  found.add('attachments', name)
  const files = file.resolve(dict.get('EF'))
  const stream = isDict(files) ? file.resolve(files.get('UF') ?? files.get('F')) : null
  if (!isStream(stream)) return
  try {
    await found.inside(file.unpacked(stream), name)
  } catch (fault) {
    if (!(fault instanceof ReadingFault)) throw fault
    found.unread(fault.code, name)
  }
}

function unpackedOrNone(file: PdfFile, stream: Parameters<PdfFile['unpacked']>[0]): Buffer {
  try {
    return file.unpacked(stream)
  } catch (fault) {
    if (fault instanceof ReadingFault) return Buffer.alloc(0)
    throw fault
  }
}

function scriptOf(file: PdfFile, dict: Dict): string {
  const script = file.resolve(dict.get('JS'))
  return isText(script) ? saidBy(script) : isStream(script) ? unpackedOrNone(file, script).toString('latin1', 0, 400) : ''
}

/** The path of a file, as a text or in a dictionary (7.11). */
function pathOf(file: PdfFile, value: Value | undefined): Value {
  const path = file.resolve(value)
  return isDict(path) ? file.resolve(path.get('UF') ?? path.get('F')) : path
}

/** The words between the tags, without the tags. */
export const xmpWords = (bytes: Buffer): string[] =>
  [...bytes.toString('utf8', 0, 65_536).matchAll(/<(?:[a-zA-Z]{1,20}:)([A-Za-z]{1,40})[^<>]{0,200}>([^<>]{1,200})</g)]
    .map(([, name, text]) => `${name}: ${text!.trim()}`)
    .filter((text) => !text.endsWith(': '))
    .slice(0, 20)
