import type { PersonId, WallId } from '../../contract/ids.ts'
import type { WallPage } from '../../contract/wall.ts'
import { iso, now } from '../../platform/clock.ts'
import { isAllowed, type Here, type Input } from '../../platform/route.ts'
import { firmText } from '../keys/firm-words.ts'
import { dueDates } from './due.ts'
import { namesIn } from './names.ts'
import { opened, type Seen } from './seen.ts'
import { triesOf } from './tries.ts'
import { rowOf, viewsOf, wordsOf, type WallRow } from './views.ts'

/** A wall with its papers, for those who keep it. */
export async function read(here: Here, { params }: Input<'wall.read'>): Promise<WallPage | null> {
  const { house, me } = here
  const row = await rowOf(here, params.wall)
  if (!row) return null
  const [view] = await viewsOf(here, [row])
  const words = wordsOf(here, row)
  const seen = seenOf(house, row)
  const stands = view!.state === 'standing' || view!.state === 'coming'
  return {
    ...view!,
    ...words,
    needKnownAt: iso(row.need_known_at),
    late: seen.length > 0,
    certifyDays: row.certify_days,
    remindDays: row.remind_days,
    seen: await opened(here, seen.slice(0, 500)),
    acknowledgements: await acknowledgementsOf(here, row.id),
    certifications: await certificationsOf(here, row.id),
    certificationsDue: dueDates(row).map((due) => iso(due.at)),
    notes: await notesOf(here, row.id),
    attempts: await triesOf(here, row.id, row.starts_at, new Date(now() + 60_000)),
    may: {
      lift: stands && view!.lifting === null,
      certify: me.roles.includes('partner'),
      note: true,
      pack: isAllowed(me, 'ledger.read'),
    },
  }
}

/** What was sealed at the raising. */
export const seenOf = (house: Here['house'], row: WallRow): Seen[] =>
  row.sealed_seen ? (JSON.parse(firmText(house.keys, 'walls', 'sealed_seen', row.id, row.sealed_seen)) as Seen[]) : []

export async function acknowledgementsOf(here: Here, wall: WallId): Promise<WallPage['acknowledgements']> {
  const rows = await here.db.rows<{
    person_id: PersonId
    screened: boolean
    asked_at: Date
    reminded_at: Date | null
    acknowledged_at: Date | null
  }>(
    `select person_id, screened, asked_at, reminded_at, acknowledged_at from app.wall_acknowledgements where wall_id = $1
     order by (acknowledged_at is null) desc, asked_at, person_id`,
    [wall],
  )
  const people = await namesIn(
    here,
    'people',
    rows.map((row) => row.person_id),
  )
  return rows.map((row) => ({
    person: { id: row.person_id, name: people.get(row.person_id) ?? '' },
    as: row.screened ? 'screened' : 'team',
    askedAt: iso(row.asked_at),
    remindedAt: row.reminded_at && iso(row.reminded_at),
    acknowledgedAt: row.acknowledged_at && iso(row.acknowledged_at),
  }))
}

export async function certificationsOf(here: Here, wall: WallId): Promise<WallPage['certifications']> {
  const rows = await here.db.rows<{
    id: string
    person_id: PersonId
    capacity: 'screened' | 'partner'
    starts_at: Date
    ends_at: Date
    sealed_words: Buffer
    made_at: Date
  }>(
    'select id, person_id, capacity, starts_at, ends_at, sealed_words, made_at from app.wall_certifications where wall_id = $1 order by made_at desc, id',
    [wall],
  )
  const people = await namesIn(
    here,
    'people',
    rows.map((row) => row.person_id),
  )
  const certified = []
  for (const row of rows) {
    const { words, attempts } = JSON.parse(firmText(here.house.keys, 'wall_certifications', 'sealed_words', row.id, row.sealed_words)) as {
      words: string
      attempts: number | null
    }
    certified.push({
      id: row.id,
      person: { id: row.person_id, name: people.get(row.person_id) ?? '' },
      capacity: row.capacity,
      from: iso(row.starts_at),
      to: iso(row.ends_at),
      words,
      attempts: attempts ?? (await triesOf(here, wall, row.starts_at, row.ends_at)).filter((one) => one.person.id === row.person_id).length,
      at: iso(row.made_at),
    })
  }
  return certified
}

async function notesOf(here: Here, wall: WallId): Promise<WallPage['notes']> {
  const rows = await here.db.rows<{
    id: string
    kind: WallPage['notes'][number]['kind']
    sealed_words: Buffer
    made_by: PersonId
    made_at: Date
  }>('select id, kind, sealed_words, made_by, made_at from app.wall_notes where wall_id = $1 order by made_at desc, id', [wall])
  const people = await namesIn(
    here,
    'people',
    rows.map((row) => row.made_by),
  )
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    text: firmText(here.house.keys, 'wall_notes', 'sealed_words', row.id, row.sealed_words),
    by: people.get(row.made_by) ?? '',
    at: iso(row.made_at),
  }))
}
