import type { Answer, Here, Input } from '../../platform/route.ts'
import type { DocumentId } from '../../contract/ids.ts'
import { iso } from '../../platform/clock.ts'
import { remembered } from '../../platform/ways.ts'
import { matterKeys } from '../keys/matter-keys.ts'
import { named, viewsOf } from './documents.ts'
import { makeFolders } from './paths.ts'
import { trashedIn } from './queries.ts'
import { isDone, refuse } from './refused.ts'
import { about, readSome, takeMatter, takeSome } from './taking.ts'

/** All of them or none. @throws Refusal `document.locked`, `document.out`, `matter.closed` */
export async function trash(here: Here, { params, body }: Input<'document.trash'>) {
  const taken = await takeSome(here, params.matter, body.documents)
  if (!taken) return null
  for (const { id } of taken.views) if (!(await isDone(here.db, 'trash_document($1)', [id]))) return null
  const [first, ...others] = taken.views.map((view) => about(view))
  const documents: DocumentId[] = taken.views.map((view) => view.id)
  return remembered(
    first!,
    { documents },
    others.map((subject) => ({ deed: 'document.trashed', subject })),
  )
}

export async function trashed(here: Here, { params }: Input<'document.trashed'>): Promise<Answer<'document.trashed'> | null> {
  const { house, db } = here
  const keys = await matterKeys(house, db, params.matter)
  if (!keys) return null
  const rows = await trashedIn(db, params.matter)
  const views = await viewsOf(here, params.matter, keys, rows)
  return {
    documents: rows.map((row, at) => ({
      ...views[at]!,
      trashedBy: named(house.keys, row.trashed_by, row.trashed_name),
      trashedAt: iso(row.trashed_at),
    })),
  }
}

/** All of them or none, to where they were; a folder that is gone is made again. @throws Refusal `name.taken`, `matter.closed` */
export async function restore(here: Here, { params, body }: Input<'document.restore'>) {
  const { db } = here
  const keys = await takeMatter(here, params.matter)
  if (!keys) return null
  const wanted = new Set(body.documents)
  const rows = (await trashedIn(db, params.matter)).filter((row) => wanted.has(row.id))
  if (rows.length < wanted.size) return null
  for (const view of await viewsOf(here, params.matter, keys, rows)) {
    const folder = await makeFolders(here, params.matter, keys, view.folder).catch(refuse)
    if (!(await isDone(db, 'restore_document($1, $2)', [view.id, folder]))) return null
  }
  const { views } = (await readSome(here, params.matter, keys, body.documents))!
  const [first, ...others] = views.map((view) => about(view))
  return remembered(
    first!,
    { documents: views },
    others.map((subject) => ({ deed: 'document.restored', subject })),
  )
}
