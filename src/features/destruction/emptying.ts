import type { DocumentId } from '../../contract/ids.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Here, Input } from '../../platform/route.ts'
import { matterKeys } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { trashedIn } from '../vault/queries.ts'
import { ask } from './asking.ts'

type Kept = { id: DocumentId; why: 'hold' | 'asked' }

/**
 * Asks for what is in the trash of a matter, within reach, to be destroyed. What is held or asked for already stays and is named;
 * PostgreSQL looks again when it is approved and when it is done (db/access/emptying.sql).
 * @throws Refusal `hold.stands` when all of it is held, `destruction.state` when nothing else is in it, `matter.closed`
 */
export async function emptyTrash(here: Here, { params, body }: Input<'trash.empty'>) {
  const { house, db } = here
  const keys = await matterKeys(house, db, params.matter)
  if (!keys) return null
  const kept = new Map((await db.rows<Kept>('select * from hidden.kept_in_trash($1)', [params.matter])).map(({ id, why }) => [id, why]))
  const rows = (await trashedIn(db, params.matter)).map((row) => ({
    id: row.id,
    name: matterText(keys, 'documents', 'sealed_name', row.id, row.sealed_name),
  }))
  const names = new Map(rows.filter(({ id }) => !kept.has(id)).map(({ id, name }) => [id, name]))
  const stay = rows.flatMap(({ id, name }) => (kept.has(id) ? [{ id, name, why: kept.get(id)! }] : []))
  if (names.size === 0) throw nothingToGo(stay)
  const asked = await ask(here, keys, {
    kind: 'document.destroy',
    matter: params.matter,
    names,
    reason: body.reason,
    basis: body.basis ?? '',
    emptying: true,
  })
  return asked && { ...asked, value: { ...asked.value, documents: names.size, stay } }
}

function nothingToGo(stay: Kept[]): Refusal {
  if (stay.some(({ why }) => why === 'hold')) return new Refusal('hold.stands')
  return new Refusal('destruction.state', stay.length === 0 ? { text: 'Nothing is in the trash.' } : {})
}
