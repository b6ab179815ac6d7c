import { broken, hostile, tooMuch } from './fault.ts'

const DEEPEST = 256
const MOST_MARKUP = 1024 * 1024
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const TAG = /^<([^\s/>"'=<&!?]+)((?:\s+[^\s/>"'=<&]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>$/
const ATTRIBUTE = /([^\s"'=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** Names are local: the prefix is dropped. Attributes go by their local name, of which the last counts, and by their whole one. */
export type Heard = { open(name: string, attributes: Record<string, string>): void; close(name: string): void; text(text: string): void }

/**
 * Reads XML 1.0 as Office writes it: UTF-8 or UTF-16, elements, attributes, text, CDATA; comments and instructions are passed
 * over. Stops early when `isEnough`.
 *
 * @throws ReadingFault `hostile` for a document type (so there are no entities but the five) and for nesting over 256 deep;
 *   `too-much` for a tag over 1 MiB; `broken` for what is not well-formed
 */
export async function readXml(parts: AsyncIterable<Buffer>, heard: Heard, isEnough: () => boolean = () => false): Promise<void> {
  const names: string[] = []
  let decoder: TextDecoder | null = null
  let rest = ''
  for await (const part of parts) {
    decoder ??= decoderOf(part)
    rest = take(rest + decode(decoder, part), names, heard)
    if (isEnough()) return
  }
  if (!decoder) throw broken('a part of it is empty')
  rest = take(rest + decode(decoder), names, heard)
  if (rest.trim() !== '' || names.length > 0) throw broken('its markup breaks off')
}

const decoderOf = (head: Buffer): TextDecoder =>
  new TextDecoder(head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8', {
    fatal: true,
  })

function decode(decoder: TextDecoder, part?: Buffer): string {
  try {
    return part ? decoder.decode(part, { stream: true }) : decoder.decode()
  } catch {
    throw broken('its letters are not in the encoding it must have')
  }
}

/** Tells all that is whole in `text`; gives what is not. */
function take(text: string, names: string[], heard: Heard): string {
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('<', at)
    if (open !== at) {
      // up to the next tag, or what may be told of it: an entity may be cut in two
      const stop = open < 0 ? wholeText(text, at) : open
      if (stop > at) tellText(text.slice(at, stop), names, heard)
      at = stop
      if (open < 0) break
      continue
    }
    const end = markupEnd(text, at)
    if (end < 0) break
    tellMarkup(text.slice(at, end), names, heard)
    at = end
  }
  const rest = text.slice(at)
  if (rest.length > MOST_MARKUP) throw tooMuch('a piece of its markup is too long')
  return rest
}

function wholeText(text: string, at: number): number {
  const last = text.lastIndexOf('&')
  return last >= at && text.length - last < 16 && !text.includes(';', last) ? last : text.length
}

const MARKUP = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const

function markupEnd(text: string, at: number): number {
  for (const [start, stop] of MARKUP) {
    if (!text.startsWith(start, at)) continue
    const end = text.indexOf(stop, at + start.length)
    return end < 0 ? -1 : end + stop.length
  }
  // too short to tell which
  if (text[at + 1] === '!' && MARKUP.some(([start]) => start.startsWith(text.slice(at)))) return -1
  if (text[at + 1] === '!') throw hostile('it declares a document type')
  // a quoted value may hold one
  let quote = ''
  for (let n = at + 1; n < text.length; n++) {
    const char = text[n]!
    if (quote) {
      if (char === quote) quote = ''
    } else if (char === '"' || char === "'") quote = char
    else if (char === '>') return n + 1
  }
  return -1
}

function tellMarkup(markup: string, names: string[], heard: Heard): void {
  if (markup.startsWith('<!--') || markup.startsWith('<?')) return
  if (markup.startsWith('<![')) return names.length ? heard.text(markup.slice(9, -3)) : outside()
  if (markup.startsWith('</')) {
    const name = markup.slice(2, -1).trimEnd()
    if (names.pop() !== name) throw broken('its markup does not close as it opened')
    return heard.close(local(name))
  }
  const match = TAG.exec(markup)
  if (!match) throw broken('its markup is not well-formed')
  const [, name, list, empty] = match as unknown as [string, string, string, string]
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [, key, double, single] of list.matchAll(ATTRIBUTE)) attributes[key!] = attributes[local(key!)] = plain(double ?? single ?? '')
  if (names.length >= DEEPEST) throw hostile('it is nested too deep')
  heard.open(local(name), attributes)
  if (empty) heard.close(local(name))
  else names.push(name)
}

function tellText(text: string, names: string[], heard: Heard): void {
  if (names.length) heard.text(plain(text))
  else if (text.trim() !== '' && text.trim() !== '\ufeff') outside()
}

function outside(): never {
  throw broken('it holds text outside of its markup')
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

function plain(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&]*);?/g, (whole, name: string) => {
    if (whole.endsWith(';') && Object.hasOwn(ENTITIES, name)) return ENTITIES[name]!
    const code = /^#x([0-9a-f]{1,6})$/i.exec(name)?.[1]
      ? parseInt(name.slice(2), 16)
      : /^#[0-9]{1,7}$/.test(name)
        ? Number(name.slice(1))
        : NaN
    if (!whole.endsWith(';') || !(code > 0 && code <= 0x10ffff)) throw broken('it names an entity that is not declared')
    return String.fromCodePoint(code)
  })
}
