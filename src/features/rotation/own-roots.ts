import type { ConfirmationId, MatterId } from '../../contract/ids.ts'
import { REFUSALS } from '../../contract/errors.ts'
import type { OwnRootView } from '../../contract/own-root.ts'
import { uuidv7 } from '../../core/ids.ts'
import { token } from '../../core/tokens.ts'
import { iso, now } from '../../platform/clock.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import { brokenConstraint, sqlState } from '../../platform/postgres.ts'
import { Refusal, Stop } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { matterKeys } from '../keys/matter-keys.ts'
import { notify } from '../notices/notices.ts'

type Row = {
  id: string
  sealed_name: Buffer
  kind: OwnRootView['kind']
  added_at: Date
  added_by: string
  by: Buffer
  matters: number
  due: number
}

const nameToken = (keys: FirmKeys, name: string): Buffer => token(keys.token, 'own root name', name)
const rowsOf = ({ db }: Here): Promise<Row[]> => db.rows<Row>('select * from hidden.own_roots()')

/** Which matters are under each, of those within reach. */
async function withinReach({ db }: Here): Promise<Map<string, MatterId[]>> {
  const rows = await db.rows<{ root_id: string; matter_id: MatterId }>(
    `select root_id, matter_id from app.matter_keys where root_id is not null and standing = 'current' order by matter_id desc`,
  )
  return new Map([...Map.groupBy(rows, (row) => row.root_id)].map(([root, own]) => [root, own.map((row) => row.matter_id)]))
}

const viewOf = ({ house }: Here, row: Row, within: readonly MatterId[] = []): OwnRootView => ({
  id: row.id,
  name: firmText(house.keys, 'own_roots', 'sealed_name', row.id, row.sealed_name),
  kind: row.kind,
  by: firmText(house.keys, 'people', 'sealed_name', row.added_by, row.by),
  addedAt: iso(row.added_at),
  matters: row.matters,
  within: [...within],
  due: row.due,
  ...house.keystore.own.stateOf(row.id),
})

/** Which there are, without asking any service. */
export async function list(ask: Ask): Promise<Answer<'root.list'>> {
  const roots = await ask.look(async (inside) => {
    const [rows, within] = [await rowsOf(inside), await withinReach(inside)]
    return rows.map((row) => viewOf(inside, row, within.get(row.id)))
  })
  const { own } = ask.house.keystore
  const places = await own.places()
  return { roots, offered: places.filter(({ name }) => !roots.some((root) => root.name === name)), minutes: own.minutes }
}

/** Records a client's key that stands on this machine, once its service has sealed and opened. @throws Refusal `root.known`, `root.away` */
export async function add(ask: Ask, { body }: Input<'root.add'>): Promise<Answer<'root.add'> | null> {
  // before a service is asked for anything
  await ask.look(async () => null)
  const { own } = ask.house.keystore
  const id = uuidv7(now())
  const made = await own.make(id, body.name).catch((fault: unknown) => {
    throw fault instanceof Stop ? new Refusal('root.away', { text: fault.message, cause: fault }) : fault
  })
  return ask.act('root.added', async (inside) => {
    const { house, db } = inside
    const added = await db
      .row<{ ok: boolean }>('select hidden.add_own_root($1, $2, $3, $4, $5) as ok', [
        id,
        nameToken(house.keys, body.name),
        sealFirmText(house.keys, 'own_roots', 'sealed_name', id, body.name),
        made.kind,
        sealFirmText(house.keys, 'own_roots', 'sealed_key', id, made.sealed),
      ])
      .catch((fault: unknown) => {
        throw brokenConstraint(fault) === 'own_roots_name_token_key' ? new Refusal('root.known', { cause: fault }) : fault
      })
    if (!added!.ok) return null
    const row = (await rowsOf(inside)).find((one) => one.id === id)!
    return remembered({ object: id, details: { object: body.name, kind: made.kind } }, viewOf(inside, row))
  })
}

/** Asks its service now; the answer is an entry either way. */
export async function test(ask: Ask, { params }: Input<'root.test'>): Promise<Answer<'root.test'> | null> {
  const found = await ask.look(async (inside) => (await rowsOf(inside)).find((row) => row.id === params.root) ?? null)
  if (!found) return null
  const state = await ask.house.keystore.own.test(found.id)
  return ask.act('root.tested', async ({ house }) => {
    const object = firmText(house.keys, 'own_roots', 'sealed_name', found.id, found.sealed_name)
    return remembered({ object: found.id, details: { object, answers: state.state === 'held' } }, state)
  })
}

export const put = (inside: Here, { params, body }: Input<'root.put'>) => change(inside, params.matter, body.name, body.reason)
export const take = (inside: Here, { params, body }: Input<'root.take'>) => change(inside, params.matter, null, body.reason)

/** Asks for it; someone else who is responsible decides. `name`: null takes it off. @throws Refusal `root.unknown`, `root.state`, `key.withheld` */
async function change({ house, db, me }: Here, matter: MatterId, name: string | null, reason: string) {
  if (!(await matterKeys(house, db, matter))) return null
  const confirmation = uuidv7(now()) as ConfirmationId
  const asked = await db
    .row<{ ok: boolean }>('select hidden.ask_own_root($1, $2, $3, $4) as ok', [
      confirmation,
      matter,
      name === null ? null : nameToken(house.keys, name),
      sealFirmText(house.keys, 'confirmations', 'sealed_reason', confirmation, reason),
    ])
    .catch((fault: unknown) => {
      if (sqlState(fault) === 'SR070') throw unknown(fault)
      throw sqlState(fault) === 'SR071' ? new Refusal('root.state', { cause: fault }) : fault
    })
  if (!asked!.ok) return null
  const team = await db.rows<{ person: string }>('select distinct t.person from hidden.team_of($1) t where t.person <> $2', [
    matter,
    me.person,
  ])
  await notify(
    house,
    db,
    team.map((one) => one.person),
    { text: 'A change of a matter’s key waits for a second person on its team.', todo: 'Decide it under Approvals.', page: 'approvals' },
  )
  return remembered(
    {
      matter,
      object: matter,
      details: { object: 'the matter', ...(name === null ? { off: true } : { root: name }), reason, confirmation },
    },
    { confirmation },
  )
}

function unknown(cause: unknown): Refusal {
  const [, text] = REFUSALS['root.unknown']
  return new Refusal('root.unknown', { fields: { name: text }, cause })
}
