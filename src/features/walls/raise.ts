import { createHash } from 'node:crypto'
import type { WallId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { now } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { refuse } from '../access/refused.ts'
import { myName } from '../access/second-person.ts'
import { sealFirmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { faultsOf, mayWall, seenBefore } from './preview.ts'
import { bytesOf, listOf } from './seen.ts'
import { viewOf } from './views.ts'
import { FAULTS, wished } from './wish.ts'

/** What a wall says of itself, sealed under the firm's key. */
export type WallWords = { reason: string; trigger: string; information: string; procedures: string[]; fee: string; memorandum: string }

/**
 * Raises a wall: it stands with the commit, for open sessions and running streams too. The sealed list of what the
 * screened had opened before is kept with it, and its SHA-256 in the entry, so that nobody changes it afterwards.
 * @throws Refusal `wall.refused` with what is wrong, `input.invalid` when an announced wall has no memorandum
 */
export async function raise(here: Here, { body }: Input<'wall.raise'>) {
  const { house, db } = here
  const wish = wished(body)
  if (!(await mayWall(here, wish.targets))) return null
  if (body.announced && body.memorandum === '')
    throw new Refusal('input.invalid', { fields: { memorandum: 'An announced wall tells its addressees something.' } })
  if (body.withholds && !body.announced)
    throw new Refusal('input.invalid', { fields: { withholds: 'Only an announced wall can wait for acknowledgements.' } })
  // whoever comes onto a matter or into a group waits here, so that what is looked at now still holds at the raising
  await db.run('select hidden.one_at_a_time()')
  const faults = await faultsOf(here, wish, body)
  if (faults.length > 0)
    throw new Refusal('wall.refused', {
      text: faults.map((code) => FAULTS[code]).join(' '),
      fields: Object.fromEntries(faults.map((code) => [code, FAULTS[code]])),
    })
  const wall = uuidv7(now()) as WallId
  const { reason, trigger, information, procedures, fee, memorandum } = body
  const words: WallWords = { reason, trigger, information, procedures, fee, memorandum }
  const seen = bytesOf(listOf(await seenBefore(here, wish)))
  const done = await db
    .row<{ ok: boolean }>('select hidden.raise_wall($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) as ok', [
      wall,
      body.kind,
      body.rule,
      sealFirmText(house.keys, 'walls', 'sealed_words', wall, JSON.stringify(words)),
      body.announced,
      body.withholds,
      body.certifyDays,
      body.remindDays,
      body.needKnownAt,
      body.startsAt ?? null,
      body.endsAt ?? null,
      wish.targets,
      wish.people,
      sealFirmText(house.keys, 'walls', 'sealed_seen', wall, seen.toString()),
    ])
    .catch(
      refuse({ SR022: { code: 'wall.refused' }, 23503: { code: 'input.invalid', text: 'One of these people or groups is not there.' } }),
    )
  if (!done!.ok) return null
  const keepers = await db.rows<{ id: string }>('select k as id from hidden.wall_keepers($1) k', [wall])
  await notify(
    house,
    db,
    keepers.map((row) => row.id),
    { text: 'A wall was raised that you keep as well.', todo: 'Read it under Walls. Lifting it takes two of you.', page: 'walls' },
  )
  const view = await viewOf(here, wall)
  const details = {
    kind: body.kind,
    rule: body.rule,
    announced: body.announced,
    withholds: body.withholds,
    from: body.startsAt ?? null,
    until: body.endsAt ?? null,
    seenSha256: createHash('sha256').update(seen).digest('hex'),
  }
  // whoever screens themselves keeps it no more, and is shown nothing of it
  return remembered({ object: wall, details }, view ?? raisedBlind(here, wall, body))
}

const raisedBlind = ({ me, house }: Here, wall: WallId, body: Input<'wall.raise'>['body']) => ({
  id: wall,
  kind: body.kind,
  rule: body.rule,
  state: 'standing' as const,
  announced: body.announced,
  withholds: body.withholds,
  title: '',
  targets: [],
  screened: [],
  startsAt: body.startsAt ?? new Date(now()).toISOString(),
  endsAt: body.endsAt ?? null,
  raisedBy: myName({ house, me }),
  raisedAt: new Date(now()).toISOString(),
  lifting: null,
  liftedAt: null,
  unacknowledged: 0,
  certificationDueAt: null,
})
