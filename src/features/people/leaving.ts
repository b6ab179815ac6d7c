import { setTimeout as pause } from 'node:timers/promises'
import type { LeavingReport, PersonView } from '../../contract/person.ts'
import { iso } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered, type Subject } from '../../platform/ways.ts'
import { refuse } from '../access/refused.ts'
import { myName } from '../access/second-person.ts'
import { notify } from '../notices/notices.ts'
import { handOver } from './leavers.ts'
import { keepReport, rotation, SUCCESSOR, type Ended, type Knew } from './report.ts'
import { nameOf, personRow, personView, stateOf } from './views.ts'

/** However much there is to hand over, the answer comes after the same time and says the same. */
const SAME_MS = 1000

/**
 * Lets someone leave, now or at a time. From then on they are nobody, at the next statement and whatever they still hold;
 * their matters are handed over by the clerk, and whoever let them leave learns neither which there are nor how many.
 * @throws Refusal `person.oneself`, `person.state`, `person.last_administrator`, `successor.unfit`
 */
export async function leave(ask: Ask, { params, body }: Input<'person.leave'>): Promise<Answer<'person.leave'> | null> {
  const done = await ask.act('person.left', async (here) => {
    const row = await personRow(here, params.person)
    const successor = await personRow(here, body.successor)
    if (!row) return null
    if (!successor) throw new Refusal('successor.unfit', { fields: { successor: 'Name someone of the firm.' } })
    const person = { id: row.id, name: nameOf(here.house, row) }
    const heir = { id: successor.id, name: nameOf(here.house, successor) }
    const left = await letLeave(here, { person, at: body.at ?? null, successor: heir, reason: body.reason ?? null })
    return remembered(left.subject, { report: left.report, view: await personView(here, row.id) })
  })
  if (!done) return null
  if (done.view.state === 'left') {
    void handOver(ask.house)
    await pause(SAME_MS)
  }
  return { ...done.view, report: done.report }
}

export type Leaving = {
  person: { id: string; name: string }
  /** null: now */ at: string | null
  /** null: whom the firm's setting names, else the partner who has been here longest */ successor: { id: string; name: string } | null
  reason: string | null
}

/** Inside an act: ends what they hold, or says when; keeps the report, tells who must know. @throws Refusal as `leave` */
export async function letLeave(
  here: Here,
  { person, at, successor, reason }: Leaving,
): Promise<{ report: LeavingReport; subject: Subject }> {
  const { house, db, me } = here
  const knew = (await db.row<{ knew: Knew[] | null }>('select hidden.knew($1) as knew', [person.id]))!.knew ?? []
  const ended = await db.row<Ended>('select * from hidden.leave($1, $2, $3)', [person.id, at ?? '-infinity', successor?.id ?? null]).catch(
    refuse({
      SR013: { text: 'They have left already.' },
      SR012: { text: 'Nobody lets themselves leave. Ask another administrator.' },
      SR018: {
        text: 'The successor must be a partner or a lawyer who stays. A lawyer whom you invited yourself can be named by a partner only.',
      },
    }),
  )
  if (!ended) throw new Refusal('may.not')
  const leavesAt = iso((await personRow(here, person.id))!.leaves_at!)
  const report: LeavingReport = {
    leftAt: leavesAt,
    by: myName(here),
    reason,
    successor: successor?.name ?? SUCCESSOR,
    sessionsEnded: ended.sessions,
    tokensEnded: ended.tokens,
    passkeysEnded: ended.passkeys,
    rotate: rotation(house, knew),
  }
  await keepReport(house, db, person.id, report, me.person)
  await tell(here, person, successor, at === null ? null : leavesAt)
  return {
    report,
    subject: { object: person.id, details: { object: person.name, at: leavesAt, successor: successor?.name ?? null, reason } },
  }
}

async function tell(here: Here, person: Leaving['person'], successor: Leaving['successor'], at: string | null): Promise<void> {
  const { house, db, me } = here
  const when = at ? ` on ${at.slice(0, 10)} at ${at.slice(11, 16)} UTC` : ''
  const approvers = await db.rows<{ id: string }>('select a as id from hidden.approvers() a')
  const others = approvers.map((row) => row.id).filter((id) => id !== me.person && id !== person.id && id !== successor?.id)
  await notify(house, db, others, {
    text: `${myName(here)} lets ${person.name} leave the firm${when}.`,
    todo: 'If you did not expect it, speak to them.',
  })
  if (successor)
    await notify(house, db, [successor.id], {
      text: `${person.name} leaves the firm${when}, and you take over what nobody else is on.`,
      todo: 'What comes to you shows among your matters. If it should be someone else’s, bring them onto the team.',
    })
  if (at)
    await notify(house, db, [person.id], {
      text: `Your access to the firm ends${when}.`,
      todo: 'Hand over what is open before then. Questions go to an administrator.',
    })
}

/** Calls a leaving off that has not come yet. @throws Refusal `person.oneself`, `person.state` */
export async function stay(here: Here, { params }: Input<'person.stay'>) {
  const { house, db } = here
  const row = await personRow(here, params.person)
  if (!row) return null
  if (stateOf(row) !== 'leaving') throw new Refusal('person.state', { text: 'No leaving of theirs is ahead.' })
  const name = nameOf(house, row)
  const done = await db
    .row<{ ok: boolean }>('select hidden.stay($1) as ok', [row.id])
    .catch(refuse({ SR012: { text: 'Nobody calls their own leaving off. Ask another administrator.' } }))
  if (!done!.ok) throw new Refusal('may.not')
  const approvers = await db.rows<{ id: string }>('select a as id from hidden.approvers() a')
  await notify(house, db, [row.id, ...approvers.map((one) => one.id)], {
    text: `${myName(here)} called off that ${name} leaves the firm.`,
    todo: 'There is nothing to do.',
  })
  const view: PersonView = await personView(here, row.id)
  return remembered({ object: row.id, details: { object: name } }, view)
}
