import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { myName } from '../access/second-person.ts'
import { sealFirmText } from '../keys/firm-words.ts'
import { triesOf } from './tries.ts'
import { rowOf } from './views.ts'

/** A notice that was sent, an inquiry and its answer, a breach of the screen: written down, and never changed. */
export async function note(here: Here, { params, body }: Input<'wall.note'>) {
  const { house, db, me } = here
  if (!(await rowOf(here, params.wall))) return null
  const id = uuidv7(now())
  await db.run('insert into app.wall_notes (id, wall_id, kind, sealed_words, made_by) values ($1, $2, $3, $4, $5)', [
    id,
    params.wall,
    body.kind,
    sealFirmText(house.keys, 'wall_notes', 'sealed_words', id, body.text),
    me.person,
  ])
  const view = { id, kind: body.kind, text: body.text, by: myName(here), at: iso(new Date(now())) }
  return remembered({ object: params.wall, details: { kind: body.kind } }, view)
}

/**
 * Certifies compliance over a period (ABA Model Rule 1.10(a)(2)(iii)): a partner who keeps the wall, or whoever an announced
 * wall screens. The ledger's count of refused tries in the period stands in it.
 * @throws Refusal `input.invalid` for a period that has not ended
 */
export async function certify(here: Here, { params, body }: Input<'wall.certify'>) {
  const { house, db, me } = here
  const may = await db.row<{ ok: boolean }>('select hidden.certifies($1, $2) as ok', [params.wall, body.capacity])
  if (!may!.ok) return null
  const from = new Date(body.from)
  const to = new Date(body.to)
  if (to <= from || to.getTime() > now() + 60_000)
    throw new Refusal('input.invalid', { fields: { to: 'A period is certified when it is over; it ends after it begins.' } })
  // how often the screened tried is for those who keep the wall: to them it would tell what stands behind it
  const attempts = body.capacity === 'screened' ? null : (await triesOf(here, params.wall, from, to)).length
  const id = uuidv7(now())
  await db.run(
    'insert into app.wall_certifications (id, wall_id, person_id, capacity, starts_at, ends_at, sealed_words) values ($1, $2, $3, $4, $5, $6, $7)',
    [
      id,
      params.wall,
      me.person,
      body.capacity,
      body.from,
      body.to,
      sealFirmText(house.keys, 'wall_certifications', 'sealed_words', id, JSON.stringify({ words: body.words, attempts })),
    ],
  )
  const view = {
    id,
    person: { id: me.person, name: myName(here) },
    capacity: body.capacity,
    from: body.from,
    to: body.to,
    words: body.words,
    attempts,
    at: iso(new Date(now())),
  }
  return remembered({ object: params.wall, details: { capacity: body.capacity, from: body.from, to: body.to, attempts } }, view)
}
