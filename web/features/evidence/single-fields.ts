import type { EvidenceOf, OneField } from '../../../src/contract/evidence.ts'
import type { NumberedEntry } from '../../../src/contract/entry.ts'
import type { EntryView } from '../../../src/contract/ledger.ts'

type ShownEntry = EntryView & Partial<Pick<NumberedEntry, 'matter'>>

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
type Single = OneField & { isOpen: boolean; /** What is opened of it where nothing is chosen. */ isForeign: boolean }

/** Of a matter, where the evidence is of a person or a time: what was done in it stays shut. */
const isForeign = (of: EvidenceOf, entry: ShownEntry): boolean =>
  ('person' in of || 'period' in of) && Boolean(entry.matter ?? entry.matterNumber)

const generally = ({ details, grounds, places }: General, field: FieldName, foreign: boolean): boolean =>
  ({ actor: true, object: !foreign, details: details && !foreign, ground: grounds, from: places })[field]

/** Whether the evidence will hold it open. */
export const isOpen = (general: General, singles: Singles, entry: ShownEntry, field: FieldName): boolean =>
  singles.get(`${entry.id} ${field}`)?.isOpen ?? generally(general, field, isForeign(general.of, entry))

/** Whether there is something to open or to leave out. */
export const isThere = (of: EvidenceOf, entry: ShownEntry, field: FieldName): boolean =>
  ({
    actor: entry.actor !== null,
    object: entry.object !== null,
    details: !isForeign(of, entry) && Object.keys(entry.details).length > 0,
    ground: entry.ground !== null,
    from: entry.from !== null,
  })[field]

/** With this field open, or left out. */
export const withField = (general: General, singles: Singles, entry: ShownEntry, field: FieldName, open: boolean): Singles => {
  const single = { entry: entry.id, field, isOpen: open, isForeign: isForeign(general.of, entry) }
  return new Map([...singles, [`${entry.id} ${field}`, single]])
}

/** Those that differ from what is opened of every entry. */
export const apart = (general: General, singles: Singles): Single[] =>
  [...singles.values()].filter((one) => one.isOpen !== generally(general, one.field, one.isForeign))

/** What is asked for, of single fields. */
export function asked(general: General, singles: Singles): { conceal: OneField[]; reveal: OneField[] } {
  const [reveal, conceal] = [true, false].map((open) =>
    apart(general, singles)
      .filter((one) => one.isOpen === open)
      .map(({ entry, field }) => ({ entry, field })),
  )
  return { conceal: conceal!, reveal: reveal! }
}
