import type { NumberedEntry } from '../../contract/entry.ts'
import type { EntryView } from '../../contract/ledger.ts'
import type { EntryId, MatterId } from '../../contract/ids.ts'
import type { Here } from '../../platform/route.ts'
import { keysOfMatters, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { viewOf } from './history.ts'
import { positionsOf, type SeenRow } from './queries.ts'

/** From which the next page goes on; null after the last. */
export const nextOf = (rows: readonly SeenRow[], limit: number): EntryId | null =>
  rows.length === limit ? (rows.at(-1)!.id as EntryId) : null

/** Entries as the firm's ledger shows them: each opened with what this reader holds, with its number and its matter's title. */
export async function numberedViews(here: Here, rows: readonly SeenRow[]): Promise<NumberedEntry[]> {
  const { house, db } = here
  const matters = [...new Set(rows.flatMap((row) => (row.matter_id ? [row.matter_id as MatterId] : [])))]
  const keys = await keysOfMatters(house, db, matters)
  const titles = await titlesOf(here, matters, keys)
  const positions = await positionsOf(
    db,
    rows.map((row) => row.id),
  )
  return rows.map((row) => {
    const n = positions.get(row.id)
    const title = row.matter_id && titles.get(row.matter_id)
    return {
      ...viewOf(house, row, keyFor(here, row, keys)),
      number: n === undefined ? null : n + 1,
      matter: title ? { id: row.matter_id as MatterId, title } : null,
      ofMatter: row.matter_id !== null,
    }
  })
}

/** Entries of one matter whose keys are open. */
export const viewsWith = (here: Here, rows: readonly SeenRow[], keys: MatterKeys): EntryView[] =>
  rows.map((row) => viewOf(here.house, row, keys.field))

/** What opens an entry's details for this reader: its matter's key within reach, the firm's for firm deeds; a client's name is its taker's, and the words of a search are their writer's. */
function keyFor({ house, me }: Here, row: SeenRow, keys: ReadonlyMap<string, MatterKeys>): Buffer | null {
  if (row.matter_id) return keys.get(row.matter_id)?.field ?? null
  return isWritersOwn(row) && row.actor !== me.person ? null : house.keys.field
}
/** Details that are shown to whoever wrote them alone, whoever else sees the entry. */
export const isWritersOwn = ({ deed }: Pick<SeenRow, 'deed'>): boolean => deed === 'client.created' || deed.startsWith('search.')

async function titlesOf({ db }: Here, matters: readonly MatterId[], keys: ReadonlyMap<string, MatterKeys>): Promise<Map<string, string>> {
  const held = matters.filter((matter) => keys.has(matter))
  if (held.length === 0) return new Map()
  const rows = await db.rows<{ id: string; sealed_title: Buffer }>('select id, sealed_title from app.matters where id = any ($1)', [held])
  return new Map(rows.map((row) => [row.id, matterText(keys.get(row.id)!, 'matters', 'sealed_title', row.id, row.sealed_title)]))
}
