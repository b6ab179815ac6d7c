import { createHash } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { LIST, type ScimPart, type ScimQuery } from '../../contract/scim.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Ask } from '../../platform/route.ts'
import { findAttribute, type Attribute, type Definition, type Fields } from './scim-attributes.ts'
import { readFilter } from './scim-filter.ts'
import { folded, isMatch, simplesAt } from './scim-match.ts'

/** `meta` with times and kind; address and version are put to it here. */
export type Resource = Fields & { id: string; meta: Fields }

export const scimUrl = (ask: Pick<Ask, 'house'>, path: string): string => `${ask.house.origin()}/api/scim/v2${path}`

/** A weak entity tag of all that is told of a resource (RFC 7644, 3.14): whatever changes it, be it a name on a list of members. */
const tagOf = (resource: Resource): string =>
  `W/"${createHash('sha256').update(JSON.stringify(resource)).digest('base64url').slice(0, 22)}"`

/** The resource as it is shown, and its tag. */
export function shown(ask: Pick<Ask, 'house'>, definition: Definition, resource: Resource): { whole: Resource; tag: string } {
  const tag = tagOf(resource)
  const location = scimUrl(ask, `/${definition.name}s/${resource.id}`)
  return { tag, whole: { ...resource, schemas: [definition.id], meta: { ...resource.meta, location, version: tag } } }
}

/**
 * Answers one resource with its entity tag, or 304 to a reader who has it, with its address when it is new.
 * @throws Refusal `scim.path`
 */
export function answerOne<A>(ask: Ask, definition: Definition, resource: Resource, part: ScimPart): A | FastifyReply {
  const { whole, tag } = shown(ask, definition, resource)
  void ask.reply.header('etag', tag)
  const { method, headers } = ask.request
  if (method === 'POST') void ask.reply.header('location', whole.meta.location as string)
  const known = headers['if-none-match']
  if (method === 'GET' && known !== undefined && isTag(known, tag)) return ask.reply.code(304).send()
  return projected(definition, whole, part) as A
}

/** For a write: nothing, when the client names another version than the one there is. @throws Refusal `scim.version` */
export function checkVersion(ask: Ask, definition: Definition, resource: Resource): void {
  const wanted = ask.request.headers['if-match']
  if (wanted !== undefined && !isTag(wanted, shown(ask, definition, resource).tag)) throw new Refusal('scim.version')
}

/** SCIM's tags are weak, and compared as such (RFC 9110, 8.8.3.2). */
const isTag = (header: string, tag: string): boolean =>
  header.trim() === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === tag.replace(/^W\//, ''))

const MOST = 200
const USUAL = 100
/** Filters, sorts and pages (RFC 7644, 3.4.2). @throws Refusal `scim.filter`, `scim.path`, `scim.value` */
export function answerList<A>(ask: Pick<Ask, 'house'>, definition: Definition, resources: Resource[], query: ScimQuery): A {
  const filter = query.filter === undefined ? null : readFilter(definition, query.filter)
  const wholes = resources.map((one) => shown(ask, definition, one).whole)
  const fitting = filter ? wholes.filter((one) => isMatch(filter, one)) : wholes
  const sorted = query.sortBy === undefined ? fitting : sortedBy(definition, fitting, query.sortBy, query.sortOrder)
  const startIndex = Math.max(1, numberOf('startIndex', query.startIndex, 1))
  const count = Math.min(MOST, Math.max(0, numberOf('count', query.count, USUAL)))
  const page = sorted.slice(startIndex - 1, startIndex - 1 + count)
  return {
    schemas: [LIST],
    totalResults: fitting.length,
    startIndex,
    itemsPerPage: page.length,
    Resources: page.map((one) => projected(definition, one, query)),
  } as A
}

function numberOf(name: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual
  if (!/^-?\d{1,9}$/.test(text)) throw new Refusal('scim.value', { text: `${name} must be a whole number.` })
  return Number(text)
}

/** By one attribute, without case where it has none; what lacks it comes last, or first when descending (RFC 7644, 3.4.2.3). */
function sortedBy(definition: Definition, resources: Resource[], name: string, order = 'ascending'): Resource[] {
  const found = findAttribute(definition, name)
  if (found === null) throw new Refusal('scim.path', { text: `There is no attribute ${name.slice(0, 60)} to sort by.` })
  const direction = { ascending: 1, descending: -1 }[order.toLowerCase()]
  if (direction === undefined) throw new Refusal('scim.value', { text: 'sortOrder is ascending or descending.' })
  if (found === 'unkept') return resources
  const keyOf = (one: Resource): string | null => {
    const value = simplesAt(found, one)[0]
    return value === undefined ? null : folded(found.sub ?? found.attribute, String(value))
  }
  const keyed = resources.map((one) => [keyOf(one), one] as const)
  const compare = (a: string | null, b: string | null): number => (a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1)
  return keyed.sort(([a], [b]) => direction * compare(a, b)).map(([, one]) => one)
}

/** What a client asked for of a resource, or did not exclude; `id` and `schemas` always (RFC 7644, 3.9). */
function projected(definition: Definition, resource: Fields, { attributes, excludedAttributes }: ScimPart): Fields {
  const wanted = attributes === undefined ? null : partsOf(definition, attributes)
  const unwanted = partsOf(definition, excludedAttributes ?? '')
  const kept: Fields = {}
  for (const attribute of definition.attributes) {
    const value = resource[attribute.name]
    const own = attribute.returned === 'always' ? value : cut(attribute, value, wanted, unwanted)
    if (own !== undefined) kept[attribute.name] = own
  }
  return kept
}

type Parts = Map<Attribute, Attribute[] | 'all'>
function partsOf(definition: Definition, list: string): Parts {
  const parts: Parts = new Map()
  for (const name of list.split(',')) {
    const found = name.trim() === '' ? 'unkept' : findAttribute(definition, name.trim())
    // a client may ask for more than there is
    if (found === null || found === 'unkept') continue
    const before = parts.get(found.attribute)
    if (!found.sub) parts.set(found.attribute, 'all')
    else if (before !== 'all') parts.set(found.attribute, [...(before ?? []), found.sub])
  }
  return parts
}

function cut(attribute: Attribute, value: Fields[string], wanted: Parts | null, unwanted: Parts): Fields[string] {
  const asked = wanted === null ? 'all' : wanted.get(attribute)
  const spared = unwanted.get(attribute)
  if (value === undefined || asked === undefined || spared === 'all') return undefined
  if (!attribute.sub || (asked === 'all' && spared === undefined)) return value
  const names = attribute.sub.filter((sub) => (asked === 'all' || asked.includes(sub)) && !spared?.includes(sub)).map((sub) => sub.name)
  const one = (fields: Fields): Fields =>
    Object.fromEntries(names.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]))
  return Array.isArray(value) ? (value as Fields[]).map(one) : one(value as Fields)
}
