import { z } from 'zod'
import type { Call } from '../contract/call.ts'
import { calls } from '../contract/calls.ts'
import { REFUSALS } from '../contract/errors.ts'
import { routes } from '../features/routes.ts'

type Schema = Record<string, unknown>
const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Schema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema
  return rest
}

/** The OpenAPI 3.1 document, made from the same calls and routes that are played. */
export function openapi(server: string): Schema {
  const paths: Record<string, Schema> = {}
  for (const route of routes) {
    const call = calls[route.id] as Call
    const path = `/api${call.path.replace(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [call.method.toLowerCase()]: operation(route.id, route.kind === 'visit', call) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Subrosa',
      version: '0.1.0',
      description: 'The confidentiality system of record for a law practice.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, cookie: { type: 'apiKey', in: 'cookie', name: '__Host-subrosa' } },
      schemas: { Error: ERROR, ScimError: SCIM_ERROR },
    },
  }
}

const ERROR: Schema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'text'],
      properties: {
        code: { type: 'string', enum: Object.keys(REFUSALS) },
        text: { type: 'string' },
        fields: { type: 'object', additionalProperties: { type: 'string' } },
        reference: { type: 'string' },
      },
    },
  },
}

/** RFC 7644, 3.12. */
const SCIM_ERROR: Schema = {
  type: 'object',
  required: ['schemas', 'status'],
  properties: {
    schemas: { type: 'array', items: { type: 'string' } },
    status: { type: 'string' },
    scimType: { type: 'string' },
    detail: { type: 'string' },
  },
}
const jsonOf = (call: Call): string => (call.speaks === 'scim' ? 'application/scim+json' : 'application/json')

function operation(operationId: string, open: boolean, call: Call): Schema {
  return {
    operationId,
    summary: call.summary,
    security: open ? [] : [{ bearer: [] }, { cookie: [] }],
    parameters: [...parameters(call.params, 'path'), ...parameters(call.query, 'query')],
    ...requestBody(call),
    responses: {
      [call.status]: { description: call.summary, ...content(call) },
      default: {
        description: 'A refusal or a fault',
        content: { [jsonOf(call)]: { schema: { $ref: `#/components/schemas/${call.speaks === 'scim' ? 'ScimError' : 'Error'}` } } },
      },
    },
  }
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): Schema[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Record<string, Schema>; required?: string[] }
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: value,
  }))
}

const BYTES: Schema = { schema: { type: 'string', format: 'binary' } }
function requestBody(call: Call): Schema {
  if (call.takes === 'bytes') {
    const form = { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] } }
    return { requestBody: { required: true, content: { 'application/octet-stream': BYTES, 'multipart/form-data': form } } }
  }
  return call.body ? { requestBody: { required: true, content: { [jsonOf(call)]: { schema: schemaOf(call.body, 'input') } } } } : {}
}

const content = (call: Call): Schema =>
  call.gives === 'bytes'
    ? { content: { 'application/octet-stream': BYTES } }
    : call.answer
      ? { content: { [jsonOf(call)]: { schema: schemaOf(call.answer, 'output') } } }
      : {}
