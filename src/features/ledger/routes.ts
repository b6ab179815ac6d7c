import type { EntryId, MatterId } from '../../contract/ids.ts'
import { act, inPerson, look, may, type Answer, type Here, type Input, type Route } from '../../platform/route.ts'
import { iso } from '../../platform/clock.ts'
import { remembered } from '../../platform/ways.ts'
import { keysWhereHeld, matterKeys } from '../keys/matter-keys.ts'
import { witnessed } from './cosigned.ts'
import { viewOf } from './history.ts'
import { reading } from './read-once.ts'
import { entriesOfFirm, entriesOfMatter, lastCheckpoint, logOf, positionsOf, type SeenRow } from './queries.ts'
import { treeRoutes } from './tree-routes.ts'

export const routes: Route[] = [
  reading('entry.list', may('entry.list'), ({ params }) => ({ matter: params.matter }), ofMatter),
  reading('entry.all', may('ledger.read'), () => ({}), ofFirm),
  look('checkpoint.latest', may('ledger.read'), latest),
  ...treeRoutes,
  act(
    'clock.confirm',
    (me) => (inPerson(me), may('clock.confirm')(me)),
    'clock.confirmed',
    async () => remembered({ details: {} }, undefined),
  ),
]

const nextOf = (rows: SeenRow[], limit: number): EntryId | null => (rows.length === limit ? (rows.at(-1)!.id as EntryId) : null)

async function ofMatter({ house, db }: Here, { params, query }: Input<'entry.list'>): Promise<Answer<'entry.list'> | null> {
  const keys = await matterKeys(house, db, params.matter)
  if (!keys) return null
  const rows = await entriesOfMatter(db, params.matter, query.before ?? null, query.limit)
  return { entries: rows.map((row) => viewOf(house, row, keys.field)), next: nextOf(rows, query.limit) }
}

async function ofFirm(here: Here, { query }: Input<'entry.all'>): Promise<Answer<'entry.all'>> {
  const { house, db } = here
  const rows = await entriesOfFirm(db, query.before ?? null, query.limit)
  const entries = []
  const positions = await positionsOf(
    db,
    rows.map((row) => row.id),
  )
  for (const row of rows) {
    const n = positions.get(row.id)
    entries.push({ ...viewOf(house, row, await keyFor(here, row)), number: n === undefined ? null : n + 1 })
  }
  return { entries, next: nextOf(rows, query.limit) }
}

/** What opens an entry's details for this reader: its matter's key within reach, the firm's for firm deeds; a client's name is its taker's. */
async function keyFor({ house, db, me }: Here, row: SeenRow): Promise<Buffer | null> {
  if (row.matter_id) return (await keysWhereHeld(house, db, row.matter_id as MatterId))?.field ?? null
  return row.deed === 'client.created' && row.actor !== me.person ? null : house.keys.field
}

async function latest({ db }: Here): Promise<Answer<'checkpoint.latest'> | null> {
  const row = await lastCheckpoint(db)
  const log = await logOf(db)
  if (!row || !log) return null
  const { note, size, root, signed_at: at } = row
  return { note, origin: log.origin, size, root: root.toString('base64'), at: iso(at), key: log.vkey, witnessed: await witnessed(db) }
}
