import { GROUP, USER } from '../../contract/scim.ts'
import { Refusal } from '../../platform/refusal.ts'

export type Value = string | boolean | string[] | Fields | Fields[] | undefined
/** A resource, or a complex value in it: names as the definition writes them, and no other. */
export type Fields = { [name: string]: Value }
type Type = 'string' | 'boolean' | 'dateTime' | 'reference' | 'complex'

/** An attribute as RFC 7643, section 7 describes one. `caseExact` false: compared without case. */
export type Attribute = {
  name: string
  type: Type
  words: string
  multiValued?: true
  caseExact?: true
  required?: true
  mutability?: 'readOnly' | 'immutable'
  uniqueness?: 'server'
  returned?: 'always'
  references?: string[]
  canonical?: string[]
  sub?: Attribute[]
}
/** `unkept`: attributes of RFC 7643 that directories send and that nothing here needs; they are taken and dropped. */
export type Definition = { id: string; name: 'User' | 'Group'; words: string; attributes: Attribute[]; unkept: string[] }

const COMMON: Attribute[] = [
  {
    name: 'schemas',
    type: 'reference',
    words: 'The schemas of this resource',
    multiValued: true,
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
  },
  { name: 'id', type: 'string', words: 'The id here', caseExact: true, mutability: 'readOnly', uniqueness: 'server', returned: 'always' },
  { name: 'externalId', type: 'string', words: 'The id in the directory', caseExact: true },
  {
    name: 'meta',
    type: 'complex',
    words: 'Kind, times, address and version',
    mutability: 'readOnly',
    sub: [
      { name: 'resourceType', type: 'string', words: 'User or Group', caseExact: true, mutability: 'readOnly' },
      { name: 'created', type: 'dateTime', words: 'When it was made', mutability: 'readOnly' },
      { name: 'lastModified', type: 'dateTime', words: 'When it was changed last', mutability: 'readOnly' },
      { name: 'location', type: 'reference', words: 'Its address', caseExact: true, mutability: 'readOnly', references: ['uri'] },
      { name: 'version', type: 'string', words: 'Its entity tag', caseExact: true, mutability: 'readOnly' },
    ],
  },
]

export const USERS: Definition = {
  id: USER,
  name: 'User',
  words: 'A person of the firm',
  attributes: [
    ...COMMON,
    {
      name: 'userName',
      type: 'string',
      words: 'The e-mail address, which is also the name to sign in with',
      required: true,
      uniqueness: 'server',
    },
    { name: 'displayName', type: 'string', words: 'The name that the firm shows' },
    {
      name: 'name',
      type: 'complex',
      words: 'The name in parts; shown where there is no displayName',
      sub: [
        { name: 'formatted', type: 'string', words: 'The whole name' },
        { name: 'givenName', type: 'string', words: 'The given name' },
        { name: 'familyName', type: 'string', words: 'The family name' },
      ],
    },
    {
      name: 'emails',
      type: 'complex',
      words: 'The one address, the same as userName',
      multiValued: true,
      sub: [
        { name: 'value', type: 'string', words: 'The address' },
        { name: 'type', type: 'string', words: 'Always work', canonical: ['work'] },
        { name: 'primary', type: 'boolean', words: 'Always true' },
      ],
    },
    { name: 'active', type: 'boolean', words: 'False: they have left, and all that they could sign in with has ended' },
  ],
  unkept: [
    'nickName',
    'profileUrl',
    'title',
    'userType',
    'preferredLanguage',
    'locale',
    'timezone',
    'password',
    'phoneNumbers',
    'ims',
    'photos',
    'addresses',
    'groups',
    'entitlements',
    'roles',
    'x509Certificates',
    'name.middleName',
    'name.honorificPrefix',
    'name.honorificSuffix',
    'emails.display',
  ],
}

export const GROUPS: Definition = {
  id: GROUP,
  name: 'Group',
  words: 'A group that the directory keeps; the firm says which roles it brings',
  attributes: [
    ...COMMON,
    { name: 'displayName', type: 'string', words: 'The name', required: true, uniqueness: 'server' },
    {
      name: 'members',
      type: 'complex',
      words: 'People in it',
      multiValued: true,
      sub: [
        { name: 'value', type: 'string', words: 'The id of a User', caseExact: true, mutability: 'immutable' },
        { name: '$ref', type: 'reference', words: 'Its address', caseExact: true, mutability: 'immutable', references: ['User'] },
        { name: 'type', type: 'string', words: 'Always User', mutability: 'immutable', canonical: ['User'] },
      ],
    },
  ],
  unkept: ['members.display'],
}

export type Found = { attribute: Attribute; sub: Attribute | null }
const named = (attributes: readonly Attribute[], name: string): Attribute | null =>
  attributes.find((one) => one.name.toLowerCase() === name.toLowerCase()) ?? null

/**
 * What a name such as `userName`, `name.familyName` or `urn:…:User:userName` stands for, without case (RFC 7644, 3.10).
 * `unkept`: known and not kept here, every extension's among them; null: there is no such attribute.
 */
