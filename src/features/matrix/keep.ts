import type { MatrixView } from '../../contract/matrix.ts'
import { iso } from '../../platform/clock.ts'
import { sqlState } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import { isAllowed, type Answer, type Here, type Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { matrixAt, matrixNow, type Versioned } from './matrix.ts'
import { changesBetween, faultsOf, tidied } from './sense.ts'

type Row = { version: number; sealed_reason: Buffer | null; set_by: string | null; set_at: Date; setter: Buffer | null }
const VERSION = `select m.version, m.sealed_reason, m.set_by, m.set_at, p.sealed_name as setter
  from app.matrix m left join app.people p on p.id = m.set_by`

export async function read(here: Here, { query }: Input<'matrix.read'>): Promise<MatrixView | null> {
  const found = await matrixAt(here.db, query.version ?? null)
  return found && viewOf(here, found)
}

async function viewOf({ house, db, me }: Here, { version, matrix }: Versioned): Promise<MatrixView> {
  const row = (await db.row<Row>(`${VERSION} where m.version = $1`, [version]))!
  return { version, matrix, ...wordsOf(house, row), may: { change: isAllowed(me, 'matrix.change') } }
}

/** Who set a version and why; of version 0, with which every firm begins, nobody. */
function wordsOf(
  house: Here['house'],
  { version, sealed_reason, set_by, set_at, setter }: Row,
): Pick<MatrixView, 'setBy' | 'setAt' | 'reason'> {
  if (!set_by || !setter || !sealed_reason) return { setBy: null, setAt: null, reason: null }
  return {
    setBy: firmText(house.keys, 'people', 'sealed_name', set_by, setter),
    setAt: iso(set_at),
    reason: firmText(house.keys, 'matrix', 'sealed_reason', String(version), sealed_reason),
  }
}

/** The firm's own versions, newest first, each with the cells in which it differs from the one before. */
export async function history({ house, db }: Here): Promise<Answer<'matrix.history'>> {
  const versions: Answer<'matrix.history'>['versions'] = []
  let before = (await matrixAt(db, 0))!.matrix
  for (const row of await db.rows<Row>(`${VERSION} where m.version > 0 order by m.version`)) {
    const { matrix } = (await matrixAt(db, row.version))!
    const { setBy, setAt, reason } = wordsOf(house, row)
    versions.unshift({ version: row.version, setBy: setBy!, setAt: setAt!, reason: reason!, changed: changesBetween(before, matrix) })
    before = matrix
  }
  return { versions }
}

/**
 * Makes a new version; it holds with the commit, for what is open too. Every version is kept.
 * @throws Refusal `matrix.invalid` with what cannot be in `fields`, by cell; `version.old`
 */
export async function change(here: Here, { body }: Input<'matrix.change'>) {
  const { house, db } = here
  const wanted = tidied(body.matrix)
  const now = await matrixNow(db)
  if (body.version !== now.version) throw new Refusal('version.old')
  const faults = faultsOf(wanted)
  const [first] = Object.entries(faults)
  if (first) throw new Refusal('matrix.invalid', { text: `The handling matrix cannot be so. ${first[0]}: ${first[1]}`, fields: faults })
  const changed = changesBetween(now.matrix, wanted)
  if (changed.length === 0) throw new Refusal('matrix.invalid', { text: 'The matrix stands like that already; nothing is changed.' })
  const reason = sealFirmText(house.keys, 'matrix', 'sealed_reason', String(body.version + 1), body.reason)
  const made = await db
    .row<{ done: boolean }>('select hidden.change_matrix($1, $2, $3) as done', [body.version, JSON.stringify(wanted), reason])
    .catch((fault: unknown) => {
      throw sqlState(fault) === 'SR023' ? new Refusal('version.old', { cause: fault }) : fault
    })
  if (!made?.done) return null
  await tellOthers(here)
  const details = { version: body.version + 1, cells: changed.join('; '), reason: body.reason }
  return remembered({ details }, await viewOf(here, await matrixNow(db)))
}

/** As with settings: one person changes it, the others who could be a second person hear of it. */
async function tellOthers({ house, db, me }: Here): Promise<void> {
  const rows = await db.rows<{ id: string }>('select a as id from hidden.approvers() a where a <> $1', [me.person])
  await notify(
    house,
    db,
    rows.map((row) => row.id),
    {
      text: `${firmText(house.keys, 'people', 'sealed_name', me.person, me.sealedName)} changed how classes of confidentiality are handled.`,
      todo: 'Look at it under Handling. If you did not expect it, speak to them.',
    },
  )
}
