import type { MatterId } from '../../contract/ids.ts'
import { isAllowed, may, type Answer, type Here, type Input } from '../../platform/route.ts'
import type { Guard } from '../../platform/ways.ts'
import { matterKeys } from '../keys/matter-keys.ts'
import { entriesAsked } from './asked.ts'
import { entryById } from './queries.ts'
import { nextOf, numberedViews, viewsWith } from './shown.ts'

/** A person's timeline is for those who run accounts and those who read the firm's ledger; each sees what is theirs of it. */
export const seesPeople: Guard = (me) => {
  if (!isAllowed(me, 'ledger.read')) may('person.read')(me)
}
/** One entry: whoever sees any list of them. */
export const seesEntries: Guard = (me) => {
  if (!isAllowed(me, 'entry.list')) seesPeople(me)
}

export async function ofMatter(here: Here, { params, query }: Input<'entry.list'>): Promise<Answer<'entry.list'> | null> {
  const keys = await matterKeys(here.house, here.db, params.matter)
  if (!keys) return null
  const rows = await entriesAsked(here, { ...query, matter: params.matter }, query.limit)
  return { entries: viewsWith(here, rows, keys), next: nextOf(rows, query.limit) }
}

export async function ofFirm(here: Here, { query }: Input<'entry.all'>): Promise<Answer<'entry.all'>> {
  const rows = await entriesAsked(here, query, query.limit)
  return { entries: await numberedViews(here, rows), next: nextOf(rows, query.limit) }
}

export async function ofDocument(here: Here, { params, query }: Input<'entry.of-document'>): Promise<Answer<'entry.of-document'> | null> {
  const { house, db } = here
  const row = await db.row<{ matter_id: MatterId }>('select matter_id from app.documents where id = $1', [params.document])
  const keys = row && (await matterKeys(house, db, row.matter_id))
  if (!row || !keys) return null
  const rows = await entriesAsked(here, { ...query, matter: row.matter_id, document: params.document }, query.limit)
  return { entries: viewsWith(here, rows, keys), next: nextOf(rows, query.limit) }
}

export async function ofPerson(here: Here, { params, query }: Input<'entry.of-person'>): Promise<Answer<'entry.of-person'> | null> {
  if (!(await here.db.row('select 1 as one from app.people where id = $1', [params.person]))) return null
  const rows = await entriesAsked(here, { ...query, about: params.person }, query.limit)
  return { entries: await numberedViews(here, rows), next: nextOf(rows, query.limit) }
}

export async function one(here: Here, { params }: Input<'entry.read'>): Promise<Answer<'entry.read'> | null> {
  const row = await entryById(here.db, params.entry)
  return row && (await numberedViews(here, [row]))[0]!
}
