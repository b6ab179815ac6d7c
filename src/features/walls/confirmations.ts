import type { ConfirmationId, DestructionId, DocumentId, MatterId, PersonId, WallId } from '../../contract/ids.ts'
import type { Deed } from '../../contract/deeds.ts'
import type { Class } from '../../contract/words.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { brokenConstraint } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered, type Subject } from '../../platform/ways.ts'
import { refuse } from '../access/refused.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { matterNames, namesIn } from './names.ts'
import { rowOf, viewsOf, type WallRow } from './views.ts'

/** Asks for a wall to be lifted; someone else who keeps it decides. @throws Refusal `wall.state` when it stands no more, or a lifting waits */
export async function lift(here: Here, { params, body }: Input<'wall.lift'>) {
  const { house, db } = here
  if (!(await rowOf(here, params.wall))) return null
  const confirmation = uuidv7(now()) as ConfirmationId
  const asked = await db
    .row<{ ok: boolean }>('select hidden.ask_confirmation($1, $2, $3, null, null, $4) as ok', [
      confirmation,
      'wall.lift',
      params.wall,
      sealFirmText(house.keys, 'confirmations', 'sealed_reason', confirmation, body.reason),
    ])
    .catch((fault: unknown) => {
      if (brokenConstraint(fault) === 'confirmations_once')
        throw new Refusal('wall.state', { text: 'Its lifting waits for a second person already.', cause: fault })
      return refuse({ SR025: { code: 'wall.state' } })(fault)
    })
  if (!asked!.ok) return null
  const keepers = await db.rows<{ id: string }>('select k as id from hidden.wall_keepers($1) k', [params.wall])
  await notify(
    house,
    db,
    keepers.map((row) => row.id),
    { text: 'The lifting of a wall waits for a second person.', todo: 'Decide it under Walls. It stands until then.', page: 'approvals' },
  )
  return remembered({ object: params.wall, details: { confirmation, reason: body.reason } }, { confirmation })
}

type Row = {
  id: ConfirmationId
  kind: 'wall.lift' | 'class.lower' | 'document.lower' | 'document.destroy' | 'matter.destroy' | 'root.put' | 'root.take'
  wall_id: WallId | null
  matter_id: MatterId | null
  document_id: DocumentId | null
  destruction_id: DestructionId | null
  documents: number
  emptying: boolean | null
  root_id: string | null
  root_name: Buffer | null
  reached: boolean
  wanted: Class | null
  sealed_reason: Buffer
  asked_by: PersonId
  asked_at: Date
  state: 'waiting' | 'approved' | 'refused' | 'lapsed'
  decided_by: PersonId | null
  decided_at: Date | null
  may: boolean
}
const ROW = `select id, kind, wall_id, matter_id, document_id, destruction_id, wanted, sealed_reason, asked_by, asked_at, decided_by, decided_at,
  case when state = 'waiting' and ends_at < now() then 'lapsed' else state end as state, hidden.may_confirm(id) as may,
  (select count(*) from app.destruction_items i where i.destruction_id = confirmations.destruction_id) as documents,
  (select d.emptying from app.destructions d where d.id = confirmations.destruction_id) as emptying,
  root_id, (select o.sealed_name from app.own_roots o where o.id = confirmations.root_id) as root_name,
  exists (select from app.matters m where m.id = confirmations.matter_id) as reached from app.confirmations`

/** What waits on matters and walls of theirs, and what was decided; newest first, the last 200. */
export async function list(here: Here): Promise<Answer<'confirmation.list'>> {
  const { house, db, me } = here
  const rows = await db.rows<Row>(`${ROW} order by id desc limit 200`)
  const people = await namesIn(
    here,
    'people',
    rows.flatMap((row) => [row.asked_by, row.decided_by ?? []].flat()),
  )
  const matters = await matterNames(
    here,
    rows.flatMap((row) => row.matter_id ?? []),
  )
  const walls = await viewsOf(
    here,
    (await Promise.all(rows.flatMap((row) => (row.wall_id ? [rowOf(here, row.wall_id)] : [])))).filter(
      (row): row is WallRow => row !== null,
    ),
  )
  const textOf = (row: Row) =>
    row.destruction_id
      ? `${row.emptying ? 'Empty the trash: destroy' : 'Destroy'} ${row.kind === 'matter.destroy' ? 'the matter' : `${row.documents} ${row.documents === 1 ? 'document' : 'documents'} of`} ${matters.get(row.matter_id!)?.title ?? 'a matter'} for good`
      : row.kind === 'wall.lift'
        ? `Lift the wall: ${walls.find((wall) => wall.id === row.wall_id)?.title ?? ''}`
        : isOfRoot(row)
          ? rootText(house, row, matters.get(row.matter_id!)?.title ?? 'a matter')
          : `Handle ${row.document_id ? 'a document of ' : ''}${matters.get(row.matter_id!)?.title ?? 'a matter'} as ${capital(row.wanted!)}`
  return {
    confirmations: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      text: textOf(row),
      reason: firmText(house.keys, 'confirmations', 'sealed_reason', row.id, row.sealed_reason),
      wall: row.wall_id,
      matter: row.matter_id,
      document: row.document_id,
      destruction: row.destruction_id,
      askedBy: people.get(row.asked_by) ?? '',
      askedAt: iso(row.asked_at),
      state: row.state,
      decidedBy: (row.decided_by && people.get(row.decided_by)) ?? null,
      decidedAt: row.decided_at && iso(row.decided_at),
      mine: row.asked_by === me.person,
      mayDecide: row.may,
    })),
  }
}

