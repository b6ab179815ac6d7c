import type { Here, Input } from '../../platform/route.ts'
import { Refusal } from '../../platform/refusal.ts'
import { remembered } from '../../platform/ways.ts'
import { find } from './documents.ts'
import { isDone } from './refused.ts'
import { about, take } from './taking.ts'

/** @throws Refusal `document.locked`, `matter.closed` */
export async function lock(here: Here, { params, body }: Input<'document.lock'>) {
  const found = await take(here, params.document)
  if (!found || !(await isDone(here.db, 'lock_document($1, $2)', [found.row.id, body.as]))) return null
  const { view } = (await find(here, found.row.id))!
  return remembered(about(view, { as: body.as, version: view.version }), view)
}

/** @throws Refusal `matter.state`, `matter.closed` */
export async function unlock(here: Here, { params, body }: Input<'document.unlock'>) {
  const found = await take(here, params.document)
  if (!found) return null
  const { locked } = found.view
  if (!locked) throw new Refusal('matter.state', { text: 'It is not locked; it can be changed as it is.' })
  if (!(await isDone(here.db, 'unlock_document($1)', [found.row.id]))) return null
  const { view } = (await find(here, found.row.id))!
  return remembered(about(view, { as: locked.as, reason: body.reason }), view)
}
