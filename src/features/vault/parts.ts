import type { DocumentId, MatterId } from '../../contract/ids.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import type { MatterKeys } from '../keys/matter-keys.ts'
import { matterText, sealMatterText } from '../keys/matter-words.ts'
import { partsAmong, partsOf, type PartRow } from './between-queries.ts'
import { find, viewsOf } from './documents.ts'
import { documentsByIds } from './queries.ts'

/** Where a document stood in what it was taken out of: as that says it, by number, and in which version of it. */
export type Place = { place: string; index: number; version: number }
export const sealPlace = (keys: MatterKeys, id: string, place: Place): Buffer =>
  sealMatterText(keys, 'documents', 'sealed_place', id, JSON.stringify(place))
export const placeOf = (keys: MatterKeys, { id, sealed_place }: PartRow): Place =>
  JSON.parse(matterText(keys, 'documents', 'sealed_place', id, sealed_place!)) as Place

type Related = Answer<'document.parts'>['parts'][number]

/** What a document was taken out of, and what was taken out of it: of the same matter, within reach, and not in the trash. */
export async function parts(here: Here, { params }: Input<'document.parts'>): Promise<Answer<'document.parts'> | null> {
  const found = await find(here, params.document)
  if (!found) return null
  const { keys, row } = found
  const matter = row.matter_id
  const [own] = await partsAmong(here.db, [row.id])
  const out = await partsOf(here.db, matter, row.id)
  const whole = own?.part_of ? await named(here, matter, keys, [own.part_of as DocumentId]) : []
  const views = await named(
    here,
    matter,
    keys,
    out.map((one) => one.id as DocumentId),
  )
  const places = new Map(out.map((one) => [one.id as string, placeOf(keys, one).place]))
  return {
    of: whole[0] ? { ...whole[0], place: placeOf(keys, own!).place } : null,
    parts: views.map((view) => ({ ...view, place: places.get(view.id)! })),
  }
}

async function named(here: Here, matter: MatterId, keys: MatterKeys, ids: DocumentId[]): Promise<Omit<Related, 'place'>[]> {
  const views = ids.length === 0 ? [] : await viewsOf(here, matter, keys, await documentsByIds(here.db, matter, ids))
  return views.map(({ id, name, folder }) => ({ id, name, folder }))
}