export function findAttribute(definition: Definition, path: string): Found | 'unkept' | null {
  let own = path
  if (/^urn:/i.test(path)) {
    const prefix = `${definition.id}:`
    if (path.toLowerCase() === definition.id.toLowerCase()) return null
    if (!path.toLowerCase().startsWith(prefix.toLowerCase())) return /^urn:ietf:params:scim:schemas:/i.test(path) ? 'unkept' : null
    own = path.slice(prefix.length)
  }
  const [first, second, ...rest] = own.split('.')
  const unkept = definition.unkept.map((name) => name.toLowerCase())
  if (unkept.includes(own.toLowerCase()) || unkept.includes(first!.toLowerCase())) return 'unkept'
  const attribute = named(definition.attributes, first!)
  if (!attribute || rest.length > 0) return null
  if (second === undefined) return { attribute, sub: null }
  const sub = named(attribute.sub ?? [], second)
  return sub && { attribute, sub }
}

const invalid = (text: string): Refusal => new Refusal('scim.value', { text })
const MOST_LETTERS = 1000
export const MOST_VALUES = 5000
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * One value as its attribute asks, or undefined for what counts as unassigned (RFC 7643, 2.5). Of a complex value only the
 * sub-attributes that are kept are taken; text for a boolean is taken too, as Entra ID sends it.
 * @throws Refusal `scim.value`, `scim.many`
 */
export function valueOf(attribute: Attribute, value: unknown): Value {
  if (value === null || value === undefined) return undefined
  if (attribute.multiValued) {
    const values = Array.isArray(value) ? (value as unknown[]) : [value]
    if (values.length > MOST_VALUES) throw new Refusal('scim.many')
    const all = values.map((one) => singleOf(attribute, one)).filter((one) => isObject(one)) as Fields[]
    if (all.filter((one) => one.primary === true).length > 1) throw invalid(`Only one of ${attribute.name} can be primary.`)
    return all.length === 0 ? undefined : all
  }
  return singleOf(attribute, value)
}

/** One value of an attribute, of many or the only one. */
export function singleOf(attribute: Attribute, value: unknown): Value {
  if (value === null || value === undefined) return undefined
  if (attribute.type === 'complex') return complexOf(attribute, value)
  if (attribute.type === 'boolean') {
    const lower = typeof value === 'string' ? value.toLowerCase() : value
    if (lower === true || lower === 'true') return true
    if (lower === false || lower === 'false') return false
    throw invalid(`${attribute.name} must be true or false.`)
  }
  if (typeof value !== 'string') throw invalid(`${attribute.name} must be text.`)
  if (value.length > MOST_LETTERS || !value.isWellFormed())
    throw invalid(`${attribute.name} is longer than ${MOST_LETTERS} letters, or no valid Unicode.`)
  return value === '' ? undefined : value
}

function complexOf(attribute: Attribute, value: unknown): Value {
  // a list of lone values is a list of their `value` (Okta's and Entra ID's members)
  if (typeof value === 'string' && attribute.multiValued) return { value: singleOf(named(attribute.sub!, 'value')!, value) }
  if (!isObject(value)) throw invalid(`${attribute.name} must be an object.`)
  const fields: Fields = {}
  for (const sub of attribute.sub!) {
    const own = singleOf(sub, Object.entries(value).find(([name]) => name.toLowerCase() === sub.name.toLowerCase())?.[1])
    if (own !== undefined) fields[sub.name] = own
  }
  return Object.keys(fields).length === 0 ? undefined : fields
}

/**
 * What a client writes with POST or PUT: the attributes that are kept, without the read-only ones, which are ignored as
 * RFC 7644, 3.3 and 3.5.1 ask; so is what nobody here knows.
 * @throws Refusal `scim.syntax`, `scim.value`, `scim.many`
 */
export function readResource(definition: Definition, body: Record<string, unknown>): Fields {
  const schemas = Object.entries(body).find(([name]) => name.toLowerCase() === 'schemas')?.[1]
  if (!Array.isArray(schemas) || !schemas.some((one) => typeof one === 'string' && one.toLowerCase() === definition.id.toLowerCase()))
    throw new Refusal('scim.syntax', { text: `schemas must hold ${definition.id}.` })
  const fields: Fields = {}
  for (const [name, value] of Object.entries(body)) {
    const attribute = named(definition.attributes, name)
    if (!attribute || attribute.mutability === 'readOnly') continue
    if (Object.hasOwn(fields, attribute.name)) throw new Refusal('scim.syntax', { text: `${attribute.name} stands there twice.` })
    const own = valueOf(attribute, value)
    if (own !== undefined) fields[attribute.name] = own
  }
  checkRequired(definition, fields)
  return fields
}

export function checkRequired(definition: Definition, fields: Fields): void {
  for (const { name, required } of definition.attributes) if (required && fields[name] === undefined) throw invalid(`${name} is missing.`)
}
