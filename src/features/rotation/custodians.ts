import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { firmText } from '../keys/firm-words.ts'

type Row = {
  set_code: string
  root_key: string
  need: number
  made_at: Date
  made_by: string
  by: Buffer
  person: string
  name: Buffer
}

/** Records who keeps which share; the shares were made where the command runs and never come here. @throws Refusal `key.other`, `key.rotating` */
export async function split({ house, db }: Here, { body }: Input<'key.split'>) {
  if (body.rootKey !== house.rootKey.id) throw new Refusal('key.other')
  if (house.rootKey.older.length > 0) throw new Refusal('key.rotating')
  const id = uuidv7(now())
  const { set, rootKey, need, custodians } = body
  const row = await db.row<{ done: boolean }>('select hidden.split_key($1, $2, $3, $4, $5) as done', [id, set, rootKey, need, custodians])
  if (!row!.done) return null
  return remembered({ object: id, details: { object: set, need, shares: custodians.length } }, { set })
}

/** The sets of shares, the newest first; void where another root key stands by now. */
export async function splits({ house, db }: Here): Promise<Answer<'key.list'>['splits']> {
  const rows = await db.rows<Row>('select * from hidden.key_splits()')
  const nameOf = (person: string, sealed: Buffer) => firmText(house.keys, 'people', 'sealed_name', person, sealed)
  return [...Map.groupBy(rows, (row) => row.set_code).values()].map((its) => ({
    set: its[0]!.set_code,
    isVoid: its[0]!.root_key !== house.rootKey.id,
    need: its[0]!.need,
    custodians: its.map((one) => nameOf(one.person, one.name)),
    by: nameOf(its[0]!.made_by, its[0]!.by),
    at: iso(its[0]!.made_at),
  }))
}
