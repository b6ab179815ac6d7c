import { Refusal } from '../../platform/refusal.ts'
import { findAttribute, type Attribute, type Definition, type Found } from './scim-attributes.ts'

const COMPARING = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const
export type Comparing = (typeof COMPARING)[number]
export type Literal = string | boolean | null

/** A filter, read. `at` null: an attribute that is known and not kept here, which nobody has. */
export type Filter =
  | { kind: 'and' | 'or'; of: Filter[] }
  | { kind: 'not'; of: Filter }
  | { kind: 'present'; at: Found | null }
  | { kind: 'compare'; at: Found | null; op: Comparing; value: Literal }
  /** one value of a multi-valued attribute that fits */
  | { kind: 'within'; attribute: Attribute | null; of: Filter }

/** What a PATCH names (RFC 7644, 3.5.2): an attribute, which of its values, and a part of it. */
export type Path = { attribute: Attribute; filter: Filter | null; sub: Attribute | null }

const MOST_LETTERS = 1000
const MOST_DEPTH = 8

/**
 * Reads a filter (RFC 7644, 3.4.2.2): `and` binds closer than `or`, operators and names have no case.
 * `emails[type eq "work"].value eq "…"` is read too, as Entra ID writes it.
 * @throws Refusal `scim.filter`
 */
export function readFilter(definition: Definition, text: string): Filter {
  const reader = new Reader(text)
  const filter = reader.either(scopeOf(definition), 0)
  reader.end()
  return filter
}

/** Reads the path of a PATCH; null for what is known and not kept here. @throws Refusal `scim.path`, `scim.filter` */
export function readPath(definition: Definition, text: string): Path | null {
  const unknown = () => new Refusal('scim.path', { text: `There is no attribute ${shortened(text)}.` })
  const bracket = text.indexOf('[')
  const found = findAttribute(definition, bracket === -1 ? text : text.slice(0, bracket))
  if (found === null) throw unknown()
  if (found === 'unkept') return null
  if (bracket === -1) return { ...found, filter: null }
  if (!found.attribute.multiValued || !found.attribute.sub || found.sub) throw unknown()
  const reader = new Reader(text.slice(bracket))
  const filter = reader.bracketed(insideOf(found.attribute), 0)
  const dotted = reader.dotted()
  reader.end()
  if (dotted === null) return { attribute: found.attribute, filter, sub: null }
  const part = findAttribute(definition, `${found.attribute.name}.${dotted}`)
  if (part === null) throw unknown()
  return part === 'unkept' ? null : { attribute: found.attribute, filter, sub: part.sub }
}

/** What a name in a filter stands for; null: known and not kept. */
type Scope = (name: string) => Found | null
const scopeOf =
  (definition: Definition): Scope =>
  (name) => {
    const found = findAttribute(definition, name)
    if (found === null) throw broken(`There is no attribute ${shortened(name)}.`)
    return found === 'unkept' ? null : found
  }
const insideOf =
  (attribute: Attribute): Scope =>
  (name) => {
    const sub = attribute.sub!.find((one) => one.name.toLowerCase() === name.toLowerCase())
    if (!sub && name.toLowerCase() !== 'display') throw broken(`There is no attribute ${attribute.name}.${shortened(name)}.`)
    return sub ? { attribute: sub, sub: null } : null
  }
const nowhere: Scope = () => null

