import { z } from 'zod'

/** As much of a JSON Schema (2020-12) as Zod writes for what goes in. */
type Schema = {
  type?: string
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  format?: string
  pattern?: string
  minLength?: number
  minItems?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
}

/** What stands in a place of a body: its field's name, and whether an id or free words are asked for. Undefined: as it comes. */
export type Fill = (field: string, kind: 'id' | 'words', path: string) => string | undefined
type Making = { full: boolean; fill: Fill; chosen: Record<string, unknown>; choices: Map<string, unknown[]> }

const schemas = new WeakMap<z.ZodType, Schema>()
const schemaOf = (schema: z.ZodType): Schema => {
  const known = schemas.get(schema) ?? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema)
  schemas.set(schema, known)
  return known
}

/** A value that the schema takes; `full`: with everything that may be left out. */
export const valueFor = (schema: z.ZodType, full: boolean, fill: Fill): unknown =>
  make(schemaOf(schema), '', '', { full, fill, chosen: {}, choices: new Map() })

/**
 * Values that the schema takes, each once: the least, the fullest, and the least with every other of the words that it chooses
 * from. One that the schema refuses after all (a rule between two fields) is left out.
 */
export function valuesFor(schema: z.ZodType, fill: Fill): unknown[] {
  const choices = new Map<string, unknown[]>()
  const values = [false, true].map((full) => make(schemaOf(schema), '', '', { full, fill, chosen: {}, choices }))
  for (const [path, words] of choices)
    for (const word of words.slice(1))
      values.push(make(schemaOf(schema), '', '', { full: true, fill, chosen: { [path]: word }, choices: new Map() }))
  const taken = values.filter((value) => schema.safeParse(value).success)
  return [...new Map(taken.map((value) => [JSON.stringify(value), value])).values()]
}

function make(schema: Schema, field: string, path: string, making: Making): unknown {
  if (schema.const !== undefined) return schema.const
  const words = schema.enum ?? (schema.type === 'boolean' ? [false, true] : null)
  if (words) {
    making.choices.set(path, words)
    return path in making.chosen ? making.chosen[path] : words[0]
  }
  const one = schema.anyOf ?? schema.oneOf
  if (one) return make(one[0]!, field, path, making)
  if (schema.allOf) return make(Object.assign({}, ...schema.allOf) as Schema, field, path, making)
  if (schema.type === 'object' || schema.properties) return objectOf(schema, path, making)
  if (schema.type === 'array') return arrayOf(schema, field, path, making)
  // a list as long as it goes: a short one may end before what must not be in it
  if (field === 'limit' && schema.maximum !== undefined) return schema.maximum
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1
  if (schema.type === 'null') return null
  return textOf(schema, field, path, making)
}

const objectOf = (schema: Schema, path: string, making: Making): unknown =>
  Object.fromEntries(
    Object.entries(schema.properties ?? {})
      .filter(([name]) => making.full || schema.required?.includes(name))
      .map(([name, value]) => [name, make(value, name, `${path}.${name}`, making)]),
  )

function arrayOf(schema: Schema, field: string, path: string, making: Making): unknown {
  const count = Math.max(schema.minItems ?? 0, making.full ? 1 : 0)
  return Array.from({ length: count }, (_, at) => make(schema.items ?? {}, field, `${path}.${at}`, making))
}

const SAMPLES = ['A word', '000000', 'a'.repeat(43), 'A'.repeat(32), 'a@leak-probe.invalid', 'https://leak-probe.invalid']
function textOf(schema: Schema, field: string, path: string, { fill }: Making): string {
  if (schema.format === 'uuid') return fill(field, 'id', path) ?? '00000000-0000-7000-8000-000000000000'
  if (schema.format === 'date-time') return '2026-01-01T00:00:00.000Z'
  if (schema.format === 'date') return '2026-01-01'
  const free = schema.format === undefined && schema.pattern === undefined ? fill(field, 'words', path) : undefined
  const fits = (text: string) =>
    (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(text)) && text.length >= (schema.minLength ?? 0)
  const sample = schema.format === 'email' ? SAMPLES[4] : schema.format === 'uri' ? SAMPLES[5] : SAMPLES.find(fits)
  return free ?? sample ?? 'x'.repeat(schema.minLength ?? 1)
}
