import type { DocumentView } from '../../contract/document.ts'
import type { ConfirmationId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { now } from '../../platform/clock.ts'
import { sqlState } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { sealFirmText } from '../keys/firm-words.ts'
import { matrixNow } from '../matrix/matrix.ts'
import { notify } from '../notices/notices.ts'
import { find } from './documents.ts'
import { capital } from './handling.ts'
import { holdingBack, refuseFor } from './labels.ts'

/** Raises the class of a document; what was opened under the milder one ends. @throws Refusal `class.milder` */
export async function classify(here: Here, { params, body }: Input<'document.classify'>) {
  const found = await find(here, params.document)
  if (!found) return null
  const { row, view } = found
  const text = `It is ${capital(view.class)} already, and is raised here only. For a milder class a second person on the matter is needed: ask for it with a reason.`
  const done = await here.db
    .row<{ done: boolean }>('select hidden.classify($1, $2) as done', [row.id, body.class])
    .catch((fault: unknown) => {
      throw sqlState(fault) === 'SR024' ? new Refusal('class.milder', { text, cause: fault }) : fault
    })
  if (!done?.done) return null
  const after: DocumentView = { ...view, class: body.class }
  return remembered(
    { matter: row.matter_id, object: row.id, details: { object: view.name, folder: view.folder, was: view.class, class: body.class } },
    after,
  )
}

/**
 * Asks for a milder class of one document; someone else on the matter decides. What it holds, and its matter's class, stay
 * its floor. @throws Refusal `class.milder`, `matrix.refused`, `matter.state`
 */
export async function lower(here: Here, { params, body }: Input<'document.lower'>) {
  const { house, db, me } = here
  const found = await find(here, params.document)
  if (!found) return null
  const { row, view } = found
  const matrix = await matrixNow(db)
  const holding = holdingBack(matrix, view.found, body.class)
  if (holding.length > 0) refuseFor(matrix, holding, body.class)
  const confirmation = uuidv7(now()) as ConfirmationId
  const reason = sealFirmText(house.keys, 'confirmations', 'sealed_reason', confirmation, body.reason)
  const asked = await db
    .row<{ done: boolean }>('select hidden.ask_document_lower($1, $2, $3, $4) as done', [confirmation, row.id, body.class, reason])
    .catch((fault: unknown) => {
      if (sqlState(fault) === 'SR024')
        throw new Refusal('class.milder', { text: 'Nothing in a matter is milder than the matter is.', cause: fault })
      if (sqlState(fault) !== 'SR025') throw fault
      throw new Refusal('matter.state', {
        text: 'That is no milder than it is, or a milder class waits for a second person already.',
        cause: fault,
      })
    })
  if (!asked?.done) return null
  const team = await db.rows<{ person: string }>('select person from hidden.team_of($1) where person <> $2', [row.matter_id, me.person])
  await notify(
    house,
    db,
    team.map((one) => one.person),
    { text: 'A milder class for a document waits for a second person on its team.', todo: 'Decide it under Approvals.', page: 'approvals' },
  )
  const details = { object: view.name, folder: view.folder, was: view.class, class: body.class, reason: body.reason }
  return remembered({ matter: row.matter_id, object: row.id, details }, { confirmation })
}
