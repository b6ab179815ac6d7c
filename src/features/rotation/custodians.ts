import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { Refusal } from '../../platform/refusal.ts'
import { Rounds } from '../../platform/rounds.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { firmText } from '../keys/firm-words.ts'
import { notify, type Words } from '../notices/notices.ts'

type Row = {
  set_code: string
  root_key: string
  need: number
  made_at: Date
  made_by: string
  by: Buffer
  person: string
  name: Buffer
  acknowledged_at: Date | null
}

/** Records who keeps which share; the shares were made where the command runs and never come here. @throws Refusal `key.other`, `key.rotating` */
export async function split({ house, db }: Here, { body }: Input<'key.split'>) {
  if (body.rootKey !== house.rootKey.id) throw new Refusal('key.other')
  if (house.rootKey.older.length > 0) throw new Refusal('key.rotating')
  const id = uuidv7(now())
  const { set, rootKey, need, custodians } = body
  const row = await db.row<{ done: boolean }>('select hidden.split_key($1, $2, $3, $4, $5) as done', [id, set, rootKey, need, custodians])
  if (!row!.done) return null
  for (const [at, person] of custodians.entries()) await notify(house, db, [person], handedOver(set, at + 1, custodians.length))
  return remembered({ object: id, details: { object: set, need, shares: custodians.length } }, { set })
}

const TODO = 'Once the printed sheet is in your hands, say so under My account.'
const handedOver = (set: string, place: number, of: number): Words => ({
  text: `You keep the recovery share ${place} of ${of} of the root key, set ${set}.`,
  todo: TODO,
})

type Own = Omit<Row, 'person' | 'name'> & { shares: number; place: number }

/** One's own shares, the newest first, the last ten. */
export async function shares({ house, db }: Here): Promise<Answer<'key.shares'>> {
  const rows = await db.rows<Own>('select * from hidden.my_shares()')
  return {
    shares: rows.map((row) => ({
      set: row.set_code,
      isVoid: row.root_key !== house.rootKey.id,
      need: row.need,
      place: row.place,
      of: Number(row.shares),
      by: firmText(house.keys, 'people', 'sealed_name', row.made_by, row.by),
      at: iso(row.made_at),
      acknowledgedAt: row.acknowledged_at && iso(row.acknowledged_at),
    })),
  }
}

/** Null: no share of theirs of that set, a set that is void, or acknowledged before. */
export async function acknowledge({ house, db }: Here, { body }: Input<'key.acknowledge'>) {
  const row = await db.row<{ id: string | null }>('select hidden.acknowledge_share($1, $2) as id', [body.set, house.rootKey.id])
  return row!.id === null ? null : remembered({ object: row!.id, details: { object: body.set } }, undefined)
}

/** Reminds those who have not said that they have their sheet, every three days. */
export const openShareReminder = (house: House): Rounds =>
  new Rounds(60_000, () => remindHolders(house), { log: house.log, fault: 'couldn’t remind the custodians of shares' })

export const remindHolders = (house: House): Promise<void> =>
  house.clerk({ name: 'shares' }, async (db) => {
    const due = await db.rows<{ set_code: string; place: number; person: string }>('select * from hidden.shares_to_remind($1)', [
      house.rootKey.id,
    ])
    for (const { set_code, place, person } of due)
      await notify(house, db, [person], {
        text: `You have not said yet that you have the sheet of your recovery share ${place}, set ${set_code}.`,
        todo: `${TODO} If nobody gave it to you, tell your administrator.`,
      })
  })

/** The sets of shares, the newest first; void where another root key stands by now. */
export async function splits({ house, db }: Here): Promise<Answer<'key.list'>['splits']> {
  const rows = await db.rows<Row>('select * from hidden.key_splits()')
  const nameOf = (person: string, sealed: Buffer) => firmText(house.keys, 'people', 'sealed_name', person, sealed)
  return [...Map.groupBy(rows, (row) => row.set_code).values()].map((its) => ({
    set: its[0]!.set_code,
    isVoid: its[0]!.root_key !== house.rootKey.id,
    need: its[0]!.need,
    custodians: its.map((one) => ({
      name: nameOf(one.person, one.name),
      acknowledgedAt: one.acknowledged_at && iso(one.acknowledged_at),
    })),
    by: nameOf(its[0]!.made_by, its[0]!.by),
    at: iso(its[0]!.made_at),
  }))
}
