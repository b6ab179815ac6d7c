import { LIST } from '../../contract/scim.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { GROUPS, USERS, type Attribute, type Definition } from './scim-attributes.ts'
import { scimUrl } from './scim-answers.ts'

const core = (name: string): string => `urn:ietf:params:scim:schemas:core:2.0:${name}`
const listed = <T>(Resources: T[]) => ({
  schemas: [LIST],
  totalResults: Resources.length,
  startIndex: 1,
  itemsPerPage: Resources.length,
  Resources,
})
const metaOf = (here: Pick<Here, 'house'>, resourceType: string, path: string) => ({ resourceType, location: scimUrl(here, path) })

/** RFC 7643, section 5. */
export const config = async (here: Here): Promise<Answer<'scim.config'>> => ({
  schemas: [core('ServiceProviderConfig')],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: 200 },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Access token',
      description: 'An access token of Subrosa that may keep people and groups, as a bearer token (RFC 6750)',
      specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
      primary: true,
    },
  ],
  meta: metaOf(here, 'ServiceProviderConfig', '/ServiceProviderConfig'),
})

const typeOf = (here: Here, { id, name, words }: Definition) => ({
  schemas: [core('ResourceType')],
  id: name,
  name,
  endpoint: `/${name}s`,
  description: words,
  schema: id,
  meta: metaOf(here, 'ResourceType', `/ResourceTypes/${name}`),
})
export const types = async (here: Here): Promise<Answer<'scim.types'>> => listed([typeOf(here, USERS), typeOf(here, GROUPS)])
export async function type(here: Here, { params }: Input<'scim.type'>): Promise<Answer<'scim.type'> | null> {
  const found = [USERS, GROUPS].find((one) => one.name === params.id)
  return found ? typeOf(here, found) : null
}

const schemaOf = (here: Here, { id, name, words, attributes }: Definition) => ({
  schemas: [core('Schema')],
  id,
  name,
  description: words,
  // what every resource has is not told again (RFC 7643, 3.1 and 7)
  attributes: attributes.filter((one) => !['schemas', 'id', 'meta'].includes(one.name)).map(told),
  meta: metaOf(here, 'Schema', `/Schemas/${id}`),
})
const told = (one: Attribute): Record<string, unknown> => ({
  name: one.name,
  type: one.type,
  multiValued: one.multiValued ?? false,
  description: one.words,
  required: one.required ?? false,
  ...(one.type === 'string' || one.type === 'reference' ? { caseExact: one.caseExact ?? false } : {}),
  ...(one.canonical && { canonicalValues: one.canonical }),
  ...(one.references && { referenceTypes: one.references }),
  mutability: one.mutability ?? 'readWrite',
  returned: one.returned ?? 'default',
  uniqueness: one.uniqueness ?? 'none',
  ...(one.sub && { subAttributes: one.sub.map(told) }),
})
export const schemas = async (here: Here): Promise<Answer<'scim.schemas'>> => listed([schemaOf(here, USERS), schemaOf(here, GROUPS)])
export async function schema(here: Here, { params }: Input<'scim.schema'>): Promise<Answer<'scim.schema'> | null> {
  const found = [USERS, GROUPS].find((one) => one.id.toLowerCase() === params.id.toLowerCase())
  return found ? schemaOf(here, found) : null
}
