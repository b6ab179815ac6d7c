import { PATCH } from '../../contract/scim.ts'
import { Refusal } from '../../platform/refusal.ts'
import {
  checkRequired,
  isObject,
  MOST_VALUES,
  singleOf,
  valueOf,
  type Attribute,
  type Definition,
  type Fields,
  type Value,
} from './scim-attributes.ts'
import { readPath, type Filter, type Path } from './scim-filter.ts'
import { isMatch } from './scim-match.ts'

type Op = 'add' | 'replace' | 'remove'
const MOST_OPERATIONS = 1000

/**
 * A resource as it is after the operations of a PATCH (RFC 7644, 3.5.2); the one given stays as it was. All of them or
 * none. Entra ID's ways are taken too: operations in capitals, `remove` with a value, names with dots in a value without
 * a path, booleans as text.
 * @throws Refusal `scim.syntax`, `scim.path`, `scim.value`, `scim.target`, `scim.mutability`, `scim.many`, `scim.filter`
 */
export function patched(definition: Definition, resource: Fields, body: Record<string, unknown>): Fields {
  const after = structuredClone(resource)
  for (const { op, path, value } of operationsOf(body)) {
    if (path !== undefined) change(definition, after, op, path, value)
    else if (isObject(value)) for (const [name, one] of Object.entries(value)) changeNamed(definition, after, op, name, one)
    else throw new Refusal('scim.value', { text: 'An operation without a path needs an object as its value.' })
  }
  checkRequired(definition, after)
  return after
}

type Operation = { op: Op; path?: string; value?: unknown }
function operationsOf(body: Record<string, unknown>): Operation[] {
  const field = (of: Record<string, unknown>, name: string): unknown => Object.entries(of).find(([key]) => key.toLowerCase() === name)?.[1]
  const schemas = field(body, 'schemas')
  if (!Array.isArray(schemas) || !schemas.some((one) => typeof one === 'string' && one.toLowerCase() === PATCH.toLowerCase()))
    throw new Refusal('scim.syntax', { text: `schemas must hold ${PATCH}.` })
  const operations = field(body, 'operations')
  if (!Array.isArray(operations) || operations.length === 0) throw new Refusal('scim.syntax', { text: 'Operations are missing.' })
  if (operations.length > MOST_OPERATIONS)
    throw new Refusal('scim.many', { text: `At most ${MOST_OPERATIONS} operations are taken at once.` })
  return operations.map((one: unknown) => {
    if (!isObject(one)) throw new Refusal('scim.syntax', { text: 'An operation is an object.' })
    const [op, path, value] = [field(one, 'op'), field(one, 'path'), field(one, 'value')]
    const lower = typeof op === 'string' ? op.toLowerCase() : ''
    if (lower !== 'add' && lower !== 'replace' && lower !== 'remove')
      throw new Refusal('scim.syntax', { text: 'op is add, replace or remove.' })
    if (path !== undefined && path !== null && typeof path !== 'string') throw new Refusal('scim.path', { text: 'path must be text.' })
    if (lower === 'remove' && !path) throw new Refusal('scim.target', { text: 'What is removed needs a path.' })
    return { op: lower, path: path || undefined, value }
  })
}

/** A name in a value without a path: an attribute, or what a client says again of what it cannot change. */
function changeNamed(definition: Definition, fields: Fields, op: Op, name: string, value: unknown): void {
  const lower = name.toLowerCase()
  if (lower === 'schemas' || lower === 'meta' || (lower === 'id' && value === fields.id)) return
  // a schema's name over its attributes (RFC 7643, 3.3)
  if (lower === definition.id.toLowerCase() && isObject(value))
    return Object.entries(value).forEach(([own, one]) => changeNamed(definition, fields, op, own, one))
  change(definition, fields, op, name, value)
}

