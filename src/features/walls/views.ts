import type { ClientId, ConfirmationId, GroupId, MatterId, PersonId, WallId } from '../../contract/ids.ts'
import type { Side, WallRule, WallView } from '../../contract/wall.ts'
import { iso, now } from '../../platform/clock.ts'
import type { Answer, Here } from '../../platform/route.ts'
import { firmText } from '../keys/firm-words.ts'
import { nextDue } from './due.ts'
import { matterNames, namesIn } from './names.ts'
import type { WallWords } from './raise.ts'

export type WallRow = {
  id: WallId
  kind: WallView['kind']
  rule: WallRule
  sealed_words: Buffer
  announced: boolean
  withholds: boolean
  certify_days: number
  remind_days: number
  need_known_at: Date
  starts_at: Date
  ends_at: Date | null
  sealed_seen: Buffer | null
  raised_by: PersonId
  raised_at: Date
  lifted_at: Date | null
}
const WALL = `select w.id, w.kind, w.rule, w.sealed_words, w.announced, w.withholds, w.certify_days, w.remind_days, w.need_known_at,
  w.starts_at, w.ends_at, w.sealed_seen, w.raised_by, w.raised_at, w.lifted_at from app.walls w`
type Target = { wall_id: WallId; side: Side; matter_id: MatterId | null; client_id: ClientId | null }
type Screened = { wall_id: WallId; side: Side; person_id: PersonId | null; group_id: GroupId | null }
type Lifting = { id: ConfirmationId; wall_id: WallId; asked_by: PersonId; asked_at: Date; sealed_reason: Buffer; may: boolean }

export const rowOf = ({ db }: Pick<Here, 'db'>, wall: string) => db.row<WallRow>(`${WALL} where w.id = $1`, [wall])
export const wordsOf = ({ house }: Pick<Here, 'house'>, row: WallRow): WallWords =>
  JSON.parse(firmText(house.keys, 'walls', 'sealed_words', row.id, row.sealed_words)) as WallWords

/** The walls that this person keeps, newest first. */
export async function list(here: Here): Promise<Answer<'wall.list'>> {
  return { walls: await viewsOf(here, await here.db.rows<WallRow>(`${WALL} order by w.id desc`)) }
}

/** One wall as its keepers see it; null for everyone else. */
export async function viewOf(here: Here, wall: WallId): Promise<WallView | null> {
  const row = await rowOf(here, wall)
  return row && (await viewsOf(here, [row]))[0]!
}

export async function viewsOf(here: Here, rows: WallRow[]): Promise<WallView[]> {
  const { house, db } = here
  const ids = rows.map((row) => row.id)
  const of = <T extends object>(text: string) => db.rows<T>(text, [ids])
  const targets = await of<Target>(
    'select wall_id, side, matter_id, client_id from app.wall_targets where wall_id = any ($1) order by side, matter_id, client_id',
  )
  const screened = await of<Screened>(
    'select wall_id, side, person_id, group_id from app.wall_people where wall_id = any ($1) order by side, since, person_id, group_id',
  )
  const liftings = await of<Lifting>(
    `select id, wall_id, asked_by, asked_at, sealed_reason, hidden.may_confirm(id) as may from app.confirmations
     where wall_id = any ($1) and state = 'waiting' and ends_at > now()`,
  )
  const waiting = await of<{ wall_id: WallId; n: number }>(
    'select wall_id, count(*)::int as n from app.wall_acknowledgements where wall_id = any ($1) and acknowledged_at is null group by wall_id',
  )
  const certified = await of<{ wall_id: WallId; ends_at: Date }>(
    `select wall_id, ends_at from app.wall_certifications where wall_id = any ($1) and capacity = 'partner'`,
  )
  const matters = await matterNames(
    here,
    targets.flatMap((one) => one.matter_id ?? []),
  )
  const clients = await namesIn(
    here,
    'clients',
    targets.flatMap((one) => one.client_id ?? []),
  )
  const groups = await namesIn(
    here,
    'groups',
    screened.flatMap((one) => one.group_id ?? []),
  )
  const people = await namesIn(here, 'people', [
    ...screened.flatMap((one) => one.person_id ?? []),
    ...rows.map((row) => row.raised_by),
    ...liftings.map((one) => one.asked_by),
  ])
  return rows.map((row) => {
    const its = <T extends { wall_id: WallId }>(all: T[]) => all.filter((one) => one.wall_id === row.id)
    const stands = its(targets).map((one) => ({
      side: one.side,
      matter: one.matter_id,
      client: one.client_id,
      name: (one.matter_id ? matters.get(one.matter_id)?.title : clients.get(one.client_id!)) ?? '',
    }))
    const kept = its(screened).map((one) => ({
      side: one.side,
      person: one.person_id,
      group: one.group_id,
      name: (one.person_id ? people.get(one.person_id) : groups.get(one.group_id!)) ?? '',
    }))
    const lifting = its(liftings)[0]
    return {
      id: row.id,
      kind: row.kind,
      rule: row.rule,
      state: stateOf(row),
      announced: row.announced,
      withholds: row.withholds,
      title: titleOf(row.kind, stands, kept),
      targets: stands,
      screened: kept,
      startsAt: iso(row.starts_at),
      endsAt: row.ends_at && iso(row.ends_at),
      raisedBy: people.get(row.raised_by) ?? '',
      raisedAt: iso(row.raised_at),
      lifting: lifting
        ? {
            id: lifting.id,
            askedBy: people.get(lifting.asked_by) ?? '',
            askedAt: iso(lifting.asked_at),
            reason: firmText(house.keys, 'confirmations', 'sealed_reason', lifting.id, lifting.sealed_reason),
            mayDecide: lifting.may,
          }
        : null,
      liftedAt: row.lifted_at && iso(row.lifted_at),
      unacknowledged: its(waiting)[0]?.n ?? 0,
      certificationDueAt:
        nextDue(
          row,
          its(certified).map((one) => one.ends_at),
        )?.toISOString() ?? null,
    }
  })
}

export function stateOf(row: Pick<WallRow, 'starts_at' | 'ends_at' | 'lifted_at'>): WallView['state'] {
  if (row.lifted_at) return 'lifted'
  if (row.starts_at.getTime() > now()) return 'coming'
  return row.ends_at && row.ends_at.getTime() <= now() ? 'ended' : 'standing'
}

type Named = { side: Side; name: string }
const listed = (all: Named[]): string => {
  const names = [...new Set(all.map((one) => one.name))]
  return names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : new Intl.ListFormat('en-GB').format(names)
}
/** `Cora Lind from Orchard v. Mill`; `Orchard v. Mill and Mill Paper, two sides`. */
const titleOf = (kind: WallView['kind'], targets: Named[], screened: Named[]): string =>
  kind === 'exclusion'
    ? `${listed(screened)} from ${listed(targets)}`
    : `${listed(targets.filter((one) => one.side === 'a'))} against ${listed(targets.filter((one) => one.side === 'b'))}`
