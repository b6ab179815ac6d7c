import type { Here, Input } from '../../platform/route.ts'
import { Refusal } from '../../platform/refusal.ts'
import { remembered } from '../../platform/ways.ts'
import { sealMatterText } from '../keys/matter-words.ts'
import { find } from './documents.ts'
import { isDone } from './refused.ts'
import { about, take } from './taking.ts'

/** Whoever has it already may say so anew, with another note. @throws Refusal `document.out`, `document.locked`, `matter.closed` */
export async function takeOut(here: Here, { params, body }: Input<'document.take-out'>) {
  const found = await take(here, params.document)
  if (!found) return null
  const { keys, row } = found
  const note = body.note === '' ? null : sealMatterText(keys, 'documents', 'sealed_out_note', row.id, body.note)
  if (!(await isDone(here.db, 'take_out($1, $2)', [row.id, note]))) return null
  const { view } = (await find(here, row.id))!
  return remembered(about(view, body.note === '' ? {} : { note: body.note }), view)
}

/** For another it takes `matter.change`, and the entry says whose it was. @throws Refusal `document.out`, `matter.state`, `matter.closed` */
export async function bringBack(here: Here, { params }: Input<'document.bring-back'>) {
  const found = await take(here, params.document)
  if (!found) return null
  const { out } = found.view
  if (!out) throw new Refusal('matter.state', { text: 'Nobody has taken it out; it is there to work on.' })
  if (!(await isDone(here.db, 'bring_back($1)', [found.row.id]))) return null
  const { view } = (await find(here, found.row.id))!
  return remembered(about(view, out.by.id === here.me.person ? {} : { holder: out.by.name }), view)
}
