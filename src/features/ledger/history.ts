import type { Deed } from '../../contract/deeds.ts'
import type { DocumentId, EntryId, PersonId, SessionId } from '../../contract/ids.ts'
import type { EntryView } from '../../contract/ledger.ts'
import { BrokenSeal } from '../../core/bytes.ts'
import { iso } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { firmText } from '../keys/firm-words.ts'
import { openDetailsWithAny } from './ledger.ts'
import { openPlace } from './origins.ts'
import type { SeenRow } from './queries.ts'

type Details = EntryView['details']

/**
 * A row as a page shows it. `key` opens its details: the matter's for its team, the firm's for firm deeds; null where
 * the details are sealed to this reader, who then sees who, when and what kind of deed, and nothing it was done to.
 */
export function viewOf(house: Pick<House, 'keys'>, row: SeenRow, key: Buffer | null): EntryView {
  // what it was called went with it
  const details = !key ? {} : row.is_stone ? { id: row.object!, destroyed: true } : opened([key, house.keys.field], row)
  const { object, ...rest }: Details = details
  return {
    id: row.id as EntryId,
    at: iso(row.at),
    deed: row.deed,
    actor:
      row.actor && row.actor_name
        ? { id: row.actor as PersonId, name: firmText(house.keys, 'people', 'sealed_name', row.actor, row.actor_name) }
        : null,
    via: row.via,
    object: typeof object === 'string' ? object : null,
    document: key && !row.is_stone && isOfDocument(row.deed) ? (row.object as DocumentId | null) : null,
    details: rest,
    proof: row.witnessed ? 'witnessed' : row.numbered ? 'in the tree' : 'recorded',
    matterNumber: key ? row.matter_n : null,
    from: fromOf(house, row),
    ground: key ? row.ground : null,
  }
}

/** PostgreSQL gives the sealed place to those who read the firm's ledger, and to nobody else. */
function fromOf({ keys }: Pick<House, 'keys'>, row: SeenRow): EntryView['from'] {
  if (!row.origin || !row.sealed_origin) return null
  return { ...openPlace(keys, row.origin, row.sealed_origin).place, session: row.session as SessionId | null }
}

const isOfDocument = (deed: Deed): boolean => deed.startsWith('document.') || deed === 'passages.shown'

/** The firm's key too: what was written while a client withheld its own. */
function opened(keys: readonly Buffer[], row: SeenRow): Details {
  try {
    return openDetailsWithAny(keys, row.id, row.sealed_details).details
  } catch (fault) {
    if (fault instanceof BrokenSeal) return { broken: true }
    throw fault
  }
}
