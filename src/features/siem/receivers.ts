import type { ReceiverView } from '../../contract/receiver.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { sqlState } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { sendTest } from './posting.ts'
import { checked, openSettings, placeOf, sealSettings, shown, type Kept } from './settings.ts'

type Row = {
  id: string
  sealed_name: Buffer
  added_by: string
  by: Buffer
  added_at: Date
  retired_at: Date | null
  settings_id: string | null
  sealed_settings: Buffer | null
  /** null until someone agreed */ next: number | null
  behind: number | null
  behind_since: Date | null
  taken_at: Date | null
  sealed_fault: Buffer | null
  fault_at: Date | null
  failing_since: Date | null
  next_try: Date | null
}
type Wish = {
  id: string
  receiver_id: string
  state: 'waiting' | 'refused'
  sealed_settings: Buffer
  sealed_reason: Buffer
  asked_by: string
  by: Buffer
  asked_at: Date
  may_agree: boolean
  ripe_at: Date | null
}
const rowsOf = ({ db }: Here): Promise<Row[]> => db.rows<Row>('select * from hidden.receivers()')
const wishesOf = ({ db }: Here): Promise<Wish[]> => db.rows<Wish>('select * from hidden.receiver_wishes()')
const find = async (here: Here, id: string): Promise<Row | null> => (await rowsOf(here)).find((row) => row.id === id) ?? null
const nameOf = ({ house }: Pick<Here, 'house'>, row: Row): string =>
  firmText(house.keys, 'receivers', 'sealed_name', row.id, row.sealed_name)
const personIn = ({ house }: Pick<Here, 'house'>, id: string, sealed: Buffer): string =>
  firmText(house.keys, 'people', 'sealed_name', id, sealed)

export async function list(here: Here): Promise<Answer<'receiver.list'>> {
  const [rows, wishes] = [await rowsOf(here), await wishesOf(here)]
  return { receivers: rows.map((row) => viewOf(here, row, wishes)) }
}

async function viewAgain(here: Here, id: string): Promise<ReceiverView> {
  return viewOf(here, (await find(here, id))!, await wishesOf(here))
}

function viewOf(here: Here, row: Row, wishes: readonly Wish[]): ReceiverView {
  const wish = wishes.find((one) => one.receiver_id === row.id && one.state === 'waiting') ?? null
  const { house, me } = here
  const holds = keptOf(here, row)
  return {
    id: row.id,
    name: nameOf(here, row),
    state: row.retired_at || (!wish && row.next === null) ? 'over' : row.next === null ? 'asked' : 'live',
    by: personIn(here, row.added_by, row.by),
    addedAt: iso(row.added_at),
    settings: holds && shown(holds),
    asked: wish && {
      id: wish.id,
      settings: shown(openSettings(house, wish.id, wish.sealed_settings)),
      reason: firmText(house.keys, 'receiver_settings', 'sealed_reason', wish.id, wish.sealed_reason),
      by: personIn(here, wish.asked_by, wish.by),
      at: iso(wish.asked_at),
      mine: wish.asked_by === me.person,
      mayAgree: wish.may_agree,
      ripeAt: wish.ripe_at && iso(wish.ripe_at),
    },
    behind: { entries: row.behind ?? 0, since: row.behind_since && iso(row.behind_since) },
    takenAt: row.taken_at && iso(row.taken_at),
    fault: row.sealed_fault &&
      row.fault_at &&
      row.failing_since &&
      row.next_try && {
        text: firmText(house.keys, 'receiver_cursors', 'sealed_fault', row.id, row.sealed_fault),
        at: iso(row.fault_at),
        since: iso(row.failing_since),
        nextAt: iso(row.next_try),
      },
    retiredAt: row.retired_at && iso(row.retired_at),
  }
}

/** Asks for a receiver; nothing goes there until a second person has agreed. @throws Refusal `receiver.refused`, `receiver.state` */
export async function add(here: Here, { body }: Input<'receiver.add'>) {
  const { house, db } = here
  const [id, wish] = [uuidv7(now()), uuidv7(now())]
  const kept = checked(body.settings, null)
  const added = await db
    .row<{ ok: boolean }>('select hidden.add_receiver($1, $2, $3, $4, $5, $6) as ok', [
      id,
      sealFirmText(house.keys, 'receivers', 'sealed_name', id, body.name),
      body.from === 'beginning',
      wish,
      sealSettings(house, wish, kept),
      sealFirmText(house.keys, 'receiver_settings', 'sealed_reason', wish, body.reason),
    ])
    .catch(inWords)
  if (!added!.ok) return null
  await tell(here, `asked for the ledger to be sent to ${body.name} (${placeOf(kept)}).`, DECIDE)
  const { reason, name } = body
  return remembered({ object: id, details: { object: name, ...saidOf(kept), wish, reason } }, await viewAgain(here, id))
}