function change(definition: Definition, fields: Fields, op: Op, text: string, value: unknown): void {
  const path = readPath(definition, text)
  if (path === null) return
  const { attribute, filter, sub } = path
  if (attribute.mutability === 'readOnly') throw new Refusal('scim.mutability', { text: `${attribute.name} cannot be changed.` })
  if (op !== 'remove' && value === undefined) throw new Refusal('scim.value', { text: `A value for ${attribute.name} is missing.` })
  if (filter || (attribute.multiValued && sub)) return changeChosen(fields, op, path, value)
  if (attribute.multiValued) return changeMany(fields, op, attribute, value)
  if (sub) return changePart(fields, op, attribute, sub, value)
  const own = op === 'remove' ? undefined : valueOf(attribute, value)
  const before = fields[attribute.name]
  // of a complex value the parts that are not named stay (RFC 7644, 3.5.2.3)
  set(fields, attribute, isObject(own) && isObject(before) ? { ...before, ...own } : own)
}

function changePart(fields: Fields, op: Op, attribute: Attribute, sub: Attribute, value: unknown): void {
  const whole: Fields = { ...(fields[attribute.name] as Fields | undefined) }
  set(whole, sub, op === 'remove' ? undefined : singleOf(sub, value))
  set(fields, attribute, whole)
}

/** Adds to, replaces or takes from a list. What stands there already is not added twice. */
function changeMany(fields: Fields, op: Op, attribute: Attribute, value: unknown): void {
  const before = (fields[attribute.name] as Fields[] | undefined) ?? []
  const given = (valueOf(attribute, value) as Fields[] | undefined) ?? []
  if (op === 'remove') {
    const gone = new Set(given.map(keyOf))
    return set(fields, attribute, value === undefined || value === null ? [] : before.filter((one) => !gone.has(keyOf(one))))
  }
  if (op === 'replace') return set(fields, attribute, unique(given))
  if (before.length + given.length > 2 * MOST_VALUES) throw new Refusal('scim.many')
  const hasPrimary = given.some((one) => one.primary === true)
  // a new primary value takes the place of the one before (RFC 7644, 3.5.2)
  const kept = hasPrimary ? before.map((one) => (one.primary === true ? { ...one, primary: false } : one)) : before
  set(fields, attribute, unique([...kept, ...given]))
}

const keyOf = (one: Fields): string => (typeof one.value === 'string' ? one.value.toLowerCase() : JSON.stringify(one))
const unique = (all: Fields[]): Fields[] => [...new Map(all.map((one) => [keyOf(one), one])).values()]

/** Changes the values that a filter chooses, or a part of each. */
function changeChosen(fields: Fields, op: Op, { attribute, filter, sub }: Path, value: unknown): void {
  const before = (fields[attribute.name] as Fields[] | undefined) ?? []
  const isChosen = (one: Fields): boolean => filter === null || isMatch(filter, one)
  if (op === 'remove') {
    const left = sub ? before.map((one) => (isChosen(one) ? without(one, sub) : one)) : before.filter((one) => !isChosen(one))
    return set(fields, attribute, left)
  }
  const own = sub ? { [sub.name]: singleOf(sub, value) } : singleOf(attribute, value)
  if (!isObject(own)) throw new Refusal('scim.value', { text: `A value for ${attribute.name} is missing.` })
  if (before.some(isChosen))
    return set(
      fields,
      attribute,
      before.map((one) => (isChosen(one) ? { ...one, ...(own as Fields) } : one)),
    )
  if (op === 'replace') throw new Refusal('scim.target', { text: `No value of ${attribute.name} fits the filter.` })
  set(fields, attribute, [...before, { ...(filter ? asserted(filter) : {}), ...(own as Fields) }])
}

/** What a filter says of a value that is to be made so that it fits: `type eq "work"`. */
function asserted(filter: Filter): Fields {
  if (filter.kind === 'and') return Object.assign({}, ...filter.of.map(asserted)) as Fields
  return filter.kind === 'compare' && filter.op === 'eq' && filter.at && filter.value !== null
    ? { [filter.at.attribute.name]: filter.value }
    : {}
}

const without = (one: Fields, sub: Attribute): Fields => {
  const { [sub.name]: _, ...rest } = one
  return rest
}

function set(fields: Fields, { name }: Attribute, value: Value): void {
  const isEmpty =
    value === undefined ||
    (Array.isArray(value) ? value.length === 0 : isObject(value) && Object.values(value).every((one) => one === undefined))
  if (isEmpty) delete fields[name]
  else fields[name] = value
}
