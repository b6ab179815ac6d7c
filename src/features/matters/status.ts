import type { ConfirmationId, MatterId } from '../../contract/ids.ts'
import type { MatterPage, MatterStatus, MemberView } from '../../contract/matter.ts'
import { uuidv7 } from '../../core/ids.ts'
import { now } from '../../platform/clock.ts'
import { brokenConstraint } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { refuse } from '../access/refused.ts'
import { sealFirmText } from '../keys/firm-words.ts'
import { matterKeys } from '../keys/matter-keys.ts'
import { notify } from '../notices/notices.ts'
import { matterById, viewById, type MatterRow } from './matters.ts'
import { teamOf } from './team.ts'

/** What must stand before a matter opens (catalogue S0-8). Notices and wishes of the client join when the gate out is built. */
export async function gatesOf({ db }: Pick<Here, 'db'>, row: MatterRow, team: MemberView[]): Promise<MatterPage['gates']> {
  const settled = (await db.row<{ ok: boolean }>('select hidden.conflicts_settled($1) as ok', [row.id]))!.ok
  const led = team.some((one) => one.role === 'responsible')
  return [
    { gate: 'class', ok: true, text: `It is ${row.class}.` },
    { gate: 'team', ok: led, text: led ? 'Someone is responsible.' : 'Nobody is responsible yet. Give someone on the team that part.' },
    {
      gate: 'conflicts',
      ok: settled,
      text: settled ? 'Conflicts are settled.' : 'The conflicts check is not settled. Ask for one; whoever decides conflicts settles it.',
    },
  ]
}

/** @throws Refusal `matter.gates` with what is missing, `matter.state` */
export async function open(here: Here, { params }: Input<'matter.open'>) {
  const { house, db } = here
  const row = await matterById(db, params.matter)
  const keys = row && (await matterKeys(house, db, row.id))
  if (!row || !keys) return null
  const gates = await gatesOf(here, row, await teamOf({ house, db }, row.id, keys))
  const missing = gates.filter((one) => !one.ok)
  if (missing.length > 0 && row.status === 'intake')
    throw new Refusal('matter.gates', {
      text: `The matter cannot be opened yet. ${missing.map((one) => one.text).join(' ')}`,
      fields: Object.fromEntries(missing.map((one) => [one.gate, one.text])),
    })
  return turn(here, params.matter, 'open', Object.fromEntries(gates.map((one) => [one.gate, one.text])))
}

export const close = (here: Here, { params, body }: Input<'matter.close'>) => turn(here, params.matter, 'closed', { reason: body.reason })
/** @throws Refusal `matter.state`: a matter at intake is opened, not opened again */
export async function reopen(here: Here, { params, body }: Input<'matter.reopen'>) {
  const row = await here.db.row<{ status: MatterStatus }>('select status from app.matters where id = $1', [params.matter])
  if (row && row.status !== 'closed') throw new Refusal('matter.state')
  return turn(here, params.matter, 'open', { reason: body.reason })
}

async function turn({ house, db }: Here, matter: MatterId, status: MatterStatus, details: Record<string, string>) {
  const done = await db
    .row<{ ok: boolean }>('select hidden.set_status($1, $2) as ok', [matter, status])
    .catch(refuse({ SR025: { code: 'matter.state' } }))
  if (!done!.ok) return null
  const view = (await viewById({ house, db }, matter))!
  return remembered({ matter, object: matter, details: { object: view.title, ...details } }, view)
}

/** Asks for a milder class; someone else on the team decides. @throws Refusal `matter.state` when it is no milder one, or one waits already */
export async function lower({ house, db, me }: Here, { params, body }: Input<'matter.lower'>) {
  const keys = await matterKeys(house, db, params.matter)
  if (!keys) return null
  const confirmation = uuidv7(now()) as ConfirmationId
  const asked = await db
    .row<{ ok: boolean }>('select hidden.ask_confirmation($1, $2, null, $3, $4, $5) as ok', [
      confirmation,
      'class.lower',
      params.matter,
      body.class,
      sealFirmText(house.keys, 'confirmations', 'sealed_reason', confirmation, body.reason),
    ])
    .catch((fault: unknown) => {
      if (brokenConstraint(fault) === 'confirmations_once')
        throw new Refusal('matter.state', { text: 'A milder class waits for a second person already.', cause: fault })
      return refuse({ SR025: { code: 'matter.state', text: 'That is no milder class than the matter’s own.' } })(fault)
    })
  if (!asked!.ok) return null
  const team = await teamOf({ house, db }, params.matter, keys)
  await notify(
    house,
    db,
    team.map((one) => one.person).filter((one) => one !== me.person),
    { text: 'A milder class for a matter waits for a second person on its team.', todo: 'Decide it under Approvals.', page: 'approvals' },
  )
  return remembered({ matter: params.matter, object: params.matter, details: { class: body.class, reason: body.reason } }, { confirmation })
}
