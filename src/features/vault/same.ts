import type { MatterId } from '../../contract/ids.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import type { MatterKeys } from '../keys/matter-keys.ts'
import { documentsOfContent } from './between-queries.ts'
import { find, viewsOf } from './documents.ts'
import { documentsByIds } from './queries.ts'
import { contentToken as tokenOf } from './receiving.ts'

const MOST = 5
export type Same = Answer<'document.upload'>['same']

/** Documents of a matter that hold this content as their newest version; only what is within reach, and a few of them. */
export async function sameContent(
  { house, db }: Pick<Here, 'house' | 'db'>,
  matter: MatterId,
  keys: MatterKeys,
  contentToken: Buffer,
): Promise<Same> {
  const ids = await documentsOfContent(db, matter, contentToken, MOST)
  if (ids.length === 0) return []
  const views = await viewsOf({ house, db }, matter, keys, await documentsByIds(db, matter, ids))
  return views.map(({ id, name, folder }) => ({ id, name, folder }))
}

export async function same(here: Here, { params }: Input<'document.same'>): Promise<Answer<'document.same'> | null> {
  const found = await find(here, params.document)
  if (!found) return null
  const all = await sameContent(here, found.view.matter, found.keys, tokenOf(found.keys, found.view))
  return { same: all.filter(({ id }) => id !== params.document) }
}
