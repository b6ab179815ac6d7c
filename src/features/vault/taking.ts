import type { DocumentView } from '../../contract/document.ts'
import type { DocumentId, MatterId } from '../../contract/ids.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Here } from '../../platform/route.ts'
import type { Subject } from '../../platform/ways.ts'
import { matterKeys, type MatterKeys } from '../keys/matter-keys.ts'
import { find, viewsOf, type Found } from './documents.ts'
import { documentsByIds } from './queries.ts'
import { isDone } from './refused.ts'

/** A matter's keys, once it is taken for one act of filing; null when there is none. @throws Refusal `matter.closed` */
export async function takeMatter({ house, db }: Here, matter: MatterId): Promise<MatterKeys | null> {
  return (await isDone(db, 'begin_filing($1)', [matter])) ? matterKeys(house, db, matter) : null
}

/** A document as it stands once the acts of filing before this one have ended; null when there is none. @throws Refusal `matter.closed`, `version.old` */
export async function take(here: Here, document: DocumentId): Promise<Found | null> {
  const place = await here.db.row<{ matter_id: MatterId }>('select matter_id from app.documents where id = $1', [document])
  const found = place && (await takeMatter(here, place.matter_id)) ? await find(here, document) : null
  // what is taken is its matter, and only while it stands there is it ours
  if (found && found.row.matter_id !== place!.matter_id)
    throw new Refusal('version.old', { text: 'Someone moved it to another matter just now. Look at it there.' })
  return found
}

export type Some = { keys: MatterKeys; views: DocumentView[] }

/** The same for documents of one matter: all of them, or null. @throws Refusal `matter.closed` */
export async function takeSome(here: Here, matter: MatterId, documents: readonly DocumentId[]): Promise<Some | null> {
  const keys = await takeMatter(here, matter)
  return keys && readSome(here, matter, keys, documents)
}

export async function readSome(here: Here, matter: MatterId, keys: MatterKeys, documents: readonly DocumentId[]): Promise<Some | null> {
  const wanted = new Set(documents)
  const rows = await documentsByIds(here.db, matter, [...wanted])
  return rows.length === wanted.size ? { keys, views: await viewsOf(here, matter, keys, rows) } : null
}

/** What an entry is about; each document of an act has an entry of its own, so that whoever reaches it reads it. */
export const about = ({ id, matter, name, folder }: DocumentView, details: Subject['details'] = {}): Subject => ({
  matter,
  object: id,
  details: { object: name, folder, ...details },
})