/** Asks for other settings; those that hold go on until a second person has agreed. @throws Refusal `receiver.refused`, `receiver.state` */
export async function change(here: Here, { params, body }: Input<'receiver.change'>) {
  const { house, db } = here
  const row = await find(here, params.receiver)
  if (!row) return null
  const wish = uuidv7(now())
  const kept = checked(body.settings, keptOf(here, row))
  const asked = await db
    .row<{ ok: boolean }>('select hidden.change_receiver($1, $2, $3, $4) as ok', [
      row.id,
      wish,
      sealSettings(house, wish, kept),
      sealFirmText(house.keys, 'receiver_settings', 'sealed_reason', wish, body.reason),
    ])
    .catch(inWords)
  if (!asked!.ok) return null
  await tell(here, `asked for other settings of ${nameOf(here, row)}, where the ledger is sent to (${placeOf(kept)}).`, DECIDE)
  return remembered(
    { object: row.id, details: { object: nameOf(here, row), ...saidOf(kept), wish, reason: body.reason } },
    await viewAgain(here, row.id),
  )
}

const keptOf = ({ house }: Pick<Here, 'house'>, row: Row): Kept | null =>
  row.settings_id && row.sealed_settings ? openSettings(house, row.settings_id, row.sealed_settings) : null
const saidOf = (kept: Kept) => ({ kind: kept.kind, form: kept.form, sentTo: placeOf(kept), names: kept.names })
const DECIDE = 'A second person decides it under Receivers. If you did not expect it, speak to them before anyone agrees.'

const DEEDS = { added: 'receiver.added', changed: 'receiver.changed', refused: 'receiver.refused' } as const

/** Decides as the second person. The deed is that of what was decided. @throws Refusal `approval.oneself`, `approval.decided`, `approval.waits` */
export async function decide(ask: Ask, { params, body }: Input<'receiver.decide'>): Promise<undefined | null> {
  const before = await ask.look((here) => find(here, params.receiver))
  if (!before) return null
  const deed = DEEDS[!body.approve ? 'refused' : before.next === null ? 'added' : 'changed']
  const done = await ask.act(deed, async (here) => {
    const { house, db } = here
    const row = await find(here, params.receiver)
    const wish = (await wishesOf(here)).find((one) => one.id === body.asked) ?? null
    if (!row) return null
    const said = await db
      .row<{ what: string | null }>('select hidden.decide_receiver($1, $2, $3) as what', [row.id, body.asked, body.approve])
      .catch(inWords)
    if (!wish || said!.what === null) return null
    const kept = openSettings(house, wish.id, wish.sealed_settings)
    await tell(
      here,
      `${body.approve ? 'agreed' : 'refused'} that the ledger is sent to ${nameOf(here, row)} (${placeOf(kept)}), as ${personIn(here, wish.asked_by, wish.by)} asked.`,
      'Look at it under Receivers. If you did not expect it, speak to both of them.',
    )
    const reason = firmText(house.keys, 'receiver_settings', 'sealed_reason', wish.id, wish.sealed_reason)
    return remembered({ object: row.id, details: { object: nameOf(here, row), ...saidOf(kept), wish: wish.id, reason } }, true)
  })
  return done === null ? null : undefined
}

/** A test message to what holds, or else to what is asked for; its answer is an entry either way. */
export async function test(ask: Ask, { params }: Input<'receiver.test'>): Promise<Answer<'receiver.test'> | null> {
  const found = await ask.look(async (here) => {
    const row = await find(here, params.receiver)
    const wish = (await wishesOf(here)).find((one) => one.receiver_id === params.receiver && one.state === 'waiting')
    const kept = row && (keptOf(here, row) ?? (wish ? openSettings(here.house, wish.id, wish.sealed_settings) : null))
    return row && kept && !row.retired_at ? { row, kept } : null
  })
  if (!found) return null
  const why = await sendTest(ask.house, found.kept)
  return ask.act('receiver.tested', async (here) =>
    remembered({ object: found.row.id, details: { object: nameOf(here, found.row), answers: why === null } }, { taken: why === null, why }),
  )
}

export async function retire(here: Here, { params, body }: Input<'receiver.retire'>) {
  const row = await find(here, params.receiver)
  if (!row) return null
  const done = await here.db.row<{ ok: boolean }>('select hidden.retire_receiver($1) as ok', [row.id])
  if (!done!.ok) return null
  await tell(
    here,
    `retired ${nameOf(here, row)}: the ledger is not sent there any more.`,
    'If you did not expect it, speak to them: what happens from now on is missing there.',
  )
  return remembered({ object: row.id, details: { object: nameOf(here, row), reason: body.reason } }, undefined)
}

/** Everyone else who runs receivers, or could be the second person. */
async function tell({ house, db, me }: Here, text: string, todo: string): Promise<void> {
  const by = personIn({ house }, me.person, me.sealedName)
  const rows = await db.rows<{ id: string }>('select t as id from hidden.told_of_receivers() t where t <> $1', [me.person])
  await notify(
    house,
    db,
    rows.map((row) => row.id),
    { text: `${by} ${text}`, todo, page: 'receivers' },
  )
}

const CODES: Record<string, () => [code: 'receiver.state' | 'approval.oneself' | 'approval.decided' | 'approval.waits', text?: string]> = {
  SR012: () => ['approval.oneself'],
  SR015: () => ['approval.decided'],
  SR016: () => ['approval.waits'],
  SR091: () => ['receiver.state'],
  SR092: () => ['receiver.state', 'There are sixteen receivers already. Retire one first.'],
}
/** @throws Refusal, or what was thrown */
function inWords(fault: unknown): never {
  const known = CODES[sqlState(fault) ?? '']?.()
  throw known ? new Refusal(known[0], { ...(known[1] && { text: known[1] }), cause: fault }) : fault
}
