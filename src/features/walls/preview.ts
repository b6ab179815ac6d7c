import type { MatterId, PersonId } from '../../contract/ids.ts'
import type { PreviewView, Side } from '../../contract/wall.ts'
import { iso, now } from '../../platform/clock.ts'
import type { Here, Input } from '../../platform/route.ts'
import { firmText } from '../keys/firm-words.ts'
import { matterNames } from './names.ts'
import { opened, type SeenRow } from './seen.ts'
import { FAULTS, isFault, wished } from './wish.ts'

type Loss = { person: PersonId; person_name: Buffer; side: Side; matter: MatterId | null; how: string | null; documents: number }
const SHOWN = 100

/** Who would lose what, and what they saw before. Nothing is done. Null when it stands around what is not theirs to wall. */
export async function preview(here: Here, { body }: Input<'wall.preview'>): Promise<PreviewView | null> {
  const { house, db } = here
  const wish = wished(body)
  if (!(await mayWall(here, wish.targets))) return null
  const losses = await db.rows<Loss>('select * from hidden.wall_losses($1, $2, $3)', [wish.form, wish.targets, wish.people])
  const places = await db.rows<{ side: Side; matter: MatterId }>(
    'select side, matter from hidden.wall_matters($1) order by matter limit 500',
    [wish.targets],
  )
  const names = await matterNames(
    here,
    places.map((place) => place.matter),
  )
  const seen = await opened(here, await seenBefore(here, wish))
  const faults = await faultsOf(here, wish, body)
  const closes = await db.rows<{ matter: MatterId; group_id: string; group_name: Buffer }>('select * from hidden.wall_closes($1, $2)', [
    wish.form,
    wish.targets,
  ])
  return {
    at: iso(new Date(now())),
    matters: places.map(({ side, matter }) => ({ ...(names.get(matter) ?? { id: matter, number: '', title: '', client: '' }), side })),
    losses: peopleOf(losses).map(({ person, person_name }) => {
      const own = seen.filter((one) => one.person.id === person)
      return {
        person: { id: person, name: firmText(house.keys, 'people', 'sealed_name', person, person_name) },
        matters: losses
          .filter((loss) => loss.person === person && loss.matter !== null)
          .map((loss) => ({
            id: loss.matter!,
            number: names.get(loss.matter!)?.number ?? '',
            title: names.get(loss.matter!)?.title ?? '',
            how: loss.how ?? '',
            documents: loss.documents,
          })),
        seen: own.slice(0, SHOWN),
        seenCount: own.length,
        firstSeenAt: own.at(-1)?.at ?? null,
      }
    }),
    closed: closes.map((row) => ({
      matter: row.matter,
      group: firmText(house.keys, 'groups', 'sealed_name', row.group_id, row.group_name),
    })),
    late: seen.length > 0,
    faults: faults.map((code) => ({ code, text: FAULTS[code] })),
  }
}

const peopleOf = (losses: Loss[]): Loss[] => [...new Map(losses.map((loss) => [loss.person, loss])).values()]

export const mayWall = async ({ db }: Pick<Here, 'db'>, targets: string): Promise<boolean> =>
  (await db.row<{ ok: boolean }>('select hidden.may_wall_all($1) as ok', [targets]))!.ok

export const seenBefore = ({ db }: Pick<Here, 'db'>, wish: ReturnType<typeof wished>) =>
  db.rows<SeenRow>('select entry, person, at, deed, matter, object from hidden.wall_seen($1, $2, $3, 10000)', [
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
