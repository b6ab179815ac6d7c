import type { MatterId, PersonId } from '../../contract/ids.ts'
import type { PreviewView, Side } from '../../contract/wall.ts'
import { iso, now } from '../../platform/clock.ts'
import type { Here, Input } from '../../platform/route.ts'
import { firmText } from '../keys/firm-words.ts'
import { matterNames } from './names.ts'
import { opened, type SeenRow } from './seen.ts'
import { FAULTS, isFault, wished } from './wish.ts'

type Loss = {
  person: PersonId
  person_name: Buffer
  matters: number
  sides: string
  matter: MatterId | null
  how: string | null
  documents: number
}
/** How much of it is told: matters of each person, matters of the wall, looks of each person and of all. */
const MOST = { lost: 50, matters: 500, own: 100, seen: 500 }

/** Who would lose what, and what they saw before. Nothing is done. Null when it stands around what is not theirs to wall. */
export async function preview(here: Here, { body }: Input<'wall.preview'>): Promise<PreviewView | null> {
  const { house, db } = here
  const wish = wished(body)
  if (!(await mayWall(here, wish.targets))) return null
  const losses = await db.rows<Loss>('select * from hidden.wall_losses($1, $2, $3, $4)', [wish.form, wish.targets, wish.people, MOST.lost])
  const places = await db.rows<{ side: Side; matter: MatterId; of: number }>(
    'select side, matter, of from hidden.wall_matters($1) order by matter desc limit $2',
    [wish.targets, MOST.matters],
  )
  const names = await matterNames(here, [...places.map((place) => place.matter), ...losses.flatMap((loss) => loss.matter ?? [])])
  const named = (id: MatterId) => names.get(id) ?? { id, number: '', title: '', client: '' }
  const seen = Map.groupBy(await seenBefore(here, wish), (one) => one.person)
  const shown = [...seen.values()].flatMap((own) => own.slice(0, MOST.own)).toSorted((one, other) => Number(other.at) - Number(one.at))
  const views = Map.groupBy(await opened(here, shown.slice(0, MOST.seen)), (one) => one.person.id)
  const faults = await faultsOf(here, wish, body)
  const closes = await db.rows<{ matter: MatterId; group_id: string; group_name: Buffer }>('select * from hidden.wall_closes($1, $2)', [
    wish.form,
    wish.targets,
  ])
  return {
    at: iso(new Date(now())),
    matterCount: places[0]?.of ?? 0,
    matters: places.map(({ side, matter }) => ({ ...named(matter), side })),
    losses: [...Map.groupBy(losses, (loss) => loss.person)].map(([person, own]) => {
      const [{ person_name, matters, sides }] = own as [Loss, ...Loss[]]
      const first = seen.get(person)?.at(-1)
      return {
        person: { id: person, name: firmText(house.keys, 'people', 'sealed_name', person, person_name) },
        matterCount: matters,
        sides: sides.split(',').filter((side): side is Side => side !== ''),
        matters: own.flatMap(({ matter, how, documents }) => {
          if (matter === null) return []
          const { number, title } = named(matter)
          return [{ id: matter, number, title, how: how ?? '', documents }]
        }),
        seen: views.get(person) ?? [],
        seenCount: seen.get(person)?.length ?? 0,
        firstSeenAt: first ? iso(first.at) : null,
      }
    }),
    closed: closes.map((row) => ({
      matter: row.matter,
      group: firmText(house.keys, 'groups', 'sealed_name', row.group_id, row.group_name),
    })),
    late: seen.size > 0,
    faults: faults.map((code) => ({ code, text: FAULTS[code] })),
  }
}

export const mayWall = async ({ db }: Pick<Here, 'db'>, targets: string): Promise<boolean> =>
  (await db.row<{ ok: boolean }>('select hidden.may_wall_all($1) as ok', [targets]))!.ok

export const seenBefore = ({ db }: Pick<Here, 'db'>, wish: ReturnType<typeof wished>) =>
  db.rows<SeenRow>('select entry, person, at, deed, matter, object from hidden.wall_seen($1, $2, $3, 100000)', [
    wish.form,
    wish.targets,
    wish.people,
  ])

export async function faultsOf(
  { db }: Pick<Here, 'db'>,
  wish: ReturnType<typeof wished>,
  { startsAt, endsAt }: { startsAt?: string | undefined; endsAt?: string | undefined },
): Promise<(keyof typeof FAULTS)[]> {
  const rows = await db.rows<{ code: string }>(
    'select distinct f as code from hidden.wall_faults($1, $2, $3, coalesce($4::timestamptz, now()), $5) f order by 1',
    [wish.form, wish.targets, wish.people, startsAt ?? null, endsAt ?? null],
  )
  return rows.map((row) => row.code).filter(isFault)
}
