import type { FastifyRequest } from 'fastify'
import type { RefusalCode } from '../contract/errors.ts'
import { ERROR, SCIM_BASE } from '../contract/scim.ts'
import type { Refusal } from '../platform/refusal.ts'

export const SCIM_TYPE = 'application/scim+json; charset=utf-8'

/** Whether a request is a directory's: all below the base is answered in its form, what is not there too. */
export const isScim = ({ url }: FastifyRequest): boolean => new RegExp(`^/api${SCIM_BASE}(?:[/?#]|$)`).test(url)

/** The words of RFC 7644, table 9, for what has one. */
const TYPES: Partial<Record<RefusalCode, string>> = {
  'scim.filter': 'invalidFilter',
  'scim.path': 'invalidPath',
  'scim.value': 'invalidValue',
  'scim.syntax': 'invalidSyntax',
  'scim.target': 'noTarget',
  'scim.many': 'tooMany',
  'scim.mutability': 'mutability',
  'input.invalid': 'invalidValue',
  'name.refused': 'invalidValue',
  'body.malformed': 'invalidSyntax',
  'body.too_deep': 'invalidSyntax',
  'email.taken': 'uniqueness',
  'group.taken': 'uniqueness',
}

/** A refusal in SCIM's form (RFC 7644, 3.12). A fault says nothing but its reference to the log. */
export function scimError(refusal: Refusal, reference?: string): Record<string, unknown> {
  const fields = Object.entries(refusal.fields ?? {}).map(([name, text]) => `${name}: ${text}`)
  const scimType = TYPES[refusal.code]
  return {
    schemas: [ERROR],
    status: String(refusal.status),
    ...(scimType && { scimType }),
    detail: [refusal.message, ...fields, ...(reference ? [`Reference: ${reference}`] : [])].join(' '),
  }
}
