import { z } from 'zod'
import { call } from './call.ts'

/** SCIM 2.0 (RFC 7643, RFC 7644) below `/api/scim/v2`, for a directory that holds an access token with `person.provision`. */
export const SCIM_BASE = '/scim/v2'
export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
export const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'

/** Which part of a resource is answered (RFC 7644, 3.9). */
const part = z.object({ attributes: z.string().optional(), excludedAttributes: z.string().optional() })
/** RFC 7644, 3.4.2; `filter` at most 1,000 characters, `count` at most 200. */
const query = part.extend({
  filter: z.string().optional(),
  sortBy: z.string().optional(),
  sortOrder: z.string().optional(),
  startIndex: z.string().optional(),
  count: z.string().optional(),
})
export type ScimPart = z.infer<typeof part>
export type ScimQuery = z.infer<typeof query>

const params = z.object({ id: z.string() })
/** As the directory writes it: names of attributes without case, and more of them than are kept. */
const body = z.record(z.string(), z.unknown())

const meta = z.object({
  resourceType: z.string().optional(),
  created: z.string().optional(),
  lastModified: z.string().optional(),
  location: z.string().optional(),
  version: z.string().optional(),
})
const common = { schemas: z.array(z.string()), id: z.string(), externalId: z.string().optional(), meta: meta.optional() }
/** What the client’s `attributes` leave out is not there. */
export const ScimUser = z.object({
  ...common,
  userName: z.string().optional(),
  displayName: z.string().optional(),
  name: z.object({ formatted: z.string().optional(), givenName: z.string().optional(), familyName: z.string().optional() }).optional(),
  emails: z.array(z.object({ value: z.string().optional(), type: z.string().optional(), primary: z.boolean().optional() })).optional(),
  active: z.boolean().optional(),
})
export const ScimGroup = z.object({
  ...common,
  displayName: z.string().optional(),
  members: z.array(z.object({ value: z.string().optional(), $ref: z.string().optional(), type: z.string().optional() })).optional(),
})
const document = z.looseObject({ schemas: z.array(z.string()) })
const list = <T extends z.ZodType>(one: T) =>
  z.object({
    schemas: z.array(z.string()),
    totalResults: z.number().int(),
    startIndex: z.number().int(),
    itemsPerPage: z.number().int(),
    Resources: z.array(one),
  })
const speaks = 'scim' as const

export const calls = {
  'scim.config': call('GET /scim/v2/ServiceProviderConfig', 'SCIM: what this service can', { speaks, answer: document }),
  'scim.types': call('GET /scim/v2/ResourceTypes', 'SCIM: the kinds of resources', { speaks, answer: list(document) }),
  'scim.type': call('GET /scim/v2/ResourceTypes/:id', 'SCIM: one kind of resource', { speaks, params, answer: document }),
  'scim.schemas': call('GET /scim/v2/Schemas', 'SCIM: the schemas', { speaks, answer: list(document) }),
  'scim.schema': call('GET /scim/v2/Schemas/:id', 'SCIM: one schema', { speaks, params, answer: document }),
  'scim.userList': call('GET /scim/v2/Users', 'SCIM: people', { speaks, query, answer: list(ScimUser) }),
  'scim.userCreate': call('POST /scim/v2/Users', 'SCIM: a new person, with no role of their own', {
    speaks,
    status: 201,
    query: part,
    body,
    answer: ScimUser,
  }),
  'scim.userRead': call('GET /scim/v2/Users/:id', 'SCIM: one person', { speaks, params, query: part, answer: ScimUser }),
  'scim.userReplace': call('PUT /scim/v2/Users/:id', 'SCIM: what the directory says of a person', {
    speaks,
    params,
    query: part,
    body,
    answer: ScimUser,
  }),
  'scim.userChange': call('PATCH /scim/v2/Users/:id', 'SCIM: a part of what the directory says of a person', {
    speaks,
    params,
    query: part,
    body,
    answer: ScimUser,
  }),
  'scim.userDelete': call('DELETE /scim/v2/Users/:id', 'SCIM: let a person leave', { speaks, status: 204, params }),
  'scim.groupList': call('GET /scim/v2/Groups', 'SCIM: the groups that the directory keeps', { speaks, query, answer: list(ScimGroup) }),
  'scim.groupCreate': call('POST /scim/v2/Groups', 'SCIM: a new group; the firm says which roles it brings', {
    speaks,
    status: 201,
    query: part,
    body,
    answer: ScimGroup,
  }),
  'scim.groupRead': call('GET /scim/v2/Groups/:id', 'SCIM: one group', { speaks, params, query: part, answer: ScimGroup }),
  'scim.groupReplace': call('PUT /scim/v2/Groups/:id', 'SCIM: a group’s name and members', {
    speaks,
    params,
    query: part,
    body,
    answer: ScimGroup,
  }),
  'scim.groupChange': call('PATCH /scim/v2/Groups/:id', 'SCIM: a part of a group', {
    speaks,
    params,
    query: part,
    body,
    answer: ScimGroup,
  }),
  'scim.groupDelete': call('DELETE /scim/v2/Groups/:id', 'SCIM: a group goes, and with it the roles that it brought', {
    speaks,
    status: 204,
    params,
  }),
}
