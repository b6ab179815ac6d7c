import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { TextKind } from '../../contract/search.ts'
import { openField, sealField, type Sealed } from '../../core/field.ts'
import type { Language } from '../../finding/stems.ts'
import type { Picture } from '../../platform/reading/extracted.ts'

/** A version's text as it was read. `text`: its parts, with a form feed between two. */
export type KeptText = TextHead & { text: string }
export type TextHead = {
  type: TextKind
  language: Language
  title: string
  author: string
  from: string[]
  to: string[]
  /** ISO 8601 */ date: string | null
  /** Where each part begins in the text, on which page and in which attachment it stands, and how sure the machine was that read it. */
  parts: { at: number; page: number | null; within: string; sureness: number | null }[]
  isCut: boolean
  unread: string[]
  /** What may be letters and is not read yet. */
  pictures: Picture[]
}
/** Characters that are kept of one text. */
export const MOST_TEXT = 16_000_000
const MOST_BYTES = 4 * MOST_TEXT

const place = (version: string) => ({ table: 'app.texts', column: 'sealed_text', row: version })

/** What of a file was not read; none where all of it was. */
export const unreadOf = ({ isCut, unread }: Pick<TextHead, 'isCut' | 'unread'>): string[] =>
  isCut ? [...unread, 'what lies beyond the limits of one file'] : unread

/** Packed and sealed in its row's place. */
export const sealText = (key: Uint8Array, version: string, text: KeptText): Sealed => sealPacked(key, version, packed(text))
export const sealPacked = (key: Uint8Array, version: string, bytes: Uint8Array): Sealed => sealField(key, 1, place(version), bytes)
/** Raw DEFLATE (RFC 1951) of the head as one line of JSON and the text after it. */
export const packed = ({ text, ...head }: KeptText): Buffer =>
  deflateRawSync(`${JSON.stringify(head)}\n${text.toWellFormed()}`, { level: 4 })

/** @throws BrokenSeal */
export function openKeptText(key: Uint8Array, version: string, sealed: Uint8Array): KeptText {
  const plain = inflateRawSync(openField(key, place(version), sealed), { maxOutputLength: MOST_BYTES }).toString('utf8')
  const end = plain.indexOf('\n')
  return { ...(JSON.parse(plain.slice(0, end)) as TextHead), text: plain.slice(end + 1) }
}

/** The part that a place in the text stands in. */
export function partAt({ parts }: Pick<TextHead, 'parts'>, at: number): TextHead['parts'][number] {
  let [low, high] = [0, parts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (parts[middle]!.at <= at) low = middle
    else high = middle - 1
  }
  return parts[low] ?? { at: 0, page: null, within: '', sureness: null }
}
