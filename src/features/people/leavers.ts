import type { MatterId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { Rounds } from '../../platform/rounds.ts'
import { sqlState } from '../../platform/postgres.ts'
import { firmText } from '../keys/firm-words.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import { notify } from '../notices/notices.ts'
import { settingOf } from '../settings/settings.ts'
import { amendReport, type Shut } from './report.ts'

/** Settles those who have left, every half minute, and at once when someone is let leave. */
export const openLeavers = (house: House): Rounds =>
  new Rounds(30_000, () => handOver(house), { log: house.log, fault: 'couldn’t settle those who have left' })

const working = new WeakMap<House, Promise<void>>()

/**
 * Hands over the matters of all who have left. Each matter is a job and a transaction of its own, and done with or not
 * begun: whoever comes after a crash goes on with what is left. One round after another in this process; two processes
 * at it wait for each other at each matter, and the second finds nothing to do. Never rejects.
 */
export function handOver(house: House): Promise<void> {
  const next = (working.get(house) ?? Promise.resolve())
    .then(() => round(house))
    .catch((fault: unknown) => house.log.error('couldn’t settle those who have left', fault))
  working.set(house, next)
  return next
}

async function round(house: House): Promise<void> {
  const leavers = await house.clerk({ name: 'leavers' }, (db) => db.rows<{ id: string }>('select l as id from hidden.leavers() l'))
  if (leavers.length === 0) return
  const { successor } = await settingOf(house, 'leaving')
  for (const { id } of leavers) await settle(house, id, successor)
}

/** Ends what the leaver holds, hands each matter over, tells its people, and is done with them. */
async function settle(house: House, leaver: string, wished: string | null): Promise<void> {
  const matters = await house.clerk({ name: 'leaver' }, async (db) => {
    const shut = await db.row<Shut>('select * from hidden.shut($1)', [leaver])
    if (shut) await amendReport(house, db, leaver, shut)
    return db.rows<{ id: MatterId }>('select m as id from hidden.matters_of_leaver($1) m', [leaver])
  })
  for (const { id } of matters) await handOverOne(house, id, leaver, wished).catch((fault: unknown) => complain(house, fault))
  await house.clerk({ name: 'leaver' }, async (db) => {
    const people = await db.rows<{ id: string }>('select p as id from hidden.tell_of_handovers($1) p', [leaver])
    await notify(
      house,
      db,
      people.map((row) => row.id),
      {
        text: 'A matter of yours needs a new responsible person.',
        todo: 'Open Matters: what someone who has left was responsible for stands at the top.',
      },
    )
    await db.run('select hidden.settled($1)', [leaver])
  })
}

/** One matter is not worth the others: it is tried again in the next round. */
function complain({ log }: House, fault: unknown): void {
  if (sqlState(fault) !== 'SR017') return log.error('couldn’t hand a matter over', fault)
  log.warn('Someone has left, and nobody can take over what only they were on. Give someone the role of a partner or a lawyer.')
}

type HandedOver = { was: string; leaver_name: Buffer; heir: string | null; heir_name: Buffer | null }

const handOverOne = (house: House, matter: MatterId, leaver: string, wished: string | null): Promise<void> =>
  house.clerk({ name: 'handover', matter }, async (db) => {
    const row = await db.row<HandedOver>('select * from hidden.hand_over($1, $2, $3)', [leaver, wished, uuidv7(now())])
    if (!row) return
    const name = (id: string, sealed: Buffer) => firmText(house.keys, 'people', 'sealed_name', id, sealed)
    const left = { object: name(leaver, row.leaver_name), role: row.was, reason: 'left the firm' }
    await rememberAsClerk(house, db, 'team.left', null, null, { matter, object: leaver, details: left })
    if (!row.heir || !row.heir_name) return
    const came = { object: name(row.heir, row.heir_name), role: 'responsible', reason: `takes over from ${left.object}` }
    await rememberAsClerk(house, db, 'team.joined', null, null, { matter, object: row.heir, details: came })
  })