type Token = { kind: 'word' | 'text' | 'number' | 'mark'; text: string }
const LEXEMES =
  /(?<text>"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(?<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])|(?<word>[A-Za-z$][\w$:.-]*)|(?<mark>[()[\]]|\.[A-Za-z$][\w$-]*)|(?<space>\s+)/y

class Reader {
  readonly #tokens: Token[] = []
  #at = 0

  constructor(text: string) {
    if (text.length > MOST_LETTERS) throw broken(`A filter has at most ${MOST_LETTERS} letters.`)
    LEXEMES.lastIndex = 0
    while (LEXEMES.lastIndex < text.length) {
      const rest = LEXEMES.lastIndex
      const groups = LEXEMES.exec(text)?.groups
      if (!groups) throw broken(`The filter cannot be read at “${shortened(text.slice(rest))}”.`)
      for (const kind of ['word', 'text', 'number', 'mark'] as const)
        if (groups[kind] !== undefined) this.#tokens.push({ kind, text: groups[kind] })
    }
  }

  either(scope: Scope, depth: number): Filter {
    return this.#series('or', () => this.#series('and', () => this.#one(scope, depth)))
  }

  bracketed(scope: Scope, depth: number): Filter {
    return this.#enclosed('[', ']', scope, depth)
  }

  /** The part after `]`, as in `].value`; null when there is none. */
  dotted(): string | null {
    const next = this.#tokens[this.#at]
    if (next?.kind !== 'mark' || !next.text.startsWith('.')) return null
    this.#at += 1
    return next.text.slice(1)
  }

  end(): void {
    const next = this.#tokens[this.#at]
    if (next) throw broken(`The filter should have ended before “${shortened(next.text)}”.`)
  }

  #series(joint: 'and' | 'or', next: () => Filter): Filter {
    const of = [next()]
    while (this.#isWord(joint)) {
      this.#at += 1
      of.push(next())
    }
    return of.length === 1 ? of[0]! : { kind: joint, of }
  }

  #one(scope: Scope, depth: number): Filter {
    if (this.#isWord('not') && this.#isMark('(', 1)) {
      this.#at += 1
      return { kind: 'not', of: this.#enclosed('(', ')', scope, depth) }
    }
    if (this.#isMark('(')) return this.#enclosed('(', ')', scope, depth)
    const name = this.#take('word', 'the name of an attribute')
    return this.#isMark('[') ? this.#within(scope, name, depth) : this.#test(scope(name))
  }

  #enclosed(opening: string, closing: string, scope: Scope, depth: number): Filter {
    if (depth >= MOST_DEPTH) throw broken('The filter is nested too deeply.')
    this.#mark(opening)
    const filter = this.either(scope, depth + 1)
    this.#mark(closing)
    return filter
  }

  #within(scope: Scope, name: string, depth: number): Filter {
    const found = scope(name)
    if (found && (!found.attribute.multiValued || !found.attribute.sub || found.sub)) throw broken(`${name} has no values to choose among.`)
    const attribute = found?.attribute ?? null
    const inside = attribute ? insideOf(attribute) : nowhere
    const of = this.bracketed(inside, depth)
    const dotted = this.dotted()
    return { kind: 'within', attribute, of: dotted === null ? of : { kind: 'and', of: [of, this.#test(inside(dotted))] } }
  }

  #test(at: Found | null): Filter {
    const op = this.#take('word', 'an operator').toLowerCase()
    if (op === 'pr') return { kind: 'present', at }
    if (!COMPARING.includes(op as Comparing)) throw broken(`There is no operator ${shortened(op)}.`)
    return { kind: 'compare', at, op: op as Comparing, value: fitting(at, op as Comparing, this.#literal()) }
  }

  #literal(): Literal | number {
    const next = this.#tokens[this.#at]
    this.#at += 1
    if (next?.kind === 'text') return JSON.parse(next.text) as string
    if (next?.kind === 'number') return Number(next.text)
    const word = next?.kind === 'word' ? next.text.toLowerCase() : ''
    if (word === 'true' || word === 'false') return word === 'true'
    if (word === 'null') return null
    throw broken('A value to compare with is missing; text stands in double quotes.')
  }

  #isWord(text: string): boolean {
    const next = this.#tokens[this.#at]
    return next?.kind === 'word' && next.text.toLowerCase() === text
  }
  #isMark(text: string, ahead = 0): boolean {
    const next = this.#tokens[this.#at + ahead]
    return next?.kind === 'mark' && next.text === text
  }
  #mark(text: string): void {
    if (!this.#isMark(text)) throw broken(`A ${text} is missing in the filter.`)
    this.#at += 1
  }
  #take(kind: Token['kind'], what: string): string {
    const next = this.#tokens[this.#at]
    if (next?.kind !== kind) throw broken(`The filter lacks ${what}.`)
    this.#at += 1
    return next.text
  }
}

/** The value as the attribute's type has it; what cannot be compared is refused (RFC 7644, 3.4.2.2). */
function fitting(at: Found | null, op: Comparing, value: Literal | number): Literal {
  const isEquality = op === 'eq' || op === 'ne'
  if (at === null) return typeof value === 'number' ? String(value) : value
  const { attribute, sub } = at
  const name = sub ? `${attribute.name}.${sub.name}` : attribute.name
  // a list without a sub-attribute is compared by `value`
  const type = sub?.type ?? (attribute.multiValued && attribute.sub ? 'string' : attribute.type)
  if (type === 'complex') throw broken(`${name} is compared by one of its parts.`)
  if (value === null && isEquality) return null
  if (type === 'boolean') {
    // Entra ID writes booleans as text
    const truth = typeof value === 'string' ? { true: true, false: false }[value.toLowerCase()] : value
    if (typeof truth !== 'boolean' || !isEquality) throw broken(`${name} is true or false, and is compared with eq or ne.`)
    return truth
  }
  if (typeof value !== 'string') throw broken(`${name} is compared with text.`)
  if (type === 'dateTime' && (Number.isNaN(Date.parse(value)) || ['co', 'sw', 'ew'].includes(op)))
    throw broken(`${name} is compared with a time, such as 2026-01-31T09:00:00Z.`)
  return value
}

const broken = (text: string): Refusal => new Refusal('scim.filter', { text })
const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
