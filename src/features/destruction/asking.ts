import type { ConfirmationId, DestructionId, DocumentId, MatterId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { now } from '../../platform/clock.ts'
import type { Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { sealFirmText } from '../keys/firm-words.ts'
import { keysWhereHeld, matterKeys, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText, sealMatterText } from '../keys/matter-words.ts'
import { notify } from '../notices/notices.ts'
import { documentsByIds, trashedIn } from '../vault/queries.ts'
import { refuseIt } from './refused.ts'

/**
 * Asks for documents to be destroyed, in the trash or not: all of them or none. Nothing is destroyed before a second person has
 * approved. @throws Refusal `hold.stands`, `document.locked`, `document.out`, `matter.closed`, `destruction.state`
 */
export async function askForDocuments(here: Here, { params, body }: Input<'document.destroy'>) {
  const keys = await matterKeys(here.house, here.db, params.matter)
  if (!keys) return null
  const names = await namesOf(here, params.matter, keys, body.documents)
  return ask(here, keys, { kind: 'document.destroy', matter: params.matter, names, reason: body.reason, basis: body.basis ?? '' })
}

/** Asks for a closed matter to be destroyed with all that is in it. @throws Refusal `hold.stands`, `matter.state`, `destruction.state` */
export async function askForMatter(here: Here, { params, body }: Input<'matter.destroy'>) {
  // for this its client's key is not needed: nothing of it is named
  return ask(here, await keysWhereHeld(here.house, here.db, params.matter), {
    kind: 'matter.destroy',
    matter: params.matter,
    names: null,
    reason: body.reason,
    basis: body.basis,
  })
}

/** Null for an id that is no document's of this matter; PostgreSQL then says so. */
async function namesOf(
  { db }: Here,
  matter: MatterId,
  keys: MatterKeys,
  documents: readonly DocumentId[],
): Promise<Map<DocumentId, string>> {
  const wanted = new Set(documents)
  const rows = [...(await documentsByIds(db, matter, [...wanted])), ...(await trashedIn(db, matter)).filter((row) => wanted.has(row.id))]
  return new Map([
    ...[...wanted].map((id) => [id, ''] as const),
    ...rows.map((row) => [row.id, matterText(keys, 'documents', 'sealed_name', row.id, row.sealed_name)] as const),
  ])
}

export type Wish = {
  kind: 'document.destroy' | 'matter.destroy'
  matter: MatterId
  names: Map<DocumentId, string> | null
  reason: string
  basis: string
  /** All that may go of the trash of the matter. */ emptying?: boolean
}
/** Null: not theirs to ask. @throws Refusal as PostgreSQL says no */
export async function ask({ house, db }: Here, keys: MatterKeys | null, { kind, matter, names, reason, basis, emptying }: Wish) {
  const destruction = uuidv7(now()) as DestructionId
  const confirmation = uuidv7(now()) as ConfirmationId
  const asked = await db
    .row<{ ok: boolean }>(`select hidden.${emptying ? 'ask_emptying($1, $2' : 'ask_destruction($1, $2, $8'}, $3, $4, $5, $6, $7) as ok`, [
      destruction,
      confirmation,
      matter,
      [...(names?.keys() ?? [])],
      sealFirmText(house.keys, 'destructions', 'sealed_words', destruction, JSON.stringify({ reason, basis })),
      names && keys && sealMatterText(keys, 'destructions', 'sealed_names', destruction, JSON.stringify(Object.fromEntries(names))),
      sealFirmText(house.keys, 'confirmations', 'sealed_reason', confirmation, reason),
      ...(emptying ? [] : [kind]),
    ])
    .catch(refuseIt)
  if (!asked!.ok) return null
  const others = await db.rows<{ id: string }>('select p as id from hidden.people_to_second($1) p', [destruction])
  await notify(
    house,
    db,
    others.map((one) => one.id),
    {
      text: `The destruction of ${names ? 'documents' : 'a matter'} waits for a second person.`,
      todo: 'Decide it under Approvals. Nothing is destroyed until then.',
      page: 'approvals',
    },
  )
  const object = emptying ? `the trash, ${counted(names!.size)}` : names ? counted(names.size) : 'the whole matter'
  return remembered(
    { matter, object: destruction, details: { object, documents: names?.size ?? 0, reason, confirmation } },
    { confirmation, destruction },
  )
}
const counted = (documents: number) => `${documents} ${documents === 1 ? 'document' : 'documents'}`
