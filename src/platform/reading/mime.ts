import { lines, stretch, type Bytes, type Line } from './bytes.ts'
import { hostile, tooMuch } from './fault.ts'
import { field, headersOf, isField, valued, type Headers } from './mime-headers.ts'
import type { Limits } from './reading.ts'

const MOST_HEADER = 256 * 1024
const DEEPEST = 16

/** A part of a message (RFC 2046) by its place; `end` is behind its last byte. `parts` counts those inside of it. */
export type Part = {
  headers: Headers
  type: string
  parameters: Map<string, string>
  encoding: string
  disposition: string
  name: string
  parent: Part | null
  depth: number
  start: number
  end: number
  /** bytes after decoding; known of all but quoted-printable */
  size: number
  parts: number
}

/**
 * All parts of the message between two places, in order, the whole message first. One pass; content is passed over. A message
 * inside of a message is a part and is not opened.
 *
 * @throws ReadingFault `hostile` when parts are nested over 16 deep, `too-much` when there are too many or a header is over
 *   256 KiB
 */
export async function scan(bytes: Bytes, start: number, end: number, limits: Limits): Promise<Part[]> {
  const parts: Part[] = []
  const open: { boundary: Buffer; part: Part }[] = []
  let header: Buffer[] | null = []
  let headerSize = 0
  let part: Part | null = null
  let parent: Part | null = null
  let letters = 0
  let breakBefore = 0
  const finish = (at: number) => {
    if (header) begin(at)
    if (part) settle(part, at, letters)
    part = null
  }
  const begin = (at: number) => {
    part = partOf(headersOf(header!), parent, at, end)
    header = null
    letters = 0
    if (part.depth > DEEPEST) throw hostile('its parts are nested too deep')
    if (parts.push(part) > limits.parts) throw tooMuch('it has too many parts')
    if (parent) parent.parts += 1
    const boundary = part.type.startsWith('multipart/') ? part.parameters.get('boundary') : undefined
    if (boundary) open.push({ boundary: Buffer.from(`--${boundary}`), part })
  }
  for await (const line of lines(bytes, start, end)) {
    const level =
      line.isFirst && line.text[0] === 45 && line.text[1] === 45 ? open.findLastIndex(({ boundary }) => isBoundary(line, boundary)) : -1
    if (level >= 0) {
      const at = line.start - breakBefore
      finish(at)
      for (const inner of open.splice(level + 1)) settle(inner.part, at, 0)
      parent = open[level]!.part
      const isLast = line.text.subarray(open[level]!.boundary.length).toString('latin1').startsWith('--')
      if (isLast) {
        settle(parent, line.end, 0)
        open.pop()
      }
      header = isLast ? null : []
      headerSize = 0
    } else if (header) {
      headerSize += line.text.length
      if (headerSize > MOST_HEADER) throw tooMuch('a header of it is too long')
      const isFolded = line.text[0] === 32 || line.text[0] === 9
      if (line.isFirst && line.text.length === 0) begin(line.end)
      // the mark of an mbox may have been left on
      else if (!line.isFirst || isFolded || isField(line.text) || (header.length === 0 && line.text.toString('latin1', 0, 5) === 'From '))
        header.push(line.text)
      else begin(line.start)
    }
    if (part && (part as Part).encoding === 'base64') letters += lettersIn(line.text)
    breakBefore = line.end - line.start - line.text.length
  }
  finish(end)
  return parts
}

const isBoundary = ({ text }: Line, boundary: Buffer): boolean =>
  text.length >= boundary.length &&
  boundary.equals(text.subarray(0, boundary.length)) &&
  /^(--)?[ \t]*$/.test(text.toString('latin1', boundary.length, boundary.length + 64))

function partOf(headers: Headers, parent: Part | null, start: number, end: number): Part {
  const { value, parameters } = valued(field(headers, 'content-type'))
  const disposition = valued(field(headers, 'content-disposition'))
  const fallback = parent?.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain'
  return {
    headers,
    type: /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/.test(value) ? value : fallback,
    parameters,
    encoding: valued(field(headers, 'content-transfer-encoding')).value,
    disposition: disposition.value,
    name: (disposition.parameters.get('filename') ?? parameters.get('name') ?? '').toWellFormed(),
    parent,
    depth: parent ? parent.depth + 1 : 0,
    start,
    end,
    size: 0,
    parts: 0,
  }
}

function settle(part: Part, end: number, letters: number): void {
  part.end = Math.max(part.start, end)
  part.size = part.encoding === 'base64' ? Math.floor((letters * 6) / 8) : part.end - part.start
}

const isLetter = Uint8Array.from({ length: 256 }, (_, code) => (/[A-Za-z0-9+/]/.test(String.fromCharCode(code)) ? 1 : 0))
function lettersIn(text: Buffer): number {
  let count = 0
  for (let n = 0; n < text.length; n++) count += isLetter[text[n]!]!
  return count
}

/** The content of a part, out of its transfer encoding (RFC 2045, 6). What is in no encoding known here comes as it stands. */
export async function* contentOf(bytes: Bytes, part: Part): AsyncGenerator<Buffer> {
  if (part.encoding !== 'base64' && part.encoding !== 'quoted-printable') return yield* stretch(bytes, part.start, part.end)
  let rest = ''
  for await (const window of stretch(bytes, part.start, part.end)) {
    const text = rest + window.toString('latin1')
    if (part.encoding === 'base64') {
      const letters = text.replace(/[^A-Za-z0-9+/]+/g, '')
      const whole = letters.length - (letters.length % 4)
      rest = letters.slice(whole)
      if (whole) yield Buffer.from(letters.slice(0, whole), 'base64')
    } else {
      // an escape or a soft break may be cut in two
      const cut = /=[0-9a-fA-F]?$|=[ \t]{0,80}\r?$/.exec(text.slice(-84))
      const whole = text.length - (cut?.[0].length ?? 0)
      rest = text.slice(whole)
      yield unquotedPrintable(text.slice(0, whole))
    }
  }
  // a last one that is not whole says what it can
  if (rest) yield part.encoding === 'base64' ? Buffer.from(rest, 'base64') : unquotedPrintable(rest)
}

const unquotedPrintable = (text: string): Buffer =>
  Buffer.from(
    text.replace(/=(?:[ \t]{0,80}\r?\n|([0-9a-fA-F]{2}))/g, (_, hex?: string) => (hex ? String.fromCharCode(parseInt(hex, 16)) : '')),
    'latin1',
  )
