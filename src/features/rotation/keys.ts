import { newestKey } from '../../core/epoch.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { sqlState } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { firmText } from '../keys/firm-words.ts'
import { epochsOf } from '../ledger/epochs.ts'
import { splits } from './custodians.ts'
import { nudge } from './rotator.ts'

type Standing = { firm_version: number; firm_since: Date; matters: number; rotated: number; oldest: Date | null }
type Row = {
  id: string
  what: 'root' | 'firm' | 'matter' | 'ledger'
  one: boolean
  begun_at: Date
  done: number
  of: number
  ended_at: Date | null
  by: Buffer
  begun_by: string
  skipped: number
}

/** What stands, since when, and how far a rotation is. */
export async function list(here: Here): Promise<Answer<'key.list'> | null> {
  const { house, db } = here
  const standing = await db.row<Standing>('select * from hidden.keys_standing()')
  if (!standing) return null
  const rows = await db.rows<Row>('select * from hidden.rotations()')
  const epochs = await epochsOf(db)
  const { rootKey } = house
  return {
    root: { id: rootKey.id, since: rootKey.since, sealedBy: rootKey.seal?.shown.kind ?? 'nothing', former: rootKey.former.length },
    firm: { version: standing.firm_version, since: iso(standing.firm_since) },
    ledger: { epoch: epochs.later.length, since: epochs.later.at(-1)?.at ?? null, vkey: newestKey(epochs) },
    matters: { count: standing.matters, rotated: standing.rotated, oldest: standing.oldest && iso(standing.oldest) },
    rotations: rows.map((row) => ({
      id: row.id,
      what: row.what,
      one: row.one,
      by: firmText(house.keys, 'people', 'sealed_name', row.begun_by, row.by),
      begunAt: iso(row.begun_at),
      done: row.done,
      of: row.of,
      skipped: row.skipped,
      endedAt: row.ended_at && iso(row.ended_at),
    })),
    splits: await splits(here),
  }
}

/**
 * Asks for a rotation, which is done by itself from here on. A matter of nobody's is taken like one that is there, and comes to
 * nothing: the answer tells nothing of what lies behind a wall. @throws Refusal `key.rotating`
 */
export async function rotate(ask: Ask, input: Input<'key.rotate'>): Promise<Answer<'key.rotate'> | null> {
  const asked = await ask.act('key.asked', (here) => begin(here, input))
  if (asked) nudge(ask.house)
  return asked
}

async function begin({ db }: Here, { body }: Input<'key.rotate'>) {
  const id = uuidv7(now())
  const asked = await db
    .row<{ asked: boolean }>('select hidden.begin_rotation($1, $2, $3) as asked', [id, body.what, body.matter ?? null])
    .catch((fault: unknown) => {
      throw sqlState(fault) === 'SR060' ? new Refusal('key.rotating', { cause: fault }) : fault
    })
  if (!asked!.asked) return null
  return remembered({ object: id, details: { object: body.what, all: body.what === 'matter' && body.matter === undefined } }, { id })
}
