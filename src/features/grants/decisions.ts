import type { MatterId, PersonId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered, type Subject } from '../../platform/ways.ts'
import { refuse } from '../access/refused.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { keysWhereHeld } from '../keys/matter-keys.ts'
import { notify } from '../notices/notices.ts'
import { settingOf } from '../settings/settings.ts'
import { remind } from './reminders.ts'
import { requestView } from './request-views.ts'
import { momentOf } from './words.ts'

/** What PostgreSQL says no with (db/access/grants.sql), in the words of a decision. */
export const DECIDING = {
  23505: { code: 'team.member' },
  SR012: { code: 'grant.oneself' },
  SR013: { code: 'grant.state', text: 'It names no matter yet. Say first which one it means.' },
  SR015: { code: 'grant.state' },
  SR020: { code: 'team.screened' },
} as const

type Decided = { matter: MatterId | null; person: PersonId }

/** Says which matter a request means; its approver is told at once. @throws Refusal `grant.state`, `team.screened` */
export async function route(ask: Ask, { params, body }: Input<'grant.route'>): Promise<undefined | null> {
  const done = await ask.act('grant.routed', async (here) => {
    const row = await here.db
      .row<{ ok: boolean }>('select hidden.route_request($1, $2) as ok', [params.request, body.matter])
      .catch(refuse({ ...DECIDING, SR013: { code: 'grant.state', text: 'Its matter is known already.' } }))
    if (!row!.ok) return null
    return remembered(await subjectOf(here, params.request, { matter: body.matter, person: null }, {}), true)
  })
  if (!done) return null
  void remind(ask.house)
}

/**
 * Grants access for a time. Whoever asked reaches the matter with the commit.
 * @throws Refusal `grant.oneself`, `grant.state`, `team.screened` (a wall stands, and wins), `team.member`, `input.invalid`
 */
export async function approve(ask: Ask, { params, body }: Input<'grant.approve'>): Promise<Answer<'grant.approve'> | null> {
  const { grantDays } = await settingOf(ask.house, 'matters')
  return ask.act('grant.approved', async (here) => {
    const { house, db } = here
    refuseLonger(body.days, grantDays)
    if (body.role !== 'member' && body.role !== 'assistant')
      throw new Refusal('input.invalid', { fields: { role: 'A grant brings someone on as a member or an assistant.' } })
    const done = await db
      .row<Decided & { until: Date }>('select matter, person, until from hidden.grant_access($1, $2, $3, $4)', [
        params.request,
        body.days,
        body.role,
        uuidv7(now()),
      ])
      .catch(refuse(DECIDING))
    if (!done) return null
    await notify(house, db, [done.person], {
      text: `Access that you asked for is granted until ${momentOf(done.until)}.`,
      todo: 'The matter stands among your matters until then.',
    })
    const details = { object: await nameOf(here, done.person), role: body.role, days: body.days, until: iso(done.until) }
    return remembered(await subjectOf(here, params.request, done, details), (await requestView(here, params.request))!)
  })
}

/** @throws Refusal `grant.oneself`, `grant.state` */
export async function refuseOne(here: Here, { params, body }: Input<'grant.refuse'>) {
  const { house, db } = here
  const done = await db
    .row<Decided>('select matter, person from hidden.refuse_access($1, $2)', [
      params.request,
      sealFirmText(house.keys, 'requests', 'sealed_review', params.request, body.reason),
    ])
    .catch(refuse(DECIDING))
  if (!done) return null
  // the reason is for those who decide: it may say more than whoever asked may know
  await notify(house, db, [done.person], {
    text: 'Access that you asked for was refused.',
    todo: 'If you still need it, ask again and say more, or speak to someone who oversees access.',
  })
  const subject = await subjectOf(here, params.request, done, { object: await nameOf(here, done.person) }, { reason: body.reason })
  return remembered(subject, (await requestView(here, params.request))!)
}

/** Lets a grant run on; never shorter than it ran. @throws Refusal `grant.oneself`, `team.screened`, `team.member`, `input.invalid` */
export async function renew(ask: Ask, { params, body }: Input<'grant.renew'>): Promise<Answer<'grant.renew'> | null> {
  const { grantDays } = await settingOf(ask.house, 'matters')
  return ask.act('grant.renewed', async (here) => {
    const { house, db } = here
    refuseLonger(body.days, grantDays)
    const done = await db
      .row<{ until: Date | null }>('select hidden.renew_grant($1, $2, $3) as until', [params.matter, params.person, body.days])
      .catch(refuse(DECIDING))
    if (!done?.until) return null
    await notify(house, db, [params.person], {
      text: `Access that you were given goes on until ${momentOf(done.until)}.`,
      todo: 'The matter stands among your matters until then.',
    })
    const details = { object: await nameOf(here, params.person), days: body.days, until: iso(done.until) }
    const decided = { matter: params.matter, person: params.person }
    return remembered(await subjectOf(here, null, decided, details, { reason: body.reason }), { until: iso(done.until) })
  })
}

function refuseLonger(days: number, most: number): void {
  if (days > most) throw new Refusal('input.invalid', { fields: { days: `At most ${most} days, by the firm’s setting.` } })
}

export const nameOf = async ({ house, db }: Pick<Here, 'house' | 'db'>, person: string): Promise<string> => {
  const row = (await db.row<{ sealed_name: Buffer }>('select sealed_name from app.people where id = $1', [person]))!
  return firmText(house.keys, 'people', 'sealed_name', person, row.sealed_name)
}

/**
 * Where the entry of a decision stands: in the matter when its decider reaches it, with what they typed; otherwise at
 * firm level, by ids, and without a word that someone typed about a matter.
 */
export async function subjectOf(
  { house, db }: Pick<Here, 'house' | 'db'>,
  request: string | null,
  { matter, person }: { matter: MatterId | null; person: PersonId | null },
  details: Subject['details'],
  typed: Subject['details'] = {},
): Promise<Subject> {
  if (matter && (await keysWhereHeld(house, db, matter)))
    return { matter, object: person ?? request ?? undefined, details: { ...details, ...typed } }
  return { object: request ?? undefined, details: { ...details, matter } }
}
