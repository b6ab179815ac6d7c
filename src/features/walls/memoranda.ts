import type { WallId } from '../../contract/ids.ts'
import type { MemorandumView } from '../../contract/wall.ts'
import { iso } from '../../platform/clock.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { firmText } from '../keys/firm-words.ts'
import type { WallWords } from './raise.ts'

type Row = {
  wall: WallId
  screened: boolean
  sealed_words: Buffer
  starts_at: Date
  asked_at: Date
  acknowledged_at: Date | null
  withholds: boolean
}

/** What announced walls tell whoever asks: the memorandum and the procedures, and nothing else of the wall. */
export async function list(here: Here): Promise<Answer<'wall.memoranda'>> {
  return { memoranda: (await here.db.rows<Row>('select * from hidden.memoranda()')).map((row) => viewOf(here, row)) }
}

function viewOf({ house }: Here, row: Row): MemorandumView {
  const { memorandum, procedures } = JSON.parse(firmText(house.keys, 'walls', 'sealed_words', row.wall, row.sealed_words)) as WallWords
  return {
    wall: row.wall,
    as: row.screened ? 'screened' : 'team',
    memorandum,
    procedures,
    since: iso(row.starts_at),
    askedAt: iso(row.asked_at),
    acknowledgedAt: row.acknowledged_at && iso(row.acknowledged_at),
    withholds: row.withholds,
  }
}

/** From then on a wall that withheld its matters from this person does so no more. */
export async function acknowledge(here: Here, { params }: Input<'wall.acknowledge'>) {
  const done = await here.db.row<{ ok: boolean }>('select hidden.acknowledge($1) as ok', [params.wall])
  if (!done!.ok) return null
  const row = await here.db.row<Row>('select * from hidden.memoranda() m where m.wall = $1', [params.wall])
  return row && remembered({ object: params.wall, details: { as: row.screened ? 'screened' : 'team' } }, viewOf(here, row))
}
