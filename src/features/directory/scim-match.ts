import type { Attribute, Fields, Found, Value } from './scim-attributes.ts'
import type { Comparing, Filter, Literal } from './scim-filter.ts'

/** Whether a resource, or one value of a complex attribute, fits a filter. */
export function isMatch(filter: Filter, fields: Fields): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.of.every((one) => isMatch(one, fields))
    case 'or':
      return filter.of.some((one) => isMatch(one, fields))
    case 'not':
      return !isMatch(filter.of, fields)
    case 'within':
      return filter.attribute !== null && manyOf(fields[filter.attribute.name]).some((one) => isMatch(filter.of, one))
    case 'present':
      return filter.at !== null && isPresent(filter.at, fields)
    case 'compare':
      return isLike(filter.at, filter.op, filter.value, fields)
  }
}

const isPresent = (at: Found, fields: Fields): boolean =>
  at.sub ? simplesAt(at, fields).length > 0 : fields[at.attribute.name] !== undefined

/** Unassigned and null are one (RFC 7643, 2.5); `ne` is what `eq` is not. */
function isLike(at: Found | null, op: Comparing, value: Literal, fields: Fields): boolean {
  if (op === 'ne') return !isLike(at, 'eq', value, fields)
  const values = at ? simplesAt(at, fields) : []
  if (value === null) return values.length === 0
  const attribute = at && simpleOf(at)
  return values.some((own) => compare(attribute!, op, own, value))
}

const manyOf = (value: Value): Fields[] => (Array.isArray(value) ? value.filter((one): one is Fields => typeof one === 'object') : [])
/** The attribute whose simple values are meant: a list without a sub-attribute stands for its `value` (RFC 7643, 2.4). */
const simpleOf = ({ attribute, sub }: Found): Attribute =>
  sub ?? (attribute.multiValued && attribute.sub ? attribute.sub.find((one) => one.name === 'value')! : attribute)

/** The simple values that stand at a place; none when there is nothing. */
export function simplesAt(at: Found, fields: Fields): (string | boolean)[] {
  const value = fields[at.attribute.name]
  const name = simpleOf(at).name
  const all: unknown[] = Array.isArray(value) ? value : [value]
  return all
    .map((one) => (typeof one === 'object' && one !== null ? (one as Fields)[name] : one))
    .filter((one) => typeof one === 'string' || typeof one === 'boolean')
}

/** Compatibility-normalized and without case, as addresses are compared (core/tokens.ts). */
export const folded = (attribute: Attribute, text: string): string => (attribute.caseExact ? text : text.normalize('NFKC').toLowerCase())

function compare(attribute: Attribute, op: Comparing, own: string | boolean, wanted: string | boolean): boolean {
  if (typeof own === 'boolean' || typeof wanted === 'boolean') return own === wanted
  if (attribute.type === 'dateTime') return ordered(op, Date.parse(own), Date.parse(wanted))
  const [a, b] = [folded(attribute, own), folded(attribute, wanted)]
  if (op === 'co') return a.includes(b)
  if (op === 'sw') return a.startsWith(b)
  if (op === 'ew') return a.endsWith(b)
  return ordered(op, a, b)
}

function ordered<T extends string | number>(op: Comparing, a: T, b: T): boolean {
  if (op === 'eq') return a === b
  if (op === 'gt') return a > b
  if (op === 'ge') return a >= b
  return op === 'lt' ? a < b : a <= b
}
