import { tooMuch } from '../reading/fault.ts'
import type { PdfFile } from './pdf-file.ts'
import { isDict, isRef, isStream, nameOf, type Dict, type Value } from './pdf-objects.ts'

const MOST = 5_000_000

/** Every dictionary that the value leads to, each once; `number`: of the object it stands in. @returns the numbers of all objects met */
export function walkPdf(file: PdfFile, from: Value, tell: (dict: Dict, number: number | null) => void): Set<number> {
  const met = new Set<number>()
  // the last is taken first: so they are met in their order
  const waiting: { value: Value; number: number | null }[] = [{ value: from, number: null }]
  let left = MOST
  while (waiting.length) {
    const { value, number } = waiting.pop()!
    if ((left -= 1) < 0) throw tooMuch('it holds too many objects')
    if (isRef(value)) {
      if (met.has(value.ref)) continue
      met.add(value.ref)
      waiting.push({ value: file.get(value.ref), number: value.ref })
    } else if (Array.isArray(value)) for (const one of value.toReversed()) push(waiting, one, number)
    else if (isDict(value) || isStream(value)) {
      const dict = isDict(value) ? value : value.dict
      tell(dict, number)
      for (const one of [...dict.values()].reverse()) push(waiting, one, number)
    }
  }
  return met
}

function push(waiting: { value: Value; number: number | null }[], value: Value, number: number | null): void {
  if (isRef(value) || Array.isArray(value) || isDict(value) || isStream(value)) waiting.push({ value, number })
}

/** Marks and remarks laid on a page; links, fields of forms and marks for printers are of the page (ISO 32000-2, 12.5.6). */
const OF_THE_PAGE = new Set(['Link', 'Widget', 'PrinterMark', 'TrapNet', ''])
export const isRemark = (subtype: string): boolean => !OF_THE_PAGE.has(subtype)

/** Actions that run programs, send or fetch (12.6.4). */
const ACTIVE = new Set([
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'Rendition',
  'Movie',
  'Sound',
  'GoToE',
  'RichMediaExecute',
  'GoTo3DView',
  'SetOCGState',
])
export function activeKind(file: PdfFile, dict: Dict): string {
  const kind = nameOf(file.resolve(dict.get('S')))
  if (ACTIVE.has(kind)) return kind
  return dict.has('JS') ? 'JavaScript' : ''
}

/** Names of a name tree with what they stand for (7.9.6). */
export function treeEntries(file: PdfFile, root: Value): [Value, Value][] {
  const found: [Value, Value][] = []
  walkPdf(file, root, (dict) => {
    const names = file.resolve(dict.get('Names'))
    if (Array.isArray(names)) for (let n = 0; n + 1 < names.length; n += 2) found.push([file.resolve(names[n]), names[n + 1]!])
  })
  return found
}
