import type { EvidenceOf, OneField } from '../../../src/contract/evidence.ts'
import type { NumberedEntry } from '../../../src/contract/entry.ts'
import type { EntryView } from '../../../src/contract/ledger.ts'

type ShownEntry = EntryView & Partial<Pick<NumberedEntry, 'ofMatter'>>

export const FIELDS = ['actor', 'object', 'details', 'ground', 'from'] as const
export type FieldName = OneField['field']
/** As the columns are called. */
export const FIELD_WORDS: Record<FieldName, string> = {
  actor: 'Who',
  object: 'To what',
  details: 'Details',
  ground: 'Allowed by',
  from: 'From where',
}

/** What is opened of every entry. */
export type General = { of: EvidenceOf; details: boolean; grounds: boolean; places: boolean }
/** Fields that were chosen one by one: open or not. */
export type Singles = ReadonlyMap<string, Single>
type Single = { entry: ShownEntry; field: FieldName; isOpen: boolean }

/** Of a matter, where the evidence is of a person or a time: what was done in it stays shut. */
const isForeign = (of: EvidenceOf, entry: ShownEntry): boolean => ('person' in of || 'period' in of) && entry.ofMatter === true
/** Done to the person that the evidence is of: that is why it is shown, wherever it was done. */
const isDoneToThem = (of: EvidenceOf, { actor, object }: ShownEntry): boolean =>
  'person' in of && (actor?.id !== of.person || object === actor.name)

const generally = ({ of, details, grounds, places }: General, entry: ShownEntry, field: FieldName): boolean =>
  ({
    actor: true,
    object: !isForeign(of, entry) || isDoneToThem(of, entry),
    details: details && !isForeign(of, entry),
    ground: grounds,
    from: places,
  })[field]

/** Whether the evidence will hold it open. */
export const isOpen = (general: General, singles: Singles, entry: ShownEntry, field: FieldName): boolean =>
  singles.get(`${entry.id} ${field}`)?.isOpen ?? generally(general, entry, field)

/** Whether it can be opened at all. What has no name here has an id all the same, and one that nobody did has none: that is shown too. */
export const mayOpen = (of: EvidenceOf, entry: ShownEntry, field: FieldName): boolean => field !== 'details' || !isForeign(of, entry)

/** With this field open, or left out. */
export const withField = (singles: Singles, entry: ShownEntry, field: FieldName, isOpen: boolean): Singles =>
  new Map([...singles, [`${entry.id} ${field}`, { entry, field, isOpen }]])

/** Those that differ from what is opened of every entry. */
export const apart = (general: General, singles: Singles): Single[] =>
  [...singles.values()].filter((one) => one.isOpen !== generally(general, one.entry, one.field))

/** What is asked for, of single fields. */
export function asked(general: General, singles: Singles): { conceal: OneField[]; reveal: OneField[] } {
  const [reveal, conceal] = [true, false].map((open) =>
    apart(general, singles)
      .filter((one) => one.isOpen === open)
      .map(({ entry, field }) => ({ entry: entry.id, field })),
  )
  return { conceal: conceal!, reveal: reveal! }
}
