import type { z } from 'zod'
import { Refused } from './refused.ts'

/** Sentences by field, from the contract's own schema; empty when all stands. */
export function faultsOf(schema: z.ZodType | undefined, values: unknown): Record<string, string> {
  const result = schema?.safeParse(values)
  const faults: Record<string, string> = {}
  for (const issue of result?.error?.issues ?? []) faults[issue.path.join('.')] ??= issue.message
  return faults
}

/** Where a refusal belongs: on fields of the form when it names them, else as a sentence of its own. */
export function placeRefusal(fault: unknown, fields: readonly string[]): { fields: Record<string, string>; text: string | null } {
  if (!(fault instanceof Refused)) throw fault
  const named = Object.fromEntries(Object.entries(fault.fields).filter(([name]) => fields.includes(name)))
  return { fields: named, text: Object.keys(named).length ? null : sentence(fault) }
}

export const sentence = (refused: Refused) => (refused.reference ? `${refused.text} Reference ${refused.reference}.` : refused.text)
