import type { MatterId } from '../../contract/ids.ts'
import { fieldsOf, type EvidenceHead, type Field, type Opening, type ShownEntry, type Why } from '../../core/evidence.ts'
import { fromText, leafBytes, saltOf, type Leaf } from '../../core/leaf.ts'
import { leafHash } from '../../core/merkle.ts'
import { iso } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Here } from '../../platform/route.ts'
import { matterKeys } from '../keys/matter-keys.ts'
import { openDetailsWithAny } from '../ledger/ledger.ts'
import { isWritersOwn } from '../ledger/shown.ts'
import { openPlace } from '../ledger/origins.ts'
import type { SeenRow } from '../ledger/queries.ts'
import { leafOf } from '../ledger/tree.ts'
import type { Place } from './queries.ts'

/** What the maker chose. `matters`: those that the evidence is of; the fields that show that are opened whatever else is left out. */
export type Choice = {
  kind: EvidenceHead['subject']['kind']
  /** what it is of */ id: string | null
  matters: ReadonlySet<string>
  details: boolean
  show: readonly Field[]
  conceal: ReadonlySet<string>
  reveal: ReadonlySet<string>
}
export const fieldOf = (entry: string, field: string): string => `${entry} ${field}`

/** What opened on the way: whose names are to be told, and the places. */
export type Opened = { people: Set<string>; origins: EvidenceHead['origins'] }
/** By matter; by entry where one of it stands apart. */
type Keys = ReadonlyMap<string, readonly Buffer[] | Why>

/** What opens the details of each matter for this reader, or why nothing does; `ends`: when those of them that were destroyed were. */
export async function keysFor({ house, db }: Here, rows: readonly SeenRow[], ends: ReadonlyMap<string, string>): Promise<Keys> {
  const keys = new Map<string, readonly Buffer[] | Why>()
  for (const matter of new Set(rows.flatMap((row) => row.matter_id ?? []))) {
    const opened = await matterKeys(house, db, matter as MatterId).catch(whyShut)
    // a key store that was lost is no destruction
    if (opened === 'destroyed' && !ends.has(matter) && (await house.keystore.endedAt(matter)) === null) {
      keys.set(matter, 'sealed')
      continue
    }
    // the firm's too: what was written while a client withheld its own
    keys.set(matter, opened === null ? 'sealed' : typeof opened === 'string' ? opened : [opened.field, house.keys.field])
  }
  // its matter has no keys any more, and the ledger says why; what came after the end was never under them
  for (const row of rows) {
    const end = row.matter_id === null ? undefined : ends.get(row.matter_id)
    if (end) keys.set(iso(row.at) > end ? row.id : row.matter_id!, iso(row.at) > end ? 'sealed' : 'destroyed')
  }
  return keys
}

function whyShut(fault: unknown): Why {
  if (fault instanceof Refusal && fault.code === 'key.withheld') return 'withheld'
  if (fault instanceof Refusal && fault.code === 'matter.keyless') return 'destroyed'
  throw fault
}

/**
 * An entry as it is shown. `isBound`: it only bounds the period, and nothing of it is opened but that it does.
 * Throws when the entry is not the one that was numbered: what was changed is proved to nobody.
 */
export function shownEntry(
  here: Here,
  choice: Choice,
  keys: Keys,
  opened: Opened,
  row: SeenRow,
  place: Place,
  isBound: boolean,
): ShownEntry {
  const leaf = leafOf(row, { n: place.n, matterN: place.matter_n, numbered: place.numbered })
  const bytes = leafBytes(leaf)
  if (!leafHash(bytes).equals(place.leaf_hash)) throw new Error(`an entry is not the one that was numbered: leaf ${place.n}`)
  const shown: ShownEntry = { leaf: bytes.toString('utf8'), open: {}, hidden: {} }
  for (const field of fieldsOf(leaf)) {
    const found = isBound && field !== 'matter' ? 'left out' : openingOf(here, choice, keys, opened, row, leaf, field)
    if (typeof found === 'string') shown.hidden[field] = found
    else shown.open[field] = found
  }
  if (shown.open.actor && row.actor) opened.people.add(row.actor)
  return shown
}

function openingOf(here: Here, choice: Choice, keys: Keys, opened: Opened, row: SeenRow, leaf: Leaf, field: Field): Opening | Why {
  const is = (set: ReadonlySet<string>) => set.has(fieldOf(row.id, field))
  // of another matter's entries is shown that they are this person's, or that they are there
  const isOther = row.matter_id !== null && !choice.matters.has(row.matter_id) && choice.kind !== 'document'
  if (is(choice.conceal)) return 'left out'
  const isWhy = field === 'object' && choice.kind === 'person' && row.object === choice.id
  if (isOther && !isWhy && (field === 'details' || ((field === 'matter' || field === 'object') && !is(choice.reveal))))
    return 'other matter'
  const salted = (value: string | null): Opening => ({
    salt: saltOf(leaf.v, row.salt, field as never).toString('base64'),
    value: value ?? '',
  })
  switch (field) {
    case 'actor':
      return salted(row.actor)
    case 'matter':
      return salted(row.matter_id)
    case 'object':
      return salted(row.object)
    case 'details':
      return choice.details || is(choice.reveal) ? detailsOf(here, keys, row) : 'left out'
    case 'from':
      return choice.show.includes('from') || is(choice.reveal) ? placeOf(here, opened, row, salted) : 'left out'
    case 'ground':
      // to those without the matter's key it would tell of the matter
      if (row.matter_id !== null && !Array.isArray(keys.get(row.matter_id))) return 'sealed'
      return choice.show.includes('ground') || is(choice.reveal) ? salted(row.ground) : 'left out'
  }
}

/** As `viewOf` shows them. */
function detailsOf({ house, me }: Here, keys: Keys, row: SeenRow): Opening | Why {
  if (row.is_stone) return 'destroyed'
  const own = isWritersOwn(row) && row.actor !== me.person ? 'sealed' : [house.keys.field]
  const found = row.matter_id === null ? own : (keys.get(row.id) ?? keys.get(row.matter_id)!)
  if (typeof found === 'string') return found
  const { salt, json } = openDetailsWithAny(found, row.id, row.sealed_details)
  return { salt: salt.toString('base64'), value: json }
}

/** PostgreSQL gives the sealed place to those who read the firm's ledger. */
function placeOf({ house }: Here, opened: Opened, row: SeenRow, salted: (value: string) => Opening): Opening | Why {
  if (row.origin && !row.sealed_origin) return 'sealed'
  if (row.origin) {
    const { salt, json } = openPlace(house.keys, row.origin, row.sealed_origin!)
    opened.origins[row.origin.toString('base64')] = { salt: salt.toString('base64'), json }
  }
  return salted(fromText(row.session, row.origin))
}
