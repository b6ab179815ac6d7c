import { createHash } from 'node:crypto'
import { broken } from '../reading/fault.ts'
import type { PdfFile } from './pdf-file.ts'
import { isDict, isName, isRef, isStream, isText, type Dict, type Stream, type Value } from './pdf-objects.ts'

/**
 * How a value is to be written: the same, another one, or null for nothing. `number`: of the object it stands in. Asked of each
 * value before what is in it.
 */
export type Change = (value: Value, number: number | null) => Value

/**
 * The file written anew: only what its catalogue leads to after the changes, numbered in the order met, with one table of
 * contents (ISO 32000-2, 7.5.4) and nothing of what stood there before. Streams keep their bytes unless they are changed.
 *
 * KNOWN: objects that were packed are written out, so a file of many small ones grows.
 */
export function writtenPdf(file: PdfFile, change: Change): Buffer {
  const numbers = new Map<number, number>()
  const waiting: number[] = []
  const target = (value: Value): Value => (isRef(value) && file.resolve(value) === null ? null : value)
  const numbered = (ref: number): number => {
    const known = numbers.get(ref)
    if (known !== undefined) return known
    numbers.set(ref, numbers.size + 1)
    waiting.push(ref)
    return numbers.size
  }
  const write = (value: Value, out: (Buffer | string)[], within: number | null, depth = 0): void => {
    if (depth > 300) throw broken('it is nested too deep')
    const changed = target(change(target(value), within))
    if (isRef(changed)) {
      // what it leads to is asked of before it gets a number: nothing is written of what is gone
      if (target(change(file.get(changed.ref), changed.ref)) === null) out.push('null')
      else out.push(`${numbered(changed.ref)} 0 R`)
    } else writeDirect(changed, out, (one) => write(one, out, within, depth + 1))
  }
  const chunks: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')]
  let at = chunks[0]!.length
  const places: number[] = []
  const root: (Buffer | string)[] = []
  write(file.trailer.get('Root') ?? null, root, null)
  // it grows while it is gone through
  for (const next of waiting) {
    const out: (Buffer | string)[] = [`${numbers.get(next)!} 0 obj\n`]
    const value = change(file.get(next), next)
    if (isStream(value)) writeStream(value, out, (one) => write(one, out, next))
    else writeDirect(value, out, (one) => write(one, out, next))
    out.push('\nendobj\n')
    const chunk = Buffer.concat(out.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)))
    places.push(at)
    at += chunk.length
    chunks.push(chunk)
  }
  const hash = createHash('sha256')
  for (const chunk of chunks) hash.update(chunk)
  const id = hash.digest('hex').slice(0, 32)
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const foot = `xref\n0 ${places.length + 1}\n0000000000 65535 f \n${table}trailer\n<</Size ${places.length + 1}/Root ${root.join('')}/ID[<${id}><${id}>]>>\nstartxref\n${at}\n%%EOF\n`
  return Buffer.concat([...chunks, Buffer.from(foot, 'latin1')])
}

function writeStream({ dict, packed }: Stream, out: (Buffer | string)[], write: (value: Value) => void): void {
  const said: Dict = new Map(dict)
  said.set('Length', { digits: String(packed.length) })
  writeDirect(said, out, write)
  out.push('stream\n', packed, '\nendstream')
}

function writeDirect(value: Value, out: (Buffer | string)[], write: (value: Value) => void): void {
  if (value === null || typeof value === 'boolean') out.push(String(value))
  else if (isName(value)) out.push(named(value.name))
  else if (isText(value)) out.push(said(value.bytes))
  else if (Array.isArray(value)) {
    out.push('[')
    for (const one of value) {
      write(one)
      out.push(' ')
    }
    out.push(']')
  } else if (isDict(value)) {
    out.push('<<')
    for (const [key, one] of value) {
      out.push(named(key), ' ')
      write(one)
    }
    out.push('>>')
  } else if ('digits' in value) out.push(value.digits)
  // a stream stands for itself, never within another value
  else out.push('null')
}

const named = (name: string): string =>
  `/${name.replace(/[^!-~]|[()<>[\]{}/%#]/g, (letter) => `#${letter.charCodeAt(0).toString(16).padStart(2, '0')}`)}`

/** As letters where they can stand for themselves. */
function said(bytes: Buffer): string {
  const text = bytes.toString('latin1')
  return /^[ -'*-[\]-~]*$/.test(text) ? `(${text})` : `<${bytes.toString('hex')}>`
}
