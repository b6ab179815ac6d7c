import { textOf } from './charset.ts'
import type { Address } from './reading.ts'

export const MOST_ADDRESSES = 2_000

/** Fields by lower-case name, unfolded, as they stand (RFC 5322, 2.2); of one name, in order. */
export type Headers = Map<string, string[]>

/** From the lines of a header, without their breaks. Lines that are no field are left out. */
export function headersOf(raw: Buffer[]): Headers {
  // gathered in pieces: to lengthen one text line by line takes a square of the time
  const found = new Map<string, string[][]>()
  let last: string[] | undefined
  for (const line of raw) {
    const text = textOf(line, '')
    if (/^[ \t]/.test(text)) {
      last?.push(text)
      continue
    }
    const colon = text.indexOf(':')
    last = colon < 1 ? undefined : [text.slice(colon + 1)]
    if (!last) continue
    const name = text.slice(0, colon).trimEnd().toLowerCase()
    const values = found.get(name)
    if (values) values.push(last)
    else found.set(name, [last])
  }
  return new Map([...found].map(([name, values]) => [name, values.map((pieces) => pieces.join('').trim())]))
}

export const field = (headers: Headers, name: string): string => headers.get(name)?.[0] ?? ''
export const isField = (line: Buffer): boolean => /^[\x21-\x39\x3b-\x7e]+[ \t]*:/.test(line.toString('latin1', 0, 200))

/** Encoded words (RFC 2047); neighbours in one charset are one text, for a letter may be cut in two. */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text
  let out = ''
  let at = 0
  let held: { bytes: Buffer[]; charset: string } | null = null
  const tell = () => {
    if (held) out += textOf(Buffer.concat(held.bytes), held.charset)
    held = null
  }
  for (const match of text.matchAll(/=\?([^?\s]{1,80})\?([bq])\?([^?]*)\?=/gi)) {
    const between = text.slice(at, match.index)
    if (!held || between.trim() !== '') {
      tell()
      out += between
    }
    const charset = match[1]!.split('*')[0]!
    const bytes = match[2]!.toLowerCase() === 'b' ? Buffer.from(match[3]!, 'base64') : unquoted(match[3]!)
    if (held && (held as { charset: string }).charset !== charset) tell()
    held ??= { bytes: [], charset }
    held.bytes.push(bytes)
    at = match.index + match[0].length
  }
  tell()
  return out + text.slice(at)
}

const unquoted = (text: string): Buffer =>
  Buffer.from(
    text.replaceAll('_', ' ').replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  )

/** `text/plain; charset=utf-8` as its value in lower case and its parameters (RFC 2045, 5.1), with RFC 2231's pieces and charsets. */
export function valued(text: string): { value: string; parameters: Map<string, string> } {
  const [first, ...rest] = pieces(text, ';')
  const plain = new Map<string, string>()
  const split = new Map<string, { at: number; isCoded: boolean; text: string }[]>()
  for (const piece of rest) {
    const equals = piece.indexOf('=')
    if (equals < 1) continue
    const name = piece.slice(0, equals).trim().toLowerCase()
    const value = unquote(piece.slice(equals + 1).trim())
    const [, base, place, coded] = /^([^*]+)(?:\*([0-9]{1,3}))?(\*)?$/.exec(name) ?? []
    if (!base) continue
    if (place === undefined && !coded) {
      if (!plain.has(base)) plain.set(base, decodeWords(value))
    } else split.set(base, [...(split.get(base) ?? []).slice(0, 99), { at: Number(place ?? 0), isCoded: coded === '*', text: value }])
  }
  for (const [name, list] of split) plain.set(name, joined(list))
  return { value: (first ?? '').trim().toLowerCase(), parameters: plain }
}

function joined(list: { at: number; isCoded: boolean; text: string }[]): string {
  const sorted = list.toSorted((a, b) => a.at - b.at)
  const head = sorted[0]!.isCoded ? /^([^']*)'[^']*'/.exec(sorted[0]!.text) : null
  if (head) sorted[0]!.text = sorted[0]!.text.slice(head[0].length)
  const bytes = sorted.map(({ isCoded, text }) =>
    isCoded
      ? Buffer.from(
          text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
          'latin1',
        )
      : Buffer.from(text),
  )
  return textOf(Buffer.concat(bytes), head?.[1] ?? '')
}

/** A list of addresses (RFC 5322, 3.4); groups are opened, comments dropped. */
export function addressesOf(text: string): Address[] {
  return pieces(text, ',;')
    .slice(0, MOST_ADDRESSES)
    .flatMap((piece) => {
      const angle = piece.lastIndexOf('<')
      if (angle < 0) {
        const bare = piece.replace(/^[^":@]*:/, '').trim()
        return bare === '' ? [] : [bare.includes('@') ? { name: '', address: bare } : { name: decodeWords(unquote(bare)), address: '' }]
      }
      const name = piece
        .slice(0, angle)
        .replace(/^[^"]{0,200}:(?=\s|$)/, '')
        .trim()
      return [
        {
          name: decodeWords(unquote(name)),
          address: piece
            .slice(angle + 1)
            .replace(/>.*$/s, '')
            .trim(),
        },
      ]
    })
}

/** Cuts at marks that stand outside of quotes, angles and comments; comments are left out. */
function pieces(text: string, marks: string): string[] {
  const found: string[] = []
  let from = ''
  let depth = 0
  let isQuoted = false
  for (let n = 0; n < text.length; n++) {
    const char = text[n]!
    if (char === '\\' && (isQuoted || depth)) {
      if (!depth) from += char + (text[n + 1] ?? '')
      n += 1
    } else if (depth) {
      depth += char === '(' ? 1 : char === ')' ? -1 : 0
    } else if (char === '(' && !isQuoted) {
      depth = 1
    } else if (marks.includes(char) && !isQuoted) {
      found.push(from)
      from = ''
    } else {
      if (char === '"') isQuoted = !isQuoted
      from += char
    }
  }
  found.push(from)
  return found
}

const unquote = (text: string): string =>
  (/^".*"$/s.test(text) && text.length > 1 ? text.slice(1, -1) : text.replace(/^"/, '')).replace(/\\(.)/gs, '$1')

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const ZONES: Record<string, number> = { est: -5, edt: -4, cst: -6, cdt: -5, mst: -7, mdt: -6, pst: -8, pdt: -7 }

/** A date (RFC 5322, 3.3 and 4.3) as ISO 8601 in UTC; null when it is none. */
export function dateOf(text: string): string | null {
  const match =
    /^(?:[a-z]{3,9},?\s*)?(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{4}|[a-z]{1,5})?/i.exec(text)
  if (!match) return null
  const [, day, name, year, hour, minute, second, zone = ''] = match as unknown as string[]
  const month = MONTHS.indexOf(name!.toLowerCase())
  const full = Number(year) + (year!.length > 3 ? 0 : year!.length === 3 || Number(year) > 49 ? 1900 : 2000)
  if (month < 0 || Number(day) > 31 || Number(hour) > 24 || Number(minute) > 59 || Number(second ?? 0) > 60) return null
  const minutes = /^[+-]/.test(zone)
    ? Number(zone[0] + '1') * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3)))
    : (ZONES[zone.toLowerCase()] ?? 0) * 60
  return new Date(Date.UTC(full, month, Number(day), Number(hour), Number(minute) - minutes, Number(second ?? 0))).toISOString()
}