const isOfRoot = ({ kind }: Row): boolean => kind === 'root.put' || kind === 'root.take'
const rootOf = (house: Here['house'], { root_id, root_name }: Row): string | null =>
  root_id && root_name && firmText(house.keys, 'own_roots', 'sealed_name', root_id, root_name)
const rootText = (house: Here['house'], row: Row, title: string): string =>
  row.kind === 'root.put'
    ? `Put ${title} under the client’s key ${rootOf(house, row) ?? ''}: without it nobody opens the matter`
    : `Take ${title} off its client’s key: the firm’s own keys open it from then on`

const capital = (its: Class): string => `${its[0]!.toUpperCase()}${its.slice(1)}`

const DEEDS: Record<Row['kind'], [yes: Deed, no: Deed]> = {
  'wall.lift': ['wall.lifted', 'wall.kept'],
  'class.lower': ['class.lowered', 'class.kept'],
  'document.lower': ['class.lowered', 'class.kept'],
  'document.destroy': ['destruction.approved', 'destruction.refused'],
  'matter.destroy': ['destruction.approved', 'destruction.refused'],
  'root.put': ['root.allowed', 'root.declined'],
  'root.take': ['root.allowed', 'root.declined'],
}

/**
 * Decides as the second person; PostgreSQL does what was asked. The deed is that of what was decided, so that the entry says it.
 * @throws Refusal `confirmation.oneself`, `confirmation.decided`
 */
export async function decide(ask: Ask, { params, body }: Input<'confirmation.decide'>): Promise<undefined | null> {
  const kind = await ask.look(async ({ db }) => (await db.row<Row>(`${ROW} where id = $1`, [params.confirmation]))?.kind ?? null)
  if (!kind) return null
  const done = await ask.act(DEEDS[kind][body.approve ? 0 : 1], async (here) => {
    const { house, db } = here
    const row = await db.row<Row>(`${ROW} where id = $1`, [params.confirmation])
    if (!row) return null
    const ok = await db.row<{ ok: boolean }>('select hidden.confirm($1, $2) as ok', [row.id, body.approve]).catch(
      refuse({
        SR012: { code: 'confirmation.oneself' },
        SR015: { code: 'confirmation.decided' },
        SR031: { code: 'document.locked' },
        SR032: { code: 'document.out' },
        SR050: { code: 'hold.stands' },
        SR052: { code: 'confirmation.decided', text: 'The matter was opened again; close it first.' },
      }),
    )
    if (!ok!.ok) return null
    const told = await db.rows<{ id: PersonId }>('select k as id from hidden.asker_to_tell($1) k', [row.id])
    await notify(
      house,
      db,
      told.map((one) => one.id),
      {
        text: `What you asked a second person for was ${body.approve ? 'approved' : 'refused'}.`,
        todo: 'Look at it under Approvals.',
        page: 'approvals',
      },
    )
    const reason = firmText(house.keys, 'confirmations', 'sealed_reason', row.id, row.sealed_reason)
    const subject: Subject = row.destruction_id
      ? {
          // whoever keeps the register only writes no entry in the matter
          ...(row.reached && { matter: row.matter_id! }),
          object: row.destruction_id,
          details: { reason, confirmation: row.id },
        }
      : row.matter_id
        ? {
            matter: row.matter_id,
            object: row.document_id ?? row.matter_id,
            details: isOfRoot(row)
              ? {
                  object: 'the matter',
                  ...(row.kind === 'root.take' ? { off: true } : { root: rootOf(house, row) }),
                  reason,
                  confirmation: row.id,
                }
              : { class: row.wanted, reason, confirmation: row.id },
          }
        : { object: row.wall_id!, details: { reason, confirmation: row.id } }
    return remembered(subject, true)
  })
  return done === null ? null : undefined
}
