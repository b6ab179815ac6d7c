import type { EvidenceHead, Field } from './evidence.ts'
import type { CheckedEntry } from './evidence-check.ts'

/**
 * Why a field of an entry is not shown, in words. What was destroyed says when: its matter by the firm's word in the head, its document
 * by the entry of the destruction, where that is here too.
 */
export function whyShut(head: EvidenceHead, entries: readonly CheckedEntry[]): (entry: CheckedEntry, field: Field) => string | null {
  const ends = new Map(head.destroyed.map(({ matter, at }) => [matter, at]))
  for (const { leaf, open } of entries)
    if (leaf?.deed === 'document.destroyed' && open.object) ends.set(open.object.value, ends.get(open.object.value) ?? leaf.at)
  return ({ open, hidden }, field) => {
    const why = hidden[field] ?? null
    if (why !== 'destroyed') return why
    const at = ends.get(open.object?.value ?? '') ?? ends.get(open.matter?.value ?? '')
    return at ? `destroyed on ${at.slice(0, 10)}` : why
  }
}

/** Of how many entries the details are gone for good. */
export const goneIn = (entries: readonly CheckedEntry[]): number => entries.filter(({ hidden }) => hidden.details === 'destroyed').length
