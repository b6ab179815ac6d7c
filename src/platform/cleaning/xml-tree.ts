import { broken, hostile, tooMuch } from '../reading/fault.ts'

/**
 * A part of a package as a tree that is written back as it stood: what nobody changes keeps every byte of its markup.
 * `tag` is the start tag without its brackets; texts are raw, entities and all, and so are comments and instructions.
 */
export type Element = { name: string; tag: string; isEmpty: boolean; children: Node[] }
export type Node = Element | string
/** `head` and `foot`: declaration, comments and space around the first element. */
export type Tree = { head: string; root: Element; foot: string; isUtf8: boolean }

const DEEPEST = 256
/** Letters of markup that are made into a tree. */
const MOST = 96 * 1024 * 1024
const NAME = /^[^\s/>"'=<&!?]+/
/** Letters of one tag. */
const LONGEST_TAG = 1024 * 1024
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** @throws ReadingFault `hostile` for a document type or nesting over 256 deep; `too-much`; `broken` for what is not well-formed */
export function treeOf(bytes: Buffer): Tree {
  if (bytes.length > MOST) throw tooMuch('a part of it is too long')
  const { text, isUtf8 } = decoded(bytes)
  const open: Element[] = []
  let root: Element | null = null
  let head = ''
  let foot = ''
  const put = (node: Node) => {
    const parent = open.at(-1)
    if (parent) parent.children.push(node)
    else if (typeof node === 'string') {
      if (!node.startsWith('<') && node.replaceAll('\ufeff', '').trim() !== '') throw broken('it holds text outside of its markup')
      if (root) foot += node
      else head += node
    } else if (root) throw broken('its markup has two roots')
    else root = node
  }
  for (let at = 0; at < text.length;) {
    const next = text[at] === '<' ? markupEnd(text, at) : text.indexOf('<', at)
    const end = next < 0 ? text.length : next
    const piece = text.slice(at, end)
    at = end
    if (piece[0] !== '<' || piece[1] === '!' || piece[1] === '?') put(piece)
    else if (piece[1] === '/') {
      if (open.pop()?.name !== piece.slice(2, -1).trimEnd()) throw broken('its markup does not close as it opened')
    } else {
      const isEmpty = piece.endsWith('/>')
      const tag = piece.slice(1, isEmpty ? -2 : -1)
      const name = NAME.exec(tag)?.[0]
      if (name === undefined) throw broken('its markup is not well-formed')
      if (tag.length > LONGEST_TAG) throw tooMuch('a piece of its markup is too long')
      const element: Element = { name, tag, isEmpty, children: [] }
      put(element)
      if (isEmpty) continue
      if (open.length >= DEEPEST) throw hostile('it is nested too deep')
      open.push(element)
    }
  }
  if (open.length > 0 || !root) throw broken('its markup breaks off')
  return { head, root, foot, isUtf8 }
}

function decoded(bytes: Buffer): { text: string; isUtf8: boolean } {
  const mark = bytes.toString('hex', 0, 2)
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8'
  try {
    return { text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes), isUtf8: encoding === 'utf-8' }
  } catch {
    throw broken('its letters are not in the encoding it must have')
  }
}

function markupEnd(text: string, at: number): number {
  const until = (mark: string, from: number): number => {
    const end = text.indexOf(mark, from)
    if (end < 0) throw broken('its markup breaks off')
    return end + mark.length
  }
  if (text.startsWith('<!--', at)) return until('-->', at + 4)
  if (text.startsWith('<![CDATA[', at)) return until(']]>', at + 9)
  if (text[at + 1] === '?') return until('?>', at + 2)
  if (text[at + 1] === '!') throw hostile('it declares a document type')
  // a quoted value may hold one
  let end = text.indexOf('>', at)
  for (let from = at; ;) {
    const quote = firstQuote(text, from, end)
    if (quote < 0) break
    from = text.indexOf(text[quote]!, quote + 1) + 1
    if (from === 0) throw broken('its markup breaks off')
    if (from > end) end = text.indexOf('>', from)
  }
  if (end < 0) throw broken('its markup breaks off')
  return end + 1
}

function firstQuote(text: string, from: number, end: number): number {
  for (let n = from; n < end; n++) if (text[n] === '"' || text[n] === "'") return n
  return -1
}

