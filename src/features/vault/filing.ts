import type { DocumentAbout, DocumentView } from '../../contract/document.ts'
import type { Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { sealMatterText } from '../keys/matter-words.ts'
import { find } from './documents.ts'
import { makeFolders, nameToken } from './paths.ts'
import { isDone, refuse } from './refused.ts'
import { about, readSome, take, takeSome } from './taking.ts'

/** @throws Refusal `name.taken`, `document.locked`, `document.out`, `matter.closed` */
export async function rename(here: Here, { params, body }: Input<'document.rename'>) {
  const found = await take(here, params.document)
  if (!found) return null
  const { keys, row } = found
  const name = sealMatterText(keys, 'documents', 'sealed_name', row.id, body.name)
  if (!(await isDone(here.db, 'rename_document($1, $2, $3)', [row.id, name, nameToken(keys, body.name)]))) return null
  const { view } = (await find(here, row.id))!
  return remembered(about(view, { was: found.view.name }), view)
}

/** All of them or none; the folder is made where it is not there. @throws Refusal `name.taken`, `document.locked`, `document.out`, `matter.closed` */
export async function move(here: Here, { params, body }: Input<'document.move'>) {
  const taken = await takeSome(here, params.matter, body.documents)
  if (!taken) return null
  const folder = await makeFolders(here, params.matter, taken.keys, body.folder).catch(refuse)
  for (const { id } of taken.views) if (!(await isDone(here.db, 'move_document($1, $2)', [id, folder]))) return null
  const after = await readSome(here, params.matter, taken.keys, body.documents)
  const before = new Map(taken.views.map((view) => [view.id, view.folder]))
  const [first, ...others] = after!.views.map((view) => about(view, { was: before.get(view.id)! }))
  return remembered(
    first!,
    { documents: after!.views },
    others.map((subject) => ({ deed: 'document.moved', subject })),
  )
}

/** @throws Refusal `document.locked`, `matter.closed` */
export async function describe(here: Here, { params, body }: Input<'document.describe'>) {
  const found = await take(here, params.document)
  if (!found) return null
  const { keys, row } = found
  const said: DocumentAbout = { ...body, tags: [...new Set(body.tags)] }
  const sealed = sealMatterText(keys, 'documents', 'sealed_about', row.id, JSON.stringify(said))
  if (!(await isDone(here.db, 'describe_document($1, $2)', [row.id, sealed]))) return null
  const view: DocumentView = { ...found.view, about: said }
  const changed = (Object.keys(said) as (keyof DocumentAbout)[]).filter(
    (field) => JSON.stringify(said[field]) !== JSON.stringify(found.view.about[field]),
  )
  return remembered(about(view, { changed: changed.join(', '), privilege: said.privilege }), view)
}