/** In UTF-8. */
export function bytesOfTree({ head, root, foot, isUtf8 }: Tree): Buffer {
  const out: string[] = [isUtf8 ? head : head.replace('\ufeff', '').replace(/encoding\s*=\s*["'][^"']*["']/, 'encoding="UTF-8"')]
  const write = (node: Node): void => {
    if (typeof node === 'string') return void out.push(node)
    if (node.children.length === 0 && node.isEmpty) return void out.push('<', node.tag, '/>')
    out.push('<', node.tag, '>')
    for (const child of node.children) write(child)
    out.push('</', node.name, '>')
  }
  write(root)
  out.push(foot)
  return Buffer.from(out.join(''))
}

/** The name without its prefix: programs choose prefixes as they like. */
export const local = ({ name }: Element): string => name.slice(name.indexOf(':') + 1)
export const isElement = (node: Node): node is Element => typeof node !== 'string'
export const childrenOf = (element: Element): Element[] => element.children.filter(isElement)
export const child = (element: Element, name: string): Element | undefined =>
  element.children.find((node): node is Element => isElement(node) && local(node) === name)

type Attribute = { name: string; value: string; start: number; end: number }

/** The attributes of a start tag in their order; `start` and `end` take in the space before. One step for each letter, whatever stands there. */
function* attributesIn(tag: string): Generator<Attribute> {
  let at = tag.search(/[\s/]|$/)
  const isSpace = (n: number) => ' \t\r\n'.includes(tag[n] ?? 'x')
  while (at < tag.length) {
    const start = at
    while (isSpace(at)) at += 1
    const from = at
    while (at < tag.length && !isSpace(at) && !'="\'<>/'.includes(tag[at]!)) at += 1
    const name = tag.slice(from, at)
    while (isSpace(at)) at += 1
    if (name === '' || tag[at] !== '=') {
      if (at === start || name === '') at += 1
      continue
    }
    at += 1
    while (isSpace(at)) at += 1
    const quote = tag[at]
    const end = quote === '"' || quote === "'" ? tag.indexOf(quote, at + 1) : -1
    if (end < 0) continue
    yield { name, value: plain(tag.slice(at + 1, end)), start, end: end + 1 }
    at = end + 1
  }
}

/** Attributes by their local name, of which the last counts, and by their whole one. */
export function attributesOf({ tag }: Element): Record<string, string> {
  const found = Object.create(null) as Record<string, string>
  for (const { name, value } of attributesIn(tag)) found[name] = found[name.slice(name.indexOf(':') + 1)] = value
  return found
}
export const attribute = (element: Element, name: string): string | undefined => attributesOf(element)[name]

/** Takes away the attributes whose whole name `isGone` knows. @returns how many */
export function withoutAttributes(element: Element, isGone: (name: string, value: string) => boolean): number {
  let kept = ''
  let from = 0
  let count = 0
  for (const { name, value, start, end } of attributesIn(element.tag)) {
    if (!isGone(name, value)) continue
    kept += element.tag.slice(from, start)
    from = end
    count += 1
  }
  if (count > 0) element.tag = kept + element.tag.slice(from)
  return count
}

/** Tells every element of a tree, from the root down; `enter` may say not to go further. */
export function walk(
  element: Element,
  enter: (element: Element, parent: Element | null) => boolean | void,
  parent: Element | null = null,
): void {
  if (enter(element, parent) === false) return
  for (const node of element.children) if (isElement(node)) walk(node, enter, element)
}

/** Takes away the elements that `isGone` knows, with all that is in them. @returns how many */
export function without(element: Element, isGone: (element: Element, parent: Element) => boolean): number {
  let count = 0
  const left = element.children.filter((node) => {
    if (!isElement(node)) return true
    if (!isGone(node, element)) {
      count += without(node, isGone)
      return true
    }
    count += 1
    return false
  })
  if (left.length < element.children.length) element.children = left
  return count
}

/** The text in it, of the elements of the names given; else all. */
export function textIn(element: Element, names?: ReadonlySet<string>): string {
  const out: string[] = []
  const tell = (one: Element, isTold: boolean): void => {
    for (const node of one.children) {
      if (isElement(node)) tell(node, isTold || names === undefined || names.has(local(node)))
      else if (isTold) out.push(node.startsWith('<![CDATA[') ? node.slice(9, -3) : node.startsWith('<') ? '' : plain(node))
    }
  }
  tell(element, names === undefined || names.has(local(element)))
  return out.join('')
}

const plain = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));/gi, (whole, hex?: string, dec?: string, name?: string) => {
        if (name) return ENTITIES[name] ?? whole
        const code = hex ? parseInt(hex, 16) : Number(dec)
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
      })
    : text
